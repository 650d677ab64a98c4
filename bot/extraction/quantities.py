"""Where quantities stand in a sentence. The reading itself is `bot.facts.grammar`, the same as for whole strings."""

import re
from dataclasses import dataclass

from bot.extraction import tags as tg
from bot.extraction.tokens import Tokens
from bot.extraction.words import word_set
from bot.facts.grammar import LEAD_WORDS, read_quantity
from bot.facts.quantity import Modifier, Quantity

_MOST_LEAD_WORDS = 6
_RISING = frozenset(["from"])


@dataclass(frozen=True, slots=True)
class Reading:
    """A quantity at tokens [first, past); `number` is the token its number begins at."""

    first: int
    past: int
    number: int
    quantity: Quantity


def scan(text: str, tokens: Tokens) -> list[Reading]:
    """Every quantity of the sentence, left to right, none overlapping."""
    found: list[Reading] = []
    tag, low = tokens.tag, tokens.low
    size = len(low)
    at = 0
    floor = 0
    while at < size:
        if not tag[at] & tg.QUANTITY:
            at += 1
            continue
        reading = _read(text, tokens, at, floor)
        if reading is None:
            at += 1
            continue
        found.append(reading)
        at = floor = reading.past
    return found


def _read(text: str, tokens: Tokens, at: int, floor: int) -> Reading | None:
    low = tokens.low
    first = at
    while first > floor and at - first < _MOST_LEAD_WORDS and low[first - 1] in LEAD_WORDS:
        first -= 1
    while first <= at:
        written = _grouped(text, tokens, at, tokens.start[first]) if tokens.tag[at] & tg.DIGIT else None
        read = _at(text, tokens.start[first], written)
        if read is not None and read[1] > tokens.start[at]:
            past = at
            while past < len(low) and tokens.start[past] < read[1]:
                past += 1
            hedged = read[0].modifier is Modifier.VAGUE and first - 2 >= floor
            if hedged and low[first - 2 : first] in (["at", "least"], ["more", "than"]):
                first -= 2  # "at least dozens" is no more exact than "dozens"
            if tokens.end[past - 1] == read[1]:
                return _without_rise(tokens, Reading(first, past, at, read[0]))
        first += 1
    return None


# "5 800 people": digits in groups, as French and many agencies print them.
_GROUPS = re.compile(r"\d{1,3}(?: \d{3}){1,4}(?![\d.,:-])")
_LONGEST_NUMBER = 80


def _grouped(text: str, tokens: Tokens, at: int, start: int) -> str | None:
    """The text from `start` on with blanks between groups of digits made commas, where token `at` begins such a
    number; the words have the same length, so that offsets hold."""
    groups = _GROUPS.match(text, tokens.start[at])
    if groups is None:
        return None
    if at > 0 and (tokens.tag[at - 1] & (tg.MONTH | tg.DIGIT | tg.CAPITAL)) and tokens.low[at - 1] not in LEAD_WORDS:
        return None  # "on March 12 300 people"
    end = groups.end()
    return text[start : tokens.start[at]] + groups.group().replace(" ", ",") + text[end : end + _LONGEST_NUMBER]


def _at(text: str, start: int, written: str | None = None) -> tuple[Quantity, int] | None:
    try:
        if written is not None:
            found = read_quantity(written, 0)
            return (found[0], found[1] + start) if found is not None else None
        return read_quantity(text, start)
    except ValueError:  # "30 to 20", "120 percent": not a quantity anybody could use
        return None


def _without_rise(tokens: Tokens, reading: Reading) -> Reading:
    """ "rose from 8 to 12" is no range: the number it rose to counts."""
    quantity = reading.quantity
    up_to = quantity.modifier is Modifier.UP_TO and reading.first > 0 and tokens.low[reading.first] == "up"
    if up_to and quantity.high is not None and tokens.low[reading.first - 1] in _GOES_UP:
        return Reading(reading.first, reading.past, reading.number, Quantity(quantity.high, quantity.high))
    by = reading.first > 0 and tokens.low[reading.first - 1] == "by"
    if by and quantity.modifier is Modifier.RANGE and "to" in tokens.low[reading.first : reading.past]:
        first = next(k for k in range(reading.past - 1, reading.first, -1) if tokens.low[k - 1] == "to")
        return Reading(first, reading.past, first, Quantity(quantity.high, quantity.high))  # "cut by 100 to 253"
    before = reading.first if tokens.low[reading.first] == "from" else reading.first - 1
    if quantity.modifier is not Modifier.RANGE or before < 1 or tokens.low[before] != "from":
        return reading
    if tokens.low[before - 1] not in _MOVES:
        return reading
    first = next(k for k in range(reading.past - 1, reading.first, -1) if tokens.low[k - 1] in ("to", "-", "–"))
    return Reading(first, reading.past, first, Quantity(quantity.high, quantity.high))


_GOES_UP = word_set(
    "gone went go goes going shot moved pushed crept inched jumped risen rose edged"
)  # "went up to 116"
_MOVES = word_set(
    """rose risen rises rising up increased increasing climbed climbing jumped grew grown raised raising revised down
    fell dropped lowered updated changed to dead toll"""
)
