"""What holds for every zone and rule in ten years."""

from datetime import datetime, time, timedelta
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings

from bot.subscriptions.local_time import first_instant
from bot.subscriptions.rule import EVERY_DAY, Hourly, Rule, WallRule, Weekly
from bot.subscriptions.slots import next_slot, reslot, slots_after, slots_between
from tests.subscriptions.moments import (
    DAY,
    FIRST,
    HOUR,
    LAST,
    MINUTE,
    changes,
    clock,
    hourly,
    reached,
    rules,
    wall_rules,
    wanted_times,
    zone_and_start,
)

MONTHS = timedelta(days=75)


@pytest.fixture(autouse=True, scope="module")
def _read_the_zones_first() -> None:
    """Else the first example pays for it and looks too slow."""
    changes()


@given(wall_rules, zone_and_start())
@settings(deadline=None, max_examples=150)
def test_every_local_time_asked_for_is_served_once_when_the_clock_reaches_it(
    rule: WallRule, where: tuple[ZoneInfo, datetime]
) -> None:
    zone, start = where
    found = list(slots_between(rule, zone, start, start + MONTHS))
    assert all(earlier.utc < later.utc for earlier, later in pairwise(found))
    assert all(reached(slot.utc, slot.local_date, slot.wall_time, zone) for slot in found)
    instants = (
        first_instant(day, wall, zone)
        for day, wall in wanted_times(rule, start.date() - DAY, (start + MONTHS).date() + DAY)
    )
    assert [slot.utc for slot in found] == sorted({at for at in instants if start < at <= start + MONTHS})


@given(hourly, zone_and_start())
@settings(deadline=None, max_examples=50)
def test_hourly_is_every_reading_of_the_minute_that_is_the_first_within_the_hour(
    rule: Hourly, where: tuple[ZoneInfo, datetime]
) -> None:
    zone, start = where
    found = [slot.utc for slot in slots_between(rule, zone, start, start + 3 * DAY)]
    whole = start.replace(second=0)
    readings = [
        at for at in (whole + n * MINUTE for n in range(-60, 3 * 24 * 60 + 1)) if clock(at, zone).minute == rule.minute
    ]
    first = [at for before, at in pairwise([whole - DAY, *readings]) if at - before >= HOUR]
    assert found == [at for at in first if at > start]


@given(rules, zone_and_start())
@settings(deadline=None, max_examples=100)
def test_one_after_another_and_all_at_once_are_the_same(rule: Rule, where: tuple[ZoneInfo, datetime]) -> None:
    zone, start = where
    together = list(islice(slots_after(rule, zone, start), 12))
    at, after = start, together[0]
    for slot in together:
        assert next_slot(rule, zone, at) == slot
        assert next_slot(rule, zone, slot.utc - timedelta(seconds=1)) == slot
        assert next_slot(rule, zone, at + (slot.utc - at) / 2) == slot
        assert slot == together[0] or next(slots_after(rule, zone, after)) == slot
        assert reslot(rule, zone, slot) == slot
        at, after = slot.utc, slot


def test_ten_years_of_days_without_a_hole_in_every_zone() -> None:
    for moved, zone in changes().items():
        if len(moved) == 1:
            continue  # a clock that is never moved
        found = list(slots_between(Weekly(EVERY_DAY, time(2, 15)), zone, FIRST, LAST))
        days = [slot.local_date.toordinal() for slot in found]
        assert days == list(range(days[0], days[0] + len(found))), zone
        assert abs((LAST - FIRST).days - len(found)) <= 1, zone
        late = {clock(slot.utc, zone) - datetime.combine(slot.local_date, slot.wall_time) for slot in found}
        assert all(timedelta() <= delay <= HOUR for delay in late), zone


def test_every_half_hour_around_every_change_of_every_clock() -> None:
    checked = 0
    for moved, zone in changes().items():
        for day, _ in moved[1:]:
            local = clock(day, zone).date()
            for half in range(96):
                date, wall = local + half // 48 * DAY, time(half // 2 % 24, half % 2 * 30)
                assert reached(first_instant(date, wall, zone), date, wall, zone), (zone, date, wall)
                checked += 1
    assert checked > 50_000
