"""From what a person typed to the place that is meant, or to the places that may be.

Never a guess. A text names a place when it equals one of the names of exactly one place (articles,
apostrophes, doubled letters and the like aside), or when it is one or two slips of the finger from one place
and at least two further slips from every other. Anything else is asked back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from bot.places.gazetteer import Gazetteer
from bot.places.names import compact, fold, skeleton, sound
from bot.places.place import Place
from bot.places.resolution import MAX_CANDIDATES, Ambiguous, Found, Resolution, Unknown
from bot.places.slips import MAX_SLIPS, is_slip, slips_allowed
from bot.places.spellings import Spellings
from bot.places.suggest import PrefixIndex

__all__ = ["PlaceIndex"]

#: Beginnings whose places are kept at hand.
_KEPT: Final = 2048
#: Longer texts are no place names; the longest one known has under 60 characters.
_MAX_TEXT: Final = 100
#: How much further every other place must be for a slip to be forgiven, in slips.
_CLEARLY_AHEAD: Final = 2
#: Likeness (0 to 100) below which a name is not worth offering.
_MIN_LIKENESS: Final = 60.0
#: A name may be romanised otherwise in one letter of so many; beyond that it is another (Madaya, Maadi).
_LETTERS_PER_CHOICE: Final = 3
#: Words that say what sort of thing is meant, not which.
_GENERIC: Final = frozenset(
    map(fold, ("the", "district", "neighbourhood", "neighborhood", "quarter", "area", "hay", "حي"))
)
#: Articles written into a word: alshaar, elbab.
_JOINED_ARTICLES: Final = ("al", "el")


class _Nearness(NamedTuple):
    """How far a place's nearest spelling is; the smaller the nearer."""

    slips: int
    unsure: bool  # of equally many slips, those that may make it another name come later
    unlike: float

    @property
    def sure(self) -> bool:
        return not self.unsure


class PlaceIndex:
    """Finds the places of one gazetteer by name. Built once; every answer comes from memory."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._places = tuple(gazetteer)
        self._spellings = Spellings(self._places)
        self._prefixes = PrefixIndex(self._places)
        # What people begin to type is much the same: a few letters.
        self._suggested = lru_cache(maxsize=_KEPT)(self._suggest)

    def prepare(self) -> None:
        """Make what the first mistyped name would have to wait for: seconds, among 100,000 names."""
        self._spellings.prepare()

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
        return self._suggested(prefix, limit)

    def _suggest(self, prefix: str, limit: int) -> tuple[Place, ...]:
        folded = fold(prefix)
        number = self._spellings.exact(folded) if folded else None
        exact = () if number is None else self._spellings.owners[number]
        found = self._prefixes.beginning(prefix, limit, exact)
        if not found:  # nothing begins so: one further along, or mistyped
            found = self._nearest(folded, self._spellings.within_slips(folded, MAX_SLIPS))[:limit]
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
        text = compact(folded)
        within = self._spellings.within_slips(folded, slips_allowed(text) + _CLEARLY_AHEAD - 1)
        near = self._near(folded, within)
        ranked = sorted(near, key=lambda owner: (near[owner], owner))
        rivals = [n for n in ranked if near[n].slips < near[ranked[0]].slips + _CLEARLY_AHEAD]
        if len(rivals) == 1 and near[rivals[0]].sure:
            return Found(self._places[rivals[0]])
        if len(rivals) > 1 and any(near[n].sure for n in rivals):
            return Ambiguous(self._at(rivals))
        return Unknown(self._at(self._nearest(folded, within)))

    def _near(self, folded: str, within: Mapping[int, int]) -> dict[int, _Nearness]:
        """How near each place is by its nearest spelling, for those that slips or romanising could explain."""
        # Only a mistyped name needs it: 3 MiB and 8 ms that no start has to wait for. So it is wherever it is used.
        from rapidfuzz import fuzz
        from rapidfuzz.distance import OSA

        near: dict[int, _Nearness] = {}

        def note(number: int, slips: int, sure: bool) -> None:
            unlike = -fuzz.ratio(folded, self._spellings.folded[number])
            nearness = _Nearness(slips, not sure, unlike)
            for owner in self._spellings.owners[number]:
                near[owner] = min(nearness, near.get(owner, nearness))

        for number, slips in within.items():
            name = self._spellings.folded[number]
            note(number, slips, slips <= MAX_SLIPS and is_slip(folded, name, self._spellings.common))
        text, heard = compact(folded), sound(folded)
        for number in self._spellings.heard_alike(folded):
            letters = OSA.distance(text, self._spellings.compacts[number])
            if letters <= max(1, len(heard) // _LETTERS_PER_CHOICE):
                # A choice of the romaniser is no slip, but several of them may make it another name.
                note(number, min(letters, MAX_SLIPS) - 1, True)
        return near

    def _nearest(self, folded: str, besides: Iterable[int]) -> list[int]:
        """The places most like the text, by their likest spelling."""
        if not folded:
            return []
        bones = skeleton(folded)
        best: dict[int, float] = {}
        for number in self._spellings.near(folded).union(besides):
            likeness = self._likeness(folded, bones, number)
            if likeness >= _MIN_LIKENESS:
                for owner in self._spellings.owners[number]:
                    best[owner] = max(likeness, best.get(owner, 0.0))
        return sorted(best, key=lambda n: (-best[n], n))

    def _likeness(self, folded: str, bones: str, number: int) -> float:
        """0 to 100: the letters, the consonants across scripts, or the words in common, whichever is most."""
        from rapidfuzz import fuzz

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
