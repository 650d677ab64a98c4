"""Nothing is added up that may overlap, and what is added keeps its doubt."""

from itertools import combinations, permutations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.facts.addition import Obstacle, obstacles, total
from bot.facts.fact import Fact, Locator, Relation
from bot.facts.quantity import UNKNOWN, Modifier, Quantity, exact
from bot.facts.vocabulary import Accounting, Kind, Measure, Population, RelationKind, Unit
from bot.facts.window import Window, parse_window

M = Modifier
PLACES = ("east", "west", "north", "south")


FIVE = exact(5)


def may_overlap(a: str, b: str) -> bool:
    """Four quarters that share no ground."""
    return a == b


def figure(
    name: str, place: str = "east", window: str = "2016-12-03", quantity: Quantity = FIVE, **fields: object
) -> Fact:
    plain = Fact(
        id=f"r1/{name}",
        kind=Kind.FIGURE,
        window=parse_window(window),
        locator=Locator("r1", 1, 1),
        measure=Measure.KILLED,
        population=Population.CIVILIANS,
        unit=Unit.PERSON,
        accounting=Accounting.FLOW,
        place=place,
        quantity=quantity,
        sources=("watch",),
    )
    return replace(plain, **fields)


def in_their_places(parts: list[Quantity]) -> list[Fact]:
    """A figure of each, no two at one place."""
    return [figure(f"{n}.1", place, quantity=q) for n, (place, q) in enumerate(zip(PLACES, parts, strict=False), 1)]


counts = st.integers(0, 10**9)
countable = st.one_of(
    st.builds(lambda n, m: Quantity(n, n, m), counts, st.sampled_from([M.EXACT, M.ABOUT, M.NEARLY])),
    st.builds(lambda n, m: Quantity(n, None, m), counts, st.sampled_from([M.AT_LEAST, M.MORE_THAN])),
    st.builds(lambda n, m: Quantity(None, n, m), counts, st.sampled_from([M.UP_TO, M.LESS_THAN])),
    st.builds(lambda n, d: Quantity(n, n + d, M.RANGE), counts, st.integers(1, 10**6)),
)
# Two figures that nothing keeps apart: the same in all but their place.
apart = st.tuples(st.builds(figure, st.just("1.1"), st.just("east"), quantity=countable),
                  st.builds(figure, st.just("2.1"), st.just("west"), quantity=countable))  # fmt: skip

HINDRANCES = {
    Obstacle.PART: {"relations": (Relation(RelationKind.PART_OF, "r1/1.1"),)},
    Obstacle.RESTATED: {"relations": (Relation(RelationKind.RESTATES, "r1/1.1"),)},
    Obstacle.OVERLAP: {"place": "east"},
    Obstacle.RIVALS: {"sources": ("state",)},
    Obstacle.POPULATION: {"population": Population.CHILDREN},
    Obstacle.MEASURE: {"measure": Measure.INJURED},
    Obstacle.UNIT: {"unit": Unit.HOUSEHOLD},
    Obstacle.ACCOUNTING: {"accounting": Accounting.STOCK},
    Obstacle.SHARE: {"quantity": Quantity(5_000, 5_000, M.EXACT, share=True)},
    Obstacle.VAGUE: {"quantity": UNKNOWN},
}

anything_like_it = st.builds(
    lambda number, what: figure(f"{number}.1", **what),
    st.integers(1, 3),
    st.sampled_from([{}, *({**fields} for fields in HINDRANCES.values()), {"place": "west"}, {"window": "2016-12-09"}]),
)


@given(st.lists(anything_like_it, min_size=2, max_size=5))
def test_what_stands_in_the_way_of_all_is_what_stands_between_any_two(figures: list[Fact]) -> None:
    between = [obstacles(a, b, may_overlap) for a, b in combinations(figures, 2)]
    result = total(figures, may_overlap)
    assert (frozenset() if isinstance(result, Quantity) else result) == frozenset().union(*between)


@given(apart)
def test_figures_of_separate_places_are_added(pair: tuple[Fact, Fact]) -> None:
    assert obstacles(*pair, may_overlap) == frozenset()
    assert isinstance(total(pair, may_overlap), Quantity)


def test_every_obstacle_has_its_example() -> None:
    assert set(HINDRANCES) == set(Obstacle)


@given(apart, st.sets(st.sampled_from(Obstacle), min_size=1, max_size=4), st.booleans())
def test_no_two_incompatible_figures_are_ever_added(
    pair: tuple[Fact, Fact], wanted: set[Obstacle], swapped: bool
) -> None:
    first, second = pair
    for obstacle in wanted - {Obstacle.PART, Obstacle.RESTATED}:
        second = replace(second, **HINDRANCES[obstacle])
    relations = [r for o in wanted & {Obstacle.PART, Obstacle.RESTATED} for r in HINDRANCES[o]["relations"]]
    second = replace(second, relations=tuple(relations))
    pair = (second, first) if swapped else (first, second)
    assume(not {Obstacle.SHARE, Obstacle.VAGUE} <= wanted)
    assert wanted <= obstacles(*pair, may_overlap)
    found = total(pair, may_overlap)
    assert isinstance(found, frozenset)
    assert wanted <= found
    third = figure("3.1", "north")
    assert isinstance(total((*pair, third), may_overlap), frozenset), "one bad pair is enough"


@pytest.mark.parametrize(
    "quantity", [Quantity(20, None, M.VAGUE, words="dozens"), UNKNOWN, Quantity(1, 2, M.RANGE, share=True)]
)
def test_what_is_no_count_has_no_sum(quantity: Quantity) -> None:
    assert isinstance(total([figure("1.1", quantity=quantity), figure("2.1", "west")], may_overlap), frozenset)


@st.composite
def parts_with_values(draw: st.DrawFn) -> tuple[list[Quantity], list[int]]:
    """Quantities, and for each a number that it allows."""
    parts = draw(st.lists(countable, min_size=2, max_size=4))
    values = []
    for part in parts:
        least = (part.low or 0) + (part.modifier is M.MORE_THAN)
        most = part.high - (part.modifier is M.LESS_THAN) if part.high is not None else least + 10**6
        assume(least <= most)
        values.append(draw(st.integers(least, most)))
    return parts, values


@given(parts_with_values())
def test_the_sum_holds_whatever_the_parts_hold(drawn: tuple[list[Quantity], list[int]]) -> None:
    parts, values = drawn
    figures = in_their_places(parts)
    found = total(figures, may_overlap)
    assert isinstance(found, Quantity)
    assert found.low is None or found.low <= sum(values)
    assert found.high is None or sum(values) <= found.high
    if any(part.modifier is not M.EXACT for part in parts):
        assert found.modifier is not M.EXACT, "a doubt was lost"
    for order in permutations(figures):
        assert total(order, may_overlap) == found


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([exact(3), exact(5)], exact(8)),
        ([Quantity(310, 310, M.ABOUT), exact(5)], Quantity(315, 315, M.ABOUT)),
        ([Quantity(310, 310, M.ABOUT), Quantity(69, None, M.AT_LEAST)], Quantity(379, None, M.AT_LEAST)),
        ([Quantity(20, 30, M.RANGE), exact(5)], Quantity(25, 35, M.RANGE)),
        ([exact(0), exact(0)], exact(0)),
    ],
)
def test_sums(parts: list[Quantity], expected: Quantity) -> None:
    assert total(in_their_places(parts), may_overlap) == expected


def test_a_sum_needs_two() -> None:
    with pytest.raises(ValueError, match="a sum needs two figures"):
        total([figure("1.1")], may_overlap)


# Overlap


@pytest.mark.parametrize(
    ("window", "added"),
    [
        ("2016-12-02", True),
        ("2016-12-03", False),
        ("2016-12-02/2016-12-03", False),
        ("2016-12", False),
        ("2016", False),
        ("2016-12-02~", False),
        ("2016-10-01~", True),
        ("../2016-12-02", True),
        ("../2016-12-03", False),
        ("2016-12-04/..", True),
        ("unknown", False),
    ],
)
def test_flows_at_one_place_need_days_apart(window: str, added: bool) -> None:
    found = total([figure("1.1"), figure("2.1", window=window)], may_overlap)
    assert isinstance(found, Quantity) is added


def test_stocks_need_places_apart_whatever_the_days() -> None:
    first = figure("1.1", accounting=Accounting.STOCK)
    later = figure("2.1", window="2016-12-20", accounting=Accounting.STOCK)
    assert total([first, later], may_overlap) == frozenset({Obstacle.OVERLAP})
    assert total([first, replace(later, place="west")], may_overlap) == exact(10)


def test_a_place_that_is_not_said_may_be_anywhere() -> None:
    assert Obstacle.OVERLAP in obstacles(figure("1.1"), figure("2.1", place=None), may_overlap)  # type: ignore[arg-type]


# Kinship


def test_two_parts_of_one_whole_may_be_the_same_people() -> None:
    part = (Relation(RelationKind.PART_OF, "r1/9.1"),)
    pair = figure("1.1", relations=part), figure("2.1", "west", relations=part)
    assert obstacles(*pair, may_overlap) == frozenset({Obstacle.PART})


def test_two_other_wordings_of_one_figure_are_the_same_people() -> None:
    again = (Relation(RelationKind.RESTATES, "r1/9.1"),)
    pair = figure("1.1", relations=again), figure("2.1", "west", relations=again)
    assert obstacles(*pair, may_overlap) == frozenset({Obstacle.RESTATED})


def test_a_part_and_another_wording_of_its_whole() -> None:
    part = figure("1.1", relations=(Relation(RelationKind.PART_OF, "r1/9.1"),))
    again = figure("2.1", "west", relations=(Relation(RelationKind.RESTATES, "r1/9.1"),))
    assert Obstacle.PART in obstacles(part, again, may_overlap)


def test_what_supersedes_is_never_added_to_what_it_supersedes() -> None:
    newer = figure("2.1", "west", relations=(Relation(RelationKind.SUPERSEDES, "r1/1.1"),))
    assert obstacles(figure("1.1"), newer, may_overlap) == frozenset({Obstacle.RESTATED})


# Sources


@pytest.mark.parametrize(
    ("one", "other", "report", "rivals"),
    [
        (("watch",), ("watch",), "r1", False),
        (("watch",), ("watch", "state"), "r2", False),
        (("watch",), ("state",), "r1", True),
        (("watch",), (), "r1", True),
        ((), (), "r1", False),
        ((), (), "r2", True),
    ],
)
def test_rivals(one: tuple[str, ...], other: tuple[str, ...], report: str, rivals: bool) -> None:
    pair = figure("1.1", sources=one), figure("2.1", "west", sources=other, locator=Locator(report, 1, 1))
    assert (Obstacle.RIVALS in obstacles(*pair, may_overlap)) is rivals


def test_a_window_of_a_figure_is_never_half_read() -> None:
    assert Obstacle.OVERLAP in obstacles(figure("1.1", window="unknown"), figure("2.1"), may_overlap)
    assert not Window().known
