"""The lists a fact can stand in: which topics it answers, and in what order."""

from enum import StrEnum
from math import log2
from typing import NamedTuple

from bot.facts.fact import Fact
from bot.facts.vocabulary import CASUALTIES, DISPLACEMENT, Accounting, ControlStatus, Kind, Stance


class Topic(StrEnum):
    """What a reader can ask for a list of."""

    CASUALTIES = "casualties"
    DISPLACED = "displaced"
    CONTROL = "control"
    TIMELINE = "timeline"
    STATEMENTS = "statements"


class Section(NamedTuple):
    """Where a fact stands within a topic's list: both numbers ascend, so that one index gives the whole order."""

    number: int
    rank: int


TOTALS = 1
EVENTS = 2
_WITH_TOTALS = (Topic.CASUALTIES, Topic.DISPLACED)

# A rank is one whole number of 62 bits, the last day in the upper ones, so that a span of days is a span of ranks.
_DAY_SHIFT = 40
_LOW_BITS = (1 << _DAY_SHIFT) - 1
_SIZE_BITS = 18
_SIZE_STEPS = 4096
"""Sizes are told apart by steps of their logarithm to base 2: 18 bits hold every number up to 2**63."""


def topics(fact: Fact) -> tuple[Topic, ...]:
    """The topics this fact answers. Only asserted facts answer; that somebody said a thing is always asserted."""
    if fact.kind is Kind.STATEMENT:
        return (Topic.STATEMENTS,)
    if fact.stance is not Stance.ASSERTED:
        return ()
    if fact.kind is Kind.CONTROL:
        happened = fact.window.start is not None and fact.status is not ControlStatus.HELD
        return (Topic.CONTROL, Topic.TIMELINE) if happened else (Topic.CONTROL,)
    if fact.kind is Kind.EVENT:
        return (Topic.TIMELINE,)
    found: list[Topic] = []
    if fact.measure in CASUALTIES:
        found.append(Topic.CASUALTIES)
    elif fact.measure in DISPLACEMENT:
        found.append(Topic.DISPLACED)
    if fact.accounting is Accounting.FLOW and not fact.cumulative and not fact.relations:
        found.append(Topic.TIMELINE)
    return tuple(found)


def section(fact: Fact, topic: Topic, published: int) -> Section:
    """Where the fact stands in the topic's list.

    The latest day comes first. Of one day, totals: the window that starts last, then the larger number, so that a
    total of the battle stands before one of the whole war; everything else: the order of the report.

    Args:
        published: day ordinal of the report, for facts without a window.
    """
    if is_total(fact, topic):
        number, low = TOTALS, first_day(fact, published) << _SIZE_BITS | _logarithm(fact)
    else:
        paragraph, _, ordinal = fact.id.rpartition("/")[2].partition(".")
        number, low = EVENTS, _LOW_BITS - (int(paragraph) * 10_000 + int(ordinal))
    return Section(number, -(last_day(fact, published) << _DAY_SHIFT | low))


def sections(topic: Topic) -> tuple[int, ...]:
    """The numbers of the sections that a topic's list can have, in their order."""
    return (TOTALS, EVENTS) if topic in _WITH_TOTALS else (EVENTS,)


def is_total(fact: Fact, topic: Topic) -> bool:
    """Whether the fact stands among the totals of the topic's list."""
    return topic in _WITH_TOTALS and (fact.cumulative or fact.accounting is Accounting.STOCK)


def _logarithm(fact: Fact) -> int:
    size = fact.quantity.size if fact.quantity is not None else 0
    return int(log2(size + 1) * _SIZE_STEPS)


def ranks_since(day: int) -> int:
    """The highest rank of facts whose window ends on `day` (an ordinal) or later."""
    return -(day << _DAY_SHIFT)


def ranks_until(day: int) -> int:
    """The lowest rank of facts whose window ends on `day` (an ordinal) or earlier."""
    return -(day << _DAY_SHIFT | _LOW_BITS)


def first_day(fact: Fact, published: int) -> int:
    """Day ordinal on which the fact's window begins; the report's day where it does not say."""
    start = fact.window.start or fact.window.end
    return start.first.toordinal() if start is not None else published


def last_day(fact: Fact, published: int) -> int:
    """Day ordinal on which the fact's window ends; the report's day where it does not say."""
    end = fact.window.end
    return end.last.toordinal() if end is not None else published
