"""A backup is one moment of the database, whole or absent, and replaces nothing."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.errors import SitrepError
from bot.store.backup import backup
from bot.store.database import Database, Writer
from bot.store.errors import StoreError


async def fill(db: Database) -> None:
    async def work(tx: Writer) -> None:
        await tx.execute("CREATE TABLE account (id INTEGER PRIMARY KEY, amount INTEGER NOT NULL, padding BLOB)")
        await tx.executemany("INSERT INTO account VALUES (?1, 100, zeroblob(2000))", ((n,) for n in range(200)))

    await db.write(work)


def names(folder: Path, pattern: str) -> set[str]:
    return {path.name for path in folder.glob(pattern)}


async def test_copies_taken_while_money_moves_hold_all_of_it(db: Database, tmp_path: Path) -> None:
    await fill(db)
    moves = 0
    stop = asyncio.Event()

    async def move() -> None:
        nonlocal moves
        while not stop.is_set():
            giver, taker = moves % 200, (moves * 7 + 1) % 200

            async def work(tx: Writer, giver: int = giver, taker: int = taker) -> None:
                await tx.execute("UPDATE account SET amount = amount - 1 WHERE id = ?1", (giver,))
                await tx.execute("UPDATE account SET amount = amount + 1 WHERE id = ?1", (taker,))

            await db.write(work)
            moves += 1

    mover = asyncio.create_task(move())
    seen = []
    for n in range(6):
        target = tmp_path / f"copy{n}.db"
        size = await asyncio.to_thread(backup, db.path, target)
        assert size == target.stat().st_size
        seen.append(moves)
        with closing(sqlite3.connect(target)) as copy:
            assert copy.execute("SELECT count(*), sum(amount) FROM account").fetchone() == (200, 20_000)
    stop.set()
    await mover
    assert seen[0] < seen[-1], "the bot went on writing"
    assert names(tmp_path, "*copy*") == {f"copy{n}.db" for n in range(6)}


async def test_a_copy_opens_as_a_database_of_the_bot(db: Database, tmp_path: Path) -> None:
    await fill(db)
    backup(db.path, tmp_path / "copy.db")
    async with await Database.open(f"sqlite:///{tmp_path}/copy.db") as copy:
        assert await copy.fetch_one("SELECT count(*) FROM account") == (200,)


async def test_what_is_still_in_the_log_is_copied(db: Database, tmp_path: Path) -> None:
    """A copy of the file alone would miss it."""
    await fill(db)
    assert names(tmp_path, "*-wal") == {"sitrep.db-wal"}
    backup(db.path, tmp_path / "copy.db")
    with closing(sqlite3.connect(tmp_path / "copy.db")) as copy:
        assert copy.execute("SELECT count(*) FROM account").fetchone() == (200,)


async def test_an_existing_file_is_never_replaced(db: Database, tmp_path: Path) -> None:
    target = tmp_path / "precious.txt"
    target.write_text("do not touch")
    with pytest.raises(SitrepError, match="replaces nothing"):
        backup(db.path, target)
    with pytest.raises(SitrepError, match="replaces nothing"):
        backup(db.path, db.path)
    assert target.read_text() == "do not touch"


async def test_what_a_killed_backup_left_is_cleared(db: Database, tmp_path: Path) -> None:
    await fill(db)
    (tmp_path / ".copy.db.unfinished").write_bytes(b"half a page")
    backup(db.path, tmp_path / "copy.db")
    assert not (tmp_path / ".copy.db.unfinished").exists()


def test_no_database_there(tmp_path: Path) -> None:
    with pytest.raises(SitrepError, match="no database at"):
        backup(tmp_path / "nowhere.db", tmp_path / "copy.db")
    assert list(tmp_path.iterdir()) == []


async def test_no_folder_there(db: Database, tmp_path: Path) -> None:
    with pytest.raises(SitrepError, match=r"folder .*elsewhere does not exist"):
        backup(db.path, tmp_path / "elsewhere" / "copy.db")


async def test_a_target_that_cannot_be_made(db: Database, tmp_path: Path) -> None:
    with pytest.raises(SitrepError, match="cannot be made: "):
        backup(db.path, tmp_path / ("long" * 80 + ".db"))


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear all, this is no database at all. " * 30)
    with pytest.raises(StoreError, match=r"letter\.txt is no SQLite database"):
        backup(tmp_path / "letter.txt", tmp_path / "copy.db")
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


async def test_a_damaged_database_makes_no_backup(tmp_path: Path) -> None:
    path = tmp_path / "sitrep.db"
    async with await Database.open(f"sqlite:///{path}") as db:
        await fill(db)
    damaged = bytearray(path.read_bytes())
    damaged[8192:200_000] = b"\xff" * (200_000 - 8192)
    path.write_bytes(damaged)
    with pytest.raises(StoreError, match="is damaged"):
        backup(path, tmp_path / "copy.db")
    assert not (tmp_path / "copy.db").exists()


async def test_a_copy_with_references_that_lead_nowhere_is_refused(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "sitrep.db")) as db:
        db.executescript("CREATE TABLE a (n PRIMARY KEY); CREATE TABLE b (n REFERENCES a); INSERT INTO b VALUES (1);")
    with pytest.raises(StoreError, match="not sound: references lead nowhere"):
        backup(tmp_path / "sitrep.db", tmp_path / "copy.db")
    assert not (tmp_path / "copy.db").exists()
