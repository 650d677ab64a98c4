"""Seeds into the database: one transaction, the same seeds twice change nothing, a changed fact is a revision."""

from collections.abc import Iterable
from typing import NamedTuple

from bot.errors import SitrepError
from bot.facts.fact import Actor, Report, Source
from bot.facts.revision import EVERYONE
from bot.facts.series import series_number
from bot.facts.vocabulary import CorrectionKind
from bot.places.place import Place
from bot.seeds.folder import Seeds
from bot.seeds.reports import Corrected
from bot.store.bodies import encode
from bot.store.counters import next_sequences
from bot.store.database import Writer
from bot.store.lists.overlay import refresh

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

    Raises:
        SitrepError: a report of another conflict has the same id.
    """
    conflict = seeds.conflict.id
    ground = await _conflict(tx, seeds) + await _rows(tx, conflict, "place", seeds.places)
    reference = ground
    for table, rows in (("actor", seeds.actors), ("source", seeds.sources)):
        reference += await _rows(tx, conflict, table, rows)
    # What lies in what decides in which lists a fact stands.
    touched = await _facts_of(tx, conflict) if ground else set()
    reports = added = revised = withdrawn = unchanged = 0
    for report, facts, corrected in seeds.reports:
        known = await _known(tx, report.id)
        if await _report(tx, conflict, report, now):
            reports += 1
            touched.update(known)
        await _quote(tx, conflict, {report.publisher, *(source for fact in facts for source in fact.sources)})
        new: list[str] = []
        revisions: list[_Revision] = []
        for fact in facts:
            body = encode(fact)
            before = known.pop(fact.id, None)
            if before == (body, False):
                unchanged += 1
                continue
            if before is None:
                new.append(fact.id)
            revisions.append(_Revision(fact.id, body, *_why(body, before, corrected), series_number(fact)))
        gone = [(fact_id, body) for fact_id, (body, already) in known.items() if not already]
        revisions += [_Revision(*one, CorrectionKind.RETRACTION, _WITHDRAWN) for one in gone]
        await _revise(tx, report.id, new, revisions, now)
        touched.update(revision.fact for revision in revisions)
        added += len(new)
        withdrawn += len(gone)
        revised += len(revisions) - len(new) - len(gone)
    if touched:
        await refresh(tx, touched, seeds.places)
    result = LoadResult(reports, added, revised, withdrawn, unchanged, reference)
    if result.changed:
        await tx.execute(
            "INSERT INTO meta (key, value) VALUES ('data_version', '1') "
            "ON CONFLICT (key) DO UPDATE SET value = CAST(CAST(meta.value AS INTEGER) + 1 AS TEXT)"
        )
    return result


async def _conflict(tx: Writer, seeds: Seeds) -> int:
    return await tx.execute(
        "INSERT INTO conflict (id, body) VALUES (?1, ?2) "
        "ON CONFLICT (id) DO UPDATE SET body = excluded.body WHERE conflict.body <> excluded.body",
        (seeds.conflict.id, encode(seeds.conflict)),
    )


async def _quote(tx: Writer, conflict: str, sources: Iterable[str]) -> None:
    await tx.executemany(
        "INSERT INTO quoted (conflict, source) VALUES (?1, ?2) ON CONFLICT (conflict, source) DO NOTHING",
        [(conflict, source) for source in sorted(sources)],
    )


async def _rows(tx: Writer, conflict: str, table: str, rows: Iterable[Actor | Source | Place]) -> int:
    """Make the table hold these rows of the conflict and no others; the number of rows changed."""
    bodies = {row.id: encode(row) for row in rows}
    changed = await tx.executemany(
        f"INSERT INTO {table} (conflict, id, body) VALUES (?1, ?2, ?3) ON CONFLICT (conflict, id) "
        f"DO UPDATE SET body = excluded.body WHERE {table}.body <> excluded.body",
        [(conflict, row_id, body) for row_id, body in bodies.items()],
    )
    there = await tx.fetch_all(f"SELECT id FROM {table} WHERE conflict = ?1", (conflict,))
    gone = [(conflict, row_id) for (row_id,) in there if row_id not in bodies]
    if gone:
        await tx.executemany(f"DELETE FROM {table} WHERE conflict = ?1 AND id = ?2", gone)
    return changed + len(gone)


async def _facts_of(tx: Writer, conflict: str) -> set[str]:
    rows = await tx.fetch_all(
        "SELECT f.id FROM fact f JOIN report r ON r.id = f.report WHERE r.conflict = ?1", (conflict,)
    )
    return {fact for (fact,) in rows}


async def _report(tx: Writer, conflict: str, report: Report, now: int) -> int:
    other = await tx.fetch_one("SELECT conflict FROM report WHERE id = ?1 AND conflict <> ?2", (report.id, conflict))
    if other is not None:
        raise SitrepError(
            f"The conflict '{other[0]}' has a report '{report.id}' already.", "Give the new one an id of its own."
        )
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
        # CROSS JOIN, so that SQLite begins with the facts of the one report whatever it believes of the tables' sizes.
        "SELECT r.fact, r.body, r.kind FROM fact f CROSS JOIN revision r "
        "WHERE f.report = ?1 AND r.fact = f.id AND r.scope = ?2 AND r.author = ?3 ORDER BY r.fact, r.number",
        (report, EVERYONE, SEEDS),
    )
    return {fact: (body, kind == CorrectionKind.RETRACTION) for fact, body, kind in rows}


def _why(body: str, before: tuple[str, bool] | None, corrected: Corrected | None) -> tuple[CorrectionKind, str | None]:
    """The kind of the revision, and the reason if its file gives one."""
    if before is None:
        return CorrectionKind.INITIAL, None
    if before == (body, True):
        # Put back into its file as it was: what is undone is its withdrawal.
        return CorrectionKind.UNDO, None
    return corrected if corrected is not None else (CorrectionKind.READING, None)


class _Revision(NamedTuple):
    """What a file says of a fact from now on."""

    fact: str
    body: str
    kind: CorrectionKind
    reason: str | None
    series: int | None = None


async def _revise(tx: Writer, report: str, new: list[str], revisions: list[_Revision], now: int) -> None:
    """Keep the revisions, in their order, of which the facts `new` are seen for the first time."""
    if not revisions:
        return
    await tx.executemany(
        "INSERT INTO fact (id, report, first_seen) VALUES (?1, ?2, ?3)", [(fact, report, now) for fact in new]
    )
    first = await next_sequences(tx, len(revisions))
    await tx.executemany(
        "INSERT INTO revision (fact, scope, number, sequence, kind, author, reason, recorded_at, body, series) "
        "SELECT ?1, ?2, COALESCE(MAX(number), 0) + 1, ?3, ?4, ?5, ?6, ?7, ?8, ?9 FROM revision "
        "WHERE fact = ?1 AND scope = ?2",
        [
            (fact, EVERYONE, first + index, kind.value, SEEDS, reason, now, body, series)
            for index, (fact, body, kind, reason, series) in enumerate(revisions)
        ],
    )
