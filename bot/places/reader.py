"""Reading the list of places from its CSV text."""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Iterator
from io import StringIO
from typing import Final

from bot.places.errors import PlaceDataError
from bot.places.place import CONFIDENCES, KINDS, Place
from bot.places.tree import find_fault

__all__ = ["COLUMNS", "read_places"]

COLUMNS: Final = (
    "id",
    "name",
    "name_ar",
    "aliases",
    "lat",
    "lon",
    "kind",
    "part_of",
    "ocha_pcode",
    "source",
    "confidence",
)
_MAX_ID: Final = 30
_ID: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def read_places(text: str, file: str = "places.csv") -> tuple[Place, ...]:
    """The places of a CSV text (UTF-8 decoded, header row, aliases parted by semicolons), in its order.

    `file` is only used in messages. Raises PlaceDataError, naming file, line, field and remedy, at the first
    row that cannot be used; a duplicate id, an unknown `part_of` and a circle are found here too.
    """
    places: list[Place] = []
    lines: list[int] = []
    for line, row in _rows(text, file):
        places.append(_Row(f"{file}, line {line}", row).place())
        lines.append(line)
    fault = find_fault(places)
    if fault is not None:
        where = f"{file}, line {lines[fault.index]}"
        raise PlaceDataError(where, fault.field, fault.problem, fault.remedy)
    return tuple(places)


def _rows(text: str, file: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row after the header with the line it begins on; blank lines are passed over."""
    reader = csv.reader(StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    end = 0  # the line the row before ended on: a quoted field may span several
    try:
        for cells in reader:
            line, end = end + 1, reader.line_num
            if line == 1:
                _check_header([cell.strip() for cell in cells], f"{file}, line 1")
            elif len(cells) != len(COLUMNS) and any(cells):
                problem = f"{len(cells)} fields instead of {len(COLUMNS)}"
                remedy = "Put a name that holds a comma in double quotes, and leave no field out"
                raise PlaceDataError(f"{file}, line {line}", "the row", problem, remedy)
            elif any(cells):
                yield line, dict(zip(COLUMNS, (cell.strip() for cell in cells), strict=True))
    except csv.Error as error:
        remedy = "Close every double quote, and double a quote that belongs to a name"
        raise PlaceDataError(f"{file}, line {end + 1}", "the row", str(error), remedy) from error
    if end == 0:
        raise PlaceDataError(f"{file}, line 1", "header", "the file is empty", _header_remedy())


def _header_remedy() -> str:
    return "Begin the file with this line: " + ",".join(COLUMNS)


def _check_header(header: list[str], where: str) -> None:
    if tuple(header) == COLUMNS:
        return
    missing = [column for column in COLUMNS if column not in header]
    unknown = [column for column in header if column not in COLUMNS]
    problem = "the columns stand in another order"
    if missing:
        problem = "missing " + ", ".join(missing)
    elif unknown:
        problem = "unknown column " + ", ".join(repr(column) for column in unknown)
    raise PlaceDataError(where, "header", problem, _header_remedy())


class _Row:
    """One row being checked field by field."""

    def __init__(self, where: str, cells: dict[str, str]) -> None:
        self._where = where
        self._cells = cells

    def place(self) -> Place:
        lat, lon = self._degrees("lat", 90), self._degrees("lon", 180)
        if (lat is None) != (lon is None):
            self._fail("lat" if lat is None else "lon", "only one coordinate is given", "Give both or neither")
        return Place(
            id=self._id(),
            name=self._required("name"),
            name_ar=self._cells["name_ar"] or None,
            aliases=tuple(dict.fromkeys(a for raw in self._cells["aliases"].split(";") if (a := raw.strip()))),
            lat=lat,
            lon=lon,
            kind=self._one_of("kind", KINDS),
            part_of=self._cells["part_of"] or None,
            source=self._required("source"),
            confidence=self._one_of("confidence", CONFIDENCES),
            pcode=self._cells["ocha_pcode"] or None,
        )

    def _fail(self, field: str, problem: str, remedy: str) -> None:
        raise PlaceDataError(self._where, field, problem, remedy)

    def _required(self, field: str) -> str:
        value = self._cells[field]
        if not value:
            self._fail(field, "nothing is given", f"Fill in the {field}")
        return value

    def _id(self) -> str:
        value = self._required("id")
        if len(value) > _MAX_ID or _ID.fullmatch(value) is None:
            remedy = f"Use at most {_MAX_ID} of a-z and 0-9, words joined by single hyphens, as in sheikh-saeed"
            self._fail("id", f"'{value}' is not an id", remedy)
        return value

    def _one_of(self, field: str, allowed: frozenset[str]) -> str:
        value = self._required(field)
        if value not in allowed:
            self._fail(field, f"'{value}' is not a {field}", "Use one of " + ", ".join(sorted(allowed)))
        return value

    def _degrees(self, field: str, bound: int) -> float | None:
        value = self._cells[field]
        if not value:
            return None
        try:
            degrees = float(value)
        except ValueError:
            degrees = math.nan
        if not -bound <= degrees <= bound:
            remedy = f"Give decimal degrees between -{bound} and {bound}, with a point, or leave both empty"
            self._fail(field, f"'{value}' is no coordinate", remedy)
        return degrees
