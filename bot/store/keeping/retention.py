"""Forgetting what has been kept for long enough, and deleting what is kept of servers that Sitrep left."""

from functools import partial

from bot.store.database import Database, Writer
from bot.store.digests.shown import forget_before
from bot.store.keeping.purge import purge

EDITIONS = 500
"""Forgotten in one unit of work: others wait for the writer."""

# What is still on its way is kept whatever its age: it is sent again byte for byte.
_UNUSED = (
    "SELECT e.id FROM edition e WHERE e.made_at < ?1 AND NOT EXISTS (SELECT 1 FROM delivery d WHERE d.edition = e.id "
    "AND (d.at >= ?1 OR d.state IN ('claimed', 'sent', 'uncertain'))) ORDER BY e.made_at LIMIT ?2"
)


async def keep_in_bounds(database: Database, now: int, shown_days: int) -> list[str]:
    """Delete whatever has been kept for long enough; the ids of the servers that were deleted.

    Args:
        now: seconds since the epoch, UTC.
        shown_days: for how long it is known what public answers and digests showed.

    Raises:
        StoreError: the database fails. What was deleted until then is.
    """
    before = now - shown_days * 86_400
    await database.write(partial(forget_before, moment=before))
    while await database.write(partial(forget_editions, before=before)) == EDITIONS:
        pass
    return await purge(database, now)


async def forget_editions(tx: Writer, before: int) -> int:
    """Within a unit of work: forget editions that were last sent before `before`, and what they showed. That a digest
    was posted stays known. The number of editions forgotten, EDITIONS at most."""
    rows = await tx.fetch_all(_UNUSED, (before, EDITIONS))
    for sql in (
        "UPDATE delivery SET edition = NULL WHERE edition = ?1",
        "DELETE FROM edition_fact WHERE edition = ?1",
        "DELETE FROM edition WHERE id = ?1",
    ):
        await tx.executemany(sql, rows)
    return len(rows)
