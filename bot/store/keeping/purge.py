"""Deleting what is kept of a server that Sitrep has been away from for long enough."""

from functools import partial

from bot.store.correcting.corrections import wipe
from bot.store.counters import count, version_key
from bot.store.database import Database, Writer
from bot.store.keeping.servers import VERSION

KEPT_FOR = 30 * 24 * 3600
"""Seconds after Sitrep has left a server, during which nothing of it is deleted."""
KEPT_SLOTS = 400 * 24 * 3600
"""Seconds for which it is known what became of a slot: a year, and what a monthly digest was a year ago."""
AT_A_TIME = 5000

_OWN = "SELECT id FROM subscription WHERE server = ?1"


async def purge_server(tx: Writer, server: str, before: int) -> bool:
    """Within a unit of work: delete all that is kept of the server, if Sitrep left it before `before` and has not come
    back; whether that was so. What was published for everyone stays."""
    row = await tx.fetch_one("SELECT left_at FROM server WHERE id = ?1", (server,))
    if row is None or row[0] is None or row[0] >= before:
        return False
    await wipe(tx, server)
    pages = await tx.fetch_all("SELECT DISTINCT page FROM shown WHERE server = ?1 AND page IS NOT NULL", (server,))
    for sql in (
        "DELETE FROM notice WHERE server = ?1",
        "DELETE FROM mending WHERE server = ?1",
        f"DELETE FROM delivery WHERE subscription IN ({_OWN})",
        "DELETE FROM subscription WHERE server = ?1",
        "DELETE FROM shown_fact WHERE message IN (SELECT message FROM shown WHERE server = ?1)",
        "DELETE FROM shown WHERE server = ?1",
        "DELETE FROM draft WHERE server = ?1",
        "DELETE FROM edition_fact WHERE edition IN (SELECT id FROM edition WHERE scope = ?1)",
        "DELETE FROM edition WHERE scope = ?1",
        "DELETE FROM server WHERE id = ?1",
    ):
        await tx.execute(sql, (server,))
    unshown = "DELETE FROM shown_page WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM shown WHERE page = ?1)"
    await tx.executemany(unshown, pages)
    await tx.executemany("DELETE FROM meta WHERE key = ?1", [(version_key(server),), (f"wipes:{server}",)])
    await count(tx, VERSION)
    return True


async def purge(database: Database, now: int) -> list[str]:
    """Delete what has been kept for long enough; the ids of the servers that were deleted. Each in a unit of work of
    its own, so that nothing waits for long.

    Args:
        now: seconds since the epoch, UTC.

    Raises:
        StoreError: the database fails. What was deleted until then is.
    """
    before = now - KEPT_FOR
    rows = await database.fetch_all(
        "SELECT id FROM server WHERE left_at < ?1 ORDER BY left_at, id LIMIT ?2", (before, AT_A_TIME)
    )
    gone = []
    for (server,) in rows:
        if await database.write(partial(purge_server, server=server, before=before)):
            gone.append(server)
    while await database.write(partial(_old_slots, before=now - KEPT_SLOTS)) == AT_A_TIME:
        pass
    return gone


async def _old_slots(tx: Writer, before: int) -> int:
    return await tx.execute(
        "DELETE FROM delivery WHERE (subscription, slot) IN (SELECT subscription, slot FROM delivery "
        "WHERE at < ?1 AND state IN ('confirmed', 'failed', 'skipped') ORDER BY at LIMIT ?2)",
        (before, AT_A_TIME),
    )
