"""Which lists a fact stands in, and in what order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.facts.fact import Fact, Locator, Relation
from bot.facts.quantity import UNKNOWN, Quantity, exact
from bot.facts.topics import EVENTS, TOTALS, Topic, first_day, last_day, section, topics
from bot.facts.vocabulary import Accounting, ControlStatus, Kind, Measure, RelationKind, Stance
from bot.facts.window import parse_window

T = Topic
PUBLISHED = parse_window("2016-12-03").start.first.toordinal()  # type: ignore[union-attr]


def fact(kind: Kind = Kind.FIGURE, window: str = "2016-12-03", number: str = "1.1", **fields: object) -> Fact:
    plain = Fact(id=f"r1/{number}", kind=kind, window=parse_window(window), locator=Locator("r1", 1, 1))
    if kind is Kind.FIGURE:
        plain = replace(plain, measure=Measure.KILLED, accounting=Accounting.FLOW, quantity=exact(5))
    return replace(plain, **fields)


@pytest.mark.parametrize(
    ("one", "lists"),
    [
        (fact(), {T.CASUALTIES, T.TIMELINE}),
        (fact(cumulative=True), {T.CASUALTIES}),
        (fact(relations=(Relation(RelationKind.PART_OF, "r1/9.1"),)), {T.CASUALTIES}),
        (fact(measure=Measure.SHELTERING, accounting=Accounting.STOCK), {T.DISPLACED}),
        (fact(measure=Measure.TROOPS, accounting=Accounting.STOCK), set()),
        (fact(Kind.EVENT), {T.TIMELINE}),
        (fact(Kind.CONTROL, status=ControlStatus.CAPTURED), {T.CONTROL, T.TIMELINE}),
        (fact(Kind.CONTROL, status=ControlStatus.HELD), {T.CONTROL}),
        (fact(Kind.CONTROL, "../2016-12-03", status=ControlStatus.CAPTURED), {T.CONTROL}),
        (fact(Kind.STATEMENT), {T.STATEMENTS}),
        (fact(Kind.STATEMENT, stance=Stance.ALLEGED), {T.STATEMENTS}),
    ],
)
def test_lists(one: Fact, lists: set[Topic]) -> None:
    assert set(topics(one)) == lists


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.STATEMENT])
@pytest.mark.parametrize("stance", [stance for stance in Stance if stance is not Stance.ASSERTED])
def test_what_is_not_asserted_answers_nothing(kind: Kind, stance: Stance) -> None:
    assert topics(fact(kind, stance=stance, status=ControlStatus.CAPTURED)) == ()


def order(*facts: Fact, topic: Topic = T.CASUALTIES) -> list[str]:
    return [one.id.removeprefix("r1/") for one in sorted(facts, key=lambda one: section(one, topic, PUBLISHED))]


def test_totals_first_the_window_that_starts_last_then_the_larger_number() -> None:
    war = fact(
        window="2011-03/2016-12-03", number="1.1", cumulative=True, quantity=Quantity(300_000, None, "more_than")
    )
    west = fact(window="2016-11-15/2016-12-03", number="2.1", cumulative=True, quantity=exact(69))
    east = fact(window="2016-11-15/2016-12-03", number="3.1", cumulative=True, quantity=exact(310))
    event = fact(number="4.1", quantity=exact(10**9))
    assert order(war, west, event, east) == ["3.1", "2.1", "1.1", "4.1"]


def test_events_the_latest_day_first_then_as_the_report_tells_them() -> None:
    one, ten, two = fact(number="9.1"), fact(number="10.1"), fact(number="9.2")
    before = fact(window="2016-12-02", number="1.1")
    undated = fact(window="unknown", number="30.1")
    assert order(before, undated, ten, two, one, topic=T.TIMELINE) == ["9.1", "9.2", "10.1", "30.1", "1.1"]


def test_a_stock_is_a_total() -> None:
    stock = fact(measure=Measure.BESIEGED, accounting=Accounting.STOCK)
    assert section(stock, T.DISPLACED, PUBLISHED).number == TOTALS
    assert section(fact(), T.CASUALTIES, PUBLISHED).number == EVENTS
    assert section(fact(cumulative=True), T.TIMELINE, PUBLISHED).number == EVENTS


@pytest.mark.parametrize(
    ("window", "first", "last"),
    [
        ("2016-11-15/2016-12-01", "2016-11-15", "2016-12-01"),
        ("../2016-12-01", "2016-12-01", "2016-12-01"),
        ("2016-11-15/..", "2016-11-15", "2016-12-03"),
        ("2016-11", "2016-11-01", "2016-11-30"),
        ("unknown", "2016-12-03", "2016-12-03"),
    ],
)
def test_days_for_sorting(window: str, first: str, last: str) -> None:
    found = first_day(fact(window=window), PUBLISHED), last_day(fact(window=window), PUBLISHED)
    starts = [parse_window(text).start for text in (first, last)]
    assert list(found) == [start.first.toordinal() for start in starts if start is not None]


@given(st.dates(), st.integers(0, 10**15), st.sampled_from(["1.1", "9999999.1", "1.9999999"]), st.booleans())
def test_ranks_fit_the_integers_of_the_database(day: object, size: int, number: str, cumulative: bool) -> None:
    one = fact(window=str(day), number=number, quantity=exact(size), cumulative=cumulative)
    for topic in (T.CASUALTIES, T.TIMELINE):
        assert -(2**63) <= section(one, topic, PUBLISHED).rank < 2**63


def test_a_number_that_nobody_knows_stands_last() -> None:
    known, unknown = fact(number="2.1", cumulative=True), fact(number="1.1", cumulative=True, quantity=UNKNOWN)
    assert order(unknown, known) == ["2.1", "1.1"]
