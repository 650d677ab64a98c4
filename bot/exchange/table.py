"""The same as a table: one row for each revision, in columns that people read, for spreadsheets. It only leaves."""

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import IO, NamedTuple

from bot.facts.fact import Fact
from bot.facts.grammar import to_words
from bot.facts.quantity import BASIS_POINTS_PER_PERCENT, Quantity
from bot.facts.vocabulary import RelationKind

COLUMNS = (
    *("fact", "conflict", "kind", "measure", "population", "value", "low", "high", "modifier", "unit", "of"),
    *("place", "place_id", "window", "window_start", "window_end", "actor", "summary", "stance", "note"),
    *("sources", "publisher", "published", "paragraph", "part_of", "restates", "supersedes"),
    *("scope", "revision", "in_force", "correction", "author", "reason", "evidence", "recorded_at"),
)
ENCODING = "utf-8-sig"
"""With the mark at the beginning by which spreadsheets know Unicode."""
_FORMULAS = frozenset("=+-@\uff1d\uff0b\uff0d\uff20")
_CONTROLS = frozenset("\t\r\n\x00")


class Row(NamedTuple):
    """A revision to be shown, with what its report and conflict say.

    Attributes:
        scope: empty for everyone.
        in_force: whether it is what its scope's history says now.
        recorded_at: seconds since the epoch.
    """

    fact: Fact
    conflict: str
    publisher: str
    published: str
    scope: str
    number: int
    in_force: bool
    kind: str
    author: str
    reason: str | None
    evidence: str | None
    recorded_at: int


class Names(NamedTuple):
    """The names of a conflict's places, sources and actors, by (conflict, id)."""

    places: Mapping[tuple[str, str], str]
    sources: Mapping[tuple[str, str], str]
    actors: Mapping[tuple[str, str], str]


def write(rows: Iterable[Row], names: Names, out: IO[bytes]) -> int:
    """Write the table; the number of rows below its head.

    Raises:
        OSError: `out` does not take it.
    """
    line = io.StringIO(newline="")
    sheet = csv.writer(line)  # as RFC 4180 has it: lines end in CR LF
    encoding, count = ENCODING, -1
    for cells in _all(rows, names):
        sheet.writerow([harmless(cell) for cell in cells])
        out.write(line.getvalue().encode(encoding))
        encoding = "utf-8"
        line.seek(0)
        line.truncate()
        count += 1
    return count


def harmless(cell: str) -> str:
    """The cell as text that no spreadsheet takes for a formula: those begin with one of four signs, which some programs
    also find behind blanks and in full width (https://owasp.org/www-community/attacks/CSV_Injection)."""
    if cell[:1] in _CONTROLS or cell.lstrip()[:1] in _FORMULAS:
        cell = cell.replace("\x00", "")
        return "'" + cell if cell else ""
    return cell


def _all(rows: Iterable[Row], names: Names) -> Iterable[Iterable[str]]:
    yield COLUMNS
    for row in rows:
        yield _cells(row, names)


def _cells(row: Row, names: Names) -> tuple[str, ...]:
    fact, window = row.fact, row.fact.window
    sources = [names.sources.get((row.conflict, source), source) for source in fact.sources]
    place = fact.place or ""
    return (
        *(fact.id, row.conflict, fact.kind, fact.measure or "", fact.population or ""),
        *_quantity(fact.quantity, fact.unit or ""),
        *(fact.of or "", names.places.get((row.conflict, place), place), place, str(window)),
        window.start.first.isoformat() if window.start is not None else "",
        window.end.last.isoformat() if window.end is not None else "",
        names.actors.get((row.conflict, fact.actor or ""), fact.actor or ""),
        *(fact.summary or "", fact.stance, fact.note or "", "; ".join(sources)),
        *(names.sources.get((row.conflict, row.publisher), row.publisher), row.published),
        str(fact.locator.paragraph),
        *(" ".join(fact.related(kind)) for kind in RelationKind),
        *(row.scope or "everyone", str(row.number), "yes" if row.in_force else "no", row.kind, row.author),
        *(
            row.reason or "",
            row.evidence or "",
            datetime.fromtimestamp(row.recorded_at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        ),
    )


def _quantity(quantity: Quantity | None, unit: str) -> tuple[str, str, str, str, str]:
    """In words, from, to, hedge and unit; shares in percent."""
    if quantity is None:
        return "", "", "", "", unit
    low, high = (_number(bound, share=quantity.share) for bound in (quantity.low, quantity.high))
    return to_words(quantity), low, high, quantity.modifier, "percent" if quantity.share else unit


def _number(bound: int | None, *, share: bool) -> str:
    if bound is None:
        return ""
    return f"{bound / BASIS_POINTS_PER_PERCENT:g}" if share else str(bound)
