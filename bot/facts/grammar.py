"""Quantities in people's words: `parse_quantity("at least 69")`, and `to_words` back again.

One grammar for seed files, corrections typed by people and reports. The table is in `docs/facts.md`.
"""

import re

from bot.facts.numerals import read_fraction, read_number
from bot.facts.quantity import BASIS_POINTS_PER_PERCENT, UNKNOWN, Modifier, Quantity

EXAMPLES = "69 · at least 69 · about 310 · nearly 20,000 · 20 to 30 · tens of thousands · about 60 percent · unknown"


class QuantityError(ValueError):
    """The words are not a quantity. The message says why and gives examples."""

    def __init__(self, text: str, why: str) -> None:
        self.text = text
        super().__init__(f"'{text}' is not a number I can read: {why}. Examples: {EXAMPLES}")


_HEDGES: dict[Modifier, tuple[str, ...]] = {
    Modifier.AT_LEAST: ("at least", "no fewer than", "not fewer than", "no less than", "a minimum of"),
    Modifier.MORE_THAN: ("more than", "over", "upwards of", "in excess of", "above"),
    Modifier.ABOUT: (
        "about",
        "around",
        "some",
        "roughly",
        "approximately",
        "an estimated",
        "estimated",
        "circa",
    ),
    Modifier.NEARLY: ("nearly", "almost", "close to", "just under", "not quite"),
    Modifier.UP_TO: ("up to", "as many as", "at most", "no more than"),
    Modifier.LESS_THAN: ("less than", "fewer than", "under", "below"),
    Modifier.EXACT: ("exactly",),
}
_HEDGE_OF = {phrase: modifier for modifier, phrases in _HEDGES.items() for phrase in phrases}
_HEDGE = re.compile(
    r"(?:" + "|".join(sorted(map(re.escape, _HEDGE_OF), key=len, reverse=True)) + r")\s+", re.IGNORECASE
)

# The lower bound a vague word gives at most; the upper one stays open.
VAGUE_FLOORS = {
    "a few": 3,
    "a handful": 3,
    "several": 3,
    "dozens": 24,
    "scores": 40,
    "hundreds": 200,
    "several hundred": 300,
    "thousands": 2_000,
    "several thousand": 3_000,
    "tens of thousands": 20_000,
    "hundreds of thousands": 200_000,
    "millions": 2_000_000,
}
_WHOLE = 100 * BASIS_POINTS_PER_PERCENT
_RANGE = re.compile(r"(?:between\s+|from\s+)?(?P<low>.+?)\s*(?:-|–|\bto\b|\band\b)\s*(?P<high>.+)", re.IGNORECASE)
_PERCENT = re.compile(r"(\d{1,3})(?:\.(\d{1,2}))?\s*(?:percent|per cent|%)", re.IGNORECASE)
_NONE = {"none", "no", "nobody", "no one", "zero"}


def parse_quantity(text: str) -> Quantity:
    """The quantity that the whole of `text` means.

    Raises:
        QuantityError: the words are no quantity, or one that is left over a word.
    """
    plain = " ".join(text.split())
    lowered = plain.lower()
    if not plain:
        raise QuantityError(text, "nothing was written")
    if lowered == "unknown":
        return UNKNOWN
    if lowered in _NONE:
        return Quantity(0, 0)
    if lowered in VAGUE_FLOORS:
        return Quantity(VAGUE_FLOORS[lowered], None, Modifier.VAGUE, words=lowered)
    hedge = _HEDGE.match(plain)
    if hedge is not None:
        modifier = _HEDGE_OF[" ".join(hedge.group().lower().split())]
        value, share = _value(text, plain[hedge.end() :])
        return _hedged(modifier, value, share)
    both = _RANGE.fullmatch(plain)
    if both is not None and not _reads(plain) and _reads(both["low"]) and _reads(both["high"]):
        (low, low_share), (high, high_share) = _value(text, both["low"]), _value(text, both["high"])
        if high_share and not low_share:
            low, low_share = low * BASIS_POINTS_PER_PERCENT, True
        if low_share != high_share or low >= high:
            raise QuantityError(text, "a range goes from the smaller to the larger number")
        return Quantity(low, high, Modifier.RANGE, low_share)
    value, share = _value(text, plain)
    return _hedged(Modifier.EXACT, value, share)


def _reads(words: str) -> bool:
    try:
        _value(words, words)
    except QuantityError:
        return False
    return True


def _hedged(modifier: Modifier, value: int, share: bool) -> Quantity:
    low: int | None = value
    high: int | None = value
    if modifier in (Modifier.AT_LEAST, Modifier.MORE_THAN):
        high = None
    elif modifier in (Modifier.UP_TO, Modifier.LESS_THAN):
        low = None
    return Quantity(low, high, modifier, share)


def _value(whole: str, words: str) -> tuple[int, bool]:
    """(number, False) or (basis points, True)."""
    percent = _PERCENT.fullmatch(words)
    if percent is not None:
        share = int(percent[1]) * BASIS_POINTS_PER_PERCENT + int((percent[2] or "").ljust(2, "0"))
        if share > _WHOLE:
            raise QuantityError(whole, "a share is at most 100 percent")
        return share, True
    number = read_number(words)
    if number is not None and number[1] == len(words):
        return number[0], False
    fraction = read_fraction(words)
    if fraction is not None and fraction[1] == len(words):
        return fraction[0], True
    raise QuantityError(whole, f"'{words}' is neither a number nor a share")


_PREFIX = {
    Modifier.EXACT: "",
    Modifier.AT_LEAST: "at least ",
    Modifier.MORE_THAN: "more than ",
    Modifier.ABOUT: "about ",
    Modifier.NEARLY: "nearly ",
    Modifier.UP_TO: "up to ",
    Modifier.LESS_THAN: "fewer than ",
}
FRACTION_WORDS = {
    5_000: "half",
    3_333: "a third",
    6_666: "two thirds",
    2_500: "a quarter",
    7_500: "three quarters",
}


def to_words(quantity: Quantity) -> str:
    """The quantity in canonical English; `parse_quantity` reads it back to an equal one."""
    if not quantity.known:
        return "unknown"
    if quantity.words is not None:
        return quantity.words
    if quantity.modifier is Modifier.RANGE:
        low, high = _print(quantity.low, quantity.share), _print(quantity.high, quantity.share)
        return f"{low} to {high}"
    bound = quantity.low if quantity.low is not None else quantity.high
    return _PREFIX[quantity.modifier] + _print(bound, quantity.share)


def _print(bound: int | None, share: bool) -> str:
    if bound is None:
        raise ValueError("an open bound has no words")
    if not share:
        return f"{bound:,}"
    if bound in FRACTION_WORDS:
        return FRACTION_WORDS[bound]
    whole, part = divmod(bound, BASIS_POINTS_PER_PERCENT)
    return f"{whole}.{part:02}".rstrip("0").rstrip(".") + " percent" if part else f"{whole} percent"
