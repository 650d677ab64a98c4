"""From empty and from every earlier version to the newest; never half-way, never into a database that is not ours."""

import asyncio
import shutil
import sqlite3
from pathlib import Path

import pytest

from bot.errors import SitrepError
from bot.store.database import Database
from bot.store.errors import ConstraintError, StoreError
from bot.store.migrate import migrate, pending
from bot.store.migration_files import FOLDER, read_migrations

NOW = 1_480_723_200

FIRST = """-- revises: nothing
-- reason: a place to keep things; with a semicolon in the comment

CREATE TABLE box (id INTEGER PRIMARY KEY, label TEXT NOT NULL DEFAULT 'a;b'); CREATE TABLE item (
    id INTEGER PRIMARY KEY,
    box INTEGER NOT NULL REFERENCES box (id)
);
/* a comment; of another
   kind; */
CREATE TRIGGER note AFTER INSERT ON box BEGIN
    UPDATE box SET label = label || '!' WHERE id = new.id;
    UPDATE box SET label = label || '?' WHERE id = new.id;
END;
INSERT INTO box (id) VALUES (1);
INSERT INTO item VALUES (1, 1);
-- the end
"""

# SQLite cannot change a column: the table is rebuilt under those who refer to it.
SECOND = """-- revises: 0001
-- reason: labels may be missing
CREATE TABLE new_box (id INTEGER PRIMARY KEY, label TEXT);
INSERT INTO new_box SELECT id, label FROM box;
DROP TABLE box;
ALTER TABLE new_box RENAME TO box;
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "migrations"
    made.mkdir()
    (made / "0001_boxes.sql").write_text(FIRST)
    (made / "0002_labels.sql").write_text(SECOND)
    return made


async def schema(db: Database) -> list[tuple[object, ...]]:
    return await db.fetch_all("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name")


async def versions(db: Database) -> list[tuple[object, ...]]:
    return await db.fetch_all("SELECT version, name, applied_at FROM schema_migration ORDER BY version")


async def test_from_empty_to_the_newest(db: Database, folder: Path) -> None:
    assert [m.file for m in await pending(db, folder)] == ["0001_boxes.sql", "0002_labels.sql"]
    applied = await migrate(db, folder, now=NOW)
    assert [(m.version, m.reason) for m in applied] == [
        (1, "a place to keep things; with a semicolon in the comment"),
        (2, "labels may be missing"),
    ]
    assert await versions(db) == [(1, "boxes", NOW), (2, "labels", NOW)]
    assert await db.fetch_all("SELECT * FROM box") == [(1, "a;b!?")]
    assert await migrate(db, folder, now=NOW + 1) == ()
    assert await pending(db, folder) == ()
    assert (await versions(db))[0] == (1, "boxes", NOW)


async def test_rebuilding_a_table_keeps_the_references_to_it(db: Database, folder: Path) -> None:
    await migrate(db, folder, now=NOW)
    with pytest.raises(ConstraintError):
        await db.write(lambda tx: tx.execute("INSERT INTO item VALUES (2, 77)"))
    await db.write(lambda tx: tx.execute("INSERT INTO item VALUES (2, 1)"))


async def test_a_migration_that_breaks_a_reference_is_undone(db: Database, folder: Path) -> None:
    (folder / "0003_bad.sql").write_text("-- revises: 0002\n-- reason: none good\nDELETE FROM box;\n")
    with pytest.raises(ConstraintError, match="item refers to a missing row of box"):
        await migrate(db, folder, now=NOW)
    assert [row[0] for row in await versions(db)] == [1, 2]
    assert await db.fetch_all("SELECT id FROM box") == [(1,)]


async def test_a_migration_that_fails_leaves_the_version_before(db: Database, folder: Path) -> None:
    (folder / "0003_bad.sql").write_text(
        "-- revises: 0002\n-- reason: a slip\nCREATE TABLE lid (n);\nINSERT INTO box SELECT * FROM nowhere;\n"
    )
    with pytest.raises(StoreError, match=r"0003_bad.sql failed: no such table: nowhere") as caught:
        await migrate(db, folder, now=NOW)
    assert "stays at version 2" in caught.value.remedy
    assert [row[0] for row in await versions(db)] == [1, 2]
    assert "lid" not in {row[1] for row in await schema(db)}


async def test_many_at_once_apply_each_migration_once(db: Database, folder: Path) -> None:
    others = [await Database.open(f"sqlite:///{db.path}") for _ in range(3)]
    applied = await asyncio.gather(*(migrate(other, folder, now=NOW) for other in others))
    assert sorted(m.version for some in applied for m in some) == [1, 2]
    for other in others:
        await other.close()


async def test_a_newer_database_is_refused(db: Database, folder: Path) -> None:
    await migrate(db, folder, now=NOW)
    (folder / "0002_labels.sql").unlink()
    before = await schema(db)
    for action in (migrate(db, folder, now=NOW), pending(db, folder)):
        with pytest.raises(StoreError, match="is at version 2; this program knows versions up to 1") as caught:
            await action
        assert "newer program" in caught.value.remedy
    assert await schema(db) == before


async def test_a_changed_file_is_refused_but_not_for_its_newlines(db: Database, folder: Path) -> None:
    await migrate(db, folder, now=NOW)
    first = folder / "0001_boxes.sql"
    first.write_bytes(FIRST.replace("\n", "\r\n").encode())
    assert await migrate(db, folder, now=NOW) == ()
    first.write_text(FIRST.replace("DEFAULT 'a;b'", "DEFAULT 'b;a'"))
    with pytest.raises(StoreError, match=r"0001_boxes\.sql is not the file that brought"):
        await migrate(db, folder, now=NOW)


async def test_a_database_of_another_program_is_left_alone(db: Database, folder: Path) -> None:
    await db.write(lambda tx: tx.execute("CREATE TABLE recipes (id INTEGER)"))
    with pytest.raises(StoreError, match="belongs to another program"):
        await migrate(db, folder, now=NOW)
    assert [row[1] for row in await schema(db)] == ["recipes"]


async def test_a_record_with_a_hole_is_refused(db: Database, folder: Path) -> None:
    await migrate(db, folder, now=NOW)
    await db.write(lambda tx: tx.execute("DELETE FROM schema_migration WHERE version = 1"))
    with pytest.raises(StoreError, match="records version 2 but not version 1"):
        await migrate(db, folder, now=NOW)


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("0004_gap.sql", "-- revises: 0003\n-- reason: x\nSELECT 1;", "next file has to be number 0003"),
        ("0002_twice.sql", "-- revises: 0001\n-- reason: x\nSELECT 1;", "next file has to be number 0003"),
        ("3_short.sql", "-- revises: 0002\n-- reason: x\nSELECT 1;", "not named like a migration"),
        ("0003_loose.sql", "-- reason: x\nSELECT 1;", "Write the line: -- revises: 0002"),
        ("0003_wrong.sql", "-- revises: 0001\n-- reason: x\nSELECT 1;", "Write the line: -- revises: 0002"),
        ("0003_why.sql", "-- revises: 0002\n-- reason:\nSELECT 1;", "gives no reason"),
        ("0003_open.sql", "-- revises: 0002\n-- reason: x\nSELECT 1", "middle of a statement"),
        ("0003_quote.sql", "-- revises: 0002\n-- reason: x\nSELECT ';", "middle of a statement"),
        ("0003_commit.sql", "-- revises: 0002\n-- reason: x\nSELECT 1; -- so\n Commit;", "statement COMMIT"),
    ],
)
async def test_files_out_of_order_are_refused(db: Database, folder: Path, name: str, text: str, says: str) -> None:
    (folder / name).write_text(text)
    with pytest.raises(SitrepError, match=says):
        await migrate(db, folder, now=NOW)
    assert await schema(db) == []


async def test_no_files_at_all(db: Database, tmp_path: Path) -> None:
    with pytest.raises(SitrepError, match="no migrations"):
        await migrate(db, tmp_path, now=NOW)


async def test_the_real_migrations_lead_to_one_schema_from_every_version(tmp_path: Path) -> None:
    real = read_migrations()
    async with await Database.open(f"sqlite:///{tmp_path}/whole.db") as db:
        assert await migrate(db, now=NOW) == real
        whole = await schema(db)
        assert await db.fetch_all("PRAGMA foreign_key_check") == []
    for version in range(1, len(real)):
        earlier = tmp_path / f"until{version}"
        earlier.mkdir()
        for migration in real[:version]:
            shutil.copy(FOLDER / migration.file, earlier)
        async with await Database.open(f"sqlite:///{tmp_path}/from{version}.db") as db:
            assert await migrate(db, earlier, now=NOW) == real[:version]
            assert await migrate(db, now=NOW) == real[version:]
            assert await schema(db) == whole


def test_sqlite_is_young_enough() -> None:
    """RETURNING (3.35) and the error codes that the store puts into words."""
    assert sqlite3.sqlite_version_info >= (3, 35)
