"""Names brought to a form in which two spellings of one place can be compared.

Three forms, each coarser than the one before:

- `fold`: case, diacritics, apostrophes, hyphens, doubled Latin letters and the article gone; Arabic letters
  in one form. What folds alike is the same name.
- `sound`: a folded Latin name with the romaniser's choices gone (q/k, ee/i/ay, ou/oo/u/aw, -a/-eh).
- `skeleton`: the consonants alone, in classes shared by Latin and Arabic script.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from bot.places.letters import ARABIC_CONSONANTS, ARTICLES, LATIN_CONSONANTS, LETTERS, SOUNDS

__all__ = ["compact", "fold", "skeleton", "sound", "words"]

_NOT_ASCII_NAME: Final = re.compile(r"[^a-z0-9]+")
# A letter that the same one follows: taken out, one of each run is left.
_DOUBLED: Final = re.compile(r"([a-z])(?=\1)")
_DOUBLED_CLASS: Final = re.compile(r"([A-Za-z])(?=\1)")
_VOWELS: Final = re.compile(r"[aeiouyw]+")
_LAST_A: Final = re.compile(r"(?<=.)(?:[ae]h?|(?<=[aeiouyw])h)$")
_SOUND_CONSONANTS: Final = str.maketrans("qcpvj", "kkbfg")
_ARABIC_ARTICLE: Final = "ال"


@lru_cache(maxsize=4096)  # each name is folded for several indexes, and what is typed for several look-ups
def fold(text: str) -> str:
    """The name as words parted by single spaces; empty when nothing in it is a letter or a digit.

    Folding what is folded changes nothing.
    """
    return " ".join(_without_articles(words(text)))


def words(text: str) -> list[str]:
    """The words of a name, letters brought to one form but articles still there."""
    text = text.translate(LETTERS).casefold()
    if not text.isascii():
        text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
        text = "".join(map(_kept, text.translate(LETTERS)))
        if not text.isascii():
            return [_DOUBLED.sub("", word) for word in text.split()]
    return [_DOUBLED.sub("", word) for word in _NOT_ASCII_NAME.split(text) if word]


def compact(folded: str) -> str:
    """A folded name without its spaces, so that "bustanal qasr" and "bustan alqasr" come together."""
    return _DOUBLED.sub("", folded.replace(" ", ""))


def sound(folded: str) -> str:
    """A folded name as it is heard: equal for what different romanisations make of one Arabic name."""
    return " ".join(heard for word in folded.split() if (heard := _sound(word)))


def skeleton(folded: str) -> str:
    """The consonant classes of a folded name in either script; empty when it has none."""
    return "".join(map(_skeleton, folded.split()))


def _kept(char: str) -> str:
    """The character where it belongs to a name, nothing for marks and invisible ones, else a space."""
    if char.isalnum():
        digit = unicodedata.decimal(char, None)
        return char if digit is None else str(digit)
    category = unicodedata.category(char)
    return "" if category[0] == "M" or category == "Cf" else " "


def _without_articles(tokens: list[str]) -> list[str]:
    """From the last word to the first, so that what an article stood before is already bare."""
    bare: list[str] = []
    for token in reversed(tokens):
        while token.startswith(_ARABIC_ARTICLE) and len(token) >= 4:
            token = token[2:]
        follows = ARTICLES.get(token)
        if follows is None or not bare or not bare[-1].startswith(follows):
            bare.append(token)
    return bare[::-1]


def _sound(word: str) -> str:
    if not word.isascii():
        return word
    for pair, single in SOUNDS:
        if pair in word:
            word = word.replace(pair, single)
    word = _LAST_A.sub("", word.translate(_SOUND_CONSONANTS))
    return _DOUBLED_CLASS.sub("", _VOWELS.sub(_vowel, word))


def _vowel(run: re.Match[str]) -> str:
    """Arabic has three vowels; the strongest sign in a run of letters says which is meant."""
    letters = run[0]
    if any(c in letters for c in "ouw"):
        return "u"
    return "i" if any(c in letters for c in "iey") else "a"


@lru_cache(maxsize=4096)
def _skeleton(word: str) -> str:
    if word.isascii():
        for pair, single in SOUNDS:
            if pair in word:
                word = word.replace(pair, single)
        bones = word.translate(LATIN_CONSONANTS)
    else:
        bones = "".join(c for c in word.translate(ARABIC_CONSONANTS) if c.isascii())
    # A last h is ta marbuta more often than a consonant, and is left out as often as it is written.
    return bones.removesuffix("h") if len(bones) > 1 else bones
