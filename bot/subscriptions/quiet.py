"""Quiet hours: a stretch of the local night in which nothing is posted. What falls into it waits for its end."""

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.i18n import _
from bot.subscriptions.clock_words import TIME, parse_time
from bot.subscriptions.errors import QuietError
from bot.subscriptions.local_time import first_instant
from bot.subscriptions.slots import Slot
from bot.subscriptions.typed import plain, short

__all__ = ["Quiet", "parse_quiet", "release"]

_WINDOW = re.compile(rf"(?:from )?({TIME}) ?(?:-|to|until|till) ?({TIME})")
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Quiet:
    """From `start` up to, not including, `end`, of every day; past midnight where the end is the earlier of the two.

    Raises:
        QuietError: start and end are the same, or not whole minutes.
    """

    start: time
    end: time

    def __post_init__(self) -> None:
        if self.start == self.end:
            raise QuietError(
                _("Quiet hours from {start} to {start} would last all day or no time.").format(
                    start=f"{self.start:%H:%M}"
                ),
                _("Write for example `22:00-07:00`."),
            )
        if any(end != end.replace(second=0, microsecond=0, tzinfo=None) for end in (self.start, self.end)):
            raise QuietError(_("Quiet hours begin and end on a minute."), _("Write for example `22:00-07:00`."))

    def __str__(self) -> str:
        return f"{self.start:%H:%M}-{self.end:%H:%M}"


def parse_quiet(text: str) -> Quiet:
    """`22:00-07:00`, `10 pm to 7 am`. Inverse of `str(quiet)`.

    Raises:
        QuietError: with an example.
    """
    found = _WINDOW.fullmatch(plain(text))
    start, end = (parse_time(found[1]), parse_time(found[2])) if found else (None, None)
    if start is None or end is None:
        raise QuietError(
            _("`{text}` are no quiet hours.").format(text=short(text)),
            _("Write their start and end in local time, for example `22:00-07:00`."),
        )
    return Quiet(start, end)


def release(slot: Slot, quiet: Quiet | None, zone: ZoneInfo) -> datetime:
    """When the slot may be posted, in UTC: its own instant, or the end of the quiet hours it falls into.

    Never earlier for a later slot, so slots that wait for the same end are released together and go out as one. Start
    and end are instants by the same two rules as slots, so quiet hours are quiet throughout even where the clock is
    put back within them.
    """
    if quiet is None:
        return slot.utc
    days_long = _DAY if quiet.end < quiet.start else timedelta()
    here = slot.utc.astimezone(zone).date()
    # Yesterday's may still last; tomorrow's has begun where the clock was put back over midnight.
    for day in (here - _DAY, here, here + _DAY):
        if first_instant(day, quiet.start, zone) > slot.utc:
            break
        end = first_instant(day + days_long, quiet.end, zone)
        if slot.utc < end:
            return end
    return slot.utc
