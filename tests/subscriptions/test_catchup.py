"""What is due: on time, late, after a long silence, and over ten days of ticks at any moments."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.subscriptions.catchup import Due, due_now
from bot.subscriptions.quiet import Quiet, parse_quiet, release
from bot.subscriptions.rule import Rule
from bot.subscriptions.rule_text import parse_rule
from bot.subscriptions.slots import Slot, slots_after, slots_between
from bot.subscriptions.zone import zone_named
from tests.subscriptions.moments import DAY, HOUR, MINUTE, changes, rules, utc, zone_and_start
from tests.subscriptions.test_quiet import quiets

BERLIN = zone_named("Europe/Berlin")


@pytest.fixture(autouse=True, scope="module")
def _read_the_zones_first() -> None:
    """Else the first example pays for it and looks too slow."""
    changes()


def due(rule: str, since: str, now: str, quiet: str | None = None, bound: timedelta = DAY) -> Due:
    window = parse_quiet(quiet) if quiet else None
    return due_now(parse_rule(rule), BERLIN, utc(since), utc(now), quiet=window, bound=bound)


def days(slots: tuple[Slot, ...]) -> list[int]:
    return [slot.local_date.day for slot in slots]


def test_nothing_is_due_before_its_time() -> None:
    found = due("daily 08:00", "2026-01-10 07:00", "2026-01-11 06:59")
    assert (found.deliver, found.merged, found.skipped, found.latest, found.late) == (None, (), (), None, False)
    assert found.upcoming_at == found.upcoming.utc == utc("2026-01-11 07:00")


def test_on_time_is_one_slot_and_not_late() -> None:
    found = due("daily 08:00", "2026-01-10 07:00", "2026-01-11 07:00")
    assert found.deliver is not None
    assert found.deliver.utc == utc("2026-01-11 07:00")
    assert (found.merged, found.skipped, found.behind, found.late) == ((), (), timedelta(), False)
    assert found.upcoming.local_date.day == 12


def test_a_short_delay_is_not_called_late_and_a_longer_one_is() -> None:
    assert not due("daily 08:00", "2026-01-10 07:00", "2026-01-11 07:10").late
    assert due("daily 08:00", "2026-01-10 07:00", "2026-01-11 07:11").late


def test_after_a_week_of_silence_one_is_delivered_late_and_the_older_are_skipped() -> None:
    found = due("daily 08:00", "2026-01-10 07:00", "2026-01-17 20:00")
    assert found.deliver is not None
    assert (found.deliver.local_date.day, found.late, found.behind) == (17, True, 13 * HOUR)
    assert (days(found.merged), days(found.skipped)) == ([], [11, 12, 13, 14, 15, 16])
    assert found.latest == found.deliver


def test_what_is_within_the_bound_is_merged_into_the_latest() -> None:
    found = due("hourly", "2026-01-10 07:00", "2026-01-10 12:30", bound=3 * HOUR)
    assert found.deliver is not None
    assert found.deliver.utc == utc("2026-01-10 12:00")
    assert [slot.utc.hour for slot in found.merged] == [10, 11]
    assert [slot.utc.hour for slot in found.skipped] == [8, 9]
    assert found.behind == 2.5 * HOUR


def test_when_all_is_older_than_the_bound_nothing_is_delivered() -> None:
    found = due("mon 08:00", "2026-01-10 07:00", "2026-01-15 12:00")
    assert (found.deliver, days(found.skipped), found.late) == (None, [12], False)
    assert found.latest == found.skipped[-1]


def test_the_bound_itself_is_within() -> None:
    assert due("daily 08:00", "2026-01-10 07:00", "2026-01-12 07:00").merged != ()
    assert due("mon 08:00", "2026-01-11 07:00", "2026-01-13 07:00").deliver is not None
    assert due("mon 08:00", "2026-01-11 07:00", "2026-01-13 07:00:01").deliver is None


def test_a_night_of_quiet_hours_ends_with_one_edition_that_is_not_late() -> None:
    waiting = due("hourly", "2026-01-10 20:30", "2026-01-11 03:00", "22:00-07:00")
    assert waiting.deliver is None
    assert (waiting.upcoming.utc, waiting.upcoming_at) == (utc("2026-01-10 21:00"), utc("2026-01-11 06:00"))
    morning = due("hourly", "2026-01-10 20:30", "2026-01-11 06:00", "22:00-07:00")
    assert morning.deliver is not None
    assert (morning.deliver.utc, len(morning.merged), morning.late) == (utc("2026-01-11 06:00"), 9, False)


def test_lateness_counts_from_the_end_of_quiet_hours() -> None:
    found = due("daily 23:00", "2026-01-10 07:00", "2026-01-11 06:20", "22:00-07:00")
    assert (found.behind, found.late) == (20 * MINUTE, True)


def test_a_bound_below_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot be negative"):
        due("hourly", "2026-01-10 07:00", "2026-01-10 08:00", bound=-HOUR)


@given(
    rules,
    zone_and_start(),
    st.none() | quiets,
    st.lists(st.integers(1, 3 * 24 * 60), min_size=1, max_size=8),
    st.sampled_from([timedelta(), HOUR, DAY, 5 * DAY]),
)
@settings(deadline=None, max_examples=100)
def test_over_any_ticks_each_slot_is_handled_exactly_once_and_at_most_one_sent_a_tick(
    rule: Rule, where: tuple[ZoneInfo, datetime], quiet: Quiet | None, gaps: list[int], bound: timedelta
) -> None:
    zone, start = where
    since: datetime | Slot = start
    now, handled = start, []
    for gap in gaps:
        now += gap * MINUTE
        found = due_now(rule, zone, since, now, quiet=quiet, bound=bound)
        sent = () if found.deliver is None else (found.deliver,)
        handled += [*found.skipped, *found.merged, *sent]
        assert all(now - release(slot, quiet, zone) > bound for slot in found.skipped)
        assert all(timedelta() <= now - release(slot, quiet, zone) <= bound for slot in (*found.merged, *sent))
        assert now < found.upcoming_at == release(found.upcoming, quiet, zone)
        assert found.upcoming == next(slots_after(rule, zone, handled[-1] if handled else start))
        since = found.latest or since
    pending = slots_between(rule, zone, start, now)
    assert handled == [slot for slot in pending if release(slot, quiet, zone) <= now]
