"""Which letters count as one: the tables behind `names.py`.

Apostrophes stand for ayn and hamza and are typed in a dozen ways or left out. Arabic forms of one letter
follow the usual search normalisation (alef forms, alef maqsura, ta marbuta, Persian kaf and ya). The
consonant classes join what romanisations of Arabic confuse: q/k/kh/c, j/g/gh, b/p, emphatic and plain.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

__all__ = ["ARABIC_CONSONANTS", "ARTICLES", "LATIN_CONSONANTS", "LETTERS", "SOUNDS"]

_APOSTROPHES: Final = "'`´\"‘’‚‛“”ʹʺʻʼʽʾʿˈ′‵ՙ՚＇ʔʕꞌ"
_TATWEEL_AND_HAMZA: Final = "ـء"
#: Control characters that are no white space: never typed on purpose.
_CONTROLS: Final = "".join(chr(c) for c in (*range(0x20), *range(0x7F, 0xA0)) if not chr(c).isspace())


def _table(letters: str, become: str, without: str) -> Mapping[int, str | None]:
    """A table for str.translate that nobody can change."""
    return MappingProxyType({ord(a): b for a, b in zip(letters, become, strict=True)} | {ord(c): None for c in without})


#: One letter to another, or to nothing, before anything else is looked at.
LETTERS: Final[Mapping[int, str | None]] = _table(
    "ٱآأإىیېةۀەہکگڤپچژۆۇıøłđħ",
    "اااايييههههككفبجزووioldh",
    without=_APOSTROPHES + _TATWEEL_AND_HAMZA + _CONTROLS,
)

#: The article by the sounds that may follow it: al- and its kin before any, ash-Shaar only before sh.
ARTICLES: Final[Mapping[str, str]] = MappingProxyType(
    {"al": "", "el": "", "il": "", "ul": "", "ال": ""}
    | {"ash": "sh", "esh": "sh", "ach": "ch", "ech": "ch", "aj": "j", "ej": "j"}
    | {vowel + sun: sun for vowel in "ae" for sun in "sdnrzt"}
    | {"ath": "th", "adh": "dh"}
)

#: Latin pairs that write one Arabic consonant; longest first.
SOUNDS: Final = (
    ("tch", "S"),
    ("sh", "S"),
    ("ch", "S"),
    ("kh", "X"),
    ("gh", "G"),
    ("dh", "d"),
    ("th", "t"),
    ("dj", "j"),
    ("ph", "f"),
)

LATIN_CONSONANTS: Final[Mapping[int, str | None]] = _table(
    "bcdfghjklmnpqrstvxzSXG", "bkdfghgklmnbkrstfkzSkg", without="aeiouyw"
)
ARABIC_CONSONANTS: Final[Mapping[int, str | None]] = _table(
    "بتثجحخدذرزسشصضطظغفقكلمنه", "bttghkddrzsSsdtzgfkklmnh", without="اويع"
)
