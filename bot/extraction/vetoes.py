"""Numbers that count no people. Every veto has a name, which the trace and the distractor tables use."""

import re

from bot.extraction import tags as tg
from bot.extraction.quantities import Reading
from bot.extraction.tokens import Tokens
from bot.extraction.words import word_set
from bot.facts.quantity import Modifier

_CURRENCY = word_set("$ € £ ₦ ¥ ₹ usd us$ eur gbp rs")
_CLOCK_AFTER = word_set("am pm a.m. p.m. a.m p.m gmt utc o'clock ksa est local")
_DESIGNATIONS = word_set(
    """no nos number numbers resolution route highway article chapter section phase flight room sector gate page
    version act protocol type grade class channel fm protocol bus platform freeway interstate apartment flat grid
    boeing airbus psalm round figure table line level category"""
)
_YEAR_BEFORE = word_set(
    """in since of until till from by mid early late during before after through year and to between"""
)
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_MILITARY_CLOCK_DIGITS = 4
_MONTH_DAYS = 31
_LARGEST_RATIO = 100


def veto(tokens: Tokens, reading: Reading, head: int | None) -> str | None:
    """The name of the veto that the number's surroundings speak, or None. `head` is the noun it counts, if any."""
    low, tag, raw = tokens.low, tokens.tag, tokens.raw
    first, past, size = reading.first, reading.past, len(low)
    before = low[reading.number - 1] if reading.number > 0 else ""
    after = low[past] if past < size else ""
    digits = tag[reading.number] & tg.DIGIT
    if digits and past < size and tokens.start[past] == tokens.end[past - 1] and raw[past][0].isalpha():
        return "designation"  # 21st, 5km, 700k: letters grown to the digits
    if digits and past < size and after in "/°" and tokens.start[past] == tokens.end[past - 1]:
        return "designation"
    if digits and _grown_to_letters(tokens, reading.number):
        return "designation"  # MH17, G20
    if ":" in low[reading.number]:
        return "clock"
    if after in _CLOCK_AFTER or (
        after == "hours"
        and len(low[reading.number]) == _MILITARY_CLOCK_DIGITS
        and digits
        and low[reading.number][0] in "012"
    ):
        return "clock"
    if before in _CURRENCY or after in _CURRENCY:
        return "money"
    if _is_date(tokens, reading, head):
        return "date"
    if _is_age(tokens, reading):
        return "age"
    if _is_ratio(tokens, reading):
        return "ratio"
    numbered = reading.first > 1 and tag[reading.first - 2] & (tg.PERSON | tg.ADVERB)  # "refugees now number 170,000"
    if digits and before in _DESIGNATIONS and head is None and not (before == "number" and numbered):
        return "designation"
    if digits and first > 0 and low[first - 1] in ("-", "–") and tokens.end[first - 1] == tokens.start[first]:
        glued = first > 1 and tokens.end[first - 2] == tokens.start[first - 1] and raw[first - 2][0].isalpha()
        if glued:
            return "designation"
    return None


def _grown_to_letters(tokens: Tokens, at: int) -> bool:
    return at > 0 and tokens.end[at - 1] == tokens.start[at] and tokens.raw[at - 1][-1].isalpha()


_BARE_RATIO = re.compile(r"of (?:ten|10|100) (?:of|are|were|is)$")


def _ends_phrase(tokens: Tokens, at: int) -> bool:
    return at >= len(tokens.low) or bool(tokens.tag[at] & (tg.NP_STOP | tg.VERB))


def _is_age_in_list(tokens: Tokens, reading: Reading) -> bool:
    """ "two suspects, 26 and 31, were held"."""
    low, tag, size = tokens.low, tokens.tag, len(tokens.low)
    first, past = reading.first, reading.past
    if reading.quantity.modifier is not Modifier.EXACT or reading.quantity.size >= _OLDEST:
        return False
    if past + 2 < size and low[past] == "and" and tag[past + 1] & tg.DIGIT and low[past + 2] == ",":
        noun = first - 2
    elif past < size and low[past] == "," and first > 3 and low[first - 1] == "and" and tag[first - 2] & tg.DIGIT:
        noun = first - 4
    else:
        return False
    return noun >= 0 and low[noun + 1] == "," and bool(tag[noun] & (tg.PERSON | tg.PERSON_SG | tg.CAPITAL))


_OLDEST = 120
_STATES = word_set("killed wounded injured dead hurt missing displaced")
_RATIO = re.compile(
    r"(?:in|out of(?: every)?|of every) (?:two|three|four|five|six|seven|eight|nine|ten|100|10|[2-9])(?: |$)"
)
_RATIO_END = re.compile(r"(?:one|two|three|four|five|six|seven|eight|nine|\d) (?:in|out of(?: every)?|of every)$")


def _is_ratio(tokens: Tokens, reading: Reading) -> bool:
    """ "one in four", "nine out of ten": a share of a whole that is told elsewhere."""
    low = tokens.low
    if reading.quantity.modifier is Modifier.VAGUE or reading.quantity.size > _LARGEST_RATIO:
        return False
    past = reading.past
    before_of = low[past : past + 1] == ["of"] == low[reading.first - 1 : reading.first]
    end = " ".join(["of", *low[reading.first : past + 1]]) if before_of else " ".join(low[past : past + 3])
    if _BARE_RATIO.match(end) is not None:
        return True  # "six of ten of the displaced"
    after = _RATIO.match(" ".join(low[reading.past : reading.past + 5]))
    if after is not None:
        counted = reading.past + len(after.group().split())
        return not (counted < len(low) and tokens.tag[counted] & (tg.THING | tg.MONTH))  # "three in two days"
    return _RATIO_END.search(" ".join(low[max(0, reading.first - 5) : reading.first])) is not None


def _is_date(tokens: Tokens, reading: Reading, head: int | None) -> bool:
    low, tag = tokens.low, tokens.tag
    first, past, size = reading.number, reading.past, len(low)
    digits = bool(tag[reading.number] & tg.DIGIT)
    if digits and past < size and tag[past] & tg.MONTH and _is_month(tokens, past):
        return True
    if digits and first > 0 and tag[first - 1] & tg.MONTH and _is_month(tokens, first - 1):
        persons = head is not None and tag[head] & tg.PERSON
        dated = first > 1 and tag[first - 2] & tg.DIGIT and reading.quantity.size < _FIRST_YEAR
        if persons and (dated or _MONTH_DAYS < reading.quantity.size < _FIRST_YEAR):
            return False  # "since 15 November 219 people"
        return head is None or not tag[head] & tg.PERSON or low[past - 1] not in ("and",)
    if not digits or len(low[reading.number]) != 4 or not low[reading.number].isdigit():
        return False
    year = int(low[reading.number])
    if not _FIRST_YEAR <= year <= _LAST_YEAR or reading.quantity.modifier not in (Modifier.EXACT, Modifier.RANGE):
        return False
    if head is not None and tag[head] & tg.PERSON and head == past:
        return False
    return head is None or (first > 0 and low[first - 1] in _YEAR_BEFORE) or not tag[head] & tg.PERSON


def _is_month(tokens: Tokens, at: int) -> bool:
    """ "may" and "march" are months only with a capital."""
    return tokens.low[at] not in ("may", "march", "mar", "dec", "sat", "sun") or bool(tokens.tag[at] & tg.CAPITAL)


def _is_age(tokens: Tokens, reading: Reading) -> bool:
    low, tag = tokens.low, tokens.tag
    first, past, size = reading.first, reading.past, len(low)
    if first > 0 and low[first - 1] in ("aged", "age", "ages"):
        return True
    if (
        first > 1
        and low[first - 2] in ("aged", "age", "ages")
        and low[first - 1] in ("between", "from", "just", "only", "about")
    ):
        return True
    if first > 2 and low[first - 1] in ("and", ",", "or") and low[first - 3] in ("aged", "ages"):
        return True  # "brothers aged 22 and 26"
    if first > 1 and low[first - 1] == "of" and tag[first - 2] & tg.PERSON_SG and _ends_phrase(tokens, past):
        return True  # "a girl of seven"
    of_age = first > 0 and low[first] in ("under", "over", "below", "above") and low[first - 1] not in _STATES
    if of_age and tag[first - 1] & tg.PERSON and _ends_phrase(tokens, past):
        return reading.quantity.size < _OLDEST  # "32 children under ten"
    if _is_age_in_list(tokens, reading):
        return True
    if past < size and low[past].startswith(("year-old", "month-old", "day-old", "years-old")):
        return True
    if past + 1 < size and low[past] in ("year", "years", "months") and low[past + 1] in ("old", "-old", "of"):
        return low[past + 1] != "of" or (past + 2 < size and low[past + 2] == "age")
    exact = reading.quantity.modifier is Modifier.EXACT and reading.quantity.size < _OLDEST
    closed = past >= size or low[past] in (",", ")", ";", ".")
    return bool(
        exact
        and first > 1
        and low[first - 1] in (",", "(")
        and closed
        and tag[first - 2] & (tg.CAPITAL | tg.PERSON_SG)
        and tag[first] & tg.DIGIT
    )
