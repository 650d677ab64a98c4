"""When a rule is due in a zone: the slots, each an instant in UTC with the local date and time it stands for.

An edition is sent once for each slot. Slots come strictly one after another; two local times that fall on one instant,
as in a gap of the clock, are one slot.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import takewhile
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.subscriptions.local_time import first_change, first_instant, offset_at
from bot.subscriptions.rule import Hourly, Rule, WallRule

__all__ = ["Slot", "next_slot", "reslot", "slots_after", "slots_between"]

_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)


class Slot(NamedTuple):
    """One time at which a digest is due.

    Attributes:
        utc: the instant, whole seconds.
        local_date: the date asked for, in the subscription's zone.
        wall_time: the local time asked for; the clock shows a later one where this does not exist. For an hourly rule
            what the clock shows, with `fold` 1 in the second pass of a repeated hour.
    """

    utc: datetime
    local_date: date
    wall_time: time


def next_slot(rule: Rule, zone: ZoneInfo, after: datetime) -> Slot:
    """The first slot strictly after the instant `after`, which is aware.

    Raises:
        ValueError: `after` is a naive datetime.
        OverflowError: the calendar ends (year 9999) before the rule is due again.
    """
    return next(slots_after(rule, zone, after))


def slots_between(rule: Rule, zone: ZoneInfo, start: datetime, end: datetime) -> Iterator[Slot]:
    """The slots after `start` up to and including `end`, both aware: those not yet handled at `end`."""
    return takewhile(lambda slot: slot.utc <= end, slots_after(rule, zone, start))


def slots_after(rule: Rule, zone: ZoneInfo, since: datetime | Slot) -> Iterator[Slot]:
    """All slots after an instant, or after a slot that has been handled, without end.

    After a slot the next local date and time come next, even where a zone's rule change has meanwhile moved the
    handled one to a later instant: no local date is served twice, none left out.

    Raises:
        ValueError: `since` is a naive datetime.
    """
    if isinstance(since, datetime) and since.tzinfo is None:
        raise ValueError(f"{since} names no instant; give it a zone, for example datetime.now(UTC)")
    if isinstance(rule, Hourly):
        return _hourly(rule.minute, zone, since)
    if isinstance(since, Slot):
        return _wall(rule, zone, since.local_date, since.wall_time, since.utc)
    # No local time up to the one that the clock shows means a later instant: see `first_instant`.
    local = since.astimezone(zone)
    return _wall(rule, zone, local.date(), local.time(), since)


def reslot(rule: Rule, zone: ZoneInfo, planned: Slot) -> Slot:
    """The planned slot under the rules that `zone` has now: the same local date and time, perhaps at another instant.

    The new instant may lie in the past; the slot is then due at once. An hourly slot is the first at or after the
    instant that was planned.
    """
    if isinstance(rule, Hourly):
        return next_slot(rule, zone, planned.utc - _SECOND)
    return planned._replace(utc=first_instant(planned.local_date, planned.wall_time, zone))


def _wall(rule: WallRule, zone: ZoneInfo, today: date, shown: time, last: datetime) -> Iterator[Slot]:
    """Slots after `last` at times of the clock after `shown` of `today`."""
    day = rule.next_date(today)
    times = rule.times
    if day == today:
        times = tuple(wall for wall in times if wall > shown)
    while True:
        for wall in times:
            utc = first_instant(day, wall, zone)
            if utc > last:
                yield Slot(utc, day, wall)
                last = utc
        day = rule.next_date(day + _DAY)
        times = rule.times


def _hourly(minute: int, zone: ZoneInfo, since: datetime | Slot) -> Iterator[Slot]:
    last, soonest = (since.utc, since.utc + _HOUR) if isinstance(since, Slot) else (since.astimezone(UTC), None)
    while True:
        last = _next_reading(minute, zone, last)
        if soonest is None or last >= soonest:
            local = last.astimezone(zone)
            yield Slot(last, local.date(), local.time())


def _next_reading(minute: int, zone: ZoneInfo, after: datetime) -> datetime:
    """The first instant after `after` at which the clock reads the minute, and has not done so for an hour."""
    start = after.replace(microsecond=0)
    found = start + (_until(minute, start, zone) or _HOUR)
    if offset_at(zone, found) != offset_at(zone, start):
        change = first_change(zone, start, found)
        found = change + _until(minute, change, zone)
    return found + _HOUR if _reads_again(zone, found) else found


def _until(minute: int, instant: datetime, zone: ZoneInfo) -> timedelta:
    """From `instant` until the clock, if it is not moved, reads the minute: nothing up to just under an hour."""
    local = instant.astimezone(zone)
    return (timedelta(minutes=minute - local.minute) - timedelta(seconds=local.second)) % _HOUR


def _reads_again(zone: ZoneInfo, instant: datetime) -> bool:
    """Whether the clock was moved by a part of an hour and has shown the same minute within the last one."""
    before = offset_at(zone, instant - _HOUR)
    ago = (before - offset_at(zone, instant)) % _HOUR
    return bool(ago) and offset_at(zone, instant - ago) == before
