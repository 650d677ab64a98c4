"""Quantities in people's words: `parse_quantity("at least 69")`, and `to_words` back again.

One grammar for seed files, corrections typed by people and reports: `parse_quantity` wants the whole string to be
a quantity, `read_quantity` reads the longest one that begins at a place in running text. The table is in
`docs/facts.md`.
"""

import re
from collections.abc import Iterable

from bot.facts.numerals import FRACTION_WORDS, LARGEST, read_fraction, read_number
from bot.facts.quantity import BASIS_POINTS_PER_PERCENT, UNKNOWN, Modifier, Quantity

EXAMPLES = "69 · at least 69 · about 310 · nearly 20,000 · 20 to 30 · tens of thousands · about 60 percent · unknown"


class QuantityError(ValueError):
    """The words are not a quantity. The message says why and gives examples."""

    def __init__(self, text: str, why: str) -> None:
        self.text = text
        super().__init__(f"'{text}' is not a number I can read: {why}. Examples: {EXAMPLES}")


_HEDGES: dict[Modifier, tuple[str, ...]] = {
    Modifier.AT_LEAST: (
        "at least",
        "no fewer than",
        "not fewer than",
        "no less than",
        "not less than",
        "a minimum of",
        "at the very least",
    ),
    Modifier.MORE_THAN: (
        "more than",
        "over",
        "upwards of",
        "in excess of",
        "above",
        "well over",
        "well above",
        "just over",
        "slightly more than",
    ),
    Modifier.ABOUT: (
        "about",
        "around",
        "some",
        "roughly",
        "approximately",
        "an estimated",
        "estimated",
        "circa",
        "something like",
        "in the region of",
    ),
    Modifier.NEARLY: ("nearly", "almost", "close to", "just under", "not quite", "nearing"),
    Modifier.UP_TO: ("up to", "as many as", "at most", "no more than", "not more than", "a maximum of", "as much as"),
    Modifier.LESS_THAN: ("less than", "fewer than", "under", "below"),
    Modifier.EXACT: ("exactly",),
}
_HEDGE_OF = {phrase: modifier for modifier, phrases in _HEDGES.items() for phrase in phrases}
# Words that count along without changing the number: "a further 12", "a total of 12".
_COUNTING = (
    "a total of",
    "another",
    "a further",
    "an additional",
    "additional",
    "further",
    "an extra",
    "a combined",
    "a record",
)
_TAILS = {"or more": Modifier.AT_LEAST, "or so": Modifier.ABOUT, "or fewer": Modifier.UP_TO}


def _alternatives(phrases: Iterable[str]) -> str:
    return "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in sorted(phrases, key=len, reverse=True))


_HEDGE = re.compile(rf"(?:{_alternatives(_HEDGE_OF)})\s+", re.IGNORECASE)
_COUNTER = re.compile(rf"(?:{_alternatives(_COUNTING)})\s+", re.IGNORECASE)
_TAIL = re.compile(rf"\s+(?:{_alternatives(_TAILS)})\b", re.IGNORECASE)

# The lower bound a vague word gives at most; the upper one stays open.
VAGUE_FLOORS = {
    "a few": 3,
    "a handful": 3,
    "several": 3,
    "tens": 20,
    "dozens": 24,
    "several dozen": 36,
    "a few dozen": 36,
    "scores": 40,
    "hundreds": 200,
    "many hundreds": 200,
    "a few hundred": 200,
    "several hundred": 300,
    "thousands": 2_000,
    "many thousands": 2_000,
    "a few thousand": 2_000,
    "several thousand": 3_000,
    "tens of thousands": 20_000,
    "hundreds of thousands": 200_000,
    "several hundred thousand": 300_000,
    "millions": 2_000_000,
    "tens of millions": 20_000_000,
}
_VAGUE = re.compile(rf"(?:{_alternatives(VAGUE_FLOORS)})\b", re.IGNORECASE)
_PAIRS = re.compile(r"(?:both|a\s+couple|a\s+pair)\b", re.IGNORECASE)
_WHOLE = 100 * BASIS_POINTS_PER_PERCENT
_TO = re.compile(r"\s*(?:-|–|—|\bto\b)\s*", re.IGNORECASE)
_AND = re.compile(r"\s+(?:and|to)\s+|\s*[-–]\s*", re.IGNORECASE)
_BETWEEN = re.compile(r"(?P<between>between)\s+|from\s+", re.IGNORECASE)
_PERCENT = re.compile(r"(\d{1,3})(?:\.(\d{1,2}))?\s*(?:percent\b|per\s+cent\b|%)", re.IGNORECASE)
_PERCENT_WORD = re.compile(r"\s*(?:percent\b|per\s+cent\b|%)", re.IGNORECASE)
_NONE = {"none", "no", "nobody", "no one", "zero"}
_Value = tuple[int, bool, int]


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
    try:
        read = read_quantity(plain)
    except ValueError as error:
        raise QuantityError(text, str(error)) from None
    if read is None:
        raise QuantityError(text, "it is neither a number nor a share")
    if read[1] != len(plain):
        raise QuantityError(text, f"'{plain[read[1] :].strip()}' is left over")
    return read[0]


def read_quantity(text: str, start: int = 0) -> tuple[Quantity, int] | None:
    """The longest quantity that begins at `start`, with its hedge: (quantity, end), or None.

    Raises:
        ValueError: it is a range from a larger to a smaller number, or a share above the whole.
    """
    digit = text[start : start + 1].isdigit()
    if not digit:
        vague = _VAGUE.match(text, start)
        if vague is not None:
            words = " ".join(vague.group().lower().split())
            return Quantity(VAGUE_FLOORS[words], None, Modifier.VAGUE, words=words), vague.end()
        pair = _PAIRS.match(text, start)
        if pair is not None:
            return Quantity(2, 2), pair.end()
    opening = None if digit else _BETWEEN.match(text, start)
    if opening is not None:
        low = _read_value(text, opening.end())
        joiner = _AND if opening["between"] else _TO
        return _read_range(text, low, joiner) if low is not None else None
    position, modifier = (start, Modifier.EXACT) if digit else _read_hedges(text, start)
    value = _read_value(text, position)
    if value is None:
        return None
    ranged = _read_range(text, value, _TO)  # "some 20 to 30" is a range; its hedge adds nothing
    if ranged is not None:
        return ranged
    number, share, end = value
    # "Three quarters" stays three quarters, and 75 percent 75 percent: the words are the source's.
    fraction = share and number in FRACTION_WORDS and read_fraction(text, position) == (number, end)
    tail = _TAIL.match(text, end)
    if tail is not None and modifier is Modifier.EXACT:
        modifier, end = _TAILS[" ".join(tail.group().lower().split())], tail.end()
    return _hedged(modifier, number, share, fraction), end


def _read_hedges(text: str, start: int) -> tuple[int, Modifier]:
    """The first hedge decides: "at least another 12", "more than an estimated 300"."""
    position, modifier = start, Modifier.EXACT
    for _ in range(3):
        hedge = _HEDGE.match(text, position)
        if hedge is not None:
            if modifier is Modifier.EXACT:
                modifier = _HEDGE_OF[" ".join(hedge.group().lower().split())]
            position = hedge.end()
            continue
        counter = _COUNTER.match(text, position)
        if counter is None:
            break
        position = counter.end()
    return position, modifier


def _read_range(text: str, low: _Value, between: re.Pattern[str]) -> tuple[Quantity, int] | None:
    """The range whose lower number has been read, or None when no "to" follows it."""
    joiner = between.match(text, low[2])
    if joiner is None:
        return None
    high = _read_value(text, joiner.end())
    if high is None:
        return None
    low_number, low_share, _ = low
    if high[1] and not low_share:
        low_number, low_share = low_number * BASIS_POINTS_PER_PERCENT, True
    if low_share != high[1] or low_number >= high[0]:
        raise ValueError("a range goes from the smaller to the larger number")
    return Quantity(low_number, high[0], Modifier.RANGE, low_share), high[2]


def _hedged(modifier: Modifier, value: int, share: bool, fraction: bool) -> Quantity:
    low: int | None = value
    high: int | None = value
    if modifier in (Modifier.AT_LEAST, Modifier.MORE_THAN):
        high = None
    elif modifier in (Modifier.UP_TO, Modifier.LESS_THAN):
        low = None
    return Quantity(low, high, modifier, share, fraction=fraction)


def _read_value(text: str, start: int) -> _Value | None:
    """(number, False, end) or (basis points, True, end)."""
    digit = text[start : start + 1].isdigit()
    percent = _PERCENT.match(text, start) if digit else None
    if percent is not None:
        points = int(percent[1]) * BASIS_POINTS_PER_PERCENT + int((percent[2] or "").ljust(2, "0"))
        return _share(points, percent.end())
    number = read_number(text, start)
    fraction = None if digit else read_fraction(text, start)
    if number is not None and (fraction is None or number[1] > fraction[1]):
        word = _PERCENT_WORD.match(text, number[1])
        if word is not None and number[0] <= LARGEST // BASIS_POINTS_PER_PERCENT:
            return _share(number[0] * BASIS_POINTS_PER_PERCENT, word.end())
        return number[0], False, number[1]
    return (fraction[0], True, fraction[1]) if fraction is not None else None


def _share(points: int, end: int) -> _Value:
    if points > _WHOLE:
        raise ValueError("a share is at most 100 percent")
    return points, True, end


_PREFIX = {
    Modifier.EXACT: "",
    Modifier.AT_LEAST: "at least ",
    Modifier.MORE_THAN: "more than ",
    Modifier.ABOUT: "about ",
    Modifier.NEARLY: "nearly ",
    Modifier.UP_TO: "up to ",
    Modifier.LESS_THAN: "fewer than ",
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
    if quantity.fraction and bound in FRACTION_WORDS:
        return _PREFIX[quantity.modifier] + FRACTION_WORDS[bound]
    return _PREFIX[quantity.modifier] + _print(bound, quantity.share)


def _print(bound: int | None, share: bool) -> str:
    if bound is None:
        raise ValueError("an open bound has no words")
    if not share:
        return f"{bound:,}"
    whole, part = divmod(bound, BASIS_POINTS_PER_PERCENT)
    return f"{whole}.{part:02}".rstrip("0").rstrip(".") + " percent" if part else f"{whole} percent"


# Words that may stand in a quantity before its number, for whoever looks for quantities in running text.
LEAD_WORDS = frozenset(
    word
    for phrase in (*_HEDGE_OF, *_COUNTING, "between", "from", "several", "many", "a", "an")
    for word in phrase.split()
)
