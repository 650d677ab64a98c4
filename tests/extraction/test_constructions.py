"""Ways of speaking that pair a number with the wrong thing unless a rule knows them."""

from collections.abc import Callable

import pytest

from bench.accuracy_fields import predictions
from bot.extraction.draft import Draft

Read = Callable[..., tuple[Draft, ...]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("About 9,000 of the valley's 15,000 inhabitants have fled.", [("displaced", 9000)]),
        ("Three of the 12 people killed were minors.", [("killed", 12), ("killed", 3)]),
        ("Shelling has forced 3,200 from their homes in Karsa.", [("displaced", 3200)]),
        ("Masked men abducted 12 people from their homes in Karsa.", [("missing_or_detained", 12)]),
        ("Two nationals of Morland, brothers aged 22 and 26, died too.", [("killed", 2)]),
        ("The hospital is hosting 300 delegates and treated 14 people for burns.", [("injured", 14)]),
        ("The monitor, which disputes the claim that 50 died, says 22 were killed.", [("killed", 22)]),
        ("He had seen 39 corpses and 82 casualties.", [("killed", 39)]),
        ('Some 184 fighters had been "neutralised", the ministry said.', [("killed", 184)]),
        ("The company put its losses at 18 million euros.", []),
        ("Some 30,000 refugees had entered Larkport in a day.", [("displaced", 30000)]),
        ("Nine delegates entered Larkport and reached an agreement.", []),
    ],
)
def test_the_number_counts_what_the_words_say(read: Read, text: str, expected: list[tuple[str, int]]) -> None:
    told = [(p["kind"], p["value_min"]) for p in predictions(read(text)) if p["kind"] != "territory"]
    assert told == expected


def test_a_number_put_again_is_of_what_was_counted_last(read: Read) -> None:
    last = predictions(read("Elders said 90 girls were missing in Karsa. Police put the number at 111."))[-1]
    assert (last["kind"], last["value_min"], last["source"]) == ("missing_or_detained", 111, "Police")


def test_a_speaker_is_named_with_the_office(read: Read) -> None:
    told = predictions(read("The town's mayor, Danel Orsk, said that seven people had died."))[0]
    assert told["source"] == "town's mayor, Danel Orsk"


def test_who_is_said_after_a_comma_is_no_victim(read: Read) -> None:
    told = predictions(read('"We lost everything," said Umar Sani, an elder, and about 40 were still missing.'))
    assert [p["value_min"] for p in told] == [40]


def test_a_suburb_is_not_the_city_it_belongs_to(read: Read) -> None:
    told = predictions(read("A raid on a school in Bidi, a quiet suburb of Larkport, killed 44 people."))
    assert told[0]["place"] == "Bidi"


def test_a_town_that_is_shelled_is_the_place(read: Read) -> None:
    assert predictions(read("Shelling of Larkport killed six people on Sunday."))[0]["place"] == "Larkport"


def test_a_leader_somebody_is_loyal_to_is_no_place(read: Read) -> None:
    drafts = read("Rebels loyal to Danel Orsk retook the oil town.")
    assert all(draft.place != "Danel Orsk" for draft in drafts)


def test_the_second_half_of_what_was_taken(read: Read) -> None:
    told = predictions(read("Fighters captured the town of Larkport and 23 surrounding villages."))
    assert [(p["kind"], p["value_min"]) for p in told] == [("territory", None), ("territory", 23)]
