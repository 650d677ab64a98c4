"""Numbers that count no people, each refused under its name."""

from collections.abc import Callable

import pytest

from bot.extraction.sentence import Sentence


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The truce began on 17 October near the town.", "date"),
        ("Shelling resumed in 2014 after the vote.", "date"),
        ("The siren sounded at 1930 local time in the port.", "clock"),
        ("Amir Haddad, 41, a baker, was at work.", "age"),
        ("They walked for 14 hours in the snow.", "duration"),
        ("The post lies 30 km from the border.", "distance"),
        ("The repair cost $12 million in all.", "money"),
        ("Resolution 2254 was read out again.", "designation"),
        ("A convoy of 60 trucks crossed the river.", "equipment"),
        ("Rebels lost 73 cows in the raid.", "animal"),
        ("Fire damaged 12 houses on the hill.", "building"),
        ("The 21st brigade held the ridge.", "designation"),
    ],
)
def test_each_has_its_name(sentence: Callable[[str], Sentence], text: str, name: str) -> None:
    assert name in [mention.veto for mention in sentence(text).mentions]


def test_people_are_not_refused(sentence: Callable[[str], Sentence]) -> None:
    assert [m.veto for m in sentence("In all 2016 villagers and 14 nurses were counted.").mentions] == [None, None]
