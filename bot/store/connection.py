"""One connection to the file, set up as the store wants it."""

import asyncio
import sqlite3
from contextlib import AsyncExitStack
from pathlib import Path

import aiosqlite

from bot.store.errors import StoreError, is_busy

BUSY_TIMEOUT = 5.0
"""Seconds to wait for another process's lock before giving up."""


async def connect(stack: AsyncExitStack, path: Path, *pragmas: str) -> aiosqlite.Connection:
    """A connection that enforces foreign keys; `stack` closes it."""
    # isolation_level=None: no transaction opens by itself, so a read is one hop and a unit begins where we say.
    connection = await aiosqlite.connect(path, timeout=BUSY_TIMEOUT, isolation_level=None)
    stack.push_async_callback(connection.close)
    for pragma in ("PRAGMA foreign_keys=ON", *pragmas):
        await connection.execute_fetchall(pragma)
    return connection


async def use_wal(connection: aiosqlite.Connection, path: Path) -> None:
    """Let readers go on while another writes: https://www.sqlite.org/wal.html.

    Raises:
        sqlite3.Error: the file is no database, or stays locked for longer than the busy timeout.
        StoreError: the drive cannot do it.
    """
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
