"""Seeds into the database: one transaction, the same seeds twice change nothing, a changed fact is a revision."""

from typing import NamedTuple

from bot.facts.fact import Report
from bot.facts.revision import EVERYONE
from bot.facts.vocabulary import CorrectionKind
from bot.seeds.folder import Seeds
from bot.store.bodies import encode
from bot.store.database import Writer
from bot.store.listing import refresh

SEEDS = "seeds"
_WITHDRAWN = "no longer in the seed files"


class LoadResult(NamedTuple):
    """What loading did, in numbers of rows."""

    reports: int
    added: int
    revised: int
    withdrawn: int
    unchanged: int
    reference: int

    @property
    def changed(self) -> bool:
        """Whether anything is different now."""
        return bool(self.reports or self.added or self.revised or self.withdrawn or self.reference)


async def load(tx: Writer, seeds: Seeds, now: int) -> LoadResult:
    """Bring `seeds` in. To be run as one unit of work.

    Args:
        now: seconds since the epoch, UTC.
    """
    conflict = seeds.conflict.id
    reference = await _reference(tx, seeds)
    reports = added = revised = withdrawn = unchanged = 0
    touched: set[str] = set()
    for report, facts in seeds.reports:
        reports += await _report(tx, conflict, report, now)
        known = await _known(tx, report.id)
        for fact in facts:
            body = encode(fact)
            before = known.pop(fact.id, None)
            if before is None:
                await tx.execute(
                    "INSERT INTO fact (id, report, first_seen) VALUES (?1, ?2, ?3)", (fact.id, report.id, now)
                )
                added += 1
            elif before == (body, False):
                unchanged += 1
                continue
            else:
                revised += 1
            kind = CorrectionKind.INITIAL if before is None else CorrectionKind.READING
            await _revise(tx, fact.id, body, kind, None, now)
            touched.add(fact.id)
        for fact_id, (body, gone) in known.items():
            if not gone:
                await _revise(tx, fact_id, body, CorrectionKind.RETRACTION, _WITHDRAWN, now)
                withdrawn += 1
                touched.add(fact_id)
    if touched:
        await refresh(tx, touched, seeds.places)
    result = LoadResult(reports, added, revised, withdrawn, unchanged, reference)
    if result.changed:
        await tx.execute(
            "INSERT INTO meta (key, value) VALUES ('data_version', '1') "
            "ON CONFLICT (key) DO UPDATE SET value = CAST(CAST(meta.value AS INTEGER) + 1 AS TEXT)"
        )
    return result


async def _reference(tx: Writer, seeds: Seeds) -> int:
    changed = await tx.execute(
        "INSERT INTO conflict (id, body) VALUES (?1, ?2) "
        "ON CONFLICT (id) DO UPDATE SET body = excluded.body WHERE conflict.body <> excluded.body",
        (seeds.conflict.id, encode(seeds.conflict)),
    )
    for table, rows in (("actor", seeds.actors), ("source", seeds.sources), ("place", seeds.places)):
        changed += await tx.executemany(
            f"INSERT INTO {table} (conflict, id, body) VALUES (?1, ?2, ?3) ON CONFLICT (conflict, id) "
            f"DO UPDATE SET body = excluded.body WHERE {table}.body <> excluded.body",
            [(seeds.conflict.id, row.id, encode(row)) for row in rows],
        )
    return changed


async def _report(tx: Writer, conflict: str, report: Report, now: int) -> int:
    return await tx.execute(
        "INSERT INTO report (id, conflict, published, loaded_at, body) VALUES (?1, ?2, ?3, ?4, ?5) "
        "ON CONFLICT (id) DO UPDATE SET published = excluded.published, body = excluded.body "
        "WHERE report.body <> excluded.body",
        (report.id, conflict, report.published.toordinal(), now, encode(report)),
    )


async def _known(tx: Writer, report: str) -> dict[str, tuple[str, bool]]:
    """What the files said last of each fact of a report: (body, whether it was withdrawn). Corrections by people
    are left out, so that loading the same files again never undoes one."""
    rows = await tx.fetch_all(
        "SELECT r.fact, r.body, r.kind FROM revision r JOIN fact f ON f.id = r.fact "
        "WHERE f.report = ?1 AND r.scope = ?2 AND r.author = ?3 ORDER BY r.fact, r.number",
        (report, EVERYONE, SEEDS),
    )
    return {fact: (body, kind == CorrectionKind.RETRACTION) for fact, body, kind in rows}


async def _revise(tx: Writer, fact: str, body: str, kind: CorrectionKind, reason: str | None, now: int) -> None:
    await tx.execute(
        "INSERT INTO revision (fact, scope, number, kind, author, reason, recorded_at, body) "
        "SELECT ?1, ?2, COALESCE(MAX(number), 0) + 1, ?3, ?4, ?5, ?6, ?7 FROM revision WHERE fact = ?1 AND scope = ?2",
        (fact, EVERYONE, kind.value, SEEDS, reason, now, body),
    )
