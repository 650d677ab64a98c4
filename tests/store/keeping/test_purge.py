"""A server that Sitrep left is deleted to the last trace, thirty days later and not before; others are not touched."""

import pytest

from bot.store.correcting.drafts import keep
from bot.store.database import Database, Writer
from bot.store.digests.ledger import Ledger
from bot.store.digests.ledger_rows import Confirmed
from bot.store.digests.subscriptions import Subscriptions
from bot.store.keeping.purge import KEPT_FOR, KEPT_SLOTS, purge
from bot.store.keeping.servers import Servers
from bot.store.migrate import migrate
from tests.store.by_hand import FACT, correct, propose, seen
from tests.store.ledgers import DAY, begin, digest, keep_edition
from tests.store.small_world import NOW, bring, figure, world

ONE, OTHER = "710001", "820002"
EIGHT = NOW // DAY * DAY + DAY + 8 * 3600


@pytest.fixture
async def db(db: Database) -> Database:
    await migrate(db, now=NOW)
    await bring(db, world(figure(FACT)))
    return db


async def everything(db: Database) -> str:
    """All that the database holds, as text."""
    tables = await db.fetch_all("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
    return str([await db.fetch_all(f'SELECT * FROM "{name}"') for (name,) in tables])


async def live(db: Database, server: str) -> None:
    """Everything that a server can leave behind."""
    made = await correct(db, "12", server)
    await propose(db, made)
    await Subscriptions(db).add(digest(server=int(server), channel=int(server) + 1), by=9, now=EIGHT - 60)
    ledger = Ledger(db, server, bound=DAY)
    [claim] = (await ledger.claim(EIGHT, 10)).claims
    await begin(ledger, db, claim, EIGHT)
    await ledger.settle([Confirmed(claim, int(server) + 2, await keep_edition(db), 7, publish=False)], EIGHT)

    async def work(tx: Writer) -> None:
        await keep(tx, author="9", server=server, fact=FACT, typed={"value": "15"}, seen=(1, 1, 0), now=NOW)
        for sql in (
            f"INSERT INTO shown_page (key, body) VALUES ('of {server}', '{{}}')",
            "INSERT INTO shown (message, channel, server, scope, language, question, upto, shown_at, page) "
            f"VALUES ('m{server}', '5', '{server}', '{server}', 'en', 'c|', 1, 1, "
            f"(SELECT id FROM shown_page WHERE key = 'of {server}'))",
            f"INSERT INTO shown_fact (message, fact) VALUES ('m{server}', '{FACT}')",
            "INSERT INTO edition (scope, language, upto, key, payload, made_at) "
            f"VALUES ('{server}', 'en', 1, 'view of {server}', '[]', 1)",
            f"INSERT INTO edition_fact SELECT id, '{FACT}' FROM edition WHERE scope = '{server}'",
            f"INSERT INTO mending (message, channel, server, sort, upto, state, at) VALUES ('m{server}', '5', "
            f"'{server}', 'answer', 1, 'pending', 1)",
            "INSERT INTO notice (channel, server, language, fact, since, cause, state, at) "
            f"VALUES ('c{server}', '{server}', 'en', '{FACT}', 1, 2, 'pending', 1)",
        ):
            await tx.execute(sql)

    await db.write(work)


async def test_after_thirty_days_nothing_of_it_is_left(db: Database) -> None:
    await live(db, OTHER)
    others = await seen(db, OTHER)
    before = await everything(db)
    await live(db, ONE)
    await Servers(db).left(ONE, EIGHT)
    assert await purge(db, EIGHT + KEPT_FOR) == []
    assert ONE in await everything(db)
    assert await purge(db, EIGHT + KEPT_FOR + 1) == [ONE]
    left = await everything(db)
    assert ONE not in left
    assert left.count(OTHER) == before.count(OTHER)
    assert await seen(db, OTHER) == others
    assert await db.fetch_all("PRAGMA foreign_key_check") == []


async def test_a_server_that_came_back_is_kept(db: Database) -> None:
    await live(db, ONE)
    servers = Servers(db)
    await servers.left(ONE, EIGHT)
    await servers.joined(ONE)
    assert await purge(db, EIGHT + 99 * KEPT_FOR) == []
    assert ONE in await everything(db)


async def test_slots_of_long_ago_are_forgotten_open_ones_never(db: Database) -> None:
    await live(db, ONE)
    await db.write(
        lambda tx: tx.execute(
            "INSERT INTO delivery SELECT subscription, slot + 1, channel, 'uncertain', nonce, NULL, lease_until, "
            "first_sent_at, attempts, edition, NULL, NULL, NULL, 0, 1, at FROM delivery"
        )
    )
    await purge(db, EIGHT + KEPT_SLOTS)
    assert len(await db.fetch_all("SELECT 1 FROM delivery")) == 2
    await purge(db, EIGHT + KEPT_SLOTS + 1)
    assert await db.fetch_all("SELECT state FROM delivery") == [("uncertain",)]
