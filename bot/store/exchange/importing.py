"""An export into an empty database: each record is checked, then all is derived as by a load. All or nothing."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import NamedTuple, TypeVar

from bot.errors import SitrepError
from bot.exchange.document import Lines
from bot.exchange.errors import ExchangeError
from bot.exchange.records import Record
from bot.facts.revision import EVERYONE
from bot.places.errors import PlaceDataError
from bot.places.gazetteer import Gazetteer
from bot.store.bodies import decode_place
from bot.store.counters import changed
from bot.store.direct import DirectWriter, finish
from bot.store.errors import ConstraintError, in_words
from bot.store.exchange.import_rows import PUT, BadRecordError
from bot.store.lists.overlay import refresh, refresh_server

T = TypeVar("T")
BUSY_TIMEOUT = 5.0
BATCH = 5_000
"""Facts derived at once: bounds memory; fewer would derive the steps of a series more often."""
_SERVER_BATCH = 200
_FILLED = ("conflict", "report", "fact", "revision", "correction", "proposal", "place", "source", "actor")


class Imported(NamedTuple):
    """What came in, in numbers of rows. Servers: how many have revisions of their own."""

    reports: int
    facts: int
    revisions: int
    servers: int


def import_document(database: Path, lines: Lines) -> Imported:
    """Bring an export into the migrated, empty database at `database`. Blocks.

    Raises:
        ExchangeError: the first thing wrong, with line and field; the database stays empty.
        SitrepError: the database holds something already.
        StoreError: the file fails or is locked.
    """
    try:
        with closing(sqlite3.connect(database, timeout=BUSY_TIMEOUT, isolation_level=None)) as connection:
            for pragma in ("foreign_keys=ON", "cache_size=-64000"):
                connection.execute(f"PRAGMA {pragma}")
            connection.execute("BEGIN IMMEDIATE")
            try:
                found = _fill(DirectWriter(connection, database), lines, database)
                connection.execute("COMMIT")
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            return found
    except sqlite3.Error as error:
        raise in_words(error, database) from error


def _fill(tx: DirectWriter, lines: Lines, database: Path) -> Imported:
    for table in _FILLED:
        if tx.run(f"SELECT 1 FROM {table} LIMIT 1").fetchone() is not None:
            raise SitrepError(
                f"The database {database} holds facts already, and an import replaces and mixes nothing.",
                "Point DATABASE_URL to a file that does not exist yet, and import there before the first start.",
            )
    for record in lines.records():
        _put(tx, record, lines)
    _refuse_gaps(tx, lines)
    _count(tx)
    for (conflict,) in tx.run("SELECT id FROM conflict ORDER BY id").fetchall():
        _derive(tx, conflict, _gazetteer(tx, conflict, lines))
    servers = [scope for (scope,) in tx.run("SELECT DISTINCT scope FROM revision WHERE scope <> ''").fetchall()]
    for scope in (EVERYONE, *servers):
        finish(changed(tx, scope))
    ((reports,), (facts,), (revisions,)) = (
        tx.run(f"SELECT COUNT(*) FROM {table}").fetchone() for table in ("report", "fact", "revision")
    )
    return Imported(reports, facts, revisions, len(servers))


def _put(tx: DirectWriter, record: Record, lines: Lines) -> None:
    try:
        PUT[type(record)](tx, record)
    except BadRecordError as bad:
        raise lines.refuse(bad.problem, bad.path) from None
    except ConstraintError as error:
        raise lines.refuse(_words(str(error))) from None
    except (OverflowError, UnicodeEncodeError) as error:
        raise lines.refuse(f"a value cannot be kept ({error})") from None


def _words(refused: str) -> str:
    """SQLite's own words for a refused row, in a reader's."""
    if refused.startswith("UNIQUE"):
        fields = ", ".join(part.strip().partition(".")[2] for part in refused.partition(":")[2].split(","))
        return f"another line above has the same {fields}"
    if refused.startswith("FOREIGN KEY"):
        return "it refers to something that no line above holds"
    return f"the database refuses it ({refused})"


def _refuse_gaps(tx: DirectWriter, lines: Lines) -> None:
    """Every fact has something that everyone sees, or saw."""
    row = tx.run(
        "SELECT f.id FROM fact f WHERE NOT EXISTS (SELECT 1 FROM revision r WHERE r.fact = f.id AND r.scope = '') "
        "LIMIT 1"
    ).fetchone()
    if row is not None:
        raise lines.refuse(f"no line holds a revision of the fact {row[0]} that everyone sees")


def _count(tx: DirectWriter) -> None:
    """Let the counters go on behind the highest number there is."""
    for key, table, column in (
        ("revision_sequence", "revision", "sequence"),
        ("correction_sequence", "correction", "sequence"),
        ("proposal_sequence", "proposal", "id"),
    ):
        tx.run(
            "INSERT INTO meta (key, value) SELECT ?1, CAST(top AS TEXT) FROM "
            f"(SELECT MAX({column}) AS top FROM {table}) WHERE top IS NOT NULL "
            "ON CONFLICT (key) DO UPDATE SET value = excluded.value "
            "WHERE CAST(excluded.value AS INTEGER) > CAST(meta.value AS INTEGER)",
            (key,),
        )


def _gazetteer(tx: DirectWriter, conflict: str, lines: Lines) -> Gazetteer:
    rows = tx.run("SELECT body FROM place WHERE conflict = ?1 ORDER BY id", (conflict,)).fetchall()
    try:
        places = Gazetteer(decode_place(row[0]) for row in rows)
    except PlaceDataError as error:
        raise ExchangeError(lines.name, None, f"{error.where}, {error.field}", error.problem) from None
    root = tx.run("SELECT json_extract(body, '$.place') FROM conflict WHERE id = ?1", (conflict,)).fetchone()[0]
    if root not in places:
        raise ExchangeError(lines.name, None, f"conflict {conflict}, location", f"no line holds the place '{root}'")
    return places


def _derive(tx: DirectWriter, conflict: str, places: Gazetteer) -> None:
    for batch in _batches(tx, conflict):
        finish(refresh(tx, batch, places))
    own = tx.run(
        "SELECT DISTINCT r.scope, r.fact FROM revision r JOIN fact f ON f.id = r.fact JOIN report p ON p.id = f.report "
        "WHERE r.scope <> '' AND p.conflict = ?1 ORDER BY r.scope, r.fact",
        (conflict,),
    ).fetchall()
    of: dict[str, list[str]] = {}
    for scope, fact in own:
        of.setdefault(scope, []).append(fact)
    for scope, facts in of.items():
        for batch in _pieces(iter(facts), _SERVER_BATCH):
            finish(refresh_server(tx, scope, batch, places))


def _batches(tx: DirectWriter, conflict: str) -> Iterator[list[str]]:
    """The facts of a conflict in the order in which they came."""
    after = 0
    while True:
        rows = tx.run(
            "SELECT f.rowid, f.id FROM fact f JOIN report p ON p.id = f.report "
            "WHERE f.rowid > ?1 AND p.conflict = ?2 ORDER BY f.rowid LIMIT ?3",
            (after, conflict, BATCH),
        ).fetchall()
        if not rows:
            return
        after = rows[-1][0]
        yield [fact for _, fact in rows]


def _pieces(items: Iterator[T], size: int) -> Iterator[list[T]]:
    while piece := list(islice(items, size)):
        yield piece
