"""What is exported and imported gives the same answers, in every scope that the export holds; a whole database is the
same, row by row. Checked with random facts, reloads, corrections, undos, publications and wipes over two servers."""

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.answers.page import Page
from bot.answers.question import Ask, Question
from bot.answers.service import answer
from bot.chat.library import Library
from bot.facts.fact import Fact
from bot.facts.revision import EVERYONE, Revision
from bot.facts.vocabulary import Population
from bot.store.correcting import corrections
from bot.store.correcting.correction_log import listing
from bot.store.correcting.proposals import queue
from bot.store.counters import latest_sequence
from bot.store.database import Database
from bot.store.exchange.exporting import Extent, records
from bot.store.revisions.changes import read_changes
from bot.store.snapshot import snapshot
from tests.exchange.moving import EVERYTHING, exported, holds, imported
from tests.store.by_hand import ONE, OTHER, correct, decline, later, propose, publish
from tests.store.lists.test_listing import IDS, State, edited, states, whole
from tests.store.lists.test_server_lists import Step, do, steps
from tests.store.small_world import PLACES, bring, figure, opened, world

PLACE_IDS = ("land", "town", "east", "mill")
LISTS = (Ask.CASUALTIES, Ask.DISPLACED, Ask.CONTROL, Ask.TIMELINE, Ask.STATEMENTS)
QUESTIONS = (
    *(Question(ask, place=place) for ask in LISTS for place in PLACE_IDS),
    *(Question(ask, source="watch") for ask in LISTS),
    Question(Ask.CASUALTIES, population=Population.CHILDREN),
    *(Question(Ask.DISTRICT, place=place.id) for place in PLACES),
    *(Question(Ask.PROVENANCE, of=ask) for ask in LISTS),
    Question(Ask.COMPARE),
    Question(Ask.SOURCES),
)
proposals = st.lists(st.tuples(st.sampled_from(IDS), st.sampled_from(["publish", "decline", "wait"])), max_size=3)
SLOW = settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


async def live(db: Database, state: State, done: list[Step | Fact | str], proposed: list[tuple[str, str]]) -> None:
    """What a database goes through."""
    await bring(db, world(*whole(state)))
    for step in done:
        if isinstance(step, tuple):
            await do(db, *step)
        else:
            state = edited(state, step)
            await bring(db, world(*whole(state)), later())
    for fact, fate in proposed:
        if fact not in state or state[fact].quantity is None:
            continue
        proposal = await propose(db, await correct(db, "44", ONE, fact))
        if fate == "publish":
            await publish(db, proposal)
        elif fate == "decline":
            await decline(db, proposal)


async def pages(db: Database, scope: str) -> Mapping[Question, Page]:
    """The answer to every question, as `scope` sees it."""
    library = Library(db, "small")
    await library.renew()
    known = await library.known_in(scope)
    asked = (*QUESTIONS, *(Question(Ask.SOURCE, fact=fact) for (fact,) in await db.fetch_all("SELECT id FROM fact")))
    return {question: await answer(question, known) for question in asked}


async def log(db: Database, scope: str) -> list[tuple[Any, ...]]:
    """The log of corrections, without who made them."""

    def told(revision: Revision) -> tuple[Any, ...]:
        return (revision.fact, revision.scope, revision.number, revision.kind, revision.reason, revision.evidence,
                revision.recorded_at, revision.restores)  # fmt: skip

    return [(told(entry.revision), entry.cursor) for entry in await listing(db, scope, limit=500)]


@SLOW
@given(states, steps, proposals)
async def test_a_whole_database_moves_row_by_row(
    state: State, done: list[Step | Fact | str], proposed: list[tuple[str, str]]
) -> None:
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
        async with opened(one) as db, opened(two) as other:
            await live(db, state, done, proposed)
            text = exported(db.path)
            found = imported(other.path, text)
            assert await holds(other) == await holds(db)
            assert exported(other.path) == text
            assert found.facts == len(await db.fetch_all("SELECT id FROM fact"))
            counters = "SELECT key, value FROM meta WHERE key LIKE '%sequence' OR key LIKE 'wipes:%' ORDER BY key"
            kept = dict(await db.fetch_all(counters))
            assert dict(await other.fetch_all(counters)) == kept
            # Life goes on where it stopped.
            assert [waiting.id for waiting in await queue(other, limit=9)] == [
                waiting.id for waiting in await queue(db, limit=9)
            ]
            await bring(other, world(*whole(state)), later())
            for fact in state:
                if state[fact].quantity is not None:
                    await correct(other, "45", OTHER, fact)


@SLOW
@given(states, steps, proposals)
async def test_every_scope_that_is_exported_is_answered_alike(
    state: State, done: list[Step | Fact | str], proposed: list[tuple[str, str]]
) -> None:
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two, tempfile.TemporaryDirectory() as x:
        async with opened(one) as db, opened(two) as for_everyone, opened(x) as with_one:
            await live(db, state, done, proposed)
            imported(for_everyone.path, exported(db.path, Extent()))
            imported(with_one.path, exported(db.path, Extent(server=ONE, authors=True)))
            everyone = await pages(db, EVERYONE)
            assert await pages(for_everyone, EVERYONE) == everyone
            assert await pages(for_everyone, ONE) == everyone
            assert await pages(with_one, EVERYONE) == everyone
            assert await pages(with_one, ONE) == await pages(db, ONE)
            assert await pages(with_one, OTHER) == everyone
            assert await log(with_one, ONE) == await log(db, ONE)
            assert await log(for_everyone, ONE) == await log(db, EVERYONE)
            assert {scope for (scope,) in await for_everyone.fetch_all("SELECT scope FROM revision")} <= {EVERYONE}
            assert {scope for (scope,) in await with_one.fetch_all("SELECT scope FROM revision")} <= {EVERYONE, ONE}


async def test_nobody_is_named_unless_asked_for(tmp_path: Path) -> None:
    async with opened(tmp_path) as db:
        state = world_of_one()
        await live(db, state, [], [("r1/1.1", "publish")])
        for extent in (Extent(), Extent(server=ONE), Extent(everything=True)):
            text = exported(db.path, extent)
            assert b"mona" not in text
            assert b"edda" not in text
            assert b'"author":"editor"' in text
        named = exported(db.path, EVERYTHING)
        assert b'"author":"mona"' in named
        assert b'"author":"edda"' in named
        assert b"request-" not in exported(db.path, Extent(authors=True))


def world_of_one() -> State:
    return {"r1/1.1": figure("r1/1.1", "310")}


async def test_the_export_is_of_one_moment_while_others_write(tmp_path: Path) -> None:
    async with opened(tmp_path) as db:
        await live(db, world_of_one(), [], [])
        with snapshot(db.path) as connection:
            walk = records(connection, EVERYTHING)
            first = next(walk)
            await correct(db, "320", EVERYONE)
            rest = [first, *walk]
        assert [type(record).__name__ for record in rest].count("CorrectionRecord") == 0
        assert exported(db.path).count(b'"@type":"CorrectionComment"') == 1


async def test_the_steps_of_a_series_and_what_an_edition_has_told_move_along(tmp_path: Path) -> None:
    """Neither a series nor a sequence stands in the file under its own name: both are worked out again on the way."""
    folders = [tmp_path / name for name in ("here", "there", "public")]
    for folder in folders:
        folder.mkdir()
    here, there, public = folders
    async with opened(here) as db, opened(there) as moved, opened(public) as of_everyone:
        first = figure("r1/1.1", "310")
        await bring(db, world(first))
        await correct(db, "305", ONE)
        wiped = await correct(db, "306", OTHER)
        assert wiped.revision.number == 1
        await db.write(lambda tx: corrections.wipe(tx, OTHER))
        told = await latest_sequence(db)
        second = figure("r2/1.1", "369", "2016-11-15/2016-12-07")
        await bring(db, world(first, second), later())
        await correct(db, "320", EVERYONE)
        imported(moved.path, exported(db.path))
        imported(of_everyone.path, exported(db.path, Extent(authors=True)))
        for other in (moved, of_everyone):
            rows = await other.fetch_all("SELECT fact, number, sequence, series FROM revision WHERE scope = ''")
            assert rows == await db.fetch_all("SELECT fact, number, sequence, series FROM revision WHERE scope = ''")
            assert None not in {series for *_rest, series in rows}
            for since in (0, told):
                upto = await latest_sequence(other)
                changed = await read_changes(other, "small", scope=EVERYONE, since=since, upto=upto)
                assert changed == await read_changes(db, "small", scope=EVERYONE, since=since, upto=upto)
            # What was told before the move is a step of what comes after it.
            [step] = [change for group in changed.kept.values() for change in group if change.fact.id == "r2/1.1"]
            assert step.replaces is not None
            assert step.replaces.fact.id == "r1/1.1"
            third = figure("r3/1.1", "384", "2016-11-15/2016-12-08")
            upto = await latest_sequence(other)
            await bring(other, world(first, second, third), later())
            after = await read_changes(other, "small", scope=EVERYONE, since=upto, upto=await latest_sequence(other))
            [new] = [change for group in after.kept.values() for change in group]
            assert new.replaces is not None
            assert new.replaces.fact.id == "r2/1.1"
        own = await read_changes(moved, "small", scope=ONE, since=told, upto=await latest_sequence(db))
        assert own == await read_changes(db, "small", scope=ONE, since=told, upto=await latest_sequence(db))
