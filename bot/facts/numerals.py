"""Numbers in English words and digits: `read_number("more than 300,000 people", 10)`."""

import re

_UNITS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_SMALL = {word: value for value, word in enumerate(_UNITS)} | {
    word: 20 + 10 * index for index, word in enumerate(_TENS)
}
_SCALES = {"dozen": 12, "hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_FRACTIONS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "thirds": 3, "quarters": 4, "fifths": 5}

_DIGITS = re.compile(r"\d{1,3}(?:[,\u202f\u00a0]\d{3})+(?![\d])|\d{1,15}(?:\.\d{1,4})?")
_WORD = re.compile(r"[a-z]+", re.IGNORECASE)
_GAP = re.compile(r"[\s-]+")
FRACTION_WORDS = {
    5_000: "half",
    3_333: "a third",
    6_666: "two thirds",
    2_500: "a quarter",
    7_500: "three quarters",
}
"""Fractions that have a word, by their basis points."""
LARGEST = 10**12
_MOST_WORDS = 24  # no number below the largest needs more


def read_number(text: str, start: int = 0) -> tuple[int, int] | None:
    """The whole number that begins at `start`: (value, end), or None.

    Knows digits with thousands separators, decimals before a scale ("1.5 million"), word numbers up to billions,
    dozens and "half a million". At most `LARGEST`; a larger one is None.
    """
    found = _read_digits(text, start) or _read_words(text, start) or _read_part_of_scale(text, start)
    return found if found is not None and found[0] <= LARGEST else None


def read_fraction(text: str, start: int = 0) -> tuple[int, int] | None:
    """A fraction in words ("half", "a third", "two-thirds", "three quarters") as basis points: (value, end)."""
    word, end = _word(text, start)
    count = 1
    if word in ("a", "one") or word in _SMALL:
        count = _SMALL.get(word, 1)
        word, end = _word(text, _skip(text, end))
    divisor = _FRACTIONS.get(word)
    if divisor is None or not 0 < count < divisor:
        return None
    return count * 10_000 // divisor, end


def _word(text: str, start: int) -> tuple[str, int]:
    match = _WORD.match(text, start)
    return (match.group().lower(), match.end()) if match else ("", start)


def _skip(text: str, start: int) -> int:
    match = _GAP.match(text, start)
    return match.end() if match else start


def _read_digits(text: str, start: int) -> tuple[int, int] | None:
    match = _DIGITS.match(text, start)
    if match is None:
        return None
    whole, _, decimals = re.sub(r"[,\u202f\u00a0]", "", match.group()).partition(".")
    word, end = _word(text, _skip(text, match.end()))
    scale = _SCALES.get(word)
    if scale is not None:
        return (int(whole + decimals) * scale) // 10 ** len(decimals), end
    if decimals:
        return None
    return int(whole), match.end()


def _read_words(text: str, start: int) -> tuple[int, int] | None:
    total = group = 0
    end = position = start
    seen = False
    for _ in range(_MOST_WORDS):
        word, after = _word(text, position)
        if word in _SMALL:
            if seen and group % 100 and not (group % 10 == 0 and group % 100 >= 20 and _SMALL[word] < 10):
                break
            group += _SMALL[word]
        elif word == "hundred" and 0 < group < 100:
            group *= 100
        elif word in _SCALES and word != "hundred" and group:
            total, group = total + group * _SCALES[word], 0
        elif word == "a" and not seen and _word(text, _skip(text, after))[0] in _SCALES:
            group = 1
        elif word == "and" and seen and (total or group >= 100) and _word(text, _skip(text, after))[0] in _SMALL:
            position = _skip(text, after)
            continue
        else:
            break
        seen = True
        end, position = after, _skip(text, after)
    return (total + group, end) if seen else None


def _read_part_of_scale(text: str, start: int) -> tuple[int, int] | None:
    """ "half a million", "a quarter of a million"."""
    part = read_fraction(text, start)
    if part is None:
        return None
    position = _skip(text, part[1])
    word, after = _word(text, position)
    if word == "of":
        word, after = _word(text, _skip(text, after))
    if word != "a":
        return None
    scale, end = _word(text, _skip(text, after))
    if scale not in _SCALES:
        return None
    return _SCALES[scale] * part[0] // 10_000, end
