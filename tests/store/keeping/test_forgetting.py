"""A person's id goes; what they made stays."""

import pytest

from bot.facts.revision import EVERYONE
from bot.store.correcting.drafts import keep
from bot.store.correcting.proposals import get
from bot.store.database import Database, Writer
from bot.store.digests.subscriptions import Subscriptions
from bot.store.keeping.forgetting import Forgotten, forget
from bot.store.migrate import migrate
from tests.store.by_hand import FACT, ONE, OTHER, correct, propose, publish, seen
from tests.store.ledgers import digest
from tests.store.small_world import NOW, bring, figure, world

PERSON, ANOTHER = "210987654321098765", "310987654321098765"


@pytest.fixture
async def db(db: Database) -> Database:
    await migrate(db, now=NOW)
    await bring(db, world(figure(FACT), figure("r1/2.1", "at least 7", place="mill")))
    return db


async def everything(db: Database) -> str:
    """All that the database holds, as text."""
    tables = await db.fetch_all("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
    return str([await db.fetch_all(f'SELECT * FROM "{name}"') for (name,) in tables])


async def test_the_id_is_nowhere_any_more_and_every_figure_as_it_was(db: Database) -> None:
    made = await correct(db, "12", author=PERSON)
    await correct(db, "13", OTHER, author=ANOTHER)
    await correct(db, "14", EVERYONE, author=PERSON)
    proposal = await propose(db, made, by=PERSON)
    await publish(db, proposal, editor=PERSON)

    async def begin(tx: Writer) -> None:
        await keep(tx, author=PERSON, server=ONE, fact=FACT, typed={"value": "15"}, seen=(1, 1, 0), now=NOW)

    await db.write(begin)
    await Subscriptions(db).add(digest(), by=int(PERSON), now=NOW)
    views = [await seen(db, scope) for scope in (EVERYONE, ONE, OTHER)]

    assert PERSON in await everything(db)
    found = await db.write(lambda tx: forget(tx, PERSON))
    assert found.proposals == 2
    assert found.digests == found.drafts == 1
    left = await everything(db)
    assert PERSON not in left
    assert ANOTHER in left
    assert [await seen(db, scope) for scope in (EVERYONE, ONE, OTHER)] == views
    assert (await get(db, proposal.id)).decided_by == "editor"
    assert await db.write(lambda tx: forget(tx, PERSON)) == Forgotten(0, 0, 0, 0)


async def test_answers_that_named_the_person_are_out_of_date(db: Database) -> None:
    await correct(db, "12", author=PERSON)
    before = await versions(db)
    await db.write(lambda tx: forget(tx, ANOTHER))
    assert await versions(db) == before
    await db.write(lambda tx: forget(tx, PERSON))
    assert {key for key, value in (await versions(db)).items() if before[key] != value} == {f"data_version:{ONE}"}


async def versions(db: Database) -> dict[str, str]:
    return dict(await db.fetch_all("SELECT key, value FROM meta WHERE key LIKE 'data_version%'"))
