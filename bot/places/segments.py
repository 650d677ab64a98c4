"""Finding the strings within a few edits of a text without comparing it with all of them.

If two strings differ by at most k edits and one is cut into k + 1 pieces, at least one piece stands whole in
the other, shifted by no more than the edits allow. So the pieces are indexed by length of string, number
and text (Li, Deng, Wang, Feng: PASS-JOIN, VLDB 2011; the window of shifts is their "multi-match-aware" one).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

__all__ = ["SegmentIndex"]

#: Texts further apart in length than this are not looked for: more than two letters left out or added.
_MAX_LENGTH_GAP: Final = 2


class SegmentIndex:
    """Finds every key within `max_edits` insertions, deletions or substitutions of a text.

    Lengths may differ by two at most. Keys of `max_edits` letters or fewer cannot be cut and come back for
    every text of about their length. The answer holds further keys too: measure them.
    """

    def __init__(self, keys: Iterable[str], max_edits: int) -> None:
        self._max_edits = max_edits
        self._keys = tuple(keys)
        postings: dict[tuple[int, int, str], list[int]] = {}
        self._uncut: dict[int, list[int]] = {}
        for number, key in enumerate(self._keys):
            if len(key) <= max_edits:
                self._uncut.setdefault(len(key), []).append(number)
                continue
            for piece, (start, end) in enumerate(_cuts(len(key), max_edits + 1)):
                postings.setdefault((len(key), piece, key[start:end]), []).append(number)
        # Tuples of the exact size: at 100,000 names most pieces stand for one or two keys.
        self._postings = {where: tuple(numbers) for where, numbers in postings.items()}

    def candidates(self, text: str) -> set[int]:
        """The positions (in the order given) of all keys that may be within reach of the text."""
        found: set[int] = set()
        gap = min(_MAX_LENGTH_GAP, self._max_edits)
        for length in range(max(0, len(text) - gap), len(text) + gap + 1):
            found.update(self._uncut.get(length, ()))
            if length <= self._max_edits:
                continue
            for where in self._lookups(text, length):
                numbers = self._postings.get(where)
                if numbers is not None:
                    found.update(numbers)
        return found

    def near(self, text: str) -> list[str]:
        """The keys themselves that may be within reach, in the order given."""
        return [self._keys[number] for number in sorted(self.candidates(text))]

    def _lookups(self, text: str, length: int) -> Iterator[tuple[int, int, str]]:
        k = self._max_edits
        longer = len(text) - length
        for piece, (start, end) in enumerate(_cuts(length, k + 1)):
            size = end - start
            first = max(0, start - piece, start + longer - (k - piece))
            last = min(len(text) - size, start + piece, start + longer + (k - piece))
            for at in range(first, last + 1):
                yield length, piece, text[at : at + size]


def _cuts(length: int, pieces: int) -> list[tuple[int, int]]:
    """The string cut into pieces as even as can be, the longer ones last."""
    size, longer = divmod(length, pieces)
    cuts: list[tuple[int, int]] = []
    start = 0
    for piece in range(pieces):
        end = start + size + (piece >= pieces - longer)
        cuts.append((start, end))
        start = end
    return cuts
