"""What a server sees in its own way: its corrections, and whatever in the lists follows from them.

An `overlay` row hides everyone's rows of a fact from the server; what it sees instead, if anything, stands in
`fact_value` and `listing` under its own id. Everything else it sees is everyone's, so that a server that corrects
nothing costs nothing.
"""

from collections.abc import Iterable

from bot.facts.revision import EVERYONE
from bot.facts.series import series_key
from bot.places.gazetteer import Gazetteer
from bot.store.bodies import decode_fact
from bot.store.database import Writer
from bot.store.lists import listing
from bot.store.lists.listing import around, latest_seen, members, wholes_seen, write_lists, write_relations, write_value

_MANY = 200
"""With more changes than this at once, what a server has of its own is derived all over again."""


async def refresh(tx: Writer, changed: Iterable[str], gazetteer: Gazetteer) -> None:
    """Derive everything again for the facts `changed` (ids) and for all that follows from them, in the lists of
    everyone and of every server that sees any of it in its own way."""
    followed = await listing.refresh(tx, changed, gazetteer)
    for server in await _servers(tx, followed.facts, followed.series):
        await refresh_server(tx, server, followed.facts, gazetteer)


async def refresh_server(tx: Writer, server: str, changed: Iterable[str], gazetteer: Gazetteer) -> None:
    """Derive again in which one server's lists differ from everyone's, around the facts `changed` (ids)."""
    own = {fact for (fact,) in await tx.fetch_all(_OWN, (server,))}
    changed = set(changed)
    if len(changed) > _MANY:
        # All over again: what the server has of its own is less than what changed.
        changed = own | {fact for (fact,) in await tx.fetch_all("SELECT fact FROM overlay WHERE scope = ?1", (server,))}
    touched, own = await _touched(tx, server, changed, own)
    for table in ("overlay", "fact_value"):
        await tx.executemany(
            f"DELETE FROM {table} WHERE scope = ?1 AND fact = ?2", [(server, fact_id) for fact_id in touched]
        )
    if not own:
        return
    for fact_id in own:
        await write_relations(tx, fact_id, server)
    shifted = own | await around(tx, own)
    await tx.executemany(
        "INSERT INTO overlay (scope, fact, own) VALUES (?1, ?2, ?3)",
        [(server, fact_id, int(fact_id in own)) for fact_id in shifted],
    )
    series: set[str] = set()
    for fact_id in sorted(shifted):
        series |= await write_value(tx, fact_id, server)
    following = (shifted | await members(tx, series) | await members(tx, series, server)) - shifted
    following |= await around(tx, shifted | following) - shifted
    await tx.executemany(
        "INSERT INTO overlay (scope, fact, own) VALUES (?1, ?2, 0)", [(server, fact_id) for fact_id in following]
    )
    await tx.executemany(
        "INSERT INTO fact_value (fact, scope, number, body, attached, publisher, published, series, window_end) "
        "SELECT fact, ?1, number, body, NULL, publisher, published, series, window_end FROM fact_value "
        "WHERE fact = ?2 AND scope = ?3",
        [(server, fact_id, EVERYONE) for fact_id in following],
    )
    for fact_id in sorted(shifted | following):
        await write_lists(tx, fact_id, gazetteer, server)


async def _touched(tx: Writer, server: str, changed: set[str], own: set[str]) -> tuple[set[str], set[str]]:
    """The facts whose rows in a server may follow from `changed`, and those of `own` that any of these follow from."""
    sources = set(changed)
    while True:
        touched = await _reach(tx, server, sources, fresh=True)
        more = own & await _reach(tx, server, touched)
        if more <= sources:
            return touched, more
        sources |= more


async def _reach(tx: Writer, server: str, facts: set[str], *, fresh: bool = False) -> set[str]:
    """What may follow from the facts in a server: those around them, their series, those around these.

    Args:
        fresh: count in the series that they belong to by their latest revisions, not only by the rows there are.
    """
    reached = facts | await around(tx, facts)
    series: set[str] = set()
    for fact_id in reached:
        rows = await tx.fetch_all(
            "SELECT series FROM fact_value WHERE fact = ?1 AND scope IN (?2, ?3)", (fact_id, server, EVERYONE)
        )
        series.update(key for (key,) in rows if key is not None)
        latest = await latest_seen(tx, fact_id, server) if fresh else None
        if latest is not None:
            fact = decode_fact(latest[1])
            key = series_key(fact, await wholes_seen(tx, fact, server))
            series.update([key] if key is not None else [])
    reached |= await members(tx, series) | await members(tx, series, server)
    return reached | await around(tx, reached)


_OWN = (
    "SELECT r.fact FROM revision r WHERE r.scope = ?1 AND (r.restores IS NULL OR r.restores <> 0) "
    "AND r.number = (SELECT MAX(n.number) FROM revision n WHERE n.fact = r.fact AND n.scope = ?1)"
)


async def _servers(tx: Writer, facts: Iterable[str], series: Iterable[str]) -> list[str]:
    """The servers whose lists follow from the given facts and series in a way of their own."""
    if await tx.fetch_one("SELECT 1 FROM overlay LIMIT 1") is None:
        return []
    found: set[str] = set()
    for fact_id in facts:
        found.update(row[0] for row in await tx.fetch_all("SELECT scope FROM overlay WHERE fact = ?1", (fact_id,)))
    for (server,) in await tx.fetch_all("SELECT DISTINCT scope FROM overlay"):
        for key in series:
            if server not in found and await tx.fetch_one(
                "SELECT 1 FROM fact_value WHERE scope = ?1 AND series = ?2 LIMIT 1", (server, key)
            ):
                found.add(server)
    return sorted(found)
