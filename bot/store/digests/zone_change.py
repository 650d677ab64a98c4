"""New rules of a time zone move what is planned: each subscription keeps its local time, not its instant."""

import logging

from bot.logs import log_event
from bot.store.database import Database, Writer
from bot.store.digests.subscription_rows import COLUMNS, next_at, stored
from bot.subscriptions.errors import SubscriptionError

KEY = "zone_data"
"""Key in `meta`: the edition of the zone data that the planned times were made with."""
AT_A_TIME = 500

_log = logging.getLogger(__name__)


async def follow_zone_data(database: Database, edition: str) -> int | None:
    """Plan every subscription at work anew if the zone data are not those of the last time.

    What became due and was not handled yet stays due. May be broken off and called again.

    Args:
        edition: `bot.subscriptions.zone.ZONE_DATA`.

    Returns:
        How many are planned for another instant now; None where the data are the same.

    Raises:
        StoreError: the database fails.
    """
    row = await database.fetch_one("SELECT value FROM meta WHERE key = ?1", (KEY,))
    if row is not None and row[0] == edition:
        return None
    after, moved = 0, 0

    async def some(tx: Writer) -> tuple[int, int] | None:
        rows = await tx.fetch_all(
            f"SELECT {COLUMNS} FROM subscription s WHERE s.state = 'active' AND s.id > ?1 ORDER BY s.id LIMIT ?2",
            (after, AT_A_TIME),
        )
        if not rows:
            await tx.execute(
                "INSERT INTO meta (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                (KEY, edition),
            )
            return None
        changed = []
        for one in rows:
            try:
                found = stored(one)
            except (SubscriptionError, ValueError) as error:
                log_event(_log, logging.ERROR, "digest.unreadable", error=error, subscription=one[0])
                continue
            at = next_at(found.subscription, found.handled)
            if at != found.next_at:
                changed.append((found.id, at))
        await tx.executemany("UPDATE subscription SET next_at = ?2 WHERE id = ?1", changed)
        return rows[-1][0], len(changed)

    while (done := await database.write(some)) is not None:
        after, moved = done[0], moved + done[1]
    return moved
