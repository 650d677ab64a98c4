"""The connections: one writer whose units of work survive cancellation, and a few readers.

Measured reasons: a transaction cut off by a cancelled task leaves a bare connection unusable, a deferred BEGIN
fails as soon as two processes read and then write, and one connection for everything lets a long query hold up
every look-up.
"""

import asyncio
import logging
import sqlite3
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar, cast

import aiosqlite

from bot.database_url import database_path
from bot.store.connection import connect, use_wal
from bot.store.errors import ConstraintError, StoreError, in_words
from bot.store.glance import Glance
from bot.store.writer import Row, Value, Writer

__all__ = ["Database", "Row", "Value", "Writer"]

T = TypeVar("T")
PAGE_CACHE = "PRAGMA cache_size=-8000"
"""Pages kept of the lists: 8 MiB at most instead of SQLite's 2, which those of a million facts do not fit into."""

_log = logging.getLogger(__name__)


class Database:
    """One SQLite file. Close it, also after failures: an open connection keeps the process from ending."""

    def __init__(
        self, path: Path, writer: aiosqlite.Connection, readers: Sequence[aiosqlite.Connection], glance: Glance
    ) -> None:
        self._path = path
        self._writer = writer
        self._readers = readers
        self._glance = glance
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
                writer = await connect(stack, path, "PRAGMA synchronous=FULL")
                await use_wal(writer, path)
                pool = [await connect(stack, path, "PRAGMA query_only=ON") for _ in range(max(1, readers))]
                glance = Glance(path, "PRAGMA query_only=ON", PAGE_CACHE)
            except sqlite3.Error as error:
                raise in_words(error, path) from error
            stack.pop_all()
        return cls(path, writer, pool, glance)

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

    async def fetch_few(self, sql: str, params: Sequence[Value] = ()) -> list[Row]:
        """As `fetch_all`, for a query that finds a few rows by an index: it is answered on the spot."""
        self._refuse_when_closed()
        rows = self._glance.rows(sql, params)
        return rows if rows is not None else await self.fetch_all(sql, params)

    async def fetch_one(self, sql: str, params: Sequence[Value] = ()) -> Row | None:
        """The first row or None. Give the query a LIMIT: all its rows are fetched."""
        rows = await self.fetch_all(sql, params)
        return rows[0] if rows else None

    async def write(self, work: Callable[[Writer], Awaitable[T]], *, foreign_keys: bool = True) -> T:
        """Run `work` as one transaction: all of it is saved, or, when it raises, none of it.

        Units run one after another. Cancelling the asker while the unit waits for its turn drops the unit; once
        it has begun it runs to its end, and the asker's CancelledError follows.

        Args:
            work: gets the Writer; its awaits should be on the Writer alone, since all other units wait for it.
            foreign_keys: False only for migrations, which rebuild tables that others refer to. References are then
                checked once, before the commit.

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
        unit = asyncio.create_task(self._run(work, foreign_keys))
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

    async def _run(self, work: Callable[[Writer], Awaitable[T]], foreign_keys: bool) -> T:
        if foreign_keys:
            return await self._transaction(work)

        async def and_check(tx: Writer) -> T:
            result = await work(tx)
            if broken := await tx.fetch_one("PRAGMA foreign_key_check"):
                raise ConstraintError(
                    f"FOREIGN KEY constraint failed: {broken[0]} refers to a missing row of {broken[2]}"
                )
            return result

        try:
            # SQLite heeds this switch only outside of transactions.
            await self._writer.execute("PRAGMA foreign_keys=OFF")
            return await self._transaction(and_check)
        finally:
            await self._writer.execute("PRAGMA foreign_keys=ON")

    async def _transaction(self, work: Callable[[Writer], Awaitable[T]]) -> T:
        writer = Writer(self._writer, self._path)
        try:
            # IMMEDIATE: a transaction that reads first and locks later fails when another process wrote in between.
            await self._writer.execute("BEGIN IMMEDIATE")
            result = await work(writer)
            if not writer.end():
                raise StoreError("The change was not saved: the database failed in the middle of it.", "Try it again.")
            await self._writer.commit()
        except BaseException as error:
            writer.end()
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
            stack.callback(self._glance.close)
            for reader in self._readers:
                stack.push_async_callback(reader.close)
