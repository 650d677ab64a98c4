"""The closed lists hang together."""

import pytest

from bot.facts.quantity import UNKNOWN, Modifier, Quantity, exact
from bot.facts.vocabulary import CASUALTIES, DISPLACEMENT, Measure, Population, wider

P = Population


@pytest.mark.parametrize("population", Population)
def test_every_group_is_part_of_people_and_of_nothing_twice(population: Population) -> None:
    chain = wider(population)
    assert (chain[0], chain[-1]) == (population, P.PEOPLE)
    assert len(set(chain)) == len(chain)


@pytest.mark.parametrize(
    ("population", "chain"),
    [
        (P.PEOPLE, [P.PEOPLE]),
        (P.CHILDREN, [P.CHILDREN, P.CIVILIANS, P.PEOPLE]),
        (P.PILOTS, [P.PILOTS, P.TROOPS, P.COMBATANTS, P.PEOPLE]),
        (P.WOMEN, [P.WOMEN, P.PEOPLE]),
    ],
)
def test_who_is_part_of_whom(population: Population, chain: list[Population]) -> None:
    assert list(wider(population)) == chain


def test_no_measure_is_two_things() -> None:
    assert not set(CASUALTIES) & set(DISPLACEMENT)
    assert set(Measure) - set(CASUALTIES) - set(DISPLACEMENT) == {Measure.TROOPS}


@pytest.mark.parametrize(
    ("low", "high", "modifier"),
    [
        (None, None, Modifier.EXACT),
        (1, 2, Modifier.EXACT),
        (1, 2, Modifier.ABOUT),
        (1, 1, Modifier.AT_LEAST),
        (1, 1, Modifier.UP_TO),
        (2, 2, Modifier.RANGE),
        (3, 2, Modifier.RANGE),
        (0, 0, Modifier.UNKNOWN),
        (20, None, Modifier.VAGUE),
        (-1, -1, Modifier.EXACT),
    ],
)
def test_bounds_that_contradict_their_hedge_are_refused(low: int | None, high: int | None, modifier: Modifier) -> None:
    with pytest.raises(ValueError, match=r"do not fit the modifier|needs its words|never negative"):
        Quantity(low, high, modifier)


def test_zero_is_a_number_and_unknown_is_not() -> None:
    assert exact(0).known
    assert not UNKNOWN.known
    assert exact(0) != UNKNOWN
    assert (UNKNOWN.size, Quantity(None, 9, Modifier.UP_TO).size, Quantity(4, 9, Modifier.RANGE).size) == (0, 9, 4)
