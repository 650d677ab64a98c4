"""Exports and imports of databases in a test, and what two databases have in common."""

import io
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.exchange import document
from bot.exchange.records import CONTEXT, FORMAT, VERSION, Header
from bot.store.database import Database
from bot.store.exchange.exporting import Extent, records
from bot.store.exchange.importing import Imported, import_document
from bot.store.snapshot import snapshot
from tests.store.small_world import NOW

EVERYTHING = Extent(everything=True, authors=True)
TABLES = (
    *("conflict", "actor", "source", "place", "report", "quoted", "fact", "revision", "relation"),
    *("overlay", "correction", "correction_area", "proposal"),
)
QUERIES = {
    **{table: f"SELECT * FROM {table}" for table in TABLES},
    # Without the numbers by which lists and values are kept, which tell in what order they came about.
    "fact_value": "SELECT fact, scope, number, body, attached, corrected_below, publisher, published, series, "
    "window_end FROM fact_value",
    "listing": "SELECT k.scope, k.facet, k.topic, k.area, l.reign, l.section, l.rank, l.fact, l.successor_end, v.fact "
    "FROM listing l JOIN list k ON k.id = l.list JOIN fact_value v ON v.id = l.value AND v.scope = k.scope",
}


def exported(path: Path, extent: Extent = EVERYTHING) -> bytes:
    """The document of a database."""
    header = Header(
        context=CONTEXT, type="Dataset", format=FORMAT, version=VERSION, name="A test",
        dateCreated=datetime.fromtimestamp(NOW, UTC), scope=extent.scope, authors=extent.authors,
    )  # fmt: skip
    out = io.BytesIO()
    with snapshot(path) as connection:
        document.write(header, records(connection, extent), out)
    return out.getvalue()


def imported(path: Path, text: bytes) -> Imported:
    """Bring a document into a migrated, empty database."""
    return import_document(path, document.Lines(io.BytesIO(text), "export.json"))


async def holds(db: Database) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of the facts' tables, whatever the order."""
    return {name: sorted(await db.fetch_all(query), key=repr) for name, query in QUERIES.items()}
