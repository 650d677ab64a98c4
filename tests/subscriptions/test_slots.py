"""Slots where clocks have been, or will be, put forward and back: what was announced, worked out by hand."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import islice

import pytest

from bot.subscriptions.rule import Hourly
from bot.subscriptions.rule_text import parse_rule
from bot.subscriptions.slots import Slot, next_slot, reslot, slots_after, slots_between
from bot.subscriptions.zone import zone_named
from tests.subscriptions.moments import HOUR, utc

SLOTS = {
    # Put forward from 02:00 to 03:00 at 01:00 UTC.
    ("Europe/Berlin", "daily 02:30", "2026-03-28 00:00"): ("28 01:30", "29 01:00", "30 00:30"),
    ("Europe/Berlin", "daily 02:00", "2026-03-28 00:00"): ("28 01:00", "29 01:00", "30 00:00"),
    ("Europe/Berlin", "daily 03:00", "2026-03-28 00:00"): ("28 02:00", "29 01:00", "30 01:00"),
    # Put back from 03:00 to 02:00 at 01:00 UTC.
    ("Europe/Berlin", "daily 02:30", "2026-10-24 00:00"): ("24 00:30", "25 00:30", "26 01:30"),
    ("Europe/Berlin", "daily 03:00", "2026-10-24 00:00"): ("24 01:00", "25 02:00", "26 02:00"),
    ("Europe/Berlin", "weekdays 07:30", "2026-10-22 12:00"): ("23 05:30", "26 06:30", "27 06:30"),
    ("America/New_York", "daily 02:30", "2026-03-07 00:00"): ("07 07:30", "08 07:00", "09 06:30"),
    ("America/New_York", "daily 01:30", "2026-10-31 00:00"): ("31 05:30", "01 05:30", "02 06:30"),
    ("America/New_York", "sun 01:30", "2026-10-31 00:00"): ("01 05:30", "08 06:30", "15 06:30"),
    # The last spring in Syria: midnight of Friday, 25 March 2022, became 01:00.
    ("Asia/Damascus", "daily 00:00", "2022-03-23 12:00"): ("23 22:00", "24 22:00", "25 21:00"),
    ("Asia/Damascus", "daily 00:30", "2022-03-23 12:00"): ("23 22:30", "24 22:00", "25 21:30"),
    ("Asia/Damascus", "fri 00:30", "2022-03-23 12:00"): ("24 22:00", "31 21:30", "07 21:30"),
    # Midnight at the end of Thursday, 28 October 2021, became 23:00 of Thursday.
    ("Asia/Damascus", "daily 23:30", "2021-10-27 00:00"): ("27 20:30", "28 20:30", "29 21:30"),
    # In October 2022 summer time stayed for good.
    ("Asia/Damascus", "daily 23:30", "2022-10-27 00:00"): ("27 20:30", "28 20:30", "29 20:30"),
    ("Asia/Damascus", "daily 08:00", "2026-12-01 12:00"): ("02 05:00", "03 05:00", "04 05:00"),
    ("Asia/Beirut", "daily 00:15", "2026-03-27 12:00"): ("27 22:15", "28 22:00", "29 21:15"),
    ("Asia/Kathmandu", "daily 05:45", "2026-03-28 12:00"): ("29 00:00", "30 00:00", "31 00:00"),
    ("Asia/Kathmandu", "hourly :00", "2026-03-28 12:00"): ("28 12:15", "28 13:15", "28 14:15"),
    # Half an hour: 02:00 to 02:30 in October, 02:00 to 01:30 in April.
    ("Australia/Lord_Howe", "daily 02:15", "2026-10-02 12:00"): ("02 15:45", "03 15:30", "04 15:15"),
    ("Australia/Lord_Howe", "daily 01:45", "2026-04-03 12:00"): ("03 14:45", "04 14:45", "05 15:15"),
    # Friday, 30 December 2011, was left out whole; its slot is the first instant of Saturday.
    ("Pacific/Apia", "daily 08:00", "2011-12-29 12:00"): ("29 18:00", "30 10:00", "30 18:00"),
    ("Pacific/Apia", "fri 08:00", "2011-12-29 12:00"): ("30 10:00", "05 18:00", "12 18:00"),
    # A cron line that asks for two times of a gap is due once at its end.
    ("Europe/Berlin", "0 2,3 * * *", "2026-03-28 12:00"): ("29 01:00", "30 00:00", "30 01:00"),
    # Hours are elapsed hours: both passes of a repeated one, none made up for a missing one.
    ("Europe/Berlin", "hourly :30", "2026-10-24 23:45"): ("25 00:30", "25 01:30", "25 02:30"),
    ("Europe/Berlin", "hourly :30", "2026-03-29 00:15"): ("29 00:30", "29 01:30", "29 02:30"),
    # Never twice within an hour: 01:45 comes again half an hour later and is passed over.
    ("Australia/Lord_Howe", "hourly :45", "2026-04-04 14:00"): ("04 14:45", "04 16:15", "04 17:15"),
    ("Australia/Lord_Howe", "hourly :00", "2026-04-04 13:30"): ("04 14:00", "04 15:30", "04 16:30"),
    ("Australia/Lord_Howe", "hourly :15", "2026-10-03 14:30"): ("03 14:45", "03 16:15", "03 17:15"),
}


@pytest.mark.parametrize(("question", "answer"), SLOTS.items(), ids=lambda part: " ".join(part))
def test_slots_in_utc(question: tuple[str, str, str], answer: tuple[str, ...]) -> None:
    zone, rule, start = question
    found = islice(slots_after(parse_rule(rule), zone_named(zone), utc(start)), len(answer))
    assert tuple(f"{slot.utc:%d %H:%M}" for slot in found) == answer


def test_a_slot_says_which_local_time_it_stands_for() -> None:
    slot = next_slot(parse_rule("daily 00:30"), zone_named("Asia/Damascus"), utc("2022-03-24 12:00"))
    assert slot == Slot(utc("2022-03-24 22:00"), date(2022, 3, 25), time(0, 30))


def test_an_hourly_slot_says_which_pass_of_a_repeated_hour_it_is() -> None:
    zone = zone_named("Europe/Berlin")
    found = list(slots_between(Hourly(30), zone, utc("2026-10-25 00:00"), utc("2026-10-25 01:30")))
    assert [(slot.wall_time, slot.wall_time.fold) for slot in found] == [(time(2, 30), 0), (time(2, 30), 1)]


def test_between_leaves_out_the_start_and_keeps_the_end() -> None:
    rule, zone = parse_rule("daily 08:00"), zone_named("UTC")
    found = slots_between(rule, zone, utc("2026-01-01 08:00"), utc("2026-01-03 08:00"))
    assert [slot.local_date.day for slot in found] == [2, 3]


def test_fractions_of_a_second_before_and_after_a_slot() -> None:
    zone, instant, instantly = zone_named("UTC"), utc("2026-01-01 08:00"), timedelta(microseconds=1)
    for rule in (parse_rule("daily 08:00"), Hourly(0)):
        assert next_slot(rule, zone, instant - instantly).utc == instant
        assert next_slot(rule, zone, instant).utc > instant
        assert next_slot(rule, zone, instant + instantly).utc > instant


def test_rare_dates_are_found_at_once() -> None:
    zone = zone_named("Europe/Berlin")
    assert next_slot(parse_rule("0 8 29 2 *"), zone, utc("2096-03-01 00:00")).local_date == date(2104, 2, 29)


def test_a_naive_datetime_is_refused() -> None:
    naive = datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None)
    with pytest.raises(ValueError, match="names no instant"):
        next_slot(Hourly(), zone_named("UTC"), naive)


# A zone's rule change. Lebanon still puts its clocks back and Syria no longer does: until October 2022 their data were
# alike, so the one stands for what was planned and the other for what became of it.
PLANNED_WITH, NOW_IN_FORCE = zone_named("Asia/Beirut"), zone_named("Asia/Damascus")


@pytest.mark.parametrize("text", ["daily 08:00", "tue 08:00", "0 8 1 11 *"])
def test_a_rule_change_keeps_the_local_time_of_planned_slots(text: str) -> None:
    rule = parse_rule(text)
    planned = next_slot(rule, PLANNED_WITH, utc("2022-10-31 12:00"))
    moved = reslot(rule, NOW_IN_FORCE, planned)
    assert (planned.utc, moved.utc) == (utc("2022-11-01 06:00"), utc("2022-11-01 05:00"))
    assert moved == next_slot(rule, NOW_IN_FORCE, utc("2022-10-31 12:00"))


def test_what_was_handled_does_not_come_again_when_the_clock_is_put_back_by_law() -> None:
    rule = parse_rule("daily 08:00")
    handled = next_slot(rule, NOW_IN_FORCE, utc("2022-10-31 12:00"))
    again = next_slot(rule, PLANNED_WITH, handled.utc)
    assert again.local_date == handled.local_date  # the instant alone does not know that this day was served
    assert next(slots_after(rule, PLANNED_WITH, handled)).local_date == date(2022, 11, 2)


def test_a_planned_hourly_slot_is_kept_unless_the_minute_changed() -> None:
    planned = next_slot(Hourly(15), PLANNED_WITH, utc("2022-10-31 12:00"))
    assert reslot(Hourly(15), NOW_IN_FORCE, planned).utc == planned.utc
    kathmandu = zone_named("Asia/Kathmandu")
    assert reslot(Hourly(15), kathmandu, planned).utc == utc("2022-10-31 12:30")


def test_hourly_slots_stay_an_hour_apart_across_a_rule_change() -> None:
    handled = next_slot(Hourly(0), zone_named("Asia/Kathmandu"), utc("2022-10-31 12:00"))
    following = next(slots_after(Hourly(0), PLANNED_WITH, handled))
    assert (handled.utc, following.utc) == (utc("2022-10-31 12:15"), utc("2022-10-31 14:00"))
    assert following.utc - handled.utc >= HOUR
