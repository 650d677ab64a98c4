"""The one question that lists are read with: a page of one list, found by its index and never by searching."""

from functools import lru_cache
from typing import NamedTuple

from bot.facts.revision import EVERYONE
from bot.facts.topics import Topic, ranks_since, ranks_until, sections
from bot.facts.vocabulary import Population
from bot.store.lists.list_keys import REIGNS, STANDING, earliest_standing, facet_of, mark_of
from bot.store.writer import Value


class Selection(NamedTuple):
    """Which facts of a topic. Days are date ordinals, both included."""

    topic: Topic
    area: str
    source: str | None = None
    population: Population | None = None
    since: int | None = None
    until: int | None = None


class Query(NamedTuple):
    """A statement and its numbered values. Columns: body, publisher, published, number, attached, own,
    corrected_below; where the keys alone were asked for: section, rank, fact, which are the order of the list."""

    sql: str
    values: tuple[Value, ...]


def list_query(selection: Selection, scope: str, *, limit: int, offset: int, keys: bool = False) -> Query:
    """A page of the list as `scope` sees it.

    A span of days bounds the rank, which has to be done in each section, and apart for what was replaced after it, by
    how long that stood: every part is then a walk along the index that ends after a page.
    """
    facet = facet_of(selection.source, selection.population)
    since, until = selection.since, selection.until
    values: list[Value] = [scope, facet, selection.topic.value, selection.area, limit, offset]
    own = scope != EVERYONE
    if since is None and until is None:
        return Query(
            _statement((), until=False, own=own, keys=keys), (*values, limit + offset) if own else tuple(values)
        )
    values += (limit + offset, ranks_since(since or 0))
    if until is not None:
        values += (ranks_until(until), until)
        values += (ranks_since(max(since or 0, earliest_standing(reign, until))) for reign in range(1, REIGNS + 1))
    return Query(_statement(sections(selection.topic), until=until is not None, own=own, keys=keys), tuple(values))


# The values: 1 scope, 2 facet, 3 topic, 4 area, 5 limit, 6 offset; 7 both; 8 the highest rank of the first day that
# counts; 9 the lowest of the last, 10 that day, then for each class of reigns what 8 is for what still stands.
_LIST = "SELECT id FROM list WHERE scope = {scope} AND facet = ?2 AND topic = ?3 AND area = ?4"
_LAST, _REIGN = "l.rank >= ?9", 10
_ORDER = "ORDER BY l.section, l.rank, l.fact"
# What a server sees instead of everyone's, or no longer sees.
_NOT_HIDDEN = " AND NOT EXISTS (SELECT 1 FROM overlay h WHERE h.scope = ?1 AND h.fact = l.fact)"


@lru_cache(maxsize=64)  # there are fewer
def _statement(in_sections: tuple[int, ...], *, until: bool, own: bool, keys: bool) -> str:
    """The statement of a question about some days, section by section, or about all days where none is given."""
    scopes = [("?1", "")] + ([(f"'{EVERYONE}'", _NOT_HIDDEN)] if own else [])
    walks: list[str] = []
    for scope, hidden in scopes:
        named = _LIST.format(scope=scope)
        if not in_sections:
            walks.append(f"l.list = ({named}) AND l.reign = {STANDING}{hidden}")
        for reign in range(REIGNS + 1) if until else (STANDING,):
            days = f"l.rank <= ?{_REIGN + reign} AND {_LAST} AND l.successor_end > ?10"
            if reign == STANDING:
                days = f"l.rank <= ?8 AND {_LAST}" if until else "l.rank <= ?8"
            for section in in_sections:
                # Where the list never had such a row, the walk ends before it begins.
                listed = f"{named} AND marks & {mark_of(reign, section)}"
                walks.append(f"l.list = ({listed}) AND l.reign = {reign} AND l.section = {section} AND {days}{hidden}")
    join = "JOIN fact_value v ON v.id = l.value"
    if own:
        join += " LEFT JOIN overlay o ON o.scope = v.scope AND o.fact = v.fact"
    columns = f"v.body, v.publisher, v.published, v.number, v.attached, {'o.own' if own else '0'}, v.corrected_below"
    page = f"{_ORDER} LIMIT ?5 OFFSET ?6"
    if keys:
        columns, join = "l.section, l.rank, l.fact", ""
    if len(walks) == 1:
        return f"SELECT {columns} FROM listing l {join} WHERE {walks[0]} {page}"
    walked = "SELECT * FROM (SELECT l.value, l.section, l.rank, l.fact FROM listing l WHERE {} {} LIMIT ?7)"
    rows = " UNION ALL ".join(walked.format(walk, _ORDER) for walk in walks)
    # The page first, then the values: those of the other rows would be read for nothing, each from another place.
    return f"SELECT {columns} FROM (SELECT * FROM ({rows}) AS l {page}) AS l {join} {_ORDER}"
