"""What is read on the spot: never for long, never waiting for a lock, and always what was committed last."""

import asyncio
import sqlite3

import pytest

from bot.store.database import Database
from bot.store.errors import StoreError
from bot.store.glance import Glance
from bot.store.writer import Writer

FOREVER = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT COUNT(*) FROM n"


@pytest.fixture
async def db(db: Database) -> Database:
    async def work(tx: Writer) -> None:
        await tx.execute("CREATE TABLE word (id INTEGER PRIMARY KEY, text TEXT)")
        await tx.executemany("INSERT INTO word (text) VALUES (?1)", [("one",), ("two",)])

    await db.write(work)
    return db


async def test_a_few_rows_come_as_all_rows_do(db: Database) -> None:
    asked = ("SELECT id, text FROM word WHERE id > ?1", (1,))
    assert await db.fetch_few(*asked) == await db.fetch_all(*asked) == [(2, "two")]


async def test_what_was_committed_last_is_seen(db: Database) -> None:
    assert await db.fetch_few("SELECT COUNT(*) FROM word") == [(2,)]

    async def work(tx: Writer) -> None:
        await tx.execute("INSERT INTO word (text) VALUES ('three')")
        assert await db.fetch_few("SELECT COUNT(*) FROM word") == [(2,)], "not before it is committed"

    await db.write(work)
    assert await db.fetch_few("SELECT COUNT(*) FROM word") == [(3,)]


def test_what_takes_long_is_given_up(tmp_path: object) -> None:
    glance = Glance(tmp_path / "some.db")  # type: ignore[operator]
    try:
        assert glance.rows(FOREVER, ()) is None
        assert glance.rows("SELECT 1", ()) == [(1,)], "and does not spoil what comes after"
    finally:
        glance.close()


async def test_what_takes_long_is_left_to_a_reader_while_others_are_served(db: Database) -> None:
    long = FOREVER.replace("FROM n)", "FROM n WHERE i < 300000)")
    waiting = asyncio.create_task(db.fetch_few(long))
    await asyncio.sleep(0)
    assert not waiting.done()
    assert await db.fetch_few("SELECT 1") == [(1,)]
    assert await waiting == [(300_000,)]


async def test_a_glance_writes_nothing(db: Database) -> None:
    with pytest.raises(StoreError):
        await db.fetch_few("DELETE FROM word")
    assert await db.fetch_few("SELECT COUNT(*) FROM word") == [(2,)]


async def test_a_locked_file_is_not_waited_for(db: Database) -> None:
    glance = Glance(db.path)
    other = sqlite3.connect(db.path, isolation_level=None)
    try:
        other.execute("BEGIN IMMEDIATE")
        assert glance.rows("DELETE FROM word", ()) is None
        assert glance.rows("SELECT COUNT(*) FROM word", ()) == [(2,)], "readers go on beside a writer"
    finally:
        other.close()
        glance.close()


async def test_a_mistake_is_not_swallowed(db: Database) -> None:
    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        await db.fetch_few("SELECT * FROM nowhere")


async def test_nothing_is_read_once_the_database_is_closed(db: Database) -> None:
    await db.close()
    with pytest.raises(StoreError, match="closed"):
        await db.fetch_few("SELECT 1")
