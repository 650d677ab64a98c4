"""Windows as people type them, and as answers print them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.dates import window_words
from bot.corrections.dates import read_window
from bot.corrections.errors import UnfitError
from bot.facts.window import Moment, Precision, Window


@pytest.mark.parametrize(
    ("typed", "window"),
    [
        ("2016-11-15/2016-12-03", "2016-11-15/2016-12-03"),
        ("2016-11-15 to 2016-12-03", "2016-11-15/2016-12-03"),
        ("15 Nov – 3 Dec 2016", "2016-11-15/2016-12-03"),
        ("15 Nov 2016 - 3 Dec 2016", "2016-11-15/2016-12-03"),
        ("from November 15 to December 3rd, 2016", "2016-11-15/2016-12-03"),
        ("between 2 and 3 Dec 2016", "2016-12-02/2016-12-03"),
        ("2–3 Dec 2016", "2016-12-02/2016-12-03"),
        ("2-3 Sept. 2016", "2016-09-02/2016-09-03"),
        ("on 3 Dec 2016", "2016-12-03"),
        ("December 2016", "2016-12"),
        ("2016", "2016"),
        ("about 2016-11-15", "2016-11-15~"),
        ("mid-November 2016", "2016-11-15~"),
        ("mid-2012", "2012-06~"),
        ("summer 2012", "2012-22"),
        ("since March 2011", "2011-03/.."),
        ("since March 2011, as of 3 Dec 2016", "2011-03/2016-12-03"),
        ("until 3 Dec 2016", "../2016-12-03"),
        ("  SINCE   2011 ", "2011/.."),
        ("unknown", "unknown"),
        ("time not stated", "unknown"),
    ],
)
def test_windows_that_are_understood(typed: str, window: str) -> None:
    assert str(read_window(typed)) == window


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("3 Dec", "it has no year"),
        ("32 Dec 2016", "day is out of range"),
        ("30 Feb 2016", "day is out of range"),
        ("3 Dec 2016 to 15 Nov 2016", "before it starts"),
        ("3 Foo 2016", "“foo” is no month"),
        ("16/12/2016", "neither a day, a month nor a year"),
        ("3 summer 2016", "a season has no days"),
        ("early 3 Dec 2016", "either a day or a part"),
        ("yesterday", "“yesterday” is no month"),
        ("", "neither a day"),
        ("2–2–2016", "neither a day"),
    ],
)
def test_windows_that_are_not(typed: str, why: str) -> None:
    with pytest.raises(UnfitError, match=why) as refused:
        read_window(typed)
    assert "since March 2011" in refused.value.example


days = st.dates(date(1900, 1, 1), date(2100, 1, 1))
moments = st.one_of(
    days.map(Moment),
    st.builds(lambda day: Moment(day.replace(day=1), Precision.MONTH), days),
    st.builds(lambda day: Moment(day.replace(day=1, month=1), Precision.YEAR), days),
    st.builds(
        lambda day, month: Moment(date(day.year, month, 1), Precision.SEASON), days, st.sampled_from([3, 6, 9, 12])
    ),
    st.builds(lambda day, part: Moment(day.replace(day=part), approximate=True), days, st.sampled_from([5, 15, 25])),
)


@given(moments | st.none(), moments | st.none())
def test_what_an_answer_prints_can_be_typed_back(start: Moment | None, end: Moment | None) -> None:
    try:
        window = Window(start, end)
    except ValueError:
        return
    assert read_window(window_words(window)) == window
    assert read_window(str(window)) == window


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        read_window(text)
    except UnfitError as error:
        assert error.example  # noqa: PT017
