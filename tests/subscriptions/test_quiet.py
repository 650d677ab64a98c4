"""Quiet hours: what is written, and when a slot that falls into them is let go."""

from datetime import date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.subscriptions.errors import QuietError
from bot.subscriptions.local_time import first_instant
from bot.subscriptions.quiet import Quiet, parse_quiet, release
from bot.subscriptions.rule import Hourly
from bot.subscriptions.slots import Slot, slots_between
from bot.subscriptions.zone import zone_named
from tests.subscriptions.moments import DAY, changes, clock, minutes_of_day, utc, zone_and_start

NIGHT = Quiet(time(22), time(7))
quiets = st.lists(minutes_of_day, min_size=2, max_size=2, unique=True).map(lambda ends: Quiet(*ends))


@pytest.fixture(autouse=True, scope="module")
def _read_the_zones_first() -> None:
    """Else the first example pays for it and looks too slow."""
    changes()


@pytest.mark.parametrize("text", ["22:00-07:00", "10 pm to 7 am", "22–7", "from 22:00 until 7", "٢٢:٠٠-٠٧:٠٠"])
def test_what_people_type(text: str) -> None:
    assert parse_quiet(text) == NIGHT


@given(quiets)
@settings(deadline=None)
def test_quiet_hours_are_read_back_from_their_text(quiet: Quiet) -> None:
    assert parse_quiet(str(quiet)) == quiet


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "are no quiet hours"),
        ("at night", "`at night` are no quiet hours"),
        ("22:00", "`22:00` are no quiet hours"),
        ("22:00-25:00", "`22:00-25:00` are no quiet hours"),
        ("07:00-07:00", "from 07:00 to 07:00 would last all day or no time"),
    ],
)
def test_what_is_refused_and_why(text: str, reason: str) -> None:
    with pytest.raises(QuietError) as caught:
        parse_quiet(text)
    assert reason in str(caught.value)
    assert "`22:00-07:00`" in caught.value.remedy


RELEASES = {
    ("Europe/Berlin", "22:00-07:00", "2026-01-10 20:59"): "10 20:59",
    ("Europe/Berlin", "22:00-07:00", "2026-01-10 21:00"): "11 06:00",
    ("Europe/Berlin", "22:00-07:00", "2026-01-11 02:30"): "11 06:00",
    ("Europe/Berlin", "22:00-07:00", "2026-01-11 06:00"): "11 06:00",
    ("Europe/Berlin", "12:00-14:00", "2026-01-11 12:00"): "11 13:00",
    ("Europe/Berlin", "12:00-14:00", "2026-01-11 13:00"): "11 13:00",
    # The night in which the clock is put forward, and the one in which it is put back.
    ("Europe/Berlin", "22:00-07:00", "2026-03-28 23:00"): "29 05:00",
    ("Europe/Berlin", "22:00-07:00", "2026-10-24 23:00"): "25 06:00",
    # An end that does not exist, and one that comes twice: quiet is over at the first.
    ("Europe/Berlin", "22:00-02:30", "2026-03-29 00:30"): "29 01:00",
    ("Europe/Berlin", "22:00-02:30", "2026-10-25 00:15"): "25 00:30",
    ("Europe/Berlin", "22:00-02:30", "2026-10-25 01:15"): "25 01:15",
    # Once begun, quiet hours last, though the clock goes back to before their start.
    ("Europe/Berlin", "02:30-04:00", "2026-10-25 01:10"): "25 03:00",
    # Midnight became 23:00 of the day before: the hours that began at 23:50 go on.
    ("Asia/Damascus", "23:50-06:00", "2021-10-28 21:30"): "29 04:00",
    ("Asia/Damascus", "00:00-06:00", "2022-03-24 22:00"): "25 03:00",
    # One minute past midnight became 23:01 of the day before: the hours of the new day had begun and go on.
    ("America/St_Johns", "00:00-06:00", "2010-11-07 03:00"): "07 09:30",
}


@pytest.mark.parametrize(("question", "answer"), RELEASES.items(), ids="".join)
def test_releases_in_utc(question: tuple[str, str, str], answer: str) -> None:
    zone, quiet, instant = question
    slot = Slot(utc(instant), date(2026, 1, 1), time(0))
    assert f"{release(slot, parse_quiet(quiet), zone_named(zone)):%d %H:%M}" == answer


def test_without_quiet_hours_nothing_waits() -> None:
    slot = Slot(utc("2026-01-11 02:30"), date(2026, 1, 11), time(3, 30))
    assert release(slot, None, zone_named("Europe/Berlin")) == slot.utc


@given(quiets, zone_and_start())
@settings(deadline=None, max_examples=60)
def test_a_slot_waits_for_the_end_of_the_hours_it_falls_into_and_order_is_kept(
    quiet: Quiet, where: tuple[ZoneInfo, datetime]
) -> None:
    zone, start = where
    slots = list(slots_between(Hourly(20), zone, start, start + 3 * DAY))
    released = [release(slot, quiet, zone) for slot in slots]
    assert all(earlier <= later for earlier, later in pairwise(released))
    for slot, at in zip(slots, released, strict=True):
        if at == slot.utc:
            continue
        assert timedelta() < at - slot.utc < timedelta(hours=25)
        around = [clock(at, zone).date() + days * DAY for days in (-1, 0, 1)]
        assert at in {first_instant(day, quiet.end, zone) for day in around}
        begins_anew = at in {first_instant(day, quiet.start, zone) for day in around}
        assert begins_anew or release(Slot(at, slot.local_date, slot.wall_time), quiet, zone) == at
