"""A quantity as a report gives it: bounds, and the hedge that says how surely."""

from enum import StrEnum

import msgspec

BASIS_POINTS_PER_PERCENT = 100


class Modifier(StrEnum):
    """The hedge. `facts.md` has the table of words and bounds."""

    EXACT = "exact"
    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    ABOUT = "about"
    NEARLY = "nearly"
    UP_TO = "up_to"
    LESS_THAN = "less_than"
    RANGE = "range"
    VAGUE = "vague"
    UNKNOWN = "unknown"


class Quantity(msgspec.Struct, frozen=True, omit_defaults=True):
    """How many, or what share.

    Attributes:
        low: lower bound, inclusive except for `more_than`; None is open. A count, or basis points (1/100 of
            a percent) when `share` is set: whole numbers compare and store exactly.
        high: upper bound, inclusive except for `less_than`; None is open.
        modifier: the hedge.
        share: the bounds are a share of something, which the fact names.
        fraction: the share was given as a fraction in words ("half", "three quarters"), and is printed so.
        words: the words of a vague quantity ("tens of thousands"), else None.

    Raises:
        ValueError: bounds that contradict each other or the modifier.
    """

    low: int | None
    high: int | None
    modifier: Modifier = Modifier.EXACT
    share: bool = False
    fraction: bool = False
    words: str | None = None

    def __post_init__(self) -> None:
        low, high = self.low, self.high
        if (low is not None and low < 0) or (high is not None and high < 0):
            raise ValueError("a quantity is never negative")
        if self.fraction and not self.share:
            raise ValueError("a fraction is a share")
        if (self.words is not None) != (self.modifier is Modifier.VAGUE):
            raise ValueError("words belong to a vague quantity, and a vague quantity needs its words")
        if not _SHAPES[self.modifier](low, high):
            raise ValueError(f"bounds {low}..{high} do not fit the modifier {self.modifier.value}")

    @property
    def known(self) -> bool:
        """False when the report (or a correction) says that nobody knows. Unknown is not zero."""
        return self.modifier is not Modifier.UNKNOWN

    @property
    def size(self) -> int:
        """One whole number to order quantities by: the lower bound, else the upper, else 0."""
        if self.low is not None:
            return self.low
        return self.high if self.high is not None else 0


def _point(low: int | None, high: int | None) -> bool:
    return low is not None and low == high


def _floor(low: int | None, high: int | None) -> bool:
    return low is not None and high is None


def _ceiling(low: int | None, high: int | None) -> bool:
    return low is None and high is not None


def _interval(low: int | None, high: int | None) -> bool:
    return low is not None and high is not None and low < high


def _nothing(low: int | None, high: int | None) -> bool:
    return low is None and high is None


_SHAPES = {
    Modifier.EXACT: _point,
    Modifier.ABOUT: _point,
    Modifier.NEARLY: _point,
    Modifier.AT_LEAST: _floor,
    Modifier.MORE_THAN: _floor,
    Modifier.VAGUE: _floor,
    Modifier.UP_TO: _ceiling,
    Modifier.LESS_THAN: _ceiling,
    Modifier.RANGE: _interval,
    Modifier.UNKNOWN: _nothing,
}


def exact(value: int) -> Quantity:
    """The plain number, 0 or more."""
    return Quantity(value, value)


UNKNOWN = Quantity(None, None, Modifier.UNKNOWN)
