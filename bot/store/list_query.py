"""The one question that lists are read with: a page of one list, found by its index and never by searching."""

from typing import NamedTuple

from bot.facts.revision import EVERYONE
from bot.facts.topics import Topic, ranks_since, ranks_until, sections
from bot.facts.vocabulary import Population
from bot.store.list_keys import REIGNS, STANDING, earliest_standing, facet_of
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

    A span of days bounds the rank, which has to be done in each section, and apart for what was replaced after it, by
    how long that stood: every part is then a walk along the index that ends after a page.
    """
    value = _Values()
    page = f"{value(limit)} OFFSET {value(offset)}"
    parts = [
        f"SELECT l.value, l.section, l.rank, l.fact FROM listing l WHERE {' AND '.join(conditions)}"
        for of in dict.fromkeys((scope, EVERYONE))
        for conditions in _parts(selection, of, value, scope)
    ]
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


_VALUES = "JOIN fact_value v ON v.id = l.value"


def _parts(selection: Selection, scope: str, value: _Values, asker: str) -> list[list[str]]:
    """The conditions of each walk along the index."""
    facet = facet_of(selection.source, selection.population)
    of = (("scope", scope), ("facet", facet), ("topic", selection.topic.value), ("area", selection.area))
    base = f"l.list = (SELECT id FROM list WHERE {' AND '.join(f'{name} = {value(of)}' for name, of in of)})"
    hidden = [_NOT_HIDDEN.format(own=value(asker))] if scope != asker else []
    since, until = selection.since, selection.until
    if since is None and until is None:
        return [[base, f"l.reign = {STANDING}", *hidden]]
    found: list[list[str]] = []
    for reign in range(REIGNS + 1) if until is not None else (STANDING,):
        days: list[str] = []
        first = since
        if until is not None and reign != STANDING:
            days.append(f"l.successor_end > {value(until)}")
            first = max(since or 0, earliest_standing(reign, until))
        if first is not None:
            days.append(f"l.rank <= {value(ranks_since(first))}")
        if until is not None:
            days.append(f"l.rank >= {value(ranks_until(until))}")
        found += [
            [base, f"l.reign = {reign}", f"l.section = {section}", *days, *hidden]
            for section in sections(selection.topic)
        ]
    return found
