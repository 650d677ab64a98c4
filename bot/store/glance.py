"""Reading a few rows on the spot, where handing them over from another thread costs more than reading them."""

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter
from typing import cast

from bot.store.writer import Row, Value

FEW = 50
"""Rows of a list, those passed over included, that may be read so."""
PATIENCE = 0.002
"""Seconds after which a reading is no glance: a page of a list takes 0.00003, but the disk may be asleep."""
_STEPS = 200
"""Between two looks at the time, in steps of SQLite's machine: a page of a list takes some 500."""


class Glance:
    """A connection of the event loop's own. Nobody else is served while it reads, so it never waits and never reads for
    long: what it cannot tell at once is left to a reader with a thread of its own.

    Args:
        pragmas: how the connection is set up.

    Raises:
        sqlite3.Error: the file cannot be opened.
    """

    def __init__(self, path: Path, *pragmas: str) -> None:
        # timeout=0: a lock is not waited for.
        self._connection = sqlite3.connect(path, timeout=0, isolation_level=None)
        for pragma in pragmas:
            self._connection.execute(pragma).close()
        self._deadline = 0.0
        self._connection.set_progress_handler(lambda: perf_counter() > self._deadline, _STEPS)

    def rows(self, sql: str, params: Sequence[Value]) -> list[Row] | None:
        """The rows of one query; None where it takes too long, the file is locked, or anything is wrong with it."""
        self._deadline = perf_counter() + PATIENCE
        try:
            return cast(list[Row], self._connection.execute(sql, params).fetchall())
        except sqlite3.Error:
            return None

    def close(self) -> None:
        """Give the file back. A second time does nothing."""
        self._connection.close()
