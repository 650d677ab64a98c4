"""What may be added up, and why most figures may not. (IDMC's rules against counting twice, and rule 3 of Sitrep.)"""

from collections.abc import Callable, Sequence
from enum import StrEnum
from itertools import combinations

from bot.facts.fact import Fact
from bot.facts.quantity import Modifier, Quantity
from bot.facts.vocabulary import Accounting, RelationKind

MayOverlap = Callable[[str, str], bool]
"""Whether two places (ids) may share ground; unknown counts as yes."""


class Obstacle(StrEnum):
    """Why two figures are not added, the most telling first."""

    PART = "part"
    RESTATED = "restated"
    OVERLAP = "overlap"
    RIVALS = "rivals"
    POPULATION = "population"
    MEASURE = "measure"
    UNIT = "unit"
    ACCOUNTING = "accounting"
    SHARE = "share"
    VAGUE = "vague"


def obstacles(a: Fact, b: Fact, may_overlap: MayOverlap) -> frozenset[Obstacle]:
    """Everything that forbids adding the two figures; empty when their sum means something."""
    result = total((a, b), may_overlap)
    return frozenset() if isinstance(result, Quantity) else result


def _of_all(figures: Sequence[Fact]) -> set[Obstacle]:
    """What can be told of any number of figures without comparing each with each."""
    found: set[Obstacle] = set()
    first = figures[0]
    for figure in figures:
        if figure.measure is None or figure.measure is not first.measure:
            found.add(Obstacle.MEASURE)
        if figure.population is not first.population:
            found.add(Obstacle.POPULATION)
        if figure.unit is not first.unit:
            found.add(Obstacle.UNIT)
        if figure.accounting is not first.accounting:
            found.add(Obstacle.ACCOUNTING)
        quantity = figure.quantity
        if quantity is None or not quantity.known or quantity.modifier is Modifier.VAGUE:
            found.add(Obstacle.VAGUE)
        elif quantity.share:
            found.add(Obstacle.SHARE)
    return found


def _rivals(a: Fact, b: Fact) -> bool:
    """Whether nobody stands behind both figures."""
    if a.sources or b.sources:
        return not any(source in b.sources for source in a.sources)
    return a.locator.report != b.locator.report


def _kinship(a: Fact, b: Fact) -> set[Obstacle]:
    """Whether one names the other, or both name a third. Two parts of one whole may be parts of each other too
    (children and women), and two other wordings of one figure word each other: nothing says they are apart."""
    kinds = {relation.kind for relation in a.relations if relation.to == b.id}
    kinds |= {relation.kind for relation in b.relations if relation.to == a.id}
    for one in a.relations:
        kinds |= {kind for other in b.relations if other.to == one.to for kind in (one.kind, other.kind)}
    found = {Obstacle.PART} if RelationKind.PART_OF in kinds else set()
    return found | {Obstacle.RESTATED} if kinds - {RelationKind.PART_OF} else found


def _overlap(a: Fact, b: Fact, may_overlap: MayOverlap) -> bool:
    if a.place is not None and b.place is not None and not may_overlap(a.place, b.place):
        return False
    # The same people can be in one state on two days, so stocks need places apart; flows need places or days apart.
    stock = a.accounting is Accounting.STOCK or b.accounting is Accounting.STOCK
    return stock or a.window.shares_days(b.window)


def total(figures: Sequence[Fact], may_overlap: MayOverlap) -> Quantity | frozenset[Obstacle]:
    """The sum of two or more figures, or everything that stands in its way.

    Raises:
        ValueError: fewer than two figures.
    """
    if len(figures) < 2:
        raise ValueError("a sum needs two figures")
    found = _of_all(figures)
    # Found between one pair, it need not be looked for between the others: a page has 28.
    for a, b in combinations(figures, 2):
        if a.relations or b.relations:
            found |= _kinship(a, b)
        if Obstacle.OVERLAP not in found and _overlap(a, b, may_overlap):
            found.add(Obstacle.OVERLAP)
        if Obstacle.RIVALS not in found and _rivals(a, b):
            found.add(Obstacle.RIVALS)
    if found:
        return frozenset(found)
    return _sum([figure.quantity for figure in figures if figure.quantity is not None])


def _sum(quantities: Sequence[Quantity]) -> Quantity:
    low = sum(quantity.low or 0 for quantity in quantities)
    if any(quantity.high is None for quantity in quantities):
        return Quantity(low, None, Modifier.AT_LEAST)
    high = sum(quantity.high or 0 for quantity in quantities)
    if all(quantity.modifier is Modifier.EXACT for quantity in quantities):
        return Quantity(low, high)
    if low == high:
        return Quantity(low, high, Modifier.ABOUT)
    return Quantity(low, high, Modifier.RANGE)
