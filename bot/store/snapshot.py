"""One moment of a database, read for as long as it takes while the bot goes on writing."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from bot.errors import SitrepError
from bot.store.errors import in_words
from bot.store.migration_files import read_migrations

BUSY_TIMEOUT = 30.0
"""Seconds to wait for a lock. The bot itself never holds one that stops a reader."""


@contextmanager
def snapshot(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection that only reads, and sees the database as it was when it was opened. Blocks.

    Raises:
        SitrepError: there is no database, or it is of another version than this program.
        StoreError: the database cannot be read, then or later.
    """
    if not path.is_file():
        raise SitrepError(f"There is no database at {path}.", "Check DATABASE_URL and the folder you run this in.")
    try:
        # mode=rw: never make a database where there was one a moment ago; a log beside the file may have to be read.
        uri = f"{path.absolute().as_uri()}?mode=rw"
        with closing(sqlite3.connect(uri, uri=True, timeout=BUSY_TIMEOUT, isolation_level=None)) as connection:
            connection.execute("PRAGMA query_only=ON")
            connection.execute("BEGIN")  # one transaction: later writes stay out and are not held up
            _refuse_other_versions(connection, path)
            yield connection
    except sqlite3.Error as error:
        raise in_words(error, path) from error


def _refuse_other_versions(connection: sqlite3.Connection, path: Path) -> None:
    tables = connection.execute("SELECT COUNT(*) FROM sqlite_master WHERE name = 'schema_migration'").fetchone()
    version = connection.execute("SELECT MAX(version) FROM schema_migration").fetchone()[0] if tables[0] else None
    known = len(read_migrations())
    if version != known:
        raise SitrepError(
            f"The database {path} is at version {version or 0}, this program at version {known}.",
            "`python -m bot check` says what brings them together.",
        )
