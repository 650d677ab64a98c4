"""Bring a database to the schema this program knows, one migration after another."""

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from bot.store.database import Database, Row, Writer
from bot.store.errors import ConstraintError, StoreError
from bot.store.migration_files import FOLDER, Migration, read_migrations


async def pending(db: Database, folder: Path = FOLDER) -> tuple[Migration, ...]:
    """What `migrate` would do. Only reads; raises as `migrate` does."""
    known = read_migrations(folder)
    tables = {name for (name,) in await db.fetch_all(_TABLES)}
    rows = await db.fetch_all(_APPLIED) if "schema_migration" in tables else []
    return known[_version(db.path, known, tables, rows) :]


async def migrate(db: Database, folder: Path = FOLDER, *, now: int) -> tuple[Migration, ...]:
    """Apply what is missing, each migration in a transaction of its own; those applied.

    Several processes may call it at once: each step looks again, under the lock, at what is there.

    Args:
        db: an empty database, or one that an earlier version of this program has made.
        folder: where the files are.
        now: seconds since the epoch, UTC, for the record.

    Raises:
        SitrepError: the files are not in order.
        StoreError: the database is newer than the program, was made by other files or by another program, or a
            migration failed. It then stays as the last complete migration left it.
    """
    if not await pending(db, folder):
        return ()  # without the look at every reference that a migration ends with
    known = read_migrations(folder)
    applied: list[Migration] = []

    async def step(tx: Writer) -> Migration | None:
        tables = {name for (name,) in await tx.fetch_all(_TABLES)}
        rows = await tx.fetch_all(_APPLIED) if "schema_migration" in tables else []
        version = _version(db.path, known, tables, rows)
        if version == len(known):
            return None
        if not rows:
            await tx.execute(_CREATE)
        await _apply(tx, known[version], now)
        return known[version]

    while (migration := await db.write(step, foreign_keys=False)) is not None:
        applied.append(migration)
    return tuple(applied)


# The one question that PostgreSQL would need in other words: which tables there are.
_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
_APPLIED = "SELECT version, name, checksum FROM schema_migration ORDER BY version"
_CREATE = """
    CREATE TABLE IF NOT EXISTS schema_migration (
        version INTEGER PRIMARY KEY,
        name TEXT NOT NULL,
        checksum TEXT NOT NULL,
        applied_at INTEGER NOT NULL
    )
"""


def _version(path: Path, known: Sequence[Migration], tables: set[str], applied: Sequence[Row]) -> int:
    """The version of the database, 0 when it is empty, once it is certain that these files made it."""
    if tables and "schema_migration" not in tables:
        raise StoreError(
            f"The database {path} belongs to another program: it has tables, but no record of Sitrep's migrations.",
            "Point DATABASE_URL to a file of its own.",
        )
    if applied and applied[-1][0] > len(known):
        raise StoreError(
            f"The database {path} is at version {applied[-1][0]}; this program knows versions up to {len(known)}.",
            "Run the newer program again, or put back a backup made before the upgrade.",
        )
    for expected, (version, name, checksum) in enumerate(applied, start=1):
        if version != expected:
            raise StoreError(
                f"The database {path} records version {version} but not version {expected}.",
                "Its record was changed by hand: put back the last backup.",
            )
        if checksum != known[version - 1].checksum:
            raise StoreError(
                f"{known[version - 1].file} is not the file that brought {path} to version {version} ({name}).",
                "Put the file back as it was released; a change to the schema goes into a new migration.",
            )
    return len(applied)


async def _apply(tx: Writer, migration: Migration, now: int) -> None:
    try:
        for statement in migration.statements:
            await tx.execute(statement)
    except (sqlite3.Error, ConstraintError) as error:
        raise StoreError(
            f"The migration {migration.file} failed: {error}.",
            f"The database stays at version {migration.version - 1}. Run the program that made it, and report this.",
        ) from error
    await tx.execute(
        "INSERT INTO schema_migration (version, name, checksum, applied_at) VALUES (?1, ?2, ?3, ?4)",
        (migration.version, migration.name, migration.checksum, now),
    )
