"""What is told first."""

from itertools import pairwise

import pytest

from bot.facts.fact import Fact
from bot.facts.importance import importance
from bot.facts.vocabulary import Accounting, ControlStatus, EventType, Kind, Measure, Population, Unit
from tests.store.small_world import claim, figure

DAY = 736301
# Each line before the next, whatever the order in which they come.
ORDER = (
    figure("r1/9.1", "1,134", population=Population.PEOPLE),
    figure("r1/9.2", "442"),
    figure("r1/9.3", "442", window="2016-11-15/2016-12-02"),
    figure("r1/9.4", "at least 12"),
    figure("r1/9.5", "600", part_of="r1/9.1"),
    figure("r1/8.1", "60", measure=Measure.BODIES, accounting=Accounting.STOCK, cumulative=False),
    figure("r1/8.2", "2,000", measure=Measure.INJURED),
    figure("r1/8.3", "80,000", measure=Measure.DISPLACED),
    figure("r1/8.4", "more than half", measure=Measure.DISPLACED, of="the population"),
    figure("r1/7.1", "12", window="2016-12-03", cumulative=False),
    figure("r1/7.2", "3", window="2016-12-03", cumulative=False),
    figure("r1/7.3", "3", window="2016-12-01", cumulative=False),
    figure("r1/7.4", "64", window="2016-12-03", cumulative=False, measure=Measure.INJURED),
    claim("r1/6.1", Kind.CONTROL, status=ControlStatus.CAPTURED),
    claim("r1/6.2", Kind.CONTROL, status=ControlStatus.CAPTURED),
    claim("r1/6.10", Kind.CONTROL, status=ControlStatus.CAPTURED),
    claim("r1/1.1", Kind.CONTROL, "2016-12-02", status=ControlStatus.CAPTURED),
    claim("r1/5.1", Kind.EVENT, event=EventType.CLASH),
    claim("r1/2.1", Kind.STATEMENT),
)


@pytest.mark.parametrize(("first", "then"), list(pairwise(ORDER)), ids=lambda fact: fact.id)
def test_each_comes_before_the_next(first: Fact, then: Fact) -> None:
    assert importance(first, DAY) < importance(then, DAY)


def test_no_two_facts_have_the_same_place() -> None:
    twins = [figure("r1/1.1", "3"), figure("r1/1.2", "3"), figure("r2/1.1", "3"), figure("r1/11.1", "3")]
    assert len({importance(fact, DAY) for fact in twins}) == len(twins)


def test_a_fact_without_a_window_is_of_its_reports_day() -> None:
    undated = figure("r1/1.1", "3", window="unknown", cumulative=False, unit=Unit.PERSON)
    assert importance(undated, DAY) < importance(undated, DAY - 1)
