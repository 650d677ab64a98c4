"""What a database holds, as the rows of a table."""

import sqlite3
from collections.abc import Iterator
from datetime import date

from bot.exchange.table import Names, Row
from bot.store.bodies import decode_fact
from bot.store.exchange.exporting import Extent


def rows(connection: sqlite3.Connection, extent: Extent) -> Iterator[Row]:
    """Every revision of `extent`, those of one fact together."""
    wanted = "" if extent.everything else "AND r.scope IN (?1, ?2)"
    found = connection.execute(
        # CROSS JOIN: the order of the facts is that of the walk, so that nothing has to be sorted.
        "SELECT r.body, p.conflict, json_extract(p.body, '$.publisher'), p.published, r.scope, r.number, r.number = "
        "(SELECT MAX(n.number) FROM revision n WHERE n.fact = r.fact AND n.scope = r.scope) "
        "AND (r.restores IS NULL OR r.restores <> 0), r.kind, r.author, r.reason, r.evidence, r.recorded_at "
        "FROM fact f CROSS JOIN report p CROSS JOIN revision r WHERE p.id = f.report AND r.fact = f.id "
        f"{wanted} ORDER BY f.rowid, r.scope, r.number",
        () if extent.everything else extent.scopes,
    )
    for body, conflict, publisher, published, scope, number, in_force, kind, author, *rest in found:
        yield Row(
            decode_fact(body), conflict, publisher, date.fromordinal(published).isoformat(), scope, number,
            bool(in_force), kind, extent.author(author, scope), *rest,
        )  # fmt: skip


def names(connection: sqlite3.Connection) -> Names:
    """What places, sources and actors are called."""
    found = (
        {
            (conflict, row_id): name
            for conflict, row_id, name in connection.execute(
                f"SELECT conflict, id, json_extract(body, '$.name') FROM {table}"
            )
        }
        for table in ("place", "source", "actor")
    )
    return Names(*found)
