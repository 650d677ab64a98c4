"""What servers choose is kept, seen by other processes, and outlives Sitrep's leaving."""

import asyncio
from collections.abc import AsyncIterator

import msgspec
import pytest

from bot.store.database import Database, Writer
from bot.store.errors import StoreError
from bot.store.keeping.servers import NOTHING_CHOSEN, Repeat, Servers, ServerSettings, Told, ensure
from bot.store.migrate import migrate
from tests.store.by_hand import FACT, ONE, correct
from tests.store.small_world import NOW, bring, figure, world

HERE, THERE = "410987654321098765", "420987654321098765"
EVERYTHING = ServerSettings(
    language="de",
    corrections_role="510987654321098765",
    log_channel="610987654321098765",
    time_zone="Asia/Damascus",
    repeat=Repeat.REPEAT,
    decisions=Told.PROPOSER,
)


def choosing(**chosen: object) -> object:
    return lambda settings: msgspec.structs.replace(settings, **chosen)


@pytest.fixture
async def db(db: Database) -> Database:
    await migrate(db, now=NOW)
    return db


@pytest.fixture
def servers(db: Database) -> Servers:
    return Servers(db)


@pytest.fixture
async def other(db: Database) -> AsyncIterator[Servers]:
    """As another process sees them: through connections of its own."""
    async with await Database.open(f"sqlite:///{db.path}") as database:
        yield Servers(database)


async def test_a_server_that_chose_nothing_has_the_defaults_and_no_row(db: Database, servers: Servers) -> None:
    assert await servers.read(HERE) == servers.known(HERE) == servers.known(None) == NOTHING_CHOSEN
    assert await db.fetch_all("SELECT * FROM server") == []


async def test_a_choice_is_kept_beside_the_others(servers: Servers, other: Servers) -> None:
    before, after = await servers.change(HERE, lambda _: EVERYTHING)
    assert (before, after) == (NOTHING_CHOSEN, EVERYTHING)
    before, after = await servers.change(HERE, choosing(time_zone="UTC"))
    assert before == EVERYTHING
    assert after == msgspec.structs.replace(EVERYTHING, time_zone="UTC")
    assert await other.read(HERE) == servers.known(HERE) == after
    assert await other.read(THERE) == NOTHING_CHOSEN


async def test_two_who_choose_at_once_lose_nothing(servers: Servers, other: Servers) -> None:
    await asyncio.gather(
        servers.change(HERE, choosing(time_zone="Europe/Berlin")), other.change(HERE, choosing(log_channel="61"))
    )
    assert await servers.read(HERE) == ServerSettings(time_zone="Europe/Berlin", log_channel="61")


async def test_what_another_process_changes_is_seen_at_the_next_look(servers: Servers, other: Servers) -> None:
    assert not await other.renew(), "nothing has changed"
    await servers.change(HERE, choosing(language="de"))
    assert other.known(HERE) == NOTHING_CHOSEN
    assert await other.renew()
    assert other.known(HERE).language == "de"
    assert not await other.renew()
    await servers.change(HERE, lambda settings: settings)
    assert not await other.renew(), "a choice that changes nothing is no change"


async def test_a_default_is_not_written_down_so_that_a_new_one_reaches_everybody(
    db: Database, servers: Servers
) -> None:
    await servers.change(HERE, choosing(language="de"))
    await servers.change(HERE, choosing(language="en"))
    assert await db.fetch_all("SELECT id, settings FROM server") == [(HERE, "{}")]


async def test_a_row_of_a_later_version_can_be_read(db: Database, servers: Servers) -> None:
    await _put(db, '{"time_zone":"Asia/Beirut","something_new":3}')
    assert await servers.read(HERE) == ServerSettings(time_zone="Asia/Beirut")


@pytest.mark.parametrize("text", ['{"repeat":"perhaps"}', "[]", "{", '{"time_zone":4}'])
async def test_a_damaged_row_is_named_and_left_as_it_is(db: Database, servers: Servers, text: str) -> None:
    await _put(db, text)
    with pytest.raises(StoreError, match=HERE):
        await servers.read(HERE)
    with pytest.raises(StoreError, match=HERE):
        await servers.change(HERE, choosing(language="de"))
    assert await db.fetch_all("SELECT settings FROM server") == [(text,)]


# Leaving


async def test_leaving_deletes_nothing_and_coming_back_clears_the_mark(db: Database, servers: Servers) -> None:
    await servers.change(HERE, lambda _: EVERYTHING)
    await servers.left(HERE, NOW)
    await servers.left(HERE, NOW + 50)
    assert await servers.left_before(NOW, limit=9) == []
    assert await servers.left_before(NOW + 1, limit=9) == [HERE], "the first time counts"
    assert await servers.read(HERE) == EVERYTHING
    await servers.joined(HERE)
    assert await servers.left_before(NOW + 100, limit=9) == []
    assert await servers.read(HERE) == EVERYTHING


async def test_leaving_a_server_of_which_nothing_is_kept_leaves_no_trace(db: Database, servers: Servers) -> None:
    await servers.left(HERE, NOW)
    await servers.joined(HERE)
    await servers.present([HERE], NOW)
    assert await db.fetch_all("SELECT * FROM server") == []


async def test_what_happened_while_it_was_away(servers: Servers) -> None:
    for server in (HERE, THERE):
        await servers.change(server, choosing(language="de"))
    await servers.left(HERE, NOW)
    await servers.present([HERE], NOW + 10)
    assert await servers.left_before(NOW + 99, limit=9) == [THERE]
    await servers.present([HERE, THERE], NOW + 20)
    assert await servers.left_before(NOW + 99, limit=9) == []
    await servers.present([], NOW + 30)
    assert await servers.left_before(NOW + 99, limit=9) == [HERE, THERE]
    assert await servers.left_before(NOW + 99, limit=1) == [HERE]


@pytest.mark.parametrize("leaving", ["told", "found out"])
async def test_a_server_that_only_corrected_is_marked_too(db: Database, servers: Servers, leaving: str) -> None:
    await bring(db, world(figure(FACT)))
    await correct(db, "12")
    await (servers.left(ONE, NOW) if leaving == "told" else servers.present([], NOW))
    assert await servers.left_before(NOW + 1, limit=9) == [ONE]


async def test_a_row_is_made_once_for_whatever_refers_to_it(db: Database, servers: Servers) -> None:
    async def work(tx: Writer) -> None:
        await ensure(tx, HERE)
        await ensure(tx, HERE)

    await db.write(work)
    assert await db.fetch_all("SELECT id, settings, left_at FROM server") == [(HERE, "{}", None)]
    await servers.change(HERE, lambda _: EVERYTHING)
    await db.write(work)
    assert await servers.read(HERE) == EVERYTHING


async def _put(db: Database, text: str) -> None:
    async def work(tx: Writer) -> None:
        await tx.execute("INSERT INTO server (id, settings) VALUES (?1, ?2)", (HERE, text))

    await db.write(work)
