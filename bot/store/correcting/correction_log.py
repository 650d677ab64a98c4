"""Reading corrections: what a server sees, its histories, the public log. Every query is bounded and follows an index.

Nothing here shows a server another server's: each question names the one scope it is asked from.
"""

from typing import NamedTuple

from bot.facts.revision import EVERYONE, Revision
from bot.facts.vocabulary import CorrectionKind
from bot.store.counters import counter, version_key
from bot.store.database import Value
from bot.store.reader import Reader
from bot.store.revisions.recorded import COLUMNS, EARLIEST, latest, recorded

LONGEST = 500
"""Most revisions of one fact in one scope that are read at once."""


async def value(reader: Reader, fact: str, scope: str, *, as_of: int | None = None) -> Revision | None:
    """The revision that `scope` sees of a fact: its own latest, else the latest for everyone. A retraction is given
    as such. None when nothing is known.

    Args:
        as_of: what was known then, seconds since the epoch, that second included.
    """
    if scope != EVERYONE:
        own = await latest(reader, fact, scope, as_of)
        if own is not None and own.restores != 0:
            return own
    return await latest(reader, fact, EVERYONE, as_of)


async def history(
    reader: Reader, fact: str, scope: str, *, limit: int = LONGEST, before: int | None = None
) -> list[Revision]:
    """The revisions in exactly this scope, the latest first.

    Args:
        before: only numbers below this, for the next page.
    """
    rows = await reader.fetch_all(
        f"SELECT {COLUMNS} FROM revision r WHERE r.fact = ?1 AND r.scope = ?2 AND r.number < ?3 "
        "ORDER BY r.number DESC LIMIT ?4",
        (fact, scope, before if before is not None else 2**31, limit),
    )
    return [recorded(row) for row in rows]


async def overridden(reader: Reader, server: str) -> dict[str, Revision]:
    """The facts of which the server sees a value of its own, by their ids."""
    rows = await reader.fetch_all(
        f"SELECT {COLUMNS} FROM revision r WHERE r.scope = ?1 AND r.number = "
        "(SELECT MAX(n.number) FROM revision n WHERE n.fact = r.fact AND n.scope = ?1) "
        "AND (r.restores IS NULL OR r.restores <> 0) ORDER BY r.fact",
        (server,),
    )
    return {revision.fact.id: revision for revision in map(recorded, rows)}


async def scope_version(reader: Reader, scope: str) -> int:
    """Counts every change of what `scope` alone sees (for everyone: the data version). 0 before the first."""
    return await counter(reader, version_key(scope))


async def recent(reader: Reader, author: str, since: int) -> list[int]:
    """When a person made corrections after `since`, in any server, the latest first; 1,000 at most."""
    rows = await reader.fetch_all(
        "SELECT recorded_at FROM correction WHERE author = ?1 AND recorded_at > ?2 "
        "ORDER BY recorded_at DESC LIMIT 1000",
        (author, since),
    )
    return [at for (at,) in rows]


class Filter(NamedTuple):
    """Which corrections. None leaves a filter out.

    Attributes:
        area: a place; those of all places within count too.
        since: seconds since the epoch, included.
        own: only the server's own, none of those for everyone.
    """

    area: str | None = None
    kind: CorrectionKind | None = None
    author: str | None = None
    since: int | None = None
    own: bool = False


class Cursor(NamedTuple):
    """The last row of a page, or its first."""

    recorded_at: int
    sequence: int


class Logged(NamedTuple):
    """A correction in the log."""

    revision: Revision
    cursor: Cursor


async def listing(
    reader: Reader,
    scope: str,
    chosen: Filter | None = None,
    *,
    limit: int,
    after: Cursor | None = None,
    before: Cursor | None = None,
) -> list[Logged]:
    """The corrections that `scope` can read of, its own and those for everyone, the latest first.

    Args:
        after: the cursor of the last one of the page before.
        before: the cursor of the first one of the page after: those right before it in the list.
    """
    chosen = chosen or Filter()
    values: list[Value] = [scope, EVERYONE, limit]

    def put(value: Value) -> str:
        values.append(value)
        return f"?{len(values)}"

    # The index on places holds the time too, so that either table can give the order.
    table, source = ("a", "correction_area a JOIN correction c ON c.sequence = a.sequence")
    if chosen.area is None:
        table, source = ("c", "correction c")
    where: list[str] = []
    if chosen.area is not None:
        where.append(f"a.area = {put(chosen.area)}")
    if chosen.kind is not None:
        where.append(f"c.kind = {put(chosen.kind.value)}")
    if chosen.author is not None:
        where.append(f"c.author = {put(chosen.author)}")
    where.append(f"{table}.recorded_at >= {put(chosen.since if chosen.since is not None else EARLIEST)}")
    if after is not None:
        where.append(f"({table}.recorded_at, {table}.sequence) < ({put(after.recorded_at)}, {put(after.sequence)})")
    if before is not None:
        where.append(f"({table}.recorded_at, {table}.sequence) > ({put(before.recorded_at)}, {put(before.sequence)})")
    way = "ASC" if before is not None else "DESC"
    scopes = ("?1",) if chosen.own else ("?2",) if scope == EVERYONE else ("?1", "?2")
    pages = " UNION ALL ".join(
        f"SELECT * FROM (SELECT {table}.recorded_at AS at, {table}.sequence AS sequence, c.fact, c.scope, c.number "
        f"FROM {source} WHERE {table}.scope = {own} AND {' AND '.join(where)} "
        f"ORDER BY {table}.recorded_at {way}, {table}.sequence {way} LIMIT ?3) AS page{own[1:]}"
        for own in scopes
    )
    rows = await reader.fetch_all(
        f"SELECT p.at, p.sequence, {COLUMNS} FROM ({pages}) AS p "
        "JOIN revision r ON r.fact = p.fact AND r.scope = p.scope AND r.number = p.number "
        f"ORDER BY p.at {way}, p.sequence {way} LIMIT ?3",
        tuple(values),
    )
    found = [Logged(recorded(row[2:]), Cursor(*row[:2])) for row in rows]
    return found[::-1] if before is not None else found


class Size(NamedTuple):
    """How much a server has corrected.

    Attributes:
        wipes: how often that was wiped before.
    """

    facts: int
    revisions: int
    wipes: int


async def size(reader: Reader, server: str) -> Size:
    """What a wipe of the server would take away."""
    row = await reader.fetch_one("SELECT COUNT(DISTINCT fact), COUNT(*) FROM revision WHERE scope = ?1", (server,))
    facts, revisions = row if row is not None else (0, 0)
    return Size(facts, revisions, await counter(reader, f"wipes:{server}"))
