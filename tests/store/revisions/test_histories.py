"""One history out of everyone's and a server's, what was seen before each revision, and the log read both ways."""

from itertools import pairwise

import pytest

from bot.facts.revision import EVERYONE, Revision
from bot.store.correcting.correction_log import Cursor, Filter, Size, listing, size
from bot.store.correcting.corrections import wipe
from bot.store.correcting.proposals import State, of, waiting
from bot.store.database import Database
from bot.store.migrate import migrate
from bot.store.revisions.histories import given_back_by, preceding, whole_history
from tests.store.by_hand import FACT, ONE, OTHER, correct, decline, propose, publish, undo, words
from tests.store.small_world import NOW, bring, figure, world


@pytest.fixture
async def db(db: Database) -> Database:
    await migrate(db, now=NOW)
    await bring(db, world(figure(FACT), figure("r1/2.1", "at least 7", place="mill")))
    return db


async def told(db: Database, scope: str, **page: int) -> list[tuple[str | None, str | None]]:
    """(before, after) of each revision of the history, the latest first."""
    found = await whole_history(db, FACT, scope, **{"limit": 99, **page})
    return [(words(await preceding(db, one)), words(one)) for one in found]


async def test_everyones_and_its_own_in_the_order_made(db: Database) -> None:
    await correct(db, "11", EVERYONE)
    await correct(db, "20", ONE)
    await correct(db, "30", OTHER)
    await correct(db, "12", EVERYONE)
    await correct(db, "21", ONE)
    everyone = [("11", "12"), ("10", "11"), (None, "10")]
    assert await told(db, EVERYONE) == everyone
    assert await told(db, ONE) == [("20", "21"), ("11", "12"), ("11", "20"), ("10", "11"), (None, "10")]
    assert await told(db, OTHER) == [("11", "12"), ("11", "30"), ("10", "11"), (None, "10")]
    assert await told(db, ONE, limit=2, offset=2) == [("11", "20"), ("10", "11")]


async def test_after_following_everyone_again_that_is_what_was_seen_before(db: Database) -> None:
    await correct(db, "20", ONE)
    await undo(db, ONE)
    await correct(db, "12", EVERYONE)
    await correct(db, "22", ONE)
    assert await told(db, ONE) == [("12", "22"), ("10", "12"), ("20", "10"), ("10", "20"), (None, "10")]


async def given_back(db: Database, revision: Revision) -> int | None:
    found = await given_back_by(db, revision)
    return found.number if found is not None else None


async def test_what_took_a_revision_back(db: Database) -> None:
    one, two = (await correct(db, "20", ONE)).revision, (await correct(db, "21", ONE)).revision
    assert [await given_back(db, revision) for revision in (one, two)] == [None, None]
    three = (await undo(db, ONE)).revision
    assert [await given_back(db, revision) for revision in (one, two, three)] == [None, 3, None]
    four = (await undo(db, ONE, to=0)).revision
    assert [await given_back(db, revision) for revision in (one, two, three, four)] == [4, 3, 4, None]


async def test_publishing_takes_it_over(db: Database) -> None:
    done = await correct(db, "20", ONE)
    await publish(db, await propose(db, done))
    taken = await given_back_by(db, done.revision)
    assert taken is not None
    assert (taken.number, taken.restores, taken.author) == (2, 0, "edda")


async def test_the_log_is_read_back_as_it_was_read_on(db: Database) -> None:
    for number in range(10):
        # Two in each second: the order among them is that in which they were made.
        await correct(db, str(20 + number), ONE if number % 3 else EVERYONE, now=NOW + 1 + number // 2)
    whole = [logged.cursor for logged in await listing(db, ONE, limit=99)]
    assert len(whole) == 10
    on, cursor = [], None
    while page := await listing(db, ONE, limit=3, after=cursor):
        on.append([logged.cursor for logged in page])
        cursor = page[-1].cursor
    assert [cursor for page in on for cursor in page] == whole
    for before, page in pairwise(on):
        assert [logged.cursor for logged in await listing(db, ONE, limit=3, before=page[0])] == before
    assert await listing(db, ONE, limit=3, before=whole[0]) == []
    assert [logged.cursor for logged in await listing(db, ONE, limit=3, before=Cursor(0, 0))] == whole[-3:]


async def test_only_its_own_where_asked_for(db: Database) -> None:
    await correct(db, "11", EVERYONE)
    await correct(db, "20", ONE)
    await correct(db, "30", OTHER)
    found = await listing(db, ONE, Filter(author="mona", own=True), limit=9)
    assert [words(logged.revision) for logged in found] == ["20"]
    assert len(await listing(db, ONE, Filter(author="mona"), limit=9)) == 2


async def test_how_much_a_wipe_takes(db: Database) -> None:
    assert await size(db, ONE) == Size(0, 0, 0)
    await correct(db, "20", ONE)
    await undo(db, ONE)
    await correct(db, "9", ONE, "r1/2.1")
    await correct(db, "30", OTHER)
    assert await size(db, ONE) == Size(2, 3, 0)
    await db.write(lambda tx: wipe(tx, ONE))
    assert await size(db, ONE) == Size(0, 0, 1)
    assert await size(db, OTHER) == Size(1, 1, 0)


async def test_the_proposal_of_a_correction(db: Database) -> None:
    done, other = await correct(db, "20", ONE), await correct(db, "30", OTHER)
    assert await of(db, done.revision) is None
    assert await waiting(db) == 0
    proposal = await propose(db, done)
    await propose(db, other)
    assert await waiting(db) == 2
    assert await of(db, done.revision) == proposal
    await decline(db, proposal)
    decided = await of(db, done.revision)
    assert decided is not None
    assert decided.state is State.DECLINED
    assert await waiting(db) == 1
