"""Units of work are whole or absent whatever happens to who asked; readers stay apart from each other."""

import asyncio
import random
import sqlite3
import threading
from pathlib import Path

import pytest

from bot.store.database import Database, Writer
from bot.store.errors import ConstraintError, StoreError


@pytest.fixture
async def pairs(db: Database) -> Database:
    """A database in which every unit of work writes the same number to both tables."""

    async def tables(tx: Writer) -> None:
        await tx.execute("CREATE TABLE one (n INTEGER PRIMARY KEY)")
        await tx.execute("CREATE TABLE other (n INTEGER PRIMARY KEY REFERENCES one (n))")

    await db.write(tables)
    return db


async def write_pair(db: Database, n: int) -> int:
    async def both(tx: Writer) -> int:
        await tx.execute("INSERT INTO one VALUES (?1)", (n,))
        await tx.execute("INSERT INTO other VALUES (?1)", (n,))
        return n

    return await db.write(both)


async def numbers(db: Database, table: str) -> list[int]:
    return [n for (n,) in await db.fetch_all(f"SELECT n FROM {table} ORDER BY n")]


async def test_a_unit_is_saved_and_its_result_returned(pairs: Database) -> None:
    assert await write_pair(pairs, 7) == 7
    assert await pairs.fetch_one("SELECT one.n, other.n FROM one JOIN other USING (n)") == (7, 7)


async def test_a_unit_that_raises_leaves_nothing(pairs: Database) -> None:
    async def half(tx: Writer) -> None:
        await tx.execute("INSERT INTO one VALUES (1)")
        raise LookupError("changed my mind")

    with pytest.raises(LookupError, match="changed my mind"):
        await pairs.write(half)
    assert await numbers(pairs, "one") == []
    await write_pair(pairs, 1)


async def test_the_writer_counts_rows_and_reads_its_own_writes(pairs: Database) -> None:
    async def work(tx: Writer) -> None:
        assert await tx.executemany("INSERT INTO one VALUES (?1)", ((n,) for n in range(5))) == 5
        assert await tx.execute("DELETE FROM one WHERE n >= ?1", (3,)) == 2
        assert await tx.fetch_all("SELECT n FROM one ORDER BY n") == [(0,), (1,), (2,)]
        assert await tx.fetch_one("INSERT INTO one VALUES (?1) RETURNING n", (9,)) == (9,)
        assert await tx.fetch_one("SELECT n FROM one WHERE n > ?1", (9,)) is None
        assert await pairs.fetch_all("SELECT n FROM one") == [], "others see it only once it is committed"

    await pairs.write(work)
    assert await numbers(pairs, "one") == [0, 1, 2, 9]


async def test_cancelled_writes_are_whole_or_absent_and_poison_nothing(pairs: Database) -> None:
    dice = random.Random(1)
    cancelled = set()
    for n in range(1500):
        task = asyncio.create_task(write_pair(pairs, n))
        for _ in range(dice.randrange(12)):
            await asyncio.sleep(0 if dice.random() < 0.7 else 0.0002)
        if task.cancel():
            cancelled.add(n)
        await asyncio.wait({task})
        assert task.cancelled() or task.result() == n
    written = await numbers(pairs, "one")
    assert written == await numbers(pairs, "other")
    assert set(range(1500)) - cancelled <= set(written), "a write that was not cancelled is there"
    assert cancelled & set(written), "some were cancelled after they had begun"
    assert cancelled - set(written), "some were cancelled before they began"

    for n in range(1500, 1600):
        await write_pair(pairs, n)
    assert (await numbers(pairs, "other"))[-100:] == list(range(1500, 1600))


async def test_a_cancelled_asker_hears_of_it_when_its_unit_is_over(pairs: Database) -> None:
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def slow(tx: Writer) -> None:
        await tx.execute("INSERT INTO one VALUES (1)")
        begun.set()
        await go_on.wait()
        await tx.execute("INSERT INTO other VALUES (1)")

    asker = asyncio.create_task(pairs.write(slow))
    await begun.wait()
    asker.cancel()
    await asyncio.sleep(0)
    assert not asker.done()
    go_on.set()
    with pytest.raises(asyncio.CancelledError):
        await asker
    assert await numbers(pairs, "other") == [1]


async def test_a_failure_after_the_asker_left_is_logged(pairs: Database, caplog: pytest.LogCaptureFixture) -> None:
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def failing(tx: Writer) -> None:
        begun.set()
        await go_on.wait()
        raise LookupError("nobody hears me")

    asker = asyncio.create_task(pairs.write(failing))
    await begun.wait()
    asker.cancel()
    go_on.set()
    with pytest.raises(asyncio.CancelledError):
        await asker
    assert "nobody hears me" in caplog.text


async def test_the_end_of_the_loop_in_the_middle_of_a_unit(tmp_path: Path) -> None:
    """Ctrl-C cancels every task at once, the unit's own too."""
    url = f"sqlite:///{tmp_path}/sitrep.db"

    async def interrupted() -> None:
        async with await Database.open(url) as db:
            await db.write(lambda tx: tx.execute("CREATE TABLE one (n INTEGER)"))
            begun = asyncio.Event()

            async def stuck(tx: Writer) -> None:
                await tx.execute("INSERT INTO one VALUES (1)")
                begun.set()
                await asyncio.Event().wait()

            asker = asyncio.create_task(db.write(stuck))
            await begun.wait()
            for task in asyncio.all_tasks() - {asyncio.current_task()}:
                task.cancel()
            await asyncio.wait({asker})
            await db.write(lambda tx: tx.execute("INSERT INTO one VALUES (2)"))
            assert await numbers(db, "one") == [2]

    await asyncio.to_thread(asyncio.run, interrupted())


async def test_units_are_not_nested(pairs: Database) -> None:
    with pytest.raises(RuntimeError, match="inside a unit"):
        await pairs.write(lambda _: write_pair(pairs, 1))
    await write_pair(pairs, 1)


async def test_a_writer_is_of_no_use_after_its_unit(pairs: Database) -> None:
    kept: list[Writer] = []

    async def keep(tx: Writer) -> None:
        kept.append(tx)

    await pairs.write(keep)
    with pytest.raises(RuntimeError, match="is over"):
        await kept[0].execute("INSERT INTO one VALUES (1)")


async def test_foreign_keys_are_enforced_and_a_clash_can_be_caught(pairs: Database) -> None:
    async def orphan(tx: Writer) -> None:
        await tx.execute("INSERT INTO one VALUES (1)")
        with pytest.raises(ConstraintError):
            await tx.execute("INSERT INTO other VALUES (2)")

    await pairs.write(orphan)
    assert await numbers(pairs, "one") == [1]
    assert await numbers(pairs, "other") == []


async def test_a_deferred_foreign_key_fails_the_commit_and_the_unit(db: Database) -> None:
    async def tables(tx: Writer) -> None:
        await tx.execute("CREATE TABLE one (n INTEGER PRIMARY KEY)")
        await tx.execute("CREATE TABLE other (n INTEGER REFERENCES one (n) DEFERRABLE INITIALLY DEFERRED)")

    await db.write(tables)
    with pytest.raises(ConstraintError):
        await db.write(lambda tx: tx.execute("INSERT INTO other VALUES (1)"))
    assert await numbers(db, "other") == []
    await db.write(lambda tx: tx.execute("INSERT INTO one VALUES (1)"))


async def test_readers_cannot_write(pairs: Database) -> None:
    with pytest.raises(StoreError, match="cannot be written"):
        await pairs.fetch_all("INSERT INTO one VALUES (1)")


async def test_the_writer_survives_a_power_cut_and_the_file_is_in_wal(pairs: Database) -> None:
    async def settings(tx: Writer) -> list[object]:
        return [await tx.fetch_one(f"PRAGMA {name}") for name in ("synchronous", "journal_mode", "foreign_keys")]

    assert await pairs.write(settings) == [(2,), ("wal",), (1,)]


ENDLESS = "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT count(*) FROM c"


async def test_a_long_query_holds_up_no_lookup(pairs: Database) -> None:
    await write_pair(pairs, 3)
    long = asyncio.create_task(pairs.fetch_all(ENDLESS))
    await asyncio.sleep(0)
    for _ in range(20):
        assert await pairs.fetch_one("SELECT n FROM one") == (3,)
    assert not long.done()
    long.cancel()
    await asyncio.wait({long})
    assert long.cancelled()


async def test_cancelled_reads_leave_every_reader_usable(pairs: Database) -> None:
    for round_ in range(4):
        long = [asyncio.create_task(pairs.fetch_all(ENDLESS)) for _ in range(5)]
        await asyncio.sleep(0.01)  # past the start of the threads, so that the queries are under way
        for task in long:
            task.cancel()
        await asyncio.wait(long)
        await write_pair(pairs, round_)
        answers = await asyncio.gather(*(numbers(pairs, "one") for _ in range(6)))
        assert answers == [list(range(round_ + 1))] * 6


async def test_a_query_that_is_wrong_gives_its_reader_back(pairs: Database) -> None:
    for _ in range(3):
        with pytest.raises(sqlite3.OperationalError, match="no such table"):
            await pairs.fetch_all("SELECT * FROM nowhere")
    assert await numbers(pairs, "one") == []


async def test_close_finishes_what_was_asked(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/sitrep.db"
    db = await Database.open(url)
    await db.write(lambda tx: tx.execute("CREATE TABLE one (n INTEGER PRIMARY KEY)"))

    async def insert(n: int) -> int:
        return await db.write(lambda tx: tx.execute("INSERT INTO one VALUES (?1)", (n,)))

    writes = [asyncio.create_task(insert(n)) for n in range(30)]
    reads = [asyncio.create_task(numbers(db, "one")) for _ in range(10)]
    await asyncio.sleep(0)
    await asyncio.gather(db.close(), db.close())
    await db.close()
    assert await asyncio.gather(*writes) == [1] * 30
    await asyncio.gather(*reads)
    with pytest.raises(StoreError, match="closed"):
        await insert(99)
    with pytest.raises(StoreError, match="closed"):
        await numbers(db, "one")
    assert not (tmp_path / "sitrep.db-wal").exists(), "the log is folded into the file"

    async with await Database.open(url) as again:
        assert await numbers(again, "one") == list(range(30))


async def test_no_thread_is_left_behind(tmp_path: Path) -> None:
    before = set(threading.enumerate())
    db = await Database.open(f"sqlite:///{tmp_path}/new/folder/sitrep.db", readers=4)
    assert db.path == tmp_path / "new/folder/sitrep.db"
    assert len(set(threading.enumerate()) - before) == 5
    with pytest.raises(sqlite3.OperationalError):
        await db.write(lambda tx: tx.execute("no SQL at all"))
    closing = asyncio.create_task(db.close())
    await asyncio.sleep(0)
    closing.cancel()
    await asyncio.wait({closing})
    await db.close()
    all_ended(before)

    (tmp_path / "text.db").write_text("This is a shopping list, and a long one. " * 50)
    with pytest.raises(StoreError, match="no SQLite database"):
        await Database.open(f"sqlite:///{tmp_path}/text.db")
    all_ended(before)


def all_ended(before: set[threading.Thread]) -> None:
    """A thread answers that it closes before it has quite ended: give it the time to."""
    for thread in set(threading.enumerate()) - before:
        thread.join(10)
        assert not thread.is_alive()


async def test_trouble_with_the_file_ends_the_unit_in_words(pairs: Database) -> None:
    """A full disk, played by a limit on the number of pages."""

    async def fill(tx: Writer) -> None:
        (pages,) = await tx.fetch_one("PRAGMA page_count") or (0,)
        await tx.execute(f"PRAGMA max_page_count={pages}")
        with pytest.raises(StoreError, match="is full") as caught:
            await tx.executemany("INSERT INTO one VALUES (?1)", ((n,) for n in range(100_000)))
        assert "Make room" in caught.value.remedy
        with pytest.raises(RuntimeError, match="is over"):
            await tx.execute("DELETE FROM one")

    with pytest.raises(StoreError, match="not saved"):
        await pairs.write(fill)
    assert await numbers(pairs, "one") == []
    await pairs.write(lambda tx: tx.execute("PRAGMA max_page_count=1000000"))
    await write_pair(pairs, 1)
