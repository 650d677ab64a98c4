"""After new zone data each digest comes at the local time asked for."""

import pytest

from bot.store.database import Database
from bot.store.digests.ledger import Ledger
from bot.store.digests.subscriptions import BY_PERSON, Subscriptions
from bot.store.digests.zone_change import follow_zone_data
from bot.store.migrate import migrate
from tests.store.ledgers import DAY, EIGHT, HOUR, digest, subscribe


@pytest.fixture
async def db(db: Database) -> Database:
    await migrate(db, now=EIGHT)
    return db


async def planned(db: Database) -> list[int | None]:
    return [row[0] for row in await db.fetch_all("SELECT next_at FROM subscription ORDER BY id")]


async def as_under_old_rules(db: Database, seconds: int) -> None:
    """What was planned when the zone was so much ahead of where it is now."""
    await db.write(lambda tx: tx.execute("UPDATE subscription SET next_at = next_at + ?1", (seconds,)))


@pytest.mark.parametrize("moved", [-HOUR, HOUR])
async def test_what_is_planned_moves_with_the_zone(db: Database, moved: int) -> None:
    await subscribe(db, *(digest(server=1000 + n, channel=n + 1) for n in range(600)))
    assert await follow_zone_data(db, "2026.1") == 0
    await as_under_old_rules(db, moved)
    assert await follow_zone_data(db, "2026.1") is None
    assert await follow_zone_data(db, "2026.2") == 600
    assert set(await planned(db)) == {EIGHT}
    assert await follow_zone_data(db, "2026.2") is None


async def test_what_was_handled_is_not_due_again(db: Database) -> None:
    await subscribe(db, digest())
    await Ledger(db, "me", bound=DAY).claim(EIGHT, 10)
    await as_under_old_rules(db, HOUR)
    assert await follow_zone_data(db, "2026.2") == 1
    assert await planned(db) == [EIGHT + DAY]


async def test_who_is_paused_or_cannot_be_read_stays_as_it_is(db: Database) -> None:
    paused, bad, well = await subscribe(db, digest(channel=1), digest(channel=2), digest(channel=3))
    await Subscriptions(db).pause(paused.id, BY_PERSON, EIGHT)
    await db.write(
        lambda tx: tx.execute(
            "UPDATE subscription SET body = replace(body, 'UTC', 'Mars/Olympus') WHERE id = ?1", (bad.id,)
        )
    )
    await as_under_old_rules(db, HOUR)
    assert await follow_zone_data(db, "2026.2") == 1
    assert await planned(db) == [None, EIGHT + HOUR, EIGHT]
    assert well.next_at == EIGHT
