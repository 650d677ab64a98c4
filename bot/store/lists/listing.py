"""What answers read: for each fact the value shown now, and its row in every list it stands in.

Derived from revisions, whole again after every change, so that no answer ever has to search.
"""

from collections.abc import Iterable
from enum import Enum
from typing import NamedTuple

from bot.facts.fact import Fact
from bot.facts.revision import EVERYONE
from bot.facts.series import series_key
from bot.facts.topics import Topic, last_day, section, topics
from bot.facts.vocabulary import CorrectionKind, Population, RelationKind, wider
from bot.places.gazetteer import Gazetteer
from bot.store.bodies import decode_conflict, decode_fact, decode_report, encode
from bot.store.database import Writer
from bot.store.lists.list_keys import STANDING, facet_of, mark_of, reign_of


class _Nested(Enum):
    """Whether a fact is shown under another one of a list: no; under one that has all its sources, which every filter
    by source finds too; under one that lacks some, so that a filter by source has to show it by itself."""

    FREE = 0
    UNDER_OWN = 1
    UNDER_OTHER = 2


LIST = "(SELECT id FROM list WHERE scope = ?1 AND facet = ?2 AND topic = ?3 AND area = ?4)"
"""SQL for the number of a list."""
_NESTING = (RelationKind.PART_OF, RelationKind.RESTATES)
_BROAD = (Population.CIVILIANS, Population.COMBATANTS, Population.TROOPS)


class Followed(NamedTuple):
    """What was derived again: facts by their ids, and the series they left, joined or stand in."""

    facts: set[str]
    series: set[str]


async def refresh(tx: Writer, changed: Iterable[str], gazetteer: Gazetteer) -> Followed:
    """Derive everyone's lists again for the facts `changed` (ids), and for all whose rows follow from theirs.

    Servers' lists follow from these: `bot.store.lists.overlay.refresh` does both.
    """
    changed = set(changed)
    shifted = changed | await around(tx, changed)
    series: set[str] = set()
    # A part counts under its whole's name or under its own, so it changes with its whole.
    for fact_id in sorted(shifted):
        series |= await write_value(tx, fact_id)
    shifted |= await around(tx, changed)
    shifted |= await members(tx, series)
    # Whether a part stands alone depends on whether its whole is still the latest.
    shifted |= await around(tx, shifted)
    for fact_id in sorted(shifted):
        await write_lists(tx, fact_id, gazetteer)
    for report in sorted({fact_id.rpartition("/")[0] for fact_id in changed}):
        await tx.execute(
            "UPDATE report SET shown = (SELECT COUNT(*) FROM fact f JOIN fact_value v ON v.fact = f.id "
            "AND v.scope = ?2 WHERE f.report = ?1) WHERE id = ?1",
            (report, EVERYONE),
        )
    return Followed(shifted, series)


def _home(scope: str, fact: str, given: str) -> str:
    """SQL for the scope under which the value of `fact` stands that `scope` sees. `given` is the parameter of it."""
    if scope == EVERYONE:
        return given
    own = f"EXISTS (SELECT 1 FROM overlay o WHERE o.scope = {given} AND o.fact = {fact})"
    return f"CASE WHEN {own} THEN {given} ELSE '{EVERYONE}' END"


async def around(tx: Writer, facts: Iterable[str]) -> set[str]:
    """The facts that the given ones name, and those that name them."""
    found: set[str] = set()
    for fact in facts:
        rows = await tx.fetch_all(
            "SELECT target FROM relation WHERE fact = ?1 UNION SELECT fact FROM relation WHERE target = ?1", (fact,)
        )
        found.update(row[0] for row in rows)
    return found


async def members(tx: Writer, series: Iterable[str], scope: str = EVERYONE) -> set[str]:
    found: set[str] = set()
    for key in series:
        rows = await tx.fetch_all("SELECT fact FROM fact_value WHERE scope = ?1 AND series = ?2", (scope, key))
        found.update(row[0] for row in rows)
    return found


async def write_value(tx: Writer, fact_id: str, scope: str = EVERYONE) -> set[str]:
    """Write the value shown; returns the series that it left and joined."""
    series: set[str] = set()
    before = await tx.fetch_one("SELECT series FROM fact_value WHERE fact = ?1 AND scope = ?2", (fact_id, EVERYONE))
    if before is not None and before[0] is not None:
        series.add(before[0])
    if scope == EVERYONE:
        await write_relations(tx, fact_id, scope)
    latest = await latest_seen(tx, fact_id, scope)
    if latest is None:
        await tx.execute("DELETE FROM fact_value WHERE fact = ?1 AND scope = ?2", (fact_id, scope))
        return series
    number, body, report_body = latest
    fact, report = decode_fact(body), decode_report(report_body)
    key = series_key(fact, await wholes_seen(tx, fact, scope))
    if key is not None:
        series.add(key)
    published = report.published.toordinal()
    await tx.execute(
        "INSERT INTO fact_value (fact, scope, number, body, attached, publisher, published, series, window_end) "
        "VALUES (?1, ?2, ?3, ?4, NULL, ?5, ?6, ?7, ?8) ON CONFLICT (fact, scope) DO UPDATE SET "
        "number = excluded.number, body = excluded.body, attached = NULL, publisher = excluded.publisher, "
        "published = excluded.published, series = excluded.series, window_end = excluded.window_end",
        (fact_id, scope, number, body, report.publisher, published, key, last_day(fact, published)),
    )
    return series


async def write_relations(tx: Writer, fact_id: str, scope: str) -> None:
    """Write how the fact stands to others. Corrections leave that alone, so one table serves every scope; what a
    server keeps that everyone lost stays in it, and finds no value where others look."""
    if scope == EVERYONE:
        await tx.execute("DELETE FROM relation WHERE fact = ?1", (fact_id,))
    latest = await latest_seen(tx, fact_id, scope)
    if latest is not None:
        await tx.executemany(
            "INSERT INTO relation (fact, kind, target) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
            [(fact_id, relation.kind.value, relation.to) for relation in decode_fact(latest[1]).relations],
        )


async def latest_seen(tx: Writer, fact_id: str, scope: str) -> tuple[int, str, str] | None:
    """Number, body and report of the revision that `scope` sees; None when it was retracted there."""
    row = await tx.fetch_one(_LATEST, (fact_id, scope))
    if scope != EVERYONE and (row is None or row[4] == 0):
        row = await tx.fetch_one(_LATEST, (fact_id, EVERYONE))
    if row is None or row[1] == CorrectionKind.RETRACTION:
        return None
    return row[0], row[2], row[3]


_LATEST = (
    "SELECT r.number, r.kind, r.body, p.body, r.restores FROM revision r JOIN fact f ON f.id = r.fact "
    "JOIN report p ON p.id = f.report WHERE r.fact = ?1 AND r.scope = ?2 ORDER BY r.number DESC LIMIT 1"
)


async def wholes_seen(tx: Writer, fact: Fact, scope: str) -> list[Fact]:
    """What the fact is a part or another wording of. From the revisions: its value may not be written yet."""
    found: list[Fact] = []
    for kind in _NESTING:
        for target in fact.related(kind):
            latest = await latest_seen(tx, target, scope)
            if latest is not None:
                found.append(decode_fact(latest[1]))
    return found


class _Whole(NamedTuple):
    """A fact that another one may be shown under."""

    fact: Fact
    publisher: str
    latest: bool
    kind: RelationKind
    areas: frozenset[str]


async def write_lists(tx: Writer, fact_id: str, gazetteer: Gazetteer, scope: str = EVERYONE) -> None:
    """Write the rows of every list the fact stands in, and the facts shown under it."""
    row = await tx.fetch_one(
        "SELECT id, body, publisher, published, window_end FROM fact_value WHERE fact = ?1 AND scope = ?2",
        (fact_id, scope),
    )
    if row is None:
        return  # its rows went with its value
    value, body, publisher, published, window_end = row
    fact = decode_fact(body)
    attached = await _attached(tx, fact, scope)
    below, amended = [other.fact for other in attached], [other.fact.id for other in attached if other.corrected]
    await tx.execute(
        "UPDATE fact_value SET attached = ?1, corrected_below = ?2 WHERE id = ?3",
        (encode(below) if below else None, encode(amended) if amended else None, value),
    )
    await tx.execute("DELETE FROM listing WHERE value = ?1", (value,))
    successor = await _successor_end(tx, fact_id, scope)
    if successor is not None and successor <= window_end:
        return  # there is no day on which it stood
    wholes = await _shown_wholes(tx, fact, gazetteer, scope)
    speakers = fact.sources or (publisher,)
    reign = STANDING if successor is None else reign_of(successor - window_end)
    sections = {topic.value: section(fact, topic, published) for topic in topics(fact)}
    lists = [
        (scope, facet, topic.value, area)
        for topic in topics(fact)
        for area in await _areas(tx, fact, gazetteer)
        for facet in _facets(fact, speakers, _nested(speakers, topic, area, wholes, latest=successor is None))
    ]
    await tx.executemany(
        "INSERT INTO list (scope, facet, topic, area, marks) VALUES (?1, ?2, ?3, ?4, ?5) "
        "ON CONFLICT (scope, facet, topic, area) DO UPDATE SET marks = list.marks | excluded.marks "
        "WHERE list.marks & excluded.marks = 0",
        [(*of, mark_of(reign, sections[of[2]].number)) for of in lists],
    )
    await tx.executemany(
        "INSERT INTO listing (list, reign, section, rank, fact, value, successor_end) "
        f"VALUES ({LIST}, ?5, ?6, ?7, ?8, ?9, ?10)",
        [(*of, reign, *sections[of[2]], fact_id, value, successor) for of in lists],
    )


def _facets(fact: Fact, speakers: tuple[str, ...], nested: _Nested) -> list[str]:
    """The lists of one topic and place that the fact stands in by itself."""
    found = [facet_of()] if nested is _Nested.FREE else []
    if nested is not _Nested.UNDER_OWN:
        found += [facet_of(speaker) for speaker in speakers]
    if fact.population is not None:
        # Whoever asks for one population sees the parts of others too; among combatants also troops, among civilians
        # also children. But "people" are those of whom no more is said: otherwise they would be the whole list again.
        groups = [group for group in wider(fact.population) if group in (fact.population, *_BROAD)]
        found += [facet_of(speaker, group) for group in groups for speaker in (None, *speakers)]
    return list(dict.fromkeys(found))


def _nested(speakers: tuple[str, ...], topic: Topic, area: str, wholes: Iterable[_Whole], *, latest: bool) -> _Nested:
    """Whether the fact is shown under another one in the list of `topic` seen from `area`."""
    found = _Nested.FREE
    for whole in wholes:
        if topic not in topics(whole.fact) or area not in whole.areas:
            continue
        # A later count takes the place of the whole, not of its part. Another wording of it goes with it.
        if latest and not whole.latest and whole.kind is RelationKind.PART_OF:
            continue
        if set(speakers) <= set(whole.fact.sources or (whole.publisher,)):
            return _Nested.UNDER_OWN
        found = _Nested.UNDER_OTHER
    return found


async def _areas(tx: Writer, fact: Fact, gazetteer: Gazetteer) -> tuple[str, ...]:
    """Every place whose list the fact belongs in: where it happened, where people came from or went, and all around.
    What has no place belongs to the whole conflict."""
    areas: dict[str, None] = {}
    for place in (fact.place, fact.origin, fact.destination):
        if place is not None:
            # A report loaded earlier may name a place that the gazetteer no longer has.
            areas.update(dict.fromkeys(gazetteer.ancestors(place) if place in gazetteer else (place,)))
    if not areas:
        row = await tx.fetch_one(
            "SELECT c.body FROM report p JOIN conflict c ON c.id = p.conflict WHERE p.id = ?1", (fact.locator.report,)
        )
        return (decode_conflict(row[0]).place,) if row is not None else ()
    return tuple(areas)


class _Attached(NamedTuple):
    """A fact that is shown under another one. `corrected`: its revision is not the first, or the server's own."""

    fact: Fact
    corrected: bool


async def _attached(tx: Writer, fact: Fact, scope: str) -> tuple[_Attached, ...]:
    rows = await tx.fetch_all(
        "SELECT v.body, r.kind, v.number > 1 OR EXISTS (SELECT 1 FROM overlay o WHERE o.scope = v.scope "
        "AND o.fact = v.fact AND o.own) FROM relation r JOIN fact_value v "
        f"ON v.fact = r.fact AND v.scope = {_home(scope, 'r.fact', '?2')} "
        "WHERE r.target = ?1 AND r.kind IN (?3, ?4) ORDER BY r.kind, r.fact",
        (fact.id, scope, *(kind.value for kind in _NESTING)),
    )
    shared = set(topics(fact))
    attached = ((_Attached(decode_fact(body), bool(corrected)), kind) for body, kind, corrected in rows)
    # A server's own revision may be older than a relation that the files gave the fact since.
    return tuple(
        other
        for other, kind in attached
        if shared & set(topics(other.fact)) and fact.id in other.fact.related(RelationKind(kind))
    )


async def _shown_wholes(tx: Writer, fact: Fact, gazetteer: Gazetteer, scope: str) -> list[_Whole]:
    found: list[_Whole] = []
    for kind in _NESTING:
        for target in fact.related(kind):
            row = await tx.fetch_one(
                f"SELECT body, publisher FROM fact_value WHERE fact = ?1 AND scope = {_home(scope, '?1', '?2')}",
                (target, scope),
            )
            if row is not None:
                whole = decode_fact(row[0])
                latest = await _successor_end(tx, target, scope) is None
                found.append(_Whole(whole, row[1], latest, kind, frozenset(await _areas(tx, whole, gazetteer))))
    return found


async def _successor_end(tx: Writer, fact_id: str, scope: str) -> int | None:
    """Last day of the next step of the series, or of the fact that supersedes this one; None for the latest."""
    superseding = await tx.fetch_all(
        "SELECT v.window_end, v.body FROM relation r JOIN fact_value v "
        f"ON v.fact = r.fact AND v.scope = {_home(scope, 'r.fact', '?2')} WHERE r.target = ?1 AND r.kind = ?3",
        (fact_id, scope, RelationKind.SUPERSEDES.value),
    )
    # What answers no question, such as a forecast, takes the place of nothing.
    following_facts = ((end, decode_fact(body)) for end, body in superseding)
    ends = [
        end for end, other in following_facts if topics(other) and fact_id in other.related(RelationKind.SUPERSEDES)
    ]
    # Two totals of one report are not steps of each other, however alike they look.
    # Everyone's lists are by far the longest: there the index on series gives the order.
    among = (
        "v.scope = s.scope"
        if scope == EVERYONE
        else (f"v.scope IN (?2, '{EVERYONE}') AND v.scope = {_home(scope, 'v.fact', '?2')}")
    )
    following = await tx.fetch_one(
        "SELECT v.window_end FROM fact_value s JOIN fact sf ON sf.id = s.fact "
        f"JOIN fact_value v ON {among} AND v.series = s.series JOIN fact vf ON vf.id = v.fact "
        f"WHERE s.fact = ?1 AND s.scope = {_home(scope, '?1', '?2')} AND v.window_end >= s.window_end "
        "AND (v.window_end > s.window_end OR (vf.report <> sf.report "
        "AND (v.published > s.published OR (v.published = s.published AND v.fact > s.fact)))) "
        "ORDER BY v.window_end LIMIT 1",
        (fact_id, scope),
    )
    if following is not None:
        ends.append(following[0])
    return min(ends) if ends else None
