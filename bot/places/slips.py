"""When are two different spellings one name mistyped, and when another name?

A slip of the finger leaves a letter out, adds one, changes one or swaps two neighbours; two of them are
forgiven in all. Changing a consonant makes another name (Hazano is not Hanano, Marea not Marja), so short
words are judged by their consonants, and a three-letter word must be right.
"""

from __future__ import annotations

from typing import Final

from rapidfuzz.distance import OSA, Levenshtein

from bot.places.names import compact, skeleton

__all__ = ["MAX_SLIPS", "is_slip", "slips_allowed"]

#: More slips than this are another name.
MAX_SLIPS: Final = 2
#: A word of this many letters may hold one slip; one of LONG letters two.
_SHORT: Final = 4
_MIDDLE: Final = 6
_LONG: Final = 8


def slips_allowed(text: str) -> int:
    """How many slips a name of so many letters may hold."""
    if len(text) < _SHORT:
        return 0
    return MAX_SLIPS if len(text) >= _LONG else 1


def is_slip(typed: str, name: str) -> bool:
    """Whether a folded text is at most two slips from a folded name, and no other name by the look of it."""
    mine, its = typed.split(), name.split()
    if OSA.distance(compact(typed), compact(name), score_cutoff=MAX_SLIPS) > MAX_SLIPS:
        return False
    if len(mine) == len(its):
        return all(map(_word_is_slip, mine, its))
    one_word, other = compact(typed), compact(name)
    # A space too many or too few is a slip of its own, which leaves one more.
    return OSA.distance(one_word, other) <= 1 and _word_is_slip(one_word, other)


def _word_is_slip(typed: str, name: str) -> bool:
    slips = OSA.distance(typed, name)
    if slips == 0:
        return True
    length = min(len(typed), len(name))
    if slips > slips_allowed(min(typed, name, key=len)):
        return False
    if sorted(typed) == sorted(name):
        return True
    mine, its = skeleton(typed), skeleton(name)
    if mine == its:
        return True
    if mine[:1] != its[:1] or Levenshtein.distance(mine, its) > 1:
        return False
    # One consonant more, less or other: a long word bears it, a middling one only what was left out or added.
    return length >= _LONG or (length >= _MIDDLE and len(typed) != len(name))
