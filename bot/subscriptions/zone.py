"""Time zones by name.

Rules come from the pinned `tzdata` package alone, not from the machine's own files: every process of a bot then has the
same slots, and `ZONE_DATA` says when they have to be made anew.
"""

from functools import lru_cache
from importlib.metadata import version
from importlib.resources import files
from typing import Final
from zoneinfo import ZoneInfo

from bot.i18n import _
from bot.subscriptions.errors import ZoneNameError
from bot.subscriptions.typed import short
from bot.subscriptions.zone_names import zone_names

__all__ = ["ZONE_DATA", "zone_named"]

ZONE_DATA: Final[str] = version("tzdata")
"""The edition of the zone data in use, as `2026.1`. Where it differs from the one a slot was made with: `reslot`."""


@lru_cache(maxsize=1024)
def zone_named(name: str) -> ZoneInfo:
    """The zone of an IANA name, as stored. The same object for the same name; an old name gives the zone under its
    present one.

    Raises:
        ZoneNameError: the database has no such name.
    """
    names = zone_names()
    present = names.others.get(name, name)
    if not any(place.name == present for place in names.places) and present not in names.others:
        raise ZoneNameError(
            _("The time zone data have no `{name}`.").format(name=short(name)),
            _("Choose a zone, for example `Europe/Berlin`."),
        )
    if present != name:
        return zone_named(present)
    with files("tzdata").joinpath("zoneinfo", *present.split("/")).open("rb") as file:
        return ZoneInfo.from_file(file, key=present)
