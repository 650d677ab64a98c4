"""The facts a reader is most likely to mean, found by place, number or words, from memory."""

from collections.abc import Iterable
from typing import NamedTuple

PER_TOPIC = 400
"""Facts of each topic kept for autocompletion: those that stand first in its list."""


class Listed(NamedTuple):
    """One fact as it is offered."""

    fact_id: str
    label: str
    searched: str


class Catalogue:
    """Labels of facts, searchable by any of their words."""

    def __init__(self, facts: Iterable[tuple[str, str]]) -> None:
        self._listed = tuple(Listed(fact_id, label, f"{label} {fact_id}".casefold()) for fact_id, label in facts)
        self._by_label = {listed.label.casefold(): listed.fact_id for listed in self._listed}

    def suggest(self, typed: str, limit: int = 25) -> list[tuple[str, str]]:
        """(id, label) of the facts that hold every word typed, in the order of the lists."""
        words = typed.casefold().replace(",", "").split()[:8]
        found: list[tuple[str, str]] = []
        for listed in self._listed:
            searched = listed.searched
            if all(word in searched or word in searched.replace(",", "") for word in words):
                found.append((listed.fact_id, listed.label))
                if len(found) == limit:
                    break
        return found

    def resolve(self, text: str) -> str:
        """The id that `text` means: an id, a label as it was offered, or words that only one fact has. Else `text`."""
        plain = text.strip()
        if (fact_id := self._by_label.get(plain.casefold())) is not None:
            return fact_id
        if any(listed.fact_id == plain for listed in self._listed):
            return plain
        found = self.suggest(plain, limit=2) if plain else []
        return found[0][0] if len(found) == 1 else plain
