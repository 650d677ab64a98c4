"""Places told of again: "the town", "the besieged enclave". Found here, named by what the report told of before."""

from collections.abc import Sequence

from bot.extraction import tags as tg
from bot.extraction.tokens import Tokens
from bot.extraction.words import word_set

DEFINITE = "definite"
_NOUNS = word_set(
    """city town village camp suburb enclave district neighbourhood neighborhood province governorate island settlement
    township county quarter port valley commune hamlet state
    region territory strip peninsula capital"""
)
DETERMINERS = frozenset(("the", "that", "this"))
_PROVINCIAL = frozenset(("provincial", "regional", "state", "district"))  # "the provincial capital" is another
_MOST_ADJECTIVES = 3


def definite_noun(tokens: Tokens, at: int) -> int | None:
    """The place noun of "the besieged town" that begins at token `at`; None where a name follows or stands before it
    ("the town of Larkport", "the Larkport district")."""
    low, tag, size = tokens.low, tokens.tag, len(tokens.low)
    if low[at] not in DETERMINERS:
        return None
    for k in range(at + 1, min(size, at + _MOST_ADJECTIVES + 2)):
        word = low[k].removesuffix("'s")
        if word in _NOUNS:
            after = low[k + 1] if k + 1 < size else ""
            named = k + 1 < size and tag[k + 1] & tg.CAPITAL and word == low[k]
            compound = k + 1 < size and tag[k + 1] & (tg.PLACE_NOUN | tg.PERSON | tg.PERSON_SG | tg.SPEAKER)
            return None if named or after == "of" or (compound and word == low[k]) else k
        if low[k] in _PROVINCIAL or tag[k] & (tg.CAPITAL | tg.NP_STOP | tg.VERB | tg.PERSON | tg.QUANTITY):
            return None
    return None


_DISTRICT, _TOWN = 2, 3
_FALLBACK = {"suburb": _DISTRICT, "neighbourhood": _DISTRICT, "neighborhood": _DISTRICT, "quarter": _DISTRICT}
_RECENT = 3  # sentences


class PlacesTold:
    """The places told of so far by their nouns and by how narrow they are. Lives for one extraction."""

    def __init__(self) -> None:
        self._by_noun: dict[str, tuple[str, int]] = {}
        self._by_level: dict[int, tuple[str, int, str | None]] = {}

    def tell(self, name: str, level: int, noun: str | None, at: int) -> None:
        """Remembers a place that sentence `at` named, with the noun it was told with."""
        self._by_level[level] = name, at, noun
        if noun is not None:
            self._by_noun[noun] = name, at

    def meant(self, noun: str, level: int, at: int, scenes: Sequence[tuple[str, int]]) -> str | None:
        """The place that "the <noun>" in sentence `at` means: the last that was told with this noun, unless another as
        narrow was told since and the first is long ago; else the first scene (name, level) that is as narrow."""
        level = _FALLBACK.get(noun, level)
        last = self._by_level.get(level) if noun not in ("camp", "capital") else None
        told = self._by_noun.get(noun)
        if told is not None and (last is None or level != _TOWN or last[1] <= told[1]):
            return told[0]
        if told is not None and last is not None and last[2] is not None and at - told[1] <= _RECENT:
            return told[0]  # "Bidi, a town … the village of Saran … the town"
        if last is None:
            return None
        return next((name for name, scene_level in scenes if scene_level == level), last[0])
