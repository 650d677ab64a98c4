"""Where and when."""

from collections.abc import Callable
from datetime import date

import pytest

from bot.extraction.draft import Draft

Read = Callable[..., tuple[Draft, ...]]


def first(drafts: tuple[Draft, ...]) -> Draft:
    return next(d for d in drafts if d.measure is not None)


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("in Larkport", "Larkport"),
        ("in the town of Larkport", "Larkport"),
        ("in the Ostend Hill neighbourhood of Larkport", "Ostend Hill"),
        ("in eastern Larkport", "eastern Larkport"),
        ("in Larkport about 30 km south of Dunmere", "Larkport"),
        ("in the commune of Mavo in northern Kerland province", "Mavo"),
        ("near Larkport airport", "Larkport airport"),
        ("at al-Hamra refugee camp", "al-Hamra"),
        ("in the west of Larkport city", "west Larkport"),
        ("in Syrian air strikes", None),
        ("on Tuesday", None),
    ],
)
def test_places_by_pattern(read: Read, words: str, place: str | None) -> None:
    assert first(read(f"Nine people were killed {words}.")).place == place


def test_a_place_is_carried_over_and_marked_so(read: Read) -> None:
    drafts = [d for d in read("Nine people were killed in Larkport. Four were wounded.") if d.measure]
    assert [(d.place, "place" in d.inherited) for d in drafts] == [("Larkport", False), ("Larkport", True)]


@pytest.mark.parametrize(
    ("words", "window"),
    [
        ("on Thursday", "2022-05-19"),
        ("on Saturday", "2022-05-21"),
        ("overnight", "2022-05-20/2022-05-21"),
        ("since May 3", "2022-05-03/2022-05-21"),
        ("since the assault began on 3 May", "2022-05-03/2022-05-21"),
        ("between 17 October and 23 March", "2021-10-17/2022-03-23"),
        ("in April", "2022-04"),
        ("in November", "2021-11"),
        ("in 2012", "2012"),
        ("in the past two weeks", "2022-05-07/2022-05-21"),
        ("since mid-March", "2022-03-15~/2022-05-21"),
        ("this year", "2022-01-01/2022-05-21"),
        ("in recent days", "../2022-05-21"),
    ],
)
def test_windows_from_the_reports_date(read: Read, words: str, window: str) -> None:
    assert str(first(read(f"Nine people were killed {words}.")).window) == window


def test_without_a_date_the_words_stay_and_the_days_are_unknown(read: Read) -> None:
    draft = first(read("Nine people were killed on Thursday.", None))
    assert (draft.window, draft.window_words) == (None, "on Thursday")


def test_the_time_of_speaking_is_not_the_time_of_dying(read: Read) -> None:
    assert first(read("Nine people were killed, police said on Friday.")).window_words is None


def test_the_same_period_is_that_of_the_sentence_before(read: Read) -> None:
    drafts = [
        d
        for d in read("Nine people died in Larkport since May 3. Four died in Dunmere in the same period.")
        if d.measure
    ]
    assert str(drafts[1].window) == str(drafts[0].window) == "2022-05-03/2022-05-21"
    assert drafts[1].cumulative


def test_an_impossible_date_is_no_window(read: Read) -> None:
    assert first(read("Nine people were killed on 31 February.", date(2022, 3, 1))).window is None
