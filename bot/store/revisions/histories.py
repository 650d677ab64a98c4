"""The revisions of one fact in the order in which they were made, and how they follow from each other.

Nothing here shows a server another server's: each question names the one scope it is asked from.
"""

from bot.facts.revision import EVERYONE, Revision
from bot.store.reader import Reader
from bot.store.revisions.recorded import COLUMNS, recorded


async def whole_history(
    reader: Reader, fact: str, scope: str, *, limit: int, offset: int = 0, as_of: int | None = None
) -> list[Revision]:
    """Everyone's revisions and the server's own, in one list, the latest first.

    Args:
        scope: `EVERYONE` or the id of a server.
        as_of: only those recorded until then, seconds since the epoch.
    """
    rows = await reader.fetch_all(
        f"SELECT {COLUMNS} FROM revision r WHERE r.fact = ?1 AND r.scope IN (?2, ?3) "
        "AND r.recorded_at <= ?6 ORDER BY r.sequence DESC LIMIT ?4 OFFSET ?5",
        (fact, scope, EVERYONE, limit, offset, as_of if as_of is not None else 2**62),
    )
    return [recorded(row) for row in rows]


async def preceding(reader: Reader, revision: Revision) -> Revision | None:
    """What its scope saw of the fact right before it; None for the first of all."""
    fact, scope, number = revision.fact.id, revision.scope, revision.number
    own = await reader.fetch_one(
        f"SELECT {COLUMNS} FROM revision r WHERE r.fact = ?1 AND r.scope = ?2 AND r.number = ?3",
        (fact, scope, number - 1),
    )
    before = recorded(own) if own is not None else None
    if scope == EVERYONE or (before is not None and before.restores != 0):
        return before
    row = await reader.fetch_one(
        f"SELECT {COLUMNS} FROM revision r WHERE r.fact = ?1 AND r.scope = ?2 AND r.sequence < "
        "(SELECT sequence FROM revision WHERE fact = ?1 AND scope = ?3 AND number = ?4) "
        "ORDER BY r.number DESC LIMIT 1",
        (fact, EVERYONE, scope, number),
    )
    return recorded(row) if row is not None else None


async def given_back_by(reader: Reader, revision: Revision) -> Revision | None:
    """The revision of the same history that took this one back, be it an undo or because it was published for
    everyone; None while it stands, or was followed by another one only."""
    row = await reader.fetch_one(
        f"SELECT {COLUMNS} FROM revision r WHERE r.fact = ?1 AND r.scope = ?2 AND r.number > ?3 "
        "AND r.restores < ?3 ORDER BY r.number LIMIT 1",
        (revision.fact.id, revision.scope, revision.number),
    )
    return recorded(row) if row is not None else None
