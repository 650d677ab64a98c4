"""A process killed (SIGKILL) at random in the middle of 200 corrections loses none it acknowledged,
and keeps none by half."""

import asyncio
import random
import sys
from pathlib import Path

from bot.facts.revision import EVERYONE
from bot.facts.vocabulary import CorrectionKind
from bot.store.correcting.correction_log import history, value
from bot.store.database import Database
from bot.store.reading.facts import Facts
from tests.store.correcting_process import FACTS, SCOPES, where
from tests.store.small_world import bring, figure, opened, world

ROOT = Path(__file__).parents[3]
CORRECTIONS = 200


async def run_and_kill(folder: Path, todo: list[int], after: int) -> list[str]:
    """What the process acknowledged; it is killed a moment after `after` lines, somewhere within its next units."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.store.correcting_process", str(folder), *map(str, todo),
        cwd=ROOT, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    lines: list[str] = []
    while line := (await process.stdout.readline()).decode():
        lines.append(line.strip())
        if len(lines) == after:
            await asyncio.sleep(random.Random(after).random() / 100)
            process.kill()
    assert await process.wait() == (0 if lines[-1] == "end" else -9)
    # The last line may have been cut off with the process.
    return [line for line in lines if " " in line or line == "end"]


async def test_no_correction_that_was_answered_is_lost_and_none_is_kept_by_half(tmp_path: Path) -> None:
    async with opened(tmp_path) as db:
        await bring(db, world(*(figure(fact) for fact in FACTS)))
    dice = random.Random(4)
    todo, acknowledged, kills = list(range(CORRECTIONS)), dict[str, int](), 0
    while todo:
        # Those in the making are asked again by the same request, as people do after a crash.
        lines = await run_and_kill(tmp_path, todo, dice.randrange(1, 70) if kills < 8 else 10**6)
        ended = lines and lines[-1] == "end"
        kills += not ended
        for request, _, number in (line.partition(" ") for line in lines if line != "end"):
            assert acknowledged.setdefault(request, int(number)) == int(number), "the same request, the same revision"
        async with opened(tmp_path) as db:
            await whole(db)
            await all_there(db, acknowledged)
        todo = [number for number in todo if str(number) not in acknowledged]
        assert not (ended and todo)
    assert kills >= 3
    assert len([request for request in acknowledged if request.isdigit()]) == CORRECTIONS
    assert any(request.startswith("publish") for request in acknowledged)
    assert any(request.startswith("undo") for request in acknowledged)


async def all_there(db: Database, acknowledged: dict[str, int]) -> None:
    """Every acknowledged request has its one revision, with the value that was asked for."""
    rows = await db.fetch_all("SELECT request, fact, scope, number, kind FROM correction")
    kept: dict[str, list[tuple[str, str, int, str]]] = {}
    for request, *rest in rows:
        kept.setdefault(request, []).append(tuple(rest))
    for request, number in acknowledged.items():
        found = kept[request]
        if request.startswith("publish"):
            # For everyone, and handed over in the server: both or neither.
            assert sorted(scope for _, scope, _, _ in found)[0] == EVERYONE
            assert len(found) == 2
            continue
        [(fact, scope, kept_number, kind)] = found
        assert kept_number == number
        if request.isdigit():
            assert ((fact, scope), kind) == (where(int(request)), CorrectionKind.READING)
            [revision] = [made for made in await history(db, fact, scope) if made.number == number]
            assert revision.fact.quantity is not None
            assert revision.fact.quantity.low == int(request) + 100


async def whole(db: Database) -> None:
    """Nothing in the database is without its other half."""
    assert await db.fetch_all("PRAGMA foreign_key_check") == []
    assert await db.fetch_all("PRAGMA integrity_check") == [("ok",)]
    by_people = await db.fetch_all("SELECT fact, scope, number FROM revision WHERE author <> 'seeds' ORDER BY 1, 2, 3")
    assert by_people == await db.fetch_all("SELECT fact, scope, number FROM correction ORDER BY 1, 2, 3")
    without_area = "SELECT sequence FROM correction WHERE sequence NOT IN (SELECT sequence FROM correction_area)"
    assert await db.fetch_all(without_area) == []
    published = await db.fetch_all("SELECT fact, scope, published, request FROM proposal WHERE state = 'published'")
    for fact, scope, number, request in published:
        rows = await db.fetch_all(
            "SELECT scope, number FROM correction WHERE fact = ?1 AND request = ?2 ORDER BY scope", (fact, request)
        )
        assert (rows[0], rows[1][0], len(rows)) == ((EVERYONE, number), scope, 2)
    assert await db.fetch_one("SELECT COUNT(*) FROM correction WHERE request LIKE 'publish%'") == (2 * len(published),)
    for fact in FACTS:
        for scope in SCOPES:
            numbers = [revision.number for revision in await history(db, fact, scope)]
            assert numbers == list(range(len(numbers), 0, -1))
        shown, latest = await Facts(db).get(fact), await value(db, fact, EVERYONE)
        assert shown is not None
        assert latest is not None
        assert (shown.number, shown.fact) == (latest.number, latest.fact), "what is shown is the latest revision"
