"""From a time on the local clock to the instant it means, whatever the clock does on that day.

Two rules, held everywhere: a time that does not exist is the first instant after the gap, one that exists twice is its
first occurrence. So the instants never run backwards as local times go on.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

__all__ = ["first_change", "first_instant", "offset_at"]

_SECOND = timedelta(seconds=1)
_NONE = timedelta()


def first_instant(day: date, wall: time, zone: ZoneInfo) -> datetime:
    """The instant, in UTC, that the local time `wall` of `day` means."""
    # Of a missing time, fold 0 takes the offset before the gap and fold 1 the one after it; of a repeated time, fold 0
    # is the first occurrence (PEP 495).
    local = datetime.combine(day, wall.replace(fold=0), zone)
    before = local.utcoffset() or _NONE
    after = local.replace(fold=1).utcoffset() or _NONE
    if before >= after:
        return local.astimezone(UTC)
    as_if_utc = local.replace(tzinfo=UTC)
    return first_change(zone, as_if_utc - after, as_if_utc - before)


def first_change(zone: ZoneInfo, low: datetime, high: datetime) -> datetime:
    """The instant at which the offset that holds at `low` ceases to hold, to the second.

    Args:
        low: an instant in UTC with whole seconds.
        high: a later one with another offset, whole seconds away; one change lies between.
    """
    offset = offset_at(zone, low)
    steps = (high - low) // _SECOND
    holds = 0
    while steps - holds > 1:
        middle = (holds + steps) // 2
        if offset_at(zone, low + middle * _SECOND) == offset:
            holds = middle
        else:
            steps = middle
    return low + steps * _SECOND


def offset_at(zone: ZoneInfo, instant: datetime) -> timedelta:
    """How far the local clock is ahead of UTC at `instant`, which is aware."""
    return instant.astimezone(zone).utcoffset() or _NONE
