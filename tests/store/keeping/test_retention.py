"""What is forgotten when, and what is not. That of servers that Sitrep left is proved in test_purge.py."""

import pytest

from bot.store.database import Database, Writer
from bot.store.digests.ledger import Ledger
from bot.store.digests.ledger_rows import Confirmed
from bot.store.digests.shown import Sighting, record
from bot.store.keeping.purge import KEPT_FOR
from bot.store.keeping.retention import keep_in_bounds
from bot.store.keeping.servers import Servers
from bot.store.migrate import migrate
from tests.store.by_hand import FACT
from tests.store.ledgers import DAY, EIGHT, begin, digest, subscribe
from tests.store.small_world import NOW, bring, figure, world

SERVER = "710001"
DAYS = 90


@pytest.fixture
async def db(db: Database) -> Database:
    await migrate(db, now=NOW)
    await bring(db, world(figure(FACT)))
    return db


async def count(db: Database, table: str) -> int:
    [(found,)] = await db.fetch_all(f"SELECT COUNT(*) FROM {table}")
    return int(found)


def sighting(message: str, shown_at: int, page: str) -> Sighting:
    return Sighting(message, "5", SERVER, SERVER, "en", "c|", 1, (FACT,), page, shown_at)


async def post(db: Database, *, confirmed: bool) -> None:
    """A digest in a channel, or one on its way there."""
    await subscribe(db, digest(server=int(SERVER)))
    ledger = Ledger(db, "one", bound=DAY)
    [claim] = (await ledger.claim(EIGHT, 10)).claims
    await begin(ledger, db, claim, EIGHT)
    [(edition,)] = await db.fetch_all("SELECT id FROM edition")
    await db.write(lambda tx: tx.execute("INSERT INTO edition_fact (edition, fact) VALUES (?1, ?2)", (edition, FACT)))
    if confirmed:
        await ledger.settle([Confirmed(claim, 77, edition, 7, publish=False)], EIGHT)


async def test_what_public_answers_showed_is_forgotten_after_its_days(db: Database) -> None:
    pages = {"old": "{}", "both": "{}"}
    seen = [sighting("1", EIGHT - 1, "old"), sighting("2", EIGHT - 1, "both"), sighting("3", EIGHT, "both")]
    await record(db, seen, pages)
    await keep_in_bounds(db, EIGHT + DAYS * DAY - 1, DAYS)
    assert await count(db, "shown") == 3
    await keep_in_bounds(db, EIGHT + DAYS * DAY, DAYS)
    assert await db.fetch_all("SELECT message FROM shown") == [("3",)]
    assert await db.fetch_all("SELECT message FROM shown_fact") == [("3",)]
    assert await db.fetch_all("SELECT key FROM shown_page") == [("both",)]


async def test_what_a_digest_showed_is_forgotten_but_not_that_it_came(db: Database) -> None:
    await post(db, confirmed=True)
    await keep_in_bounds(db, EIGHT + DAYS * DAY, DAYS)
    assert (await count(db, "edition"), await count(db, "edition_fact")) == (1, 1)
    await keep_in_bounds(db, EIGHT + DAYS * DAY + 1, DAYS)
    assert (await count(db, "edition"), await count(db, "edition_fact")) == (0, 0)
    assert await db.fetch_all("SELECT state, message, edition FROM delivery") == [("confirmed", "77", None)]


async def test_an_edition_still_on_its_way_is_kept_whatever_its_age(db: Database) -> None:
    await post(db, confirmed=False)
    await keep_in_bounds(db, EIGHT + 2 * DAYS * DAY, DAYS)
    assert await count(db, "edition") == 1


async def test_more_editions_than_one_unit_of_work_takes(db: Database) -> None:
    async def work(tx: Writer) -> None:
        await tx.executemany(
            "INSERT INTO edition (scope, language, upto, key, payload, made_at) VALUES ('', 'en', 1, ?1, '[]', 0)",
            [(f"key {number}",) for number in range(1001)],
        )

    await db.write(work)
    await keep_in_bounds(db, EIGHT, DAYS)
    assert await count(db, "edition") == 0


async def test_servers_that_sitrep_left_go_with_it(db: Database) -> None:
    await post(db, confirmed=True)
    await Servers(db).left(SERVER, EIGHT)
    assert await keep_in_bounds(db, EIGHT + KEPT_FOR, DAYS) == []
    assert await keep_in_bounds(db, EIGHT + KEPT_FOR + 1, DAYS) == [SERVER]
    assert await count(db, "subscription") == 0
    assert await db.fetch_all("PRAGMA foreign_key_check") == []
