"""The one table that `make bench` prints."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """A measurement beside its floor, and the ratio or the figure to reach (both None: only told)."""

    what: str
    floor: float | None
    sitrep: float
    unit: str
    at_most: float | None = None
    most: float | None = None

    @property
    def ratio(self) -> float | None:
        """Sitrep's figure as a multiple of the floor's."""
        return None if self.floor is None else self.sitrep / self.floor

    @property
    def verdict(self) -> str:
        """Whether it was reached."""
        if self.most is not None:
            return "reached" if self.sitrep <= self.most else "MISSED"
        if self.at_most is None or self.ratio is None:
            return ""
        return "reached" if self.ratio <= self.at_most else "MISSED"


def render(rows: list[Row]) -> str:
    """The rows, aligned."""
    head = ("", "floor", "Sitrep", "ratio", "to reach", "")
    lines = [head, *(_cells(row) for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    drawn: list[str] = []
    for line in lines:
        cells = [
            line[0].ljust(widths[0]),
            *(cell.rjust(width) for cell, width in zip(line[1:], widths[1:], strict=True)),
        ]
        drawn.append("  ".join(cells).rstrip())
    drawn.insert(1, "-" * max(map(len, drawn)))
    return "\n".join(drawn)


def _cells(row: Row) -> tuple[str, str, str, str, str, str]:
    ratio = "" if row.ratio is None else f"{row.ratio:.2f}x"
    target = "" if row.at_most is None else f"<= {row.at_most:.2f}x"
    if row.most is not None:
        target = f"<= {_figure(row.most, row.unit)}"
    return row.what, _figure(row.floor, row.unit), _figure(row.sitrep, row.unit), ratio, target, row.verdict


def _figure(value: float | None, unit: str) -> str:
    if value is None:
        return ""
    digits = 3 if unit == "ms" else 2 if unit == "s" else 1 if unit == "MiB" else 0
    return f"{value:,.{digits}f} {unit}"
