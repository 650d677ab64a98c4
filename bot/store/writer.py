"""What a unit of work writes with."""

import sqlite3
from collections.abc import Awaitable, Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, TypeVar, cast

import aiosqlite

from bot.store.errors import StoreError, in_words

T = TypeVar("T")
Value = str | int | float | bytes | None
Row = tuple[Any, ...]


class Writer:
    """The transaction, as the unit of work sees it. Statements use numbered parameters: `?1`, `?2`.

    After a StoreError nothing more is accepted: SQLite may have rolled back by itself, and a statement
    that came after would be saved on its own. A ConstraintError may be caught; only its statement is undone.
    """

    def __init__(self, connection: aiosqlite.Connection, path: Path) -> None:
        self._connection = connection
        self._path = path
        self._open = True

    async def execute(self, sql: str, params: Sequence[Value] = ()) -> int:
        """Run one statement; the number of rows it changed (-1 for statements that change none, such as DDL)."""
        return (await self._ask(self._connection.execute, sql, params)).rowcount

    async def executemany(self, sql: str, rows: Iterable[Sequence[Value]]) -> int:
        """Run one statement for each row, in a single hop to the writer's thread; the number of rows changed."""
        return (await self._ask(self._connection.executemany, sql, rows)).rowcount

    async def fetch_all(self, sql: str, params: Sequence[Value] = ()) -> list[Row]:
        """The rows of a query, or of a statement with RETURNING, as this transaction sees them."""
        return cast(list[Row], await self._ask(self._connection.execute_fetchall, sql, params))

    async def fetch_one(self, sql: str, params: Sequence[Value] = ()) -> Row | None:
        """The first row or None."""
        rows = await self.fetch_all(sql, params)
        return rows[0] if rows else None

    async def _ask(self, method: Callable[..., Awaitable[T]], sql: str, params: Iterable[Any]) -> T:
        if not self._open:
            raise RuntimeError("this unit of work is over")
        try:
            return await method(sql, params)
        except sqlite3.Error as error:
            said = in_words(error, self._path)
            if isinstance(said, StoreError):
                self._open = False
            raise said from error

    def end(self) -> bool:
        """Accept nothing more; whether all went well until now."""
        was_open, self._open = self._open, False
        return was_open
