"""The zone that somebody typed."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.i18n import _
from bot.subscriptions.errors import ZoneNameError
from bot.subscriptions.typed import short
from bot.subscriptions.zone import zone_named
from bot.subscriptions.zone_search import (
    NEAREST,
    as_offset,
    close_names,
    exact_names,
    named_at_offset,
    named_by_letters,
)

__all__ = ["find_zone"]


def find_zone(typed: str, now: datetime) -> ZoneInfo:
    """The zone that `typed` means: a name in any case, an old name, a city (`new york`), or a country with one zone.

    Args:
        now: aware; decides which zones are proposed for an offset or a short form.

    Raises:
        ZoneNameError: nothing, or more than one zone, is meant; with the nearest names.
    """
    found = exact_names(typed)
    if len(found) == 1:
        return zone_named(found[0])
    if found:
        raise _unknown(_("`{typed}` has several time zones.").format(typed=short(typed)), found)
    offset = as_offset(typed)
    if offset is not None:
        raise _unknown(
            _("`{typed}` is an offset: it would be an hour off when clocks change.").format(typed=short(typed)),
            named_at_offset(offset, now),
        )
    abbreviated = named_by_letters(typed, now)
    if abbreviated:
        raise _unknown(
            _("`{typed}` is a short form that does not say how clocks change.").format(typed=short(typed)), abbreviated
        )
    raise _unknown(_("`{typed}` is no time zone.").format(typed=short(typed)), close_names(typed))


def _unknown(what: str, nearest: tuple[str, ...]) -> ZoneNameError:
    nearest = nearest[:NEAREST]
    if not nearest:
        return ZoneNameError(what, _("Write a large city of the zone, for example `Europe/Berlin`."))
    listed = ", ".join(f"`{name}`" for name in nearest)
    return ZoneNameError(what, _("Choose a place, for example: {names}.").format(names=listed), nearest)
