"""What people type, made even for reading and safe for repeating."""

import re
import unicodedata

__all__ = ["plain", "short"]

_LONGEST = 60
_HYPHENS = re.compile("[\u2010-\u2015\u2212]")


def plain(text: str) -> str:
    """Lower case, single spaces, plain hyphens, and the digits of any script as 0 to 9."""
    digits = "".join(str(unicodedata.decimal(letter, letter)) for letter in unicodedata.normalize("NFKC", text))
    return " ".join(_HYPHENS.sub("-", digits).lower().split())


def short(text: str) -> str:
    """On one line, without the mark that would end a code span, at most 60 characters."""
    words = " ".join(text.replace("`", "'").split())
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"
