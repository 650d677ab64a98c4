"""Instants, zones and rules for the tests of schedules, and a plain definition of what a slot is."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from bot.subscriptions.cron import parse_cron
from bot.subscriptions.rule import Cron, Hourly, Rule, WallRule, Weekly
from bot.subscriptions.zone import zone_named
from bot.subscriptions.zone_names import zone_names

FIRST, LAST = datetime(2017, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)
"""Ten years: half-hour shifts, Ramadan pauses, and zones that gave up summer time or took up another offset."""
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
MINUTE, HOUR, DAY, WEEK = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)


def utc(text: str) -> datetime:
    """`2026-03-29 01:00` as an instant."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def clock(instant: datetime, zone: ZoneInfo) -> datetime:
    """What the clock on the wall shows, without zone."""
    return instant.astimezone(zone).replace(tzinfo=None, fold=0)


def reached(instant: datetime, day: date, wall: time, zone: ZoneInfo) -> bool:
    """Whether the clock shows `wall` of `day`, or a later time, at `instant` for the first time.

    This is what "the first instant after a gap, the first of two occurrences" says in one: no look at offsets needed.
    """
    wanted = datetime.combine(day, wall)
    before = [instant - timedelta(seconds=1), *(instant - half * 30 * MINUTE for half in range(1, 7))]
    return clock(instant, zone) >= wanted and all(clock(moment, zone) < wanted for moment in before)


def wanted_times(rule: WallRule, first: date, last: date) -> Iterator[tuple[date, time]]:
    """Every local date and time the rule asks for, found by looking at each day by itself."""
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        day = date.fromordinal(ordinal)
        if asks_for(rule, day):
            yield from ((day, wall) for wall in rule.times)


def asks_for(rule: WallRule, day: date) -> bool:
    """Whether the rule is due on that date."""
    if isinstance(rule, Weekly):
        return day.weekday() in rule.days
    in_month, in_week = day.day in rule.days, day.weekday() in rule.weekdays
    return day.month in rule.months and (in_month or in_week if rule.either else in_month and in_week)


@lru_cache(maxsize=1)
def zones() -> tuple[ZoneInfo, ...]:
    """Every zone that people can choose."""
    return tuple(zone_named(place.name) for place in zone_names().places)


Change = tuple[datetime, timedelta]


@lru_cache(maxsize=1)
def changes() -> dict[tuple[Change, ...], ZoneInfo]:
    """One zone for each history of its clock in the ten years: how it begins, then the last midnight (UTC) before
    each change, with the offset then."""
    weeks = [FIRST + number * WEEK for number in range((LAST - FIRST) // WEEK + 2)]
    found: dict[tuple[Change, ...], ZoneInfo] = {}
    for zone in zones():
        offsets = [(week, _offset(week, zone)) for week in weeks]
        # No pause of summer time is shorter than four weeks.
        moved = (week for (week, before), (_, after) in pairwise(offsets) if before != after)
        found.setdefault((offsets[0], *(_change_within(week, zone) for week in moved)), zone)
    return found


def _change_within(week: datetime, zone: ZoneInfo) -> Change:
    days = [(week + number * DAY, _offset(week + number * DAY, zone)) for number in range(8)]
    return next(earlier for earlier, later in pairwise(days) if earlier[1] != later[1])


def _offset(instant: datetime, zone: ZoneInfo) -> timedelta:
    return instant.astimezone(zone).utcoffset() or timedelta()


minutes_of_day = st.builds(time, st.integers(0, 23), st.integers(0, 59))
weekly = st.builds(Weekly, st.sets(st.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days))), minutes_of_day)
hourly = st.builds(Hourly, st.integers(0, 59))


def _line(minute: int, hours: str, days: str, months: str, weekdays: str) -> Rule:
    return parse_cron(f"{minute} {hours} {days} {months} {weekdays}")


cron = st.builds(
    _line,
    st.integers(0, 59),
    st.sampled_from(["0", "2", "*/2", "1-4", "0,12", "23", "8-20/4"]),
    st.sampled_from(["*", "1", "1,15", "31", "*/10", "28-31"]),
    st.sampled_from(["*", "3,10", "jan-jun", "*/3"]),
    st.sampled_from(["*", "mon", "fri-sun", "0", "7", "*/2"]),
).filter(lambda rule: isinstance(rule, Cron))
wall_rules = st.one_of(weekly, cron)
rules = st.one_of(weekly, cron, hourly)


@st.composite
def zone_and_start(draw: st.DrawFn) -> tuple[ZoneInfo, datetime]:
    """Any zone, and an instant in the ten years that is often just before a change of its clock."""
    if draw(st.booleans()):
        zone = draw(st.sampled_from(zones()))
        return zone, FIRST + draw(st.integers(0, int((LAST - FIRST) / MINUTE) - 90 * 24 * 60)) * MINUTE
    moved, zone = draw(st.sampled_from([row for row in changes().items() if len(row[0]) > 1]))
    day, _ = draw(st.sampled_from(moved[1:]))
    return zone, day + draw(st.integers(-48 * 60, 36 * 60)) * MINUTE + timedelta(seconds=draw(st.integers(0, 59)))
