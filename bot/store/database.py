"""The connections: one writer whose units of work survive cancellation, and a few readers. The only user of aiosqlite.

Measured reasons: a transaction cut off by a cancelled task leaves a bare connection unusable, a deferred BEGIN
fails as soon as two processes read and then write, and one connection for everything lets a long query hold up
every look-up.
"""

import asyncio
import logging
import sqlite3
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import AsyncExitStack
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar, cast

import aiosqlite

from bot.database_url import database_path
from bot.store.errors import StoreError, in_words, is_busy

T = TypeVar("T")
Value = str | int | float | bytes | None
Row = tuple[Any, ...]

BUSY_TIMEOUT = 5.0
"""Seconds to wait for another process's lock before giving up."""

_log = logging.getLogger(__name__)


class Writer:
    """What a unit of work writes with, inside its transaction. Statements use numbered parameters: `?1`, `?2`.

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

    def _end(self) -> bool:
        """Accept nothing more; whether all went well until now."""
        was_open, self._open = self._open, False
        return was_open


class Database:
    """One SQLite file. Close it, also after failures: an open connection keeps the process from ending."""

    def __init__(self, path: Path, writer: aiosqlite.Connection, readers: Sequence[aiosqlite.Connection]) -> None:
        self._path = path
        self._writer = writer
        self._readers = readers
        # Last in, first out: the reader whose page cache is warm answers next.
        self._free: asyncio.LifoQueue[aiosqlite.Connection] = asyncio.LifoQueue()
        for reader in readers:
            self._free.put_nowait(reader)
        self._writing = asyncio.Lock()
        self._unit: asyncio.Task[Any] | None = None
        self._draining: set[asyncio.Task[None]] = set()
        self._closing: asyncio.Task[None] | None = None

    @classmethod
    async def open(cls, url: str, *, readers: int = 2) -> Self:
        """Open the database, creating file and folder where there are none. Migrations are a step of their own.

        Args:
            url: `sqlite:///relative/file.db` or `sqlite:////absolute/file.db`.
            readers: connections for reading, at least 1; 2 to 4 suit a bot.

        Raises:
            SitrepError: a URL that is not understood, or of a later version's database.
            StoreError: the file cannot be opened or is no database.
        """
        path = database_path(url)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            reason = error.strerror or error
            raise StoreError(
                f"The folder {path.parent} for the database cannot be made: {reason}.",
                "Make it by hand, or point DATABASE_URL elsewhere.",
            ) from error
        async with AsyncExitStack() as stack:
            try:
                # A file that cannot be opened fails here, in the open: in aiosqlite it would leave a thread that
                # reports to a loop already gone.
                sqlite3.connect(path).close()
                writer = await _connect(stack, path, "PRAGMA synchronous=FULL")
                await _use_wal(writer, path)
                pool = [await _connect(stack, path, "PRAGMA query_only=ON") for _ in range(max(1, readers))]
            except sqlite3.Error as error:
                raise in_words(error, path) from error
            stack.pop_all()
        return cls(path, writer, pool)

    @property
    def path(self) -> Path:
        """The file, as the URL named it."""
        return self._path

    async def fetch_all(self, sql: str, params: Sequence[Value] = ()) -> list[Row]:
        """The rows of one query, as of the last unit of work that was committed.

        Raises:
            StoreError: the file fails, or the database is closed.
        """
        self._refuse_when_closed()
        reader = await self._free.get()
        try:
            rows = await reader.execute_fetchall(sql, params)
        except asyncio.CancelledError:
            # The query still runs in the reader's thread. Cut it short, and lend the reader again only when it is over.
            await reader.interrupt()
            task = asyncio.create_task(self._drain(reader))
            self._draining.add(task)
            task.add_done_callback(self._draining.discard)
            raise
        except BaseException as error:
            self._free.put_nowait(reader)
            if isinstance(error, sqlite3.Error):
                raise in_words(error, self._path) from error
            raise
        self._free.put_nowait(reader)
        return cast(list[Row], rows)

    async def fetch_one(self, sql: str, params: Sequence[Value] = ()) -> Row | None:
        """The first row or None. Give the query a LIMIT: all its rows are fetched."""
        rows = await self.fetch_all(sql, params)
        return rows[0] if rows else None

    async def write(self, work: Callable[[Writer], Awaitable[T]]) -> T:
        """Run `work` as one transaction: all of it is saved, or, when it raises, none of it.

        Units run one after another. Cancelling the asker while the unit waits for its turn drops the unit; once
        it has begun it runs to its end, and the asker's CancelledError follows.

        Returns:
            What `work` returns.

        Raises:
            StoreError: the file fails, or the database is closed.
            ConstraintError: the schema refused a row.
        """
        self._refuse_when_closed()
        if self._unit is not None and self._unit is asyncio.current_task():
            raise RuntimeError("a unit of work inside a unit of work would wait for itself: pass its Writer on")
        await self._writing.acquire()
        # No await between here and the wait: from now on the lock belongs to the unit, not to the asker.
        unit = asyncio.create_task(self._run(work))
        self._unit = unit
        unit.add_done_callback(self._unit_done)
        try:
            await asyncio.wait({unit})  # which, unlike awaiting the task itself, leaves it alone when cancelled
        except asyncio.CancelledError:
            if not unit.done():
                await asyncio.wait({unit})
            if not unit.cancelled() and (error := unit.exception()) is not None:
                _log.warning("a unit of work failed after its asker was cancelled", exc_info=error)
            raise
        return unit.result()

    async def close(self) -> None:
        """Finish what has been asked, then close every connection. A second call waits for the first."""
        if self._closing is None:
            self._closing = asyncio.create_task(self._close())
        await asyncio.shield(self._closing)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.close()

    async def _run(self, work: Callable[[Writer], Awaitable[T]]) -> T:
        writer = Writer(self._writer, self._path)
        try:
            # IMMEDIATE: a transaction that reads first and locks later fails when another process wrote in between.
            await self._writer.execute("BEGIN IMMEDIATE")
            result = await work(writer)
            if not writer._end():
                raise StoreError("The change was not saved: the database failed in the middle of it.", "Try it again.")
            await self._writer.commit()
        except BaseException as error:
            writer._end()
            await self._roll_back()
            if isinstance(error, sqlite3.Error):
                raise in_words(error, self._path) from error
            raise
        return result

    async def _roll_back(self) -> None:
        try:
            # Does nothing where SQLite has rolled back already, or where the commit went through before the trouble.
            await self._writer.rollback()
        except sqlite3.Error:
            # What came first is what the asker needs to hear. The next unit fails at its BEGIN and rolls back again.
            _log.exception("a unit of work could not be rolled back")

    def _unit_done(self, unit: asyncio.Task[Any]) -> None:
        self._unit = None
        self._writing.release()

    async def _drain(self, reader: aiosqlite.Connection) -> None:
        try:
            await reader.execute_fetchall("SELECT 1")
        finally:
            self._free.put_nowait(reader)

    def _refuse_when_closed(self) -> None:
        if self._closing is not None:
            raise StoreError("The database is closed because the bot is stopping.", "Ask again when it is back.")

    async def _close(self) -> None:
        # Both wait in line behind everything that was asked before.
        await self._writing.acquire()
        for _ in self._readers:
            await self._free.get()
        async with AsyncExitStack() as stack:
            # The writer goes last: the last connection to close folds the write-ahead log into the file.
            stack.push_async_callback(self._writer.close)
            for reader in self._readers:
                stack.push_async_callback(reader.close)


async def _connect(stack: AsyncExitStack, path: Path, *pragmas: str) -> aiosqlite.Connection:
    # isolation_level=None: no transaction opens by itself, so a read is one hop and a unit begins where we say.
    connection = await aiosqlite.connect(path, timeout=BUSY_TIMEOUT, isolation_level=None)
    stack.push_async_callback(connection.close)
    for pragma in ("PRAGMA foreign_keys=ON", *pragmas):
        await connection.execute_fetchall(pragma)
    return connection


async def _use_wal(connection: aiosqlite.Connection, path: Path) -> None:
    give_up = asyncio.get_running_loop().time() + BUSY_TIMEOUT
    while True:
        try:
            [(mode,)] = await connection.execute_fetchall("PRAGMA journal_mode=WAL")
            break
        except sqlite3.Error as error:
            # The busy timeout does not hold for this statement: two processes that make the same file would clash.
            if not is_busy(error) or asyncio.get_running_loop().time() > give_up:
                raise
            await asyncio.sleep(0.02)
    if mode != "wal":
        # SQLite falls back in silence where connections cannot share memory, as on most network drives.
        raise StoreError(
            f"The drive that holds {path} does not let several connections share a database.",
            "Point DATABASE_URL to a folder on a local disk.",
        )
