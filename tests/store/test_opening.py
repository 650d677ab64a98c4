"""Opening: wrong addresses, files in the way, and two processes with one file."""

import asyncio
import sqlite3
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest

from bot.errors import SitrepError
from bot.store.database import Database
from bot.store.errors import StoreError


async def test_a_folder_in_place_of_a_file(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be opened"):
        await Database.open(f"sqlite:///{tmp_path}")
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="cannot be made"):
        await Database.open(f"sqlite:///{tmp_path}/file/sitrep.db")


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("postgresql://sitrep:hunter2@host/db", "later version"),
        ("sqlite://data/sitrep.db", "not the URL"),
        ("data/sitrep.db", "not the URL"),
        ("", "not the URL"),
        ("sqlite:///", "names no file"),
        ("sqlite:///data/", "names no file"),
        ("sqlite:///:memory:", "in memory"),
        ("sqlite:///data/sitrep.db?mode=ro", "options"),
    ],
)
async def test_a_wrong_url_says_how_to_write_it(url: str, says: str) -> None:
    with pytest.raises(SitrepError, match=says) as caught:
        await Database.open(url)
    assert "sqlite:///data/sitrep.db" in str(caught.value)
    assert "hunter2" not in str(caught.value)


async def in_two_processes(body: str, url: str) -> None:
    """Run `body`, an `async def main(url)`, in two processes that begin at the same moment, and wait for their end."""
    code = f"import asyncio, sys\nfrom bot.store.database import Database\n{dedent(body)}\n" + dedent("""
        print("ready", flush=True)
        sys.stdin.readline()
        asyncio.run(main(sys.argv[1]))
    """)
    processes = [
        await asyncio.create_subprocess_exec(
            sys.executable, "-c", code, url, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
        )
        for _ in range(2)
    ]
    for process in processes:
        assert process.stdout is not None
        assert await process.stdout.readline() == b"ready\n"
    await asyncio.gather(*(process.communicate(b"go\n") for process in processes))
    assert [process.returncode for process in processes] == [0, 0]


async def test_two_processes_read_and_then_write(db: Database) -> None:
    await db.write(lambda tx: tx.execute("CREATE TABLE counter AS SELECT 0 AS n"))
    body = """
        async def count_on(tx):
            (n,) = await tx.fetch_one("SELECT n FROM counter")
            await tx.execute("UPDATE counter SET n = ?1", (n + 1,))

        async def main(url):
            async with await Database.open(url) as db:
                for _ in range(150):
                    await db.write(count_on)
    """
    await in_two_processes(body, f"sqlite:///{db.path}")
    assert await db.fetch_one("SELECT n FROM counter") == (300,)


async def test_opening_waits_while_another_process_makes_the_same_file(tmp_path: Path) -> None:
    """Turning WAL on does not wait for another's lock by itself."""
    other = sqlite3.connect(tmp_path / "sitrep.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    opening = asyncio.create_task(Database.open(f"sqlite:///{tmp_path}/sitrep.db"))
    await asyncio.wait({opening}, timeout=0.1)
    assert not opening.done()
    other.execute("CREATE TABLE made_by_another (n)")
    other.execute("COMMIT")
    other.close()
    async with await opening as db:
        assert await db.fetch_all("SELECT n FROM made_by_another") == []


async def test_a_process_that_fails_ends(tmp_path: Path) -> None:
    """Its connections are threads, and an open one would keep it alive for good."""
    code = dedent("""
        import asyncio, sys
        from bot.store.database import Database

        async def main():
            async with await Database.open(sys.argv[1]) as db:
                asyncio.create_task(db.fetch_all("SELECT 1"))
                raise LookupError("early end")

        asyncio.run(main())
    """)
    done = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-c", code, f"sqlite:///{tmp_path}/sitrep.db"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.rstrip().endswith("LookupError: early end")
