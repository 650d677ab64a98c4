"""Which facts a message of Sitrep's showed, as far as that was kept: public answers, and digests."""

from bot.store.reader import Reader

_SHOWN = (
    "SELECT f.fact FROM shown s JOIN shown_fact f ON f.message = s.message "
    "WHERE s.message = ?1 AND s.server = ?2 ORDER BY f.rowid LIMIT ?3"
)
_DELIVERED = (
    "SELECT f.fact FROM delivery d JOIN subscription s ON s.id = d.subscription "
    "JOIN edition_fact f ON f.edition = d.edition WHERE d.message = ?1 AND s.server = ?2 ORDER BY f.rowid LIMIT ?3"
)


async def shown_facts(reader: Reader, message: str, server: str, *, limit: int = 100) -> tuple[str, ...]:
    """Ids of the facts, in the order kept; empty where nothing was kept of the message, or it stands elsewhere.

    Args:
        message, server: ids.
    """
    for query in (_SHOWN, _DELIVERED):
        rows = await reader.fetch_all(query, (message, server, limit))
        if rows:
            return tuple(dict.fromkeys(fact for (fact,) in rows))
    return ()
