"""Which of many facts is told first."""

from bot.facts.fact import Fact
from bot.facts.topics import last_day
from bot.facts.vocabulary import Accounting, Kind, Measure, RelationKind

Importance = tuple[int, int, int, int, int, str, int]
"""Ascends from the most important; no two facts have the same."""

# What is beyond repair before what may still turn out well; who is in one place last.
_MEASURES = {
    measure: number
    for number, measure in enumerate(
        (
            Measure.KILLED,
            Measure.BODIES,
            Measure.INJURED,
            Measure.MISSING,
            Measure.DETAINED,
            Measure.BESIEGED,
            Measure.DISPLACED,
            Measure.EVACUATED,
            Measure.IN_NEED,
            Measure.SHELTERING,
            Measure.RETURNED,
            Measure.PRESENT,
            Measure.TROOPS,
        )
    )
}
_KINDS = {Kind.FIGURE: 1, Kind.CONTROL: 2, Kind.EVENT: 3, Kind.STATEMENT: 4}
_TOTALS = 0
_NESTED = (RelationKind.PART_OF, RelationKind.RESTATES)


def importance(fact: Fact, published: int) -> Importance:
    """Where the fact stands among others: running totals and stocks, single figures, who holds what, what happened,
    who said what.

    Figures: what is counted (the dead first), then wholes before their parts and other wordings, then the larger
    number, then the later day. Everything else: the later day, then the order of the report.

    Args:
        published: day ordinal of the report, for facts without a window.
    """
    report, _, number = fact.id.rpartition("/")
    paragraph, _, ordinal = number.partition(".")
    order = int(paragraph) * 10_000 + int(ordinal)
    day = -last_day(fact, published)
    if fact.kind is not Kind.FIGURE or fact.quantity is None:
        return (_KINDS[fact.kind], 0, 0, 0, day, report, order)
    total = fact.cumulative or fact.accounting is Accounting.STOCK
    nested = any(relation.kind in _NESTED for relation in fact.relations)
    return (
        _TOTALS if total else _KINDS[Kind.FIGURE],
        _MEASURES[fact.measure] if fact.measure is not None else len(_MEASURES),
        int(nested),
        # A share is kept in basis points, and says nothing of how many people it is.
        0 if fact.quantity.share else -fact.quantity.size,
        day,
        report,
        order,
    )
