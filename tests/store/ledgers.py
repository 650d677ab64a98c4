"""A ledger with subscriptions to work on."""

from datetime import UTC, datetime

from bot.store.database import Database
from bot.store.digests.ledger import Ledger
from bot.store.digests.ledger_rows import Begun, Claim
from bot.store.digests.subscriptions import Stored, Subscriptions
from bot.subscriptions.rule_text import parse_rule
from bot.subscriptions.subscription import Subscription
from bot.subscriptions.zone import zone_named

HOUR = 3600
DAY = 24 * HOUR
EIGHT = int(datetime(2026, 3, 2, 8, tzinfo=UTC).timestamp())
"""Monday morning, when the digests of these tests are due for the first time."""


def digest(rule: str = "daily 08:00", *, server: int = 1001, channel: int = 2001, **more: object) -> Subscription:
    return Subscription(
        server=server,
        channel=channel,
        rule=parse_rule(rule),
        zone=zone_named("UTC"),
        **more,  # type: ignore[arg-type]
    )


async def subscribe(db: Database, *subscriptions: Subscription, at: int = EIGHT - 60) -> list[Stored]:
    kept = Subscriptions(db)
    return [await kept.add(one, by=3001, now=at) for one in subscriptions]


async def keep_edition(db: Database, upto: int = 7) -> int:
    """An edition to refer to."""
    sql = (
        "INSERT INTO edition (scope, language, upto, key, payload, made_at) VALUES ('', 'en', ?1, ?2, '[]', 0) "
        "ON CONFLICT (key) DO UPDATE SET payload = excluded.payload RETURNING id"
    )
    row = await db.write(lambda tx: tx.fetch_one(sql, (upto, f"key {upto}")))
    assert row is not None
    return int(row[0])


async def state_of(db: Database, claim: Claim) -> tuple[object, ...]:
    """State, message, error."""
    row = await db.fetch_one(
        "SELECT state, message, error FROM delivery WHERE subscription = ?1 AND slot = ?2", claim.key
    )
    assert row is not None
    return row


async def begin(ledger: Ledger, db: Database, claim: Claim, now: int) -> bool:
    return claim.key in await ledger.begin([Begun(claim, await keep_edition(db))], now)
