"""Windows print as they are read, never finer than the report, and doubt about days never lets figures be added."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.facts.window import Moment, Precision, Window, parse_moment, parse_window

years = st.integers(1, 9998)
moments = st.one_of(
    st.builds(Moment, st.dates(), st.just(Precision.DAY), st.booleans()),
    st.builds(lambda y, m, a: Moment(date(y, m, 1), Precision.MONTH, a), years, st.integers(1, 12), st.booleans()),
    st.builds(
        lambda y, m, a: Moment(date(y, m, 1), Precision.SEASON, a), years, st.sampled_from([3, 6, 9, 12]), st.booleans()
    ),
    st.builds(lambda y, a: Moment(date(y, 1, 1), Precision.YEAR, a), years, st.booleans()),
)


@st.composite
def windows(draw: st.DrawFn) -> Window:
    start, end = draw(st.none() | moments), draw(st.none() | moments)
    if start is not None and end is not None and end.last < start.first:
        start, end = end, start
    assume(start is None or end is None or end.last >= start.first)
    return Window(start, end)


@given(moments)
def test_a_moment_prints_and_reads_back(moment: Moment) -> None:
    assert parse_moment(str(moment)) == moment


@given(windows())
def test_a_window_prints_and_reads_back(window: Window) -> None:
    assert parse_window(str(window)) == window


@given(moments)
def test_a_moment_lasts_from_its_first_day_to_its_last(moment: Moment) -> None:
    assert moment.first <= moment.last < moment.first + timedelta(days=367)
    assert (moment.first == moment.last) is (moment.precision is Precision.DAY)


@given(windows(), windows())
def test_sharing_days_is_mutual(a: Window, b: Window) -> None:
    assert a.shares_days(b) is b.shares_days(a)


@given(windows())
def test_every_window_shares_days_with_itself_and_with_the_unknown(window: Window) -> None:
    assert window.shares_days(window)
    assert window.shares_days(Window())


@given(windows(), windows(), st.dates(date(1000, 1, 1), date(3000, 1, 1)))
def test_windows_with_a_day_in_common_share_days(a: Window, b: Window, day: date) -> None:
    def holds(window: Window) -> bool:
        after = window.start is None or window.start.first <= day
        return after and (window.end is None or day <= window.end.last)

    assume(holds(a) and holds(b))
    assert a.shares_days(b)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2016-12-03", date(2016, 12, 3), date(2016, 12, 3)),
        ("2016-02", date(2016, 2, 1), date(2016, 2, 29)),
        ("2016-12", date(2016, 12, 1), date(2016, 12, 31)),
        ("2016", date(2016, 1, 1), date(2016, 12, 31)),
        ("2016-21", date(2016, 3, 1), date(2016, 5, 31)),
        ("2016-23", date(2016, 9, 1), date(2016, 11, 30)),
        ("2016-24", date(2016, 12, 1), date(2017, 2, 28)),
    ],
)
def test_how_long_moments_last(text: str, first: date, last: date) -> None:
    moment = parse_moment(text)
    assert (moment.first, moment.last, moment.approximate) == (first, last, False)
    assert parse_moment(f"{text}~").approximate


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "'' is not a date; write 2016-12-03, 2016-11 or 2016, with ~ for 'about then'"),
        ("Saturday", "'Saturday' is not a date; write"),
        ("3 Dec 2016", "'3 Dec 2016' is not a date; write"),
        ("2016-1-3", "'2016-1-3' is not a date; write"),
        ("2016/12/03", "'12/03' is not a date; write"),
        ("2016-11-15/", "'' is not a date; write"),
        ("unknown/2016", "'unknown' is not a date; write"),
        ("2016-13", "'2016-13' is not a day of the calendar (month must be in 1..12)"),
        ("2016-00", "'2016-00' is not a day of the calendar"),
        ("2016-00-05", "'2016-00-05' is not a day of the calendar"),
        ("2016-12-00", "'2016-12-00' is not a day of the calendar"),
        ("2015-02-29", "'2015-02-29' is not a day of the calendar (day is out of range for month)"),
        ("2016-21-03", "'2016-21-03' is not a day of the calendar (month must be in 1..12)"),
        ("0000", "'0000' is not a day of the calendar (year 0 is out of range)"),
        ("9999-24", "'9999-24' is not a day of the calendar"),
        ("2016-12-03/2016-11-15", "the window ends (2016-11-15) before it starts (2016-12-03)"),
    ],
)
def test_what_cannot_be_read_says_why(text: str, why: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the whole message is compared
        parse_window(text)
    assert str(caught.value).startswith(why)


@given(st.text(max_size=30))
def test_any_text_reads_or_is_refused(text: str) -> None:
    try:
        window = parse_window(text)
    except ValueError:
        return
    assert parse_window(str(window)) == window


def test_the_unknown_and_open_sides() -> None:
    assert parse_window("unknown") == parse_window("../..") == Window()
    assert not Window().known
    until = parse_window("../2016-12-03")
    assert (until.start, until.known, until.single_day) == (None, True, False)
    assert str(until) == "../2016-12-03"


@pytest.mark.parametrize(
    ("text", "single"), [("2016-12-03", True), ("2016-12", False), ("2016-12-02/2016-12-03", False), ("unknown", False)]
)
def test_single_days(text: str, single: bool) -> None:
    assert parse_window(text).single_day is single
