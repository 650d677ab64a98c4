"""What answers read: for each fact the value shown now, and its row in every list it stands in.

Derived from revisions, whole again after every change, so that no answer ever has to search.
"""

from collections.abc import Iterable, Sequence

from bot.facts.fact import Fact
from bot.facts.revision import EVERYONE
from bot.facts.series import series_key
from bot.facts.topics import first_day, last_day, section, topics
from bot.facts.vocabulary import CorrectionKind, RelationKind
from bot.places.gazetteer import Gazetteer
from bot.store.bodies import decode_fact, decode_report, encode
from bot.store.database import Writer

_NESTING = (RelationKind.PART_OF.value, RelationKind.RESTATES.value)


async def refresh(tx: Writer, changed: Iterable[str], gazetteer: Gazetteer) -> None:
    """Derive everything again for the facts `changed` (ids), and for those that stand in relation to them."""
    changed = sorted(set(changed))
    touched = set(changed) | await _around(tx, changed)
    series: set[str] = set()
    for fact_id in changed:
        series |= await _value(tx, fact_id)
    touched |= await _members(tx, series)
    touched |= await _around(tx, changed)
    for fact_id in sorted(touched):
        await _lists(tx, fact_id, gazetteer)


async def _around(tx: Writer, facts: Sequence[str]) -> set[str]:
    """The facts that the given ones name, and those that name them."""
    found: set[str] = set()
    for fact in facts:
        rows = await tx.fetch_all(
            "SELECT target FROM relation WHERE fact = ?1 UNION SELECT fact FROM relation WHERE target = ?1", (fact,)
        )
        found.update(row[0] for row in rows)
    return found


async def _members(tx: Writer, series: Iterable[str]) -> set[str]:
    found: set[str] = set()
    for key in series:
        rows = await tx.fetch_all("SELECT fact FROM fact_value WHERE scope = ?1 AND series = ?2", (EVERYONE, key))
        found.update(row[0] for row in rows)
    return found


async def _value(tx: Writer, fact_id: str) -> set[str]:
    """Write the value shown; returns the series that it left and joined."""
    series: set[str] = set()
    before = await tx.fetch_one("SELECT series FROM fact_value WHERE fact = ?1 AND scope = ?2", (fact_id, EVERYONE))
    if before is not None and before[0] is not None:
        series.add(before[0])
    await tx.execute("DELETE FROM relation WHERE fact = ?1", (fact_id,))
    latest = await tx.fetch_one(
        "SELECT r.number, r.kind, r.body, p.body FROM revision r JOIN fact f ON f.id = r.fact "
        "JOIN report p ON p.id = f.report WHERE r.fact = ?1 AND r.scope = ?2 ORDER BY r.number DESC LIMIT 1",
        (fact_id, EVERYONE),
    )
    if latest is None or latest[1] == CorrectionKind.RETRACTION:
        await tx.execute("DELETE FROM fact_value WHERE fact = ?1 AND scope = ?2", (fact_id, EVERYONE))
        return series
    number, _, body, report_body = latest
    fact, report = decode_fact(body), decode_report(report_body)
    key = series_key(fact)
    if key is not None:
        series.add(key)
    published = report.published.toordinal()
    await tx.execute(
        "INSERT INTO fact_value (fact, scope, number, body, attached, publisher, published, series, window_end) "
        "VALUES (?1, ?2, ?3, ?4, NULL, ?5, ?6, ?7, ?8) ON CONFLICT (fact, scope) DO UPDATE SET "
        "number = excluded.number, body = excluded.body, attached = NULL, publisher = excluded.publisher, "
        "published = excluded.published, series = excluded.series, window_end = excluded.window_end",
        (fact_id, EVERYONE, number, body, report.publisher, published, key, last_day(fact, published)),
    )
    await tx.executemany(
        "INSERT INTO relation (fact, kind, target) VALUES (?1, ?2, ?3)",
        [(fact_id, relation.kind.value, relation.to) for relation in fact.relations],
    )
    return series


async def _lists(tx: Writer, fact_id: str, gazetteer: Gazetteer) -> None:
    """Write the rows of every list the fact stands in, and the facts shown under it."""
    await tx.execute("DELETE FROM listing WHERE fact = ?1 AND scope = ?2", (fact_id, EVERYONE))
    row = await tx.fetch_one(
        "SELECT body, publisher, published, series, window_end FROM fact_value WHERE fact = ?1 AND scope = ?2",
        (fact_id, EVERYONE),
    )
    if row is None:
        return
    body, publisher, published, series, window_end = row
    fact = decode_fact(body)
    attached = await _attached(tx, fact)
    await tx.execute(
        "UPDATE fact_value SET attached = ?1 WHERE fact = ?2 AND scope = ?3",
        (encode(attached) if attached else None, fact_id, EVERYONE),
    )
    successor = await _successor_end(tx, fact_id, series, window_end, published)
    nested = await _nested(tx, fact)
    sources = "|" + "|".join(fact.sources or (publisher,)) + "|"
    await tx.executemany(
        "INSERT INTO listing (scope, area, topic, latest, nested, section, rank, fact, window_start, window_end, "
        "successor_end, population, sources) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
        [
            (EVERYONE, area, topic.value, int(successor is None), int(nested), *section(fact, topic, published),
             fact_id, first_day(fact, published), window_end, successor, fact.population, sources)
            for topic in topics(fact)
            for area in _areas(fact, gazetteer)
        ],
    )  # fmt: skip


def _areas(fact: Fact, gazetteer: Gazetteer) -> tuple[str, ...]:
    """Every place whose list the fact belongs in: where it happened, where people came from or went, and all around."""
    areas: dict[str, None] = {}
    for place in (fact.place, fact.origin, fact.destination):
        if place is not None:
            areas.update(dict.fromkeys(gazetteer.ancestors(place)))
    return tuple(areas)


async def _attached(tx: Writer, fact: Fact) -> tuple[Fact, ...]:
    rows = await tx.fetch_all(
        "SELECT v.body FROM relation r JOIN fact_value v ON v.fact = r.fact AND v.scope = ?2 "
        "WHERE r.target = ?1 AND r.kind IN (?3, ?4) ORDER BY r.kind, r.fact",
        (fact.id, EVERYONE, *_NESTING),
    )
    shared = set(topics(fact))
    attached = (decode_fact(row[0]) for row in rows)
    return tuple(other for other in attached if shared & set(topics(other)))


async def _nested(tx: Writer, fact: Fact) -> bool:
    """Whether the fact is shown under another one, which must answer the same topic."""
    for kind in (RelationKind.PART_OF, RelationKind.RESTATES):
        for target in fact.related(kind):
            row = await tx.fetch_one("SELECT body FROM fact_value WHERE fact = ?1 AND scope = ?2", (target, EVERYONE))
            if row is not None and set(topics(decode_fact(row[0]))) & set(topics(fact)):
                return True
    return False


async def _successor_end(tx: Writer, fact_id: str, series: str | None, window_end: int, published: int) -> int | None:
    """Last day of the next step of the series, or of the fact that supersedes this one; None for the latest."""
    superseding = await tx.fetch_one(
        "SELECT MIN(v.window_end) FROM relation r JOIN fact_value v ON v.fact = r.fact AND v.scope = ?2 "
        "WHERE r.target = ?1 AND r.kind = ?3",
        (fact_id, EVERYONE, RelationKind.SUPERSEDES.value),
    )
    ends = [superseding[0]] if superseding is not None and superseding[0] is not None else []
    if series is not None:
        following = await tx.fetch_one(
            "SELECT window_end FROM fact_value WHERE scope = ?1 AND series = ?2 AND (window_end > ?3 "
            "OR (window_end = ?3 AND (published > ?4 OR (published = ?4 AND fact > ?5)))) "
            "ORDER BY window_end, published, fact LIMIT 1",
            (EVERYONE, series, window_end, published, fact_id),
        )
        if following is not None:
            ends.append(following[0])
    return min(ends) if ends else None
