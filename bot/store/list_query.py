"""The one question that lists are read with: a page of one list, found by its index and never by searching."""

from typing import NamedTuple

from bot.facts.revision import EVERYONE
from bot.facts.topics import EVENTS, TOTALS, Topic, ranks_since, ranks_until
from bot.facts.vocabulary import Population
from bot.store.listing import facet_of
from bot.store.writer import Value

_ORDER = "ORDER BY l.section, l.rank, l.fact"
# What a server sees instead of everyone's, or no longer sees.
_NOT_HIDDEN = "NOT EXISTS (SELECT 1 FROM overlay h WHERE h.scope = {own} AND h.fact = l.fact)"


class Selection(NamedTuple):
    """Which facts of a topic. Days are date ordinals, both included."""

    topic: Topic
    area: str
    source: str | None = None
    population: Population | None = None
    since: int | None = None
    until: int | None = None


class Query(NamedTuple):
    """A statement and its numbered values. Columns: body, publisher, published, number, attached, own."""

    sql: str
    values: tuple[Value, ...]


class _Values:
    """Numbers the values of a statement as they are named."""

    def __init__(self) -> None:
        self.all: list[Value] = []

    def __call__(self, value: Value) -> str:
        if value not in self.all:
            self.all.append(value)
        return f"?{self.all.index(value) + 1}"


def list_query(selection: Selection, scope: str, *, limit: int, offset: int) -> Query:
    """A page of the list as `scope` sees it.

    A span of days bounds the rank, which has to be done in each section, and for steps of a series that a later one
    has replaced, by itself: every part is then a walk along the index that ends after a page.
    """
    value = _Values()
    everyone, page = value(EVERYONE), f"{value(limit)} OFFSET {value(offset)}"
    parts = [
        f"SELECT l.scope, l.fact, l.section, l.rank FROM listing l WHERE {' AND '.join(conditions)}"
        for of in dict.fromkeys((scope, EVERYONE))
        for conditions in _parts(selection, of, value)
    ]
    if scope != EVERYONE:
        hidden = _NOT_HIDDEN.format(own=value(scope))
        parts = [f"{part} AND (l.scope <> {everyone} OR {hidden})" for part in parts]
    if len(parts) == 1:
        source = parts[0].partition(" FROM ")[2].replace(" WHERE ", f" {_VALUES} WHERE ", 1)
    else:
        most = value(limit + offset)
        rows = " UNION ALL ".join(f"SELECT * FROM ({part} {_ORDER} LIMIT {most})" for part in parts)
        source = f"({rows}) AS l {_VALUES}"
    own = "0"
    if scope != EVERYONE:
        source = source.replace(_VALUES, f"{_VALUES} LEFT JOIN overlay o ON o.scope = v.scope AND o.fact = v.fact")
        own = "o.own"
    sql = f"SELECT v.body, v.publisher, v.published, v.number, v.attached, {own} FROM {source} {_ORDER} LIMIT {page}"
    return Query(sql, tuple(value.all))


_VALUES = "JOIN fact_value v ON v.fact = l.fact AND v.scope = l.scope"


def _parts(selection: Selection, scope: str, value: _Values) -> list[list[str]]:
    """The conditions of each walk along the index."""
    facet = facet_of(selection.source, selection.population)
    base = [
        f"l.scope = {value(scope)}",
        f"l.area = {value(selection.area)}",
        f"l.topic = {value(selection.topic.value)}",
        f"l.facet = {value(facet)}",
    ]
    rest: list[str] = []
    if selection.since is None and selection.until is None:
        return [[*base, "l.latest = 1", *rest]]
    if selection.since is not None:
        rest.append(f"l.rank <= {value(ranks_since(selection.since))}")
    if selection.until is None:
        return [[*base, "l.latest = 1", f"l.section = {section}", *rest] for section in (TOTALS, EVENTS)]
    rest.append(f"l.rank >= {value(ranks_until(selection.until))}")
    replaced_later = f"l.successor_end > {value(selection.until)}"
    return [
        [*base, f"l.latest = {latest}", f"l.section = {section}", *rest, *(() if latest else (replaced_later,))]
        for latest in (1, 0)
        for section in (TOTALS, EVENTS)
    ]
