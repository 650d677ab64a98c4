"""When: moments as sure as the report is, and the window between two of them.

Written in a small part of the Extended Date/Time Format (ISO 8601-2): `2016-12-03`, `2016-11` (a month), `2016`,
`2016-22` (a season: 21 spring, 22 summer, 23 autumn, 24 winter), a trailing `~` for "about then" (mid-November is
`2016-11-15~`), `START/END`, and `..` for an open side.
"""

import re
from calendar import monthrange
from datetime import date
from enum import StrEnum

import msgspec


class Precision(StrEnum):
    """How finely a moment is known."""

    DAY = "day"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"


class Moment(msgspec.Struct, frozen=True, omit_defaults=True):
    """A day, month, season or year. `first` is its first day."""

    first: date
    precision: Precision = Precision.DAY
    approximate: bool = False

    @property
    def last(self) -> date:
        """The last day it can mean."""
        first = self.first
        if self.precision is Precision.DAY:
            return first
        if self.precision is Precision.YEAR:
            return date(first.year, 12, 31)
        months = 3 if self.precision is Precision.SEASON else 1
        index = first.year * 12 + first.month - 1 + months - 1
        year, month = divmod(index, 12)
        return date(year, month + 1, monthrange(year, month + 1)[1])

    def __str__(self) -> str:
        mark = "~" if self.approximate else ""
        if self.precision is Precision.DAY:
            return f"{self.first.isoformat()}{mark}"
        if self.precision is Precision.MONTH:
            return f"{self.first.isoformat()[:7]}{mark}"
        if self.precision is Precision.SEASON:
            return f"{self.first.year:04}-{_SEASON_OF_MONTH[self.first.month]}{mark}"
        return f"{self.first.year:04}{mark}"


# Meteorological seasons of the northern hemisphere; winter begins in December of the year named.
_SEASON_MONTHS = {21: 3, 22: 6, 23: 9, 24: 12}
_SEASON_OF_MONTH = {month: code for code, month in _SEASON_MONTHS.items()}
_MOMENT = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?(~?)")


class Window(msgspec.Struct, frozen=True, omit_defaults=True):
    """From `start` to `end`, both included; None is open or unknown.

    Raises:
        ValueError: the end lies before the start.
    """

    start: Moment | None = None
    end: Moment | None = None

    def __post_init__(self) -> None:
        if self.start and self.end and self.end.last < self.start.first:
            raise ValueError(f"the window ends ({self.end}) before it starts ({self.start})")

    @property
    def one_day(self) -> bool:
        """Whether it is one day or two, as a night is."""
        if self.start is None or self.end is None:
            return False
        return (self.end.last - self.start.first).days <= 1

    @property
    def known(self) -> bool:
        """False when the report gives no time at all."""
        return self.start is not None or self.end is not None

    @property
    def single_day(self) -> bool:
        """One exact day."""
        return self.start is not None and self.start == self.end and self.start.precision is Precision.DAY

    def shares_days(self, other: "Window") -> bool:
        """Whether the two may have a day in common. An open or unknown side may reach anywhere; an approximate
        one is taken at its outermost reading, a month either way."""
        return self._reaches(other) and other._reaches(self)

    def _reaches(self, other: "Window") -> bool:
        if self.start is None or other.end is None:
            return True
        return _earliest(self.start) <= _latest(other.end)

    def __str__(self) -> str:
        if not self.known:
            return "unknown"
        if self.start == self.end:
            return str(self.start)
        return f"{self.start or '..'}/{self.end or '..'}"


_SLACK_DAYS = 31


def _earliest(moment: Moment) -> int:
    return moment.first.toordinal() - (_SLACK_DAYS if moment.approximate else 0)


def _latest(moment: Moment) -> int:
    return moment.last.toordinal() + (_SLACK_DAYS if moment.approximate else 0)


def parse_moment(text: str) -> Moment:
    """`2016-12-03`, `2016-11`, `2016`, `2016-22`, each with an optional `~`.

    Raises:
        ValueError: saying what is wrong, with an example.
    """
    match = _MOMENT.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"'{text}' is not a date; write 2016-12-03, 2016-11 or 2016, with ~ for 'about then'")
    year, middle, day, mark = match.groups()
    number = int(middle or 0)
    try:
        if number in _SEASON_MONTHS and day is None:
            season = Moment(date(int(year), _SEASON_MONTHS[number], 1), Precision.SEASON, bool(mark))
            date(season.first.year + number // 24, 2, 1)  # a winter ends in the next year, which must exist
            return season
        first = date(int(year), 1 if middle is None else number, 1 if day is None else int(day))
    except ValueError as error:
        raise ValueError(f"'{text}' is not a day of the calendar ({error})") from None
    precision = Precision.DAY if day else Precision.MONTH if middle else Precision.YEAR
    return Moment(first, precision, bool(mark))


def parse_window(text: str) -> Window:
    """A moment, `START/END`, either side `..`, or `unknown`. Inverse of `str(window)`.

    Raises:
        ValueError: saying what is wrong, with an example.
    """
    if text.strip() == "unknown":
        return Window()
    start_text, slash, end_text = text.partition("/")
    start = _side(start_text)
    return Window(start, _side(end_text) if slash else start)


def _side(text: str) -> Moment | None:
    return None if text.strip() == ".." else parse_moment(text)
