"""Names that begin as typed: what autocomplete asks for at every key stroke."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Final

from bot.places.letters import ARTICLES
from bot.places.names import compact, fold, skeleton
from bot.places.place import Place

__all__ = ["PrefixIndex"]

#: Rows looked at in one list before giving up on finding more places in it.
_MAX_ROWS: Final = 200
#: With fewer places than this, names that only sound as if they began so are added.
_FEW: Final = 5
_ARABIC_ARTICLE: Final = "ال"
_LAST_OF_ALL: Final = "\U0010ffff"


class _Rows:
    """Keys in alphabetical order, each with the position of its place."""

    def __init__(self, rows: Iterable[tuple[str, int]]) -> None:
        ordered = sorted({row for row in rows if row[0]})
        self._keys = [key for key, _ in ordered]
        # Numbers side by side, not objects all over the memory: fetching those takes longer than the search.
        self._owners = array("L", (owner for _, owner in ordered))

    def beginning(self, prefix: str) -> Sequence[int]:
        """The places of the first 200 keys that begin so; a key equal to the prefix is the first of them."""
        first = bisect_left(self._keys, prefix)
        last = bisect_left(self._keys, prefix + _LAST_OF_ALL, first, min(first + _MAX_ROWS, len(self._keys)))
        return self._owners[first:last]


class PrefixIndex:
    """Places by the beginnings of their names, in every spelling and either script.

    Displayed names come first, then aliases, then later words of a name, each alphabetically; when these are
    few, names follow whose consonants begin as the typed ones do.
    """

    def __init__(self, places: Sequence[Place]) -> None:
        names = [(fold(text), n) for n, p in enumerate(places) for text in (p.name, p.name_ar) if text]
        aliases = [(fold(text), n) for n, p in enumerate(places) for text in (p.id, *p.aliases)]
        every = names + aliases
        self._shown = [place.name.casefold() for place in places]
        self._lists = (
            _Rows((compact(key), n) for key, n in names),
            _Rows((compact(key), n) for key, n in aliases),
            _Rows((later, n) for key, n in every for later in _later_words(key)),
        )
        self._bones = _Rows((skeleton(key), n) for key, n in every)

    def beginning(self, typed: str, limit: int, first: Sequence[int] = ()) -> list[int]:
        """The positions of up to `limit` places, best first; the start of the alphabet for an empty text.

        `first` are places already known to bear exactly this name.
        """
        folded = _unfinished(fold(typed))
        prefix = compact(folded)
        found: dict[int, None] = dict.fromkeys(first)
        for rows in self._lists:
            if len(found) >= limit:
                break
            for owner in rows.beginning(prefix):
                found[owner] = None
                if len(found) >= limit:
                    break
        if not first and len(found) < min(_FEW, limit) and len(bones := skeleton(folded)) > 1:
            found |= dict.fromkeys(self._bones.beginning(bones))
        # Folding takes "shaa" for "sha"; what was typed to the letter still comes first.
        letters = typed.casefold()
        rest = [owner for owner in islice(found, limit) if owner not in first]
        rest.sort(key=lambda owner: not self._shown[owner].startswith(letters))
        return [*first[:limit], *rest][:limit]


def _unfinished(folded: str) -> str:
    """Without an article that the rest has yet to be typed after."""
    head, _, last = folded.rpartition(" ")
    if head and ARTICLES.get(last) == "":
        return head
    before, _, article = head.rpartition(" ")
    if ARTICLES.get(article, "").startswith(last or " "):  # "ash s", on the way to "ash shaar"
        return f"{before} {last}".strip()
    if last.startswith(_ARABIC_ARTICLE):
        return f"{head} {last[len(_ARABIC_ARTICLE) :]}".strip()
    return folded


def _later_words(folded: str) -> Iterator[str]:
    """The name from its second word on, from its third on, and so forth."""
    tokens = folded.split()
    return (compact(" ".join(tokens[at:])) for at in range(1, len(tokens)))
