"""What answers read: for each fact the value shown now, and its row in every list it stands in.

Derived from revisions, whole again after every change, so that no answer ever has to search.
"""

from collections.abc import Iterable
from typing import NamedTuple

from bot.facts.fact import Fact
from bot.facts.revision import EVERYONE
from bot.facts.series import series_key
from bot.facts.topics import Topic, first_day, last_day, section, topics
from bot.facts.vocabulary import CorrectionKind, RelationKind
from bot.places.gazetteer import Gazetteer
from bot.store.bodies import decode_conflict, decode_fact, decode_report, encode
from bot.store.database import Writer

FREE, UNDER_OWN, UNDER_OTHER = 0, 1, 2
"""Whether a row is shown under another one of its list: no; under one that has all its sources, which every filter by
source finds too; under one that lacks some, so that a filter by source has to show it by itself."""

_NESTING = (RelationKind.PART_OF, RelationKind.RESTATES)


async def refresh(tx: Writer, changed: Iterable[str], gazetteer: Gazetteer) -> None:
    """Derive everything again for the facts `changed` (ids), and for all whose rows follow from theirs."""
    changed = set(changed)
    shifted = changed | await _around(tx, changed)
    series: set[str] = set()
    # A part counts under its whole's name or under its own, so it changes with its whole.
    for fact_id in sorted(shifted):
        series |= await _value(tx, fact_id)
    shifted |= await _around(tx, changed)
    shifted |= await _members(tx, series)
    # Whether a part stands alone depends on whether its whole is still the latest.
    for fact_id in sorted(shifted | await _around(tx, shifted)):
        await _lists(tx, fact_id, gazetteer)


async def _around(tx: Writer, facts: Iterable[str]) -> set[str]:
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
    latest = await tx.fetch_one(_LATEST, (fact_id, EVERYONE))
    if latest is None or latest[1] == CorrectionKind.RETRACTION:
        await tx.execute("DELETE FROM fact_value WHERE fact = ?1 AND scope = ?2", (fact_id, EVERYONE))
        return series
    number, _, body, report_body = latest
    fact, report = decode_fact(body), decode_report(report_body)
    key = series_key(fact, await _wholes(tx, fact))
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


_LATEST = (
    "SELECT r.number, r.kind, r.body, p.body FROM revision r JOIN fact f ON f.id = r.fact "
    "JOIN report p ON p.id = f.report WHERE r.fact = ?1 AND r.scope = ?2 ORDER BY r.number DESC LIMIT 1"
)


async def _wholes(tx: Writer, fact: Fact) -> list[Fact]:
    """What the fact is a part or another wording of. From the revisions: its value may not be written yet."""
    found: list[Fact] = []
    for kind in _NESTING:
        for target in fact.related(kind):
            row = await tx.fetch_one(_LATEST, (target, EVERYONE))
            if row is not None and row[1] != CorrectionKind.RETRACTION:
                found.append(decode_fact(row[2]))
    return found


class _Whole(NamedTuple):
    """A fact that another one may be shown under."""

    fact: Fact
    publisher: str
    latest: bool
    kind: RelationKind
    areas: frozenset[str]


async def _lists(tx: Writer, fact_id: str, gazetteer: Gazetteer) -> None:
    """Write the rows of every list the fact stands in, and the facts shown under it."""
    await tx.execute("DELETE FROM listing WHERE fact = ?1 AND scope = ?2", (fact_id, EVERYONE))
    row = await tx.fetch_one(
        "SELECT body, publisher, published FROM fact_value WHERE fact = ?1 AND scope = ?2", (fact_id, EVERYONE)
    )
    if row is None:
        return
    body, publisher, published = row
    fact = decode_fact(body)
    attached = await _attached(tx, fact)
    await tx.execute(
        "UPDATE fact_value SET attached = ?1 WHERE fact = ?2 AND scope = ?3",
        (encode(attached) if attached else None, fact_id, EVERYONE),
    )
    successor = await _successor_end(tx, fact_id)
    latest = successor is None
    wholes = await _shown_wholes(tx, fact, gazetteer)
    speakers = fact.sources or (publisher,)
    await tx.executemany(
        "INSERT INTO listing (scope, area, topic, latest, nested, section, rank, fact, window_start, window_end, "
        "successor_end, population, sources) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
        [
            (EVERYONE, area, topic.value, int(latest), _nested(speakers, topic, area, wholes, latest=latest),
             *section(fact, topic, published), fact_id, first_day(fact, published), last_day(fact, published),
             successor, fact.population, f"|{'|'.join(speakers)}|")
            for topic in topics(fact)
            for area in await _areas(tx, fact, gazetteer)
        ],
    )  # fmt: skip


def _nested(speakers: tuple[str, ...], topic: Topic, area: str, wholes: Iterable[_Whole], *, latest: bool) -> int:
    """Whether the fact is shown under another one in the list of `topic` seen from `area`."""
    found = FREE
    for whole in wholes:
        if topic not in topics(whole.fact) or area not in whole.areas:
            continue
        # A later count takes the place of the whole, not of its part. Another wording of it goes with it.
        if latest and not whole.latest and whole.kind is RelationKind.PART_OF:
            continue
        if set(speakers) <= set(whole.fact.sources or (whole.publisher,)):
            return UNDER_OWN
        found = UNDER_OTHER
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


async def _attached(tx: Writer, fact: Fact) -> tuple[Fact, ...]:
    rows = await tx.fetch_all(
        "SELECT v.body FROM relation r JOIN fact_value v ON v.fact = r.fact AND v.scope = ?2 "
        "WHERE r.target = ?1 AND r.kind IN (?3, ?4) ORDER BY r.kind, r.fact",
        (fact.id, EVERYONE, *(kind.value for kind in _NESTING)),
    )
    shared = set(topics(fact))
    attached = (decode_fact(row[0]) for row in rows)
    return tuple(other for other in attached if shared & set(topics(other)))


async def _shown_wholes(tx: Writer, fact: Fact, gazetteer: Gazetteer) -> list[_Whole]:
    found: list[_Whole] = []
    for kind in _NESTING:
        for target in fact.related(kind):
            row = await tx.fetch_one(
                "SELECT body, publisher FROM fact_value WHERE fact = ?1 AND scope = ?2", (target, EVERYONE)
            )
            if row is not None:
                whole = decode_fact(row[0])
                latest = await _successor_end(tx, target) is None
                found.append(_Whole(whole, row[1], latest, kind, frozenset(await _areas(tx, whole, gazetteer))))
    return found


async def _successor_end(tx: Writer, fact_id: str) -> int | None:
    """Last day of the next step of the series, or of the fact that supersedes this one; None for the latest."""
    superseding = await tx.fetch_all(
        "SELECT v.window_end, v.body FROM relation r JOIN fact_value v ON v.fact = r.fact AND v.scope = ?2 "
        "WHERE r.target = ?1 AND r.kind = ?3",
        (fact_id, EVERYONE, RelationKind.SUPERSEDES.value),
    )
    # What answers no question, such as a forecast, takes the place of nothing.
    ends = [end for end, body in superseding if topics(decode_fact(body))]
    # Two totals of one report are not steps of each other, however alike they look.
    following = await tx.fetch_one(
        "SELECT v.window_end FROM fact_value s JOIN fact sf ON sf.id = s.fact "
        "JOIN fact_value v ON v.scope = s.scope AND v.series = s.series JOIN fact vf ON vf.id = v.fact "
        "WHERE s.fact = ?1 AND s.scope = ?2 AND v.window_end >= s.window_end AND (v.window_end > s.window_end "
        "OR (vf.report <> sf.report "
        "AND (v.published > s.published OR (v.published = s.published AND v.fact > s.fact)))) "
        "ORDER BY v.window_end LIMIT 1",
        (fact_id, EVERYONE),
    )
    if following is not None:
        ends.append(following[0])
    return min(ends) if ends else None
