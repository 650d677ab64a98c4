"""What is told without a verb of its own: losses without a noun, breakdowns, captives, what nouns say was taken."""

from collections.abc import Callable

import pytest

from bench.accuracy_fields import predictions
from bot.extraction.draft import Draft
from bot.facts.vocabulary import ControlStatus, EventType, Kind, Stance

Read = Callable[..., tuple[Draft, ...]]
Told = list[tuple[str, int | None, bool]]


def told(drafts: tuple[Draft, ...]) -> Told:
    return [(p["kind"], p["value_min"], p["subset"]) for p in predictions(drafts) if p["kind"] != "territory"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The garrison lost 14 in the ambush.", [("killed", 14, False)]),
        ("The home side lost 14 games.", []),
        ("Six people died. The clinic counted nine.", [("killed", 6, False), ("killed", 9, False)]),
        ("The clinic counted nine.", []),
        ("Some 90 hostages are believed to be still in Larkport.", [("missing_or_detained", 90, False)]),
        ("Some 90 hostages were in good health.", []),
        ("The toll has passed 600.", [("killed", 600, False)]),
        ("The toll could rise to 600.", []),
        ("The siege has cost 1,400 soldiers' lives.", [("killed", 1400, False)]),
        ("The raiders took six men. The ministry denied reports that 30 died.", []),
        ("Both officers and recruits died.", []),
        ("Both pilots died.", [("killed", 2, False)]),
        ("A Briton and two Syrians were killed.", [("killed", 1, False), ("killed", 2, False)]),
        ("Two gunmen shot the mayor dead.", [("killed", 1, False)]),
        ("Some 40 rebels were killed or captured.", []),
        ("Twelve men were pulled off a bus near Larkport and shot dead.", [("killed", 12, False)]),
        ("Three women accused of theft were stoned to death.", [("killed", 3, False)]),
    ],
)
def test_numbers_with_little_beside_them(read: Read, text: str, expected: Told) -> None:
    assert told(read(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Thirty people were killed, activists said: 16 in Larkport, nine in Bidi and five in Karsa.",
            [("killed", 30, False), ("killed", 16, True), ("killed", 9, True), ("killed", 5, True)],
        ),
        (
            "Twelve people died: seven soldiers and five nurses.",
            [("killed", 12, False), ("killed", 7, True), ("killed", 5, True)],
        ),
        (
            "Doctors reported 53 dead, 15 women and four children among them.",
            [("killed", 53, False), ("killed", 15, True), ("killed", 4, True)],
        ),
        (
            "Twelve people died, of whom five were women and seven small children.",
            [("killed", 12, False), ("killed", 5, True), ("killed", 7, True)],
        ),
        (
            "Thirty people died. The dead include a priest and two nurses.",
            [("killed", 30, False), ("killed", 1, True), ("killed", 2, True)],
        ),
        (
            "Thirty people died, including nine nurses, and 40 were hurt.",
            [("killed", 30, False), ("injured", 40, False), ("killed", 9, True)],
        ),
    ],
)
def test_breakdowns(read: Read, text: str, expected: Told) -> None:
    assert sorted(told(read(text))) == sorted(expected)


def test_each_part_of_a_breakdown_has_its_own_place(read: Read) -> None:
    found = predictions(read("Thirty people were killed, activists said: 16 in Larkport and nine in Bidi."))
    assert [p["place"] for p in found if p["subset"]] == ["Larkport", "Bidi"]


@pytest.mark.parametrize(
    ("text", "status", "words"),
    [
        ("The army drove the rebels out of three villages.", ControlStatus.CAPTURED, "three villages"),
        ("Troops have cleared 12 villages of militants.", ControlStatus.RECAPTURED, "12 villages"),
        ("Rebels raised their flag over the citadel.", ControlStatus.CAPTURED, "the citadel"),
        ("The army brought 30 villages under its control.", ControlStatus.CAPTURED, "30 villages"),
        ("The rebels captured Bidi and Karsa.", ControlStatus.CAPTURED, "Karsa"),
        ("Some 40% of the old city is in the hands of the rebels.", ControlStatus.HELD, "Some 40 % of the old city"),
        ("The guerrillas hold 70 per cent of Larkport.", ControlStatus.HELD, "Larkport"),
        ("The army took the border post of Bidi.", ControlStatus.CAPTURED, "Bidi"),
    ],
)
def test_control_without_a_plain_object(read: Read, text: str, status: ControlStatus, words: str) -> None:
    claims = [d for d in read(text) if d.kind is Kind.CONTROL]
    assert (claims[-1].status, claims[-1].place_words or claims[-1].place) == (status, words)


@pytest.mark.parametrize(
    "text",
    [
        "Gunmen overran a hospital and fled.",
        "The rebels are losing ground.",
        "Police drove the crowd out of the square.",
        "The mayor raised the question of the town.",
    ],
)
def test_no_control(read: Read, text: str) -> None:
    assert not [d for d in read(text) if d.kind is Kind.CONTROL]


def test_what_a_noun_says_is_doubtful(read: Read) -> None:
    text = "Troops entered Larkport on Friday, and its loss would be a blow. Fighting continued in Bidi."
    lost, contested = [d for d in read(text) if d.status in (ControlStatus.LOST, ControlStatus.CONTESTED)]
    assert (lost.place, lost.stance, lost.doubtful) == ("Larkport", Stance.HYPOTHETICAL, True)
    assert (contested.place, contested.doubtful) == ("Bidi", True)


def test_where_a_place_lies_is_doubtful(read: Read) -> None:
    event = next(d for d in read("Karsa is close to the front.") if d.event is EventType.OTHER)
    assert (event.place, event.doubtful) == ("Karsa", True)


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Morland lost 14 men, and says it killed 30 rebels.", "Morland"),
        ("Thirty people, nine of them gunmen by the army's reckoning, died.", "army"),
        ("The ministry's assessment is that 30 people died.", "ministry's assessment"),
        ("A doctor at the clinic had seen 22 corpses.", "doctor at the clinic"),
        ("The monitor had 59 dead.", "monitor"),
        ("Nine are listed as missing by the Red Cross.", "Red Cross"),
        ("Nine died, a colonel, Danel Orsk, said by telephone.", "colonel, Danel Orsk"),
        ("The army said nine died, while 30 were hurt, according to doctors.", "doctors"),
        ("Nine died, police said; 30 were hurt.", "police"),
    ],
)
def test_who_says_so(read: Read, text: str, source: str) -> None:
    assert [d.source for d in read(text) if d.kind is Kind.FIGURE][-1] == source
