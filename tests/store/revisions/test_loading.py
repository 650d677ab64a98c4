"""Seeds come in whole or not at all; the same ones change nothing, a change is a revision, and people's work stays."""

import asyncio
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from bot.errors import SitrepError
from bot.facts.fact import Report
from bot.facts.grammar import parse_quantity
from bot.facts.topics import Topic
from bot.facts.vocabulary import CorrectionKind
from bot.places.gazetteer import Gazetteer
from bot.seeds.reports import Corrected
from bot.store.bodies import encode
from bot.store.counters import next_sequences
from bot.store.database import Database, Writer
from bot.store.lists.list_query import Selection
from bot.store.lists.listing import refresh
from bot.store.migrate import migrate
from bot.store.reading.facts import Facts
from bot.store.reading.reference import data_version, read_reference
from bot.store.revisions.loading import load
from tests.store.small_world import NOW, PLACES, REPORTS, SOURCES, bring, figure, place, world

ROOT = Path(__file__).parents[3]
TEN, TWELVE = figure("r1/1.1", "about 10"), figure("r1/1.1", "about 12")


@pytest.fixture
async def db(db: Database) -> Database:
    await migrate(db, now=NOW)
    return db


async def dump(db: Database) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table that loading writes."""
    tables = ("meta", "conflict", "actor", "source", "place", "report", "fact", "revision", "fact_value", "relation")
    return {table: sorted(await db.fetch_all(f"SELECT * FROM {table}"), key=repr) for table in (*tables, "listing")}


async def listed(db: Database, topic: Topic = Topic.CASUALTIES, area: str = "land") -> list[str]:
    return [row.fact.id for row in await Facts(db).select(Selection(topic, area), limit=100)]


async def history(db: Database, fact: str = "r1/1.1") -> list[tuple[int, CorrectionKind, str]]:
    revisions = await Facts(db).history(fact)
    return [(revision.number, revision.kind, revision.author) for revision in reversed(revisions)]


# The same, and a change


async def test_the_same_seeds_twice_change_nothing(db: Database) -> None:
    seeds = world(TEN, figure("r1/1.2", population="children", part_of="r1/1.1"))
    first = await bring(db, seeds)
    assert (first.added, first.reports, first.changed) == (2, 3, True)
    before = await dump(db)
    second = await bring(db, seeds, NOW + 60)
    assert (second.unchanged, second.changed) == (2, False)
    assert await dump(db) == before
    assert await data_version(db) == 1


async def test_a_changed_fact_is_its_next_revision(db: Database) -> None:
    await bring(db, world(TEN))
    result = await bring(db, world(TWELVE), NOW + 60)
    assert (result.revised, result.added, result.withdrawn) == (1, 0, 0)
    shown = await Facts(db).get("r1/1.1")
    assert shown is not None
    assert (shown.number, shown.fact.quantity) == (2, parse_quantity("about 12"))
    old, new = reversed(await Facts(db).history("r1/1.1"))
    assert (old.number, old.kind, old.fact, old.recorded_at) == (1, CorrectionKind.INITIAL, TEN, NOW)
    assert (new.number, new.kind, new.fact, new.recorded_at) == (2, CorrectionKind.READING, TWELVE, NOW + 60)
    assert await data_version(db) == 2


async def test_a_fact_taken_out_of_its_file_is_retracted_and_comes_back(db: Database) -> None:
    await bring(db, world(TEN))
    assert (await bring(db, world())).withdrawn == 1
    assert await Facts(db).get("r1/1.1") is None
    assert await listed(db) == []
    assert (await read_reference(db, "small")).facts == 0
    assert (await bring(db, world())).changed is False, "it is withdrawn once"
    assert (await bring(db, world(TEN))).revised == 1
    assert await listed(db) == ["r1/1.1"]
    kinds = [kind for _, kind, _ in await history(db)]
    assert kinds == [CorrectionKind.INITIAL, CorrectionKind.RETRACTION, CorrectionKind.UNDO]


async def test_a_fact_that_comes_back_different_was_read_anew(db: Database) -> None:
    for seeds in (world(TEN), world(), world(TWELVE)):
        await bring(db, seeds)
    assert [kind for _, kind, _ in await history(db)][-1] is CorrectionKind.READING
    assert await listed(db) == ["r1/1.1"]


async def test_a_file_may_say_why_it_differs(db: Database) -> None:
    await bring(db, world(TEN, figure("r1/2.1")))
    given = world(TWELVE, figure("r1/2.1"), figure("r1/3.1"))
    why = Corrected(CorrectionKind.SOURCE, "The Watch counted anew")
    reports = tuple(loaded._replace(corrected=why) for loaded in given.reports)
    assert (await bring(db, replace(given, reports=reports))).revised == 1
    said = {fact: (await Facts(db).history(fact))[0] for fact in ("r1/1.1", "r1/2.1", "r1/3.1")}
    assert (said["r1/1.1"].kind, said["r1/1.1"].reason) == why
    # Of what is as it was, or new, there is nothing to say.
    for fact in ("r1/2.1", "r1/3.1"):
        assert (said[fact].kind, said[fact].reason, said[fact].number) == (CorrectionKind.INITIAL, None, 1)


async def test_a_report_with_another_date_moves_what_it_printed(db: Database) -> None:
    undated = figure("r1/1.1", window="unknown", cumulative=False)
    await bring(db, world(undated))
    moved: dict[str, Report] = {"r1": replace(REPORTS["r1"], published=date(2016, 12, 5), publisher="daily")}
    assert (await bring(db, world(undated, reports=moved))).reports == 1
    shown = await Facts(db).get("r1/1.1")
    assert shown is not None
    assert (shown.published, shown.publisher) == (date(2016, 12, 5), "daily")
    until = Selection(Topic.CASUALTIES, "land", until=date(2016, 12, 4).toordinal())
    assert await Facts(db).select(until, limit=9) == []


async def test_a_place_that_moves_takes_its_facts_along(db: Database) -> None:
    fact = figure("r1/1.1", place="hill")
    await bring(db, world(fact))
    assert await listed(db, area="east") == ["r1/1.1"]
    moved = tuple(place("hill", "neighbourhood", "west") if other.id == "hill" else other for other in PLACES)
    await bring(db, world(fact, places=moved))
    assert (await listed(db, area="east"), await listed(db, area="west")) == ([], ["r1/1.1"])


async def test_names_and_places_no_longer_in_the_files_are_gone(db: Database) -> None:
    await bring(db, world(figure("r1/1.1", place="hill")))
    fewer = tuple(other for other in PLACES if other.id != "hill")
    # The report comes from elsewhere and is not read again: its place is a bare id from now on.
    assert (await bring(db, world(places=fewer, sources=SOURCES[:3], reports={}))).reference == 2
    known = await read_reference(db, "small")
    assert set(known.sources) == {"watch", "state", "wire"}
    assert "hill" not in known.places
    assert await listed(db, area="hill") == ["r1/1.1"]
    assert await listed(db, area="east") == []


async def test_two_conflicts_cannot_have_a_report_of_the_same_name(db: Database) -> None:
    await bring(db, world(TEN))
    before = await dump(db)
    with pytest.raises(SitrepError, match=r"The conflict 'small' has a report 'r1' already\. Give the new one an id"):
        await bring(db, world(TWELVE, conflict="other"))
    assert await dump(db) == before


# What people did


async def by_hand(db: Database, body: str, kind: CorrectionKind) -> None:
    """A person's revision of r1/1.1, as a correction in chat will write it."""

    async def work(tx: Writer) -> None:
        await tx.execute(
            "INSERT INTO revision (fact, scope, number, sequence, kind, author, reason, evidence, recorded_at, body) "
            "VALUES ('r1/1.1', '', 2, ?4, ?1, '4711', 'misprint', NULL, ?2, ?3)",
            (kind.value, NOW, body, await next_sequences(tx, 1)),
        )
        await refresh(tx, ["r1/1.1"], Gazetteer(PLACES))

    await db.write(work)


async def test_a_persons_correction_stands_when_unchanged_seeds_are_loaded_again(db: Database) -> None:
    await bring(db, world(TEN))
    await by_hand(db, encode(TWELVE), CorrectionKind.SOURCE)
    assert (await bring(db, world(TEN), NOW + 60)).changed is False
    shown = await Facts(db).get("r1/1.1")
    assert shown is not None
    assert (shown.number, shown.fact.quantity) == (2, parse_quantity("about 12"))
    # The files have the last word only when they say something new.
    assert (await bring(db, world(figure("r1/1.1", "13")))).revised == 1
    assert await history(db) == [
        (1, CorrectionKind.INITIAL, "seeds"),
        (2, CorrectionKind.SOURCE, "4711"),
        (3, CorrectionKind.READING, "seeds"),
    ]


async def test_what_a_person_retracted_stays_retracted(db: Database) -> None:
    await bring(db, world(TEN))
    await by_hand(db, encode(TEN), CorrectionKind.RETRACTION)
    await bring(db, world(TEN))
    await bring(db, world(TEN, figure("r1/2.1", place="west")))
    assert await listed(db) == ["r1/2.1"]


# All or nothing


async def test_a_load_that_fails_half_way_leaves_nothing_behind(db: Database) -> None:
    await bring(db, world(TEN))
    before = await dump(db)

    async def work(tx: Writer) -> None:
        await load(tx, world(TWELVE, figure("r2/1.1", "20", "2016-11-15/2016-12-07")), NOW)
        raise RuntimeError("the power went")

    with pytest.raises(RuntimeError, match="the power went"):
        await db.write(work)
    assert await dump(db) == before


@pytest.mark.parametrize("steps", range(0, 60, 6))
async def test_cancelled_in_the_middle_it_is_all_or_nothing(db: Database, steps: int) -> None:
    await bring(db, world(TEN))
    before = await dump(db)
    task = asyncio.create_task(bring(db, world(TWELVE, *(figure(f"r2/{n}.1", place="hill") for n in range(1, 20)))))
    for _ in range(steps):
        await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    after = await dump(db)
    assert after == before or (await data_version(db), len(after["fact"])) == (2, 20)
    # The connection is as good as new.
    assert (await bring(db, world(figure("r1/1.1", "13")))).changed


KILLED = """
import asyncio, sys
from tests.store.small_world import NOW, figure, world
from bot.store.database import Database
from bot.store.revisions.loading import load

async def main():
    db = await Database.open("sqlite:///" + sys.argv[1])
    async def work(tx):
        await load(tx, world(*(figure(f"r1/{n}.1", "12", place="hill") for n in range(1, 200))), NOW)
        print(await tx.fetch_one("SELECT COUNT(*) FROM fact"), flush=True)
        sys.stdin.read()  # killed here, before the commit
    await db.write(work)
asyncio.run(main())
"""


def kill_before_the_commit(path: Path) -> None:
    command = [sys.executable, "-c", KILLED, str(path)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "(199,)\n", "everything was written but for the commit"
        process.kill()
        assert process.wait() == -signal.SIGKILL


async def test_killed_in_the_middle_the_old_state_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "sitrep.db"
    async with await Database.open(f"sqlite:///{path}") as db:
        await migrate(db, now=NOW)
        await bring(db, world(TEN))
        before = await dump(db)
    kill_before_the_commit(path)
    with closing(sqlite3.connect(path)) as raw:
        assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    async with await Database.open(f"sqlite:///{path}") as db:
        assert await dump(db) == before
        assert (await bring(db, world(TWELVE))).revised == 1
