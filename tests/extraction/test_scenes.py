"""Where a report is from sentence to sentence, and on what day."""

from collections.abc import Callable
from datetime import date

import pytest

from bot.extraction.draft import Draft
from bot.facts.vocabulary import Kind

Read = Callable[..., tuple[Draft, ...]]


def figures(drafts: tuple[Draft, ...]) -> list[tuple[int, str | None]]:
    return [(d.quantity.size, d.place) for d in drafts if d.kind is Kind.FIGURE and d.quantity is not None]


def days(drafts: tuple[Draft, ...]) -> list[str]:
    return [str(d.window) for d in drafts if d.kind is Kind.FIGURE]


PLACES = [
    pytest.param(
        "Gunmen killed nine people in northern Mali, officials said. The attackers struck the village of Saran.",
        [(9, "Saran")],
        id="a region made exact by the sentence that follows",
    ),
    pytest.param(
        "Gunmen killed nine people in northern Mali. The attacks hit the villages of Bidi, Sankoro and Saran.",
        [(9, "northern Mali")],
        id="not by one of several villages",
    ),
    pytest.param(
        "Nine people were killed in Larkport. In a separate attack, two soldiers died.",
        [(9, "Larkport"), (2, None)],
        id="a separate attack is elsewhere",
    ),
    pytest.param(
        "Rebels shelled the town of Dunmere. Nine died. In the village of Saran, five more were killed. "
        "The town's mayor said 30 were wounded.",
        [(9, "Dunmere"), (5, "Saran"), (30, "Dunmere")],
        id="the town is the one that was called a town",
    ),
    pytest.param(
        "Shells killed nine people in Larkport. A rocket hit the Cedar hotel, injuring a guard.\nFour soldiers died.",
        [(9, "Larkport"), (1, "Cedar hotel"), (4, "Larkport")],
        id="a building is left again",
    ),
    pytest.param(
        "Two people died in Bidi and five in Saran. The blasts wounded 12 in Larkport. Three more died.",
        [(2, "Bidi"), (5, "Saran"), (12, "Larkport"), (3, "Larkport")],
        id="each of a list has its own",
    ),
    pytest.param(
        "Raids killed nine people in Larkport, Yemen. More than 10,000 people have been killed since the war began.",
        [(9, "Larkport"), (10_000, "Yemen")],
        id="the war's total is the country's",
    ),
    pytest.param(
        "Nine people were killed when a shell hit the village of Saran.",
        [(9, "Saran")],
        id="the cause tells where",
    ),
    pytest.param(
        "Six students from Dunmere University were killed in Larkport.",
        [(6, "Larkport")],
        id="where they are from is not where they died",
    ),
    pytest.param(
        "Fighters positioned in Dunmere fired rockets at Larkport, killing six people.",
        [(6, "Larkport")],
        id="from where it was fired is not where it fell",
    ),
    pytest.param(
        "Nine people were killed in Larkport. The envoy spoke at a conference in Dunmere. Four others were wounded.",
        [(9, "Larkport"), (4, "Larkport")],
        id="a conference is no scene",
    ),
    pytest.param(
        "Bomb in market kills 12\nA bomb killed at least 12 people in Larkport on Friday, police said.",
        [(12, "Larkport"), (12, "Larkport")],
        id="a headline is where its text is",
    ),
    pytest.param(
        "LARKPORT, Kenya (AP) — Gunmen killed nine people in eastern Kenya on Friday, police said.",
        [(9, "Larkport")],
        id="a dateline from where it happened",
    ),
    pytest.param(
        "NAIROBI, Kenya (AP) — Gunmen killed nine people in eastern Kenya on Friday, police said.",
        [(9, "eastern Kenya")],
        id="an agency's office is not where it happened",
    ),
    pytest.param(
        "Shells fell on Larkport. Larkport was the worst hit, with nine dead.",
        [(9, "Larkport")],
        id="a place named again needs no preposition",
    ),
]


@pytest.mark.parametrize(("text", "expected"), PLACES)
def test_where_it_happened(read: Read, text: str, expected: list[tuple[int, str | None]]) -> None:
    assert figures(read(text)) == expected


DAYS = [
    pytest.param(
        "Nine people were killed in Larkport on Friday. In Dunmere, four died.",
        ["2022-05-20", "2022-05-20"],
        id="the next place has the day just told",
    ),
    pytest.param(
        "A blast killed nine people in Larkport. The attack took place on 17 May.",
        ["2022-05-17"],
        id="a day told at last",
    ),
    pytest.param(
        "Nine people were killed in Larkport on Friday. The previous day, four died in Dunmere.",
        ["2022-05-20", "2022-05-19"],
        id="the day before the one told",
    ),
    pytest.param(
        "The offensive launched on Sunday has so far killed 40 people in Larkport.",
        ["2022-05-15/2022-05-21"],
        id="an offensive counts from its beginning",
    ),
    pytest.param(
        "The war between two clans erupted in March. It has killed 4,000 people in Larkport since the war began.",
        ["2022-03/2022-05-21"],
        id="since the war began, as told before",
    ),
    pytest.param("In May 2019 and June 2019 nothing was known; 30 died in April and May.", ["2022-04/2022-05-21"]),
    pytest.param("Thirty people died between 3 and 5 May.", ["2022-05-03/2022-05-05"]),
    pytest.param("The war of 1992-95 killed 300 people in Larkport.", ["1992/1995"]),
    pytest.param("Searches went on on Friday after raids had killed nine people in Larkport.", ["None"]),
]


@pytest.mark.parametrize(("text", "expected"), DAYS)
def test_on_what_day(read: Read, text: str, expected: list[str]) -> None:
    assert days(read(text, date(2022, 5, 21))) == expected
