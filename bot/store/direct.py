"""A unit of work on a connection of its own, without a hop to another thread for each statement.

For work of millions of statements: an import on the command line, and a copy in memory of what was known at a time.
"""

import sqlite3
from collections.abc import Coroutine, Iterable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from bot.store.errors import in_words
from bot.store.writer import Row, Value, Writer

T = TypeVar("T")


class DirectWriter(Writer):
    """Its methods block. The connection's transaction is the caller's to begin and to end."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._direct = connection
        self._file = path

    async def execute(self, sql: str, params: Sequence[Value] = ()) -> int:
        """Run one statement; the number of rows it changed."""
        return self.run(sql, params).rowcount

    async def executemany(self, sql: str, rows: Iterable[Sequence[Value]]) -> int:
        """Run one statement for each row; the number of rows changed."""
        try:
            return self._direct.executemany(sql, rows).rowcount
        except sqlite3.Error as error:
            raise in_words(error, self._file) from error

    async def fetch_all(self, sql: str, params: Sequence[Value] = ()) -> list[Row]:
        """The rows of a query."""
        return self.run(sql, params).fetchall()

    def run(self, sql: str, params: Sequence[Value] = ()) -> sqlite3.Cursor:
        """Run one statement.

        Raises:
            StoreError: the file fails.
            ConstraintError: the schema refused a row; only this statement is undone.
        """
        try:
            return self._direct.execute(sql, params)
        except sqlite3.Error as error:
            raise in_words(error, self._file) from error


def finish(work: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine that never waits, as those on a `DirectWriter` do, to its end: here, or in any thread."""
    try:
        work.send(None)
    except StopIteration as stop:
        result: T = stop.value
        return result
    work.close()
    raise RuntimeError("the work waits for something; only what blocks can be run directly")
