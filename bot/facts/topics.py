"""The lists a fact can stand in: which topics it answers, and in what order."""

from enum import StrEnum
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
_SIZE_LIMIT = 10**12


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

    Totals: the window that starts last comes first, then the larger number, so that a total of the battle stands
    before one of the whole war. Everything else: the latest day first, then the order of the report.

    Args:
        published: day ordinal of the report, for facts without a window.
    """
    size = min(fact.quantity.size if fact.quantity is not None else 0, _SIZE_LIMIT - 1)
    totals = fact.cumulative or fact.accounting is Accounting.STOCK
    if topic in (Topic.CASUALTIES, Topic.DISPLACED) and totals:
        return Section(TOTALS, -(first_day(fact, published) * _SIZE_LIMIT + size))
    _, _, number = fact.id.rpartition("/")
    paragraph, _, ordinal = number.partition(".")
    position = int(paragraph) * 10_000 + int(ordinal)
    return Section(EVENTS, position - last_day(fact, published) * _SIZE_LIMIT)


def first_day(fact: Fact, published: int) -> int:
    """Day ordinal on which the fact's window begins; the report's day where it does not say."""
    start = fact.window.start or fact.window.end
    return start.first.toordinal() if start is not None else published


def last_day(fact: Fact, published: int) -> int:
    """Day ordinal on which the fact's window ends; the report's day where it does not say."""
    end = fact.window.end
    return end.last.toordinal() if end is not None else published
