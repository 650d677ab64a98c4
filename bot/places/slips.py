"""When are two different spellings one name mistyped, and when another name?

A slip of the finger leaves a letter out, adds one, changes one or swaps two neighbours; two of them are
forgiven in all. Changing a consonant makes another name (Hazano is not Hanano, Marea not Marja), so short
words are judged by their consonants, and a three-letter word must be right.
"""

from __future__ import annotations

from collections.abc import Container
from typing import Final

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


def is_slip(typed: str, name: str, common: Container[str] = ()) -> bool:
    """Whether a folded text is at most two slips from a folded name, and no other name by the look of it.

    `common` are words that many names share (Sheikh, Karm, Housing). One of them may be mistyped in any way
    when the words that tell the places apart are right.
    """
    from rapidfuzz.distance import OSA

    one_word, other = compact(typed), compact(name)
    slips = OSA.distance(one_word, other, score_cutoff=MAX_SLIPS)
    if slips > MAX_SLIPS:
        return False
    mine, its = typed.split(), name.split()
    if len(mine) != len(its):
        # A space too many or too few is a slip of its own, which leaves one more.
        return slips <= 1 and _word_is_slip(one_word, other, alone=True)
    wrong = [(word, right) for word, right in zip(mine, its, strict=True) if word != right]
    if len(wrong) == 1 and wrong[0][1] in common and any(word not in common for word in its):
        return slips <= 1 and len(wrong[0][1]) >= _SHORT
    alone = len(wrong) == len(its)
    return all(_word_is_slip(word, right, alone=alone) for word, right in wrong)


def _word_is_slip(typed: str, name: str, *, alone: bool) -> bool:
    """Whether one word is another mistyped; `alone` when no other word of the name confirms it."""
    from rapidfuzz.distance import OSA, Levenshtein

    if OSA.distance(typed, name) > slips_allowed(min(typed, name, key=len)):
        return False
    if sorted(typed) == sorted(name):
        return True
    mine, its = skeleton(typed), skeleton(name)
    if mine == its:
        return True
    if mine[:1] != its[:1] or Levenshtein.distance(mine, its) > 1:
        return False
    # One consonant more, less or other: a long word bears it, a middling one when another word confirms it or
    # when it was left out or added.
    length = min(len(typed), len(name))
    return length >= _LONG or (length >= _MIDDLE and (not alone or len(typed) != len(name)))
