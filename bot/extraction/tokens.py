"""Words and punctuation with their offsets into the text. Offsets are never rebuilt: later spans come from here."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.extraction import tags as tg
from bot.extraction.lexicon import Lexicon

# In this order: debris of a page's broken encoding (counts as punctuation) · initials (U.S.) · numbers with their
# separators and what hangs on them (24-year-old, 60%) · words with inner apostrophes and hyphens · any other sign.
# Every repetition is over one character class that the next part cannot match, so matching is linear.
_TOKEN = re.compile(
    r"(?P<debris>_[_âÂ\x80-\x9f]*)"
    r"|(?:[^\W\d_]\.){2,8}"
    r"|\d+(?:[.,:]\d+)*(?:-[^\W\d_]+)*"
    r"|[^\W\d_]+(?:[’'`‘-](?=[^\W_])[^\W_]+)*"
    r"|\S"
)


@dataclass(frozen=True, slots=True)
class Tokens:
    """One sentence's tokens as parallel lists: as written, in small letters, start, end, tags."""

    raw: list[str]
    low: list[str]
    start: list[int]
    end: list[int]
    tag: list[int]

    def __len__(self) -> int:
        return len(self.raw)

    def span(self, first: int, past: int) -> tuple[int, int]:
        """Characters from token `first` up to token `past`, which is not included."""
        return self.start[first], self.end[past - 1]

    def words(self, first: int, past: int) -> str:
        """The words in small letters, one blank between them."""
        return " ".join(self.low[first:past])


def tokenize(text: str, start: int, end: int, lexicon: Lexicon) -> Tokens:
    """The tokens of text[start:end]."""
    raw: list[str] = []
    low: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    tag: list[int] = []
    known = lexicon.tags
    for match in _TOKEN.finditer(text, start, end):
        word = match.group()
        small = word.lower().replace("’", "'")
        bits = known.get(small) if word not in _ACRONYMS else 0
        first = word[0]
        if bits is None:
            bits = _unknown(small, first, word, known)
        if first.isupper() or ("-" in word and _ARTICLE.match(word) is not None):
            bits |= tg.CAPITAL
        raw.append(word)
        low.append(small)
        starts.append(match.start())
        ends.append(match.end())
        tag.append(bits)
    return Tokens(raw, low, starts, ends, tag)


# Names that look like small words when their capitals are ignored.
_ACRONYMS = frozenset(("US", "IS", "WHO"))
# "al-Hawl", "el-Obeid": an article in small letters before a name.
_ARTICLE = re.compile(r"[a-z]{2,3}-[A-Z]")
_PERSON_ENDINGS = ("ists", "ians", "men", "goers", "workers", "fighters", "holders", "seekers", "keepers", "persons")
_DEMONYM_ENDINGS = ("ians", "ans", "nis", "qis", "lis", "mis", "shis", "zis", "ese", "tis", "iris")


def _unknown(small: str, first: str, word: str, known: Mapping[str, int]) -> int:
    """Tags of a word that is not in the lexicon, from its shape alone."""
    if first.isdigit():
        return tg.DIGIT if "-" in small else tg.DIGIT | tg.QUANTITY
    if not first.isalpha():
        return tg.PUNCTUATION
    bits = tg.CAPITAL if first.isupper() else 0
    if small.endswith("'s"):
        return bits | (known.get(small[:-2], 0) & ~(tg.PERSON | tg.PERSON_SG | tg.VERB))
    if "-" in small:
        tail = known.get(small.rpartition("-")[2], 0)
        head = known.get(small.partition("-")[0], 0)
        return bits | (tail & (tg.PERSON | tg.PERSON_SG | tg.THING | tg.SPEAKER)) | (head & tg.QUANTITY)
    if not bits and len(small) > 5 and small.endswith(("ist", "ian", "man", "woman", "ator")):
        bits |= tg.PERSON_SG
    if small.endswith(_PERSON_ENDINGS) or (bits and small.endswith(_DEMONYM_ENDINGS)):
        bits |= tg.PERSON
    return bits
