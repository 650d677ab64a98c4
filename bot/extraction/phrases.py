"""Phrases written in the lexicons, and a table that finds the longest one beginning at a token.

A phrase is its words; alternatives are written `a|b`, a word that may be absent `w?`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Payload = TypeVar("Payload")
_Word = tuple[frozenset[str], bool]


@dataclass(frozen=True, slots=True)
class _Entry(Generic[Payload]):
    rest: tuple[_Word, ...]
    payload: Payload


class PhraseTable(Generic[Payload]):
    """Phrases by their first word. Built once, then only read."""

    def __init__(self, entries: Sequence[tuple[str, str, Payload]]) -> None:
        """Entries are (first word, the rest of the phrase, payload); of several that match, the longest wins, and of
        equally long ones the first."""
        table: dict[str, list[_Entry[Payload]]] = {}
        for first, rest, payload in entries:
            words = tuple((frozenset(w.rstrip("?").split("|")), w.endswith("?")) for w in rest.split())
            table.setdefault(first, []).append(_Entry(words, payload))
        self._table = {
            first: tuple(sorted(found, key=lambda entry: -sum(not w[1] for w in entry.rest)))
            for first, found in table.items()
        }
        self._firsts = frozenset(self._table)
        self._next = {first: _second_words(found) for first, found in self._table.items()}

    def __contains__(self, word: str) -> bool:
        return word in self._table

    def find(self, low: Sequence[str], at: int) -> tuple[Payload, int] | None:
        """(payload, the token after the phrase), or None."""
        entries = self._table.get(low[at])
        if entries is None:
            return None
        second = self._next[low[at]]
        if second is not None and (at + 1 >= len(low) or low[at + 1] not in second):
            return None
        best: tuple[Payload, int] | None = None
        for entry in entries:
            past = _match(entry.rest, low, at + 1)
            if past is not None and (best is None or past > best[1]):
                best = (entry.payload, past)
        return best

    def first_words(self) -> frozenset[str]:
        """The words a phrase may begin with."""
        return self._firsts


def _second_words(entries: Sequence[_Entry[Payload]]) -> frozenset[str] | None:
    """The words one of which must follow the first; None where a phrase ends or may go on without them."""
    words: set[str] = set()
    for entry in entries:
        for alternatives, optional in entry.rest:
            words |= alternatives
            if not optional:
                break
        else:
            return None
    return frozenset(words)


def _match(rest: tuple[_Word, ...], low: Sequence[str], at: int) -> int | None:
    size = len(low)
    for alternatives, optional in rest:
        if at < size and low[at] in alternatives:
            at += 1
        elif not optional:
            return None
    return at


def split_first(phrase: str) -> tuple[tuple[str, ...], str]:
    """(the alternatives of the first word, the rest)."""
    first, _, rest = phrase.partition(" ")
    return tuple(first.rstrip("?").split("|")), rest
