"""From what a person typed to the place that is meant, or to the places that may be.

Never a guess. A text names a place when it equals one of the names of exactly one place (articles,
apostrophes, doubled letters and the like aside), or when it is one or two slips of the finger from one place
and at least two further slips from every other. Anything else is asked back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from bot.places.gazetteer import Gazetteer
from bot.places.names import compact, fold, skeleton, sound
from bot.places.place import Place
from bot.places.resolution import MAX_CANDIDATES, Ambiguous, Found, Resolution, Unknown
from bot.places.slips import MAX_SLIPS, is_slip
from bot.places.spellings import Spellings
from bot.places.suggest import PrefixIndex

__all__ = ["PlaceIndex"]

#: Longer texts are no place names; the longest one known has under 60 characters.
_MAX_TEXT: Final = 100
#: How much further every other place must be for a slip to be forgiven, in slips.
_CLEARLY_AHEAD: Final = 2
#: Likeness (0 to 100) below which a name is not worth offering.
_MIN_LIKENESS: Final = 60.0
#: A name may be romanised otherwise in one letter of so many; beyond that it is another (Madaya, Maadi).
_LETTERS_PER_CHOICE: Final = 3
#: Words that say what sort of thing is meant, not which.
_GENERIC: Final = frozenset({"district", "neighbourhood", "neighborhood", "quarter", "area", "hay", "حي"})
#: Articles written into a word: alshaar, elbab.
_JOINED_ARTICLES: Final = ("al", "el")


class PlaceIndex:
    """Finds the places of one gazetteer by name. Built once; every answer comes from memory."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._places = tuple(gazetteer)
        self._spellings = Spellings(self._places)
        self._prefixes = PrefixIndex(self._places)

    def resolve(self, text: str) -> Resolution:
        """The place that the text names, the places it may name, or the nearest names. Never raises."""
        text = text.strip()
        folded = fold(text) if len(text) <= _MAX_TEXT else ""
        if not folded:
            return Unknown(())
        owners = self._named(text, folded)
        if len(owners) == 1:
            return Found(self._places[owners[0]])
        if owners:
            return Ambiguous(self._at(owners))
        resolution = self._mistyped(folded)
        for other in _other_wordings(folded):
            if isinstance(resolution, Unknown) and not isinstance(second := self._mistyped(other), Unknown):
                resolution = second
        return resolution

    def suggest(self, prefix: str, limit: int = 25) -> tuple[Place, ...]:
        """Up to `limit` places whose names begin as typed, best first; the nearest names if none does."""
        prefix = prefix.strip()
        if len(prefix) > _MAX_TEXT or limit < 1:
            return ()
        folded = fold(prefix)
        number = self._spellings.exact(folded) if folded else None
        exact = () if number is None else self._spellings.owners[number]
        found = self._prefixes.beginning(prefix, limit, exact)
        if not found:
            found = self._nearest(folded, self._spellings.within_slips(folded))[:limit]
        return tuple(self._places[owner] for owner in found)

    def _named(self, text: str, folded: str) -> tuple[int, ...]:
        """The places that bear this very name, however it is put."""
        number = self._spellings.exact(folded)
        if number is None:
            number = self._spellings.joined(text)
        for other in _other_wordings(folded):
            if number is None:
                number = self._spellings.exact(other)
        return () if number is None else self._spellings.owners[number]

    def _mistyped(self, folded: str) -> Resolution:
        """Not a name as it stands: how many slips is it from those it could be?"""
        within = self._spellings.within_slips(folded)
        alike = self._spellings.heard_alike(folded)
        slips = self._slips(folded, within, alike)
        ranked = self._nearest(folded, within.union(alike))
        # Sorting keeps the order of likeness among places equally many slips away.
        ranked = sorted(dict.fromkeys([*ranked, *slips]), key=lambda n: slips.get(n, (9, False))[0])
        close = [n for n in ranked if n in slips]
        if close:
            best, sure = slips[close[0]]
            rivals = [n for n in close if slips[n][0] < best + _CLEARLY_AHEAD]
            if len(rivals) == 1 and sure:
                return Found(self._places[rivals[0]])
            if len(rivals) > 1 and any(slips[n][1] for n in rivals):
                return Ambiguous(self._at(rivals))
        return Unknown(self._at(ranked))

    def _slips(self, folded: str, within: Iterable[int], alike: Sequence[int]) -> dict[int, tuple[int, bool]]:
        """For each place near by, the slips to its nearest spelling and whether they are no more than slips."""
        text = compact(folded)
        reach = MAX_SLIPS + _CLEARLY_AHEAD - 1
        nearest: dict[int, tuple[int, bool]] = {}

        def note(number: int, slips: int, sure: bool) -> None:
            for owner in self._spellings.owners[number]:
                known = nearest.get(owner)
                # Of two equally near spellings the one that is a slip counts.
                if known is None or (slips, not sure) < (known[0], not known[1]):
                    nearest[owner] = (slips, sure)

        for number in within:
            name = self._spellings.folded[number]
            slips = OSA.distance(text, compact(name), score_cutoff=reach)
            if slips <= reach:
                note(number, slips, is_slip(folded, name))
        heard = sound(folded)
        for number in alike:
            apart = OSA.distance(text, compact(self._spellings.folded[number]))
            if apart <= max(1, len(heard) // _LETTERS_PER_CHOICE):
                # Choices of the romaniser are no slips, but one more than that may make it another name.
                note(number, min(apart, MAX_SLIPS) - 1, True)
        return nearest

    def _nearest(self, folded: str, besides: set[int]) -> list[int]:
        """The places most like the text, by their likest spelling."""
        if not folded:
            return []
        bones = skeleton(folded)
        best: dict[int, float] = {}
        for number in self._spellings.near(folded) | besides:
            likeness = self._likeness(folded, bones, number)
            if likeness >= _MIN_LIKENESS:
                for owner in self._spellings.owners[number]:
                    best[owner] = max(likeness, best.get(owner, 0.0))
        return sorted(best, key=lambda n: (-best[n], n))[:MAX_CANDIDATES]

    def _likeness(self, folded: str, bones: str, number: int) -> float:
        """0 to 100: the letters, the consonants across scripts, or the words in common, whichever is most."""
        name, its_bones = self._spellings.folded[number], self._spellings.bones[number]
        letters = fuzz.ratio(folded, name)
        consonants = 0.95 * fuzz.ratio(bones, its_bones) if len(bones) > 1 else 0.0
        in_common = 0.97 * fuzz.token_set_ratio(folded, name)
        # A little of the letters keeps equals in a sensible order: the shorter name of two first.
        return max(letters, consonants, in_common) + letters / 100

    def _at(self, owners: Sequence[int]) -> tuple[Place, ...]:
        return tuple(self._places[owner] for owner in owners[:MAX_CANDIDATES])


def _other_wordings(folded: str) -> Iterator[str]:
    """The name without an article written into its words, and without a word such as "district"."""
    tokens = folded.split()
    bare = [t[2:] if t.startswith(_JOINED_ARTICLES) and len(t) >= 5 else t for t in tokens]
    if bare != tokens:
        yield " ".join(bare)
    specific = [t for t in tokens if t not in _GENERIC]
    if specific and len(specific) < len(tokens):
        yield " ".join(specific)
