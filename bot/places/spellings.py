"""All spellings of all places, indexed so that a lookup touches only those that may matter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import islice
from typing import Final

from bot.places.names import compact, fold, skeleton, sound, words
from bot.places.place import Place
from bot.places.segments import SegmentIndex

__all__ = ["Spellings"]

#: Two slips, one of them a swap: a swap costs two edits where only single letters are counted.
_EDITS: Final = 3
#: A name heard alike in fewer letters than this may be chance.
_MIN_SOUND: Final = 4
#: A word in the names of so many places says what sort of place it is, not which.
_COMMON: Final = 3
#: No more spellings than this are compared for "did you mean": what shares only a common word is noise.
_MAX_NEAR: Final = 300


class Spellings:
    """Spellings by number: `folded`, `compacts` and `bones` hold their forms, `owners` the places that bear them.

    May be prepared in one thread while another asks: at worst both make the same.
    """

    def __init__(self, places: Iterable[Place]) -> None:
        self.folded: list[str] = []
        self.compacts: list[str] = []
        self.owners: list[tuple[int, ...]] = []
        self._exact: dict[str, int] = {}
        self._joined: dict[str, int] = {}
        for owner, place in enumerate(places):
            for text in (*place.spellings, place.id):
                self._add(text, owner)

    def prepare(self) -> None:
        """Make what only mistyped names need: three quarters of the work, and nothing that a start has to wait for.
        Else the first of them makes it."""
        self._sounds, self._near, self._near_bones, self._near_words, self.common  # noqa: B018 - made by being read

    @cached_property
    def common(self) -> frozenset[str]:
        """Words that are in the names of several places."""
        return _common_words(self.folded, self.owners)

    @cached_property
    def bones(self) -> list[str]:
        """The consonants of each spelling."""
        return [skeleton(folded) for folded in self.folded]

    @cached_property
    def _sounds(self) -> Mapping[str, tuple[int, ...]]:
        return _positions(map(sound, self.folded), _MIN_SOUND)

    @cached_property
    def _near(self) -> SegmentIndex:
        return SegmentIndex(self.compacts, _EDITS)

    @cached_property
    def _by_bones(self) -> Mapping[str, tuple[int, ...]]:
        return _positions(self.bones, 2)

    @cached_property
    def _near_bones(self) -> SegmentIndex:
        return SegmentIndex(self._by_bones, 1)

    @cached_property
    def _by_word(self) -> Mapping[str, tuple[int, ...]]:
        return _words(self.folded)

    @cached_property
    def _near_words(self) -> SegmentIndex:
        return SegmentIndex(self._by_word, 1)

    def _add(self, text: str, owner: int) -> None:
        folded = fold(text)
        key = compact(folded)
        if not key:
            return
        number = self._exact.setdefault(key, len(self.folded))
        if number == len(self.folded):
            self.folded.append(folded)
            self.compacts.append(key)
            self.owners.append(())
        if owner not in self.owners[number]:
            self.owners[number] += (owner,)
        self._joined.setdefault(compact(" ".join(words(text))), number)

    def exact(self, folded: str) -> int | None:
        """The number of the spelling that is this folded text, spaces aside."""
        return self._exact.get(compact(folded))

    def joined(self, text: str) -> int | None:
        """The number of the spelling that is this text with the article written into the words."""
        return self._joined.get(compact(" ".join(words(text))))

    def heard_alike(self, folded: str) -> tuple[int, ...]:
        """The numbers of the spellings that differ only in how Arabic is romanised."""
        return self._sounds.get(sound(folded), ())

    def within_slips(self, folded: str, reach: int) -> dict[int, int]:
        """The slips to every spelling that is at most two away; of those up to `reach` away, to most."""
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        text = compact(folded)
        numbers = list(self._near.candidates(text))
        names = [self.compacts[number] for number in numbers]
        close = process.extract(text, names, scorer=OSA.distance, score_cutoff=reach, limit=None)
        return {numbers[at]: int(slips) for _, slips, at in close}

    def near(self, folded: str) -> set[int]:
        """The numbers of up to 300 spellings that share the consonants of the text or of its rarer words."""
        tokens = [bones for bones in dict.fromkeys(map(skeleton, folded.split())) if bones]
        same = [self._by_word[bones] for bones in tokens if bones in self._by_word]
        alike = self._alike(self._by_bones, self._near_bones, skeleton(folded))
        for bones in tokens:
            alike += self._alike(self._by_word, self._near_words, bones)
        found: set[int] = set()
        # Rare words first: what everybody shares (Sheikh, Karm, Bab) fills up what room is left.
        for row in sorted(same, key=len) + sorted(alike, key=len):
            found.update(islice(row, max(0, _MAX_NEAR - len(found))))
        return found

    @staticmethod
    def _alike(rows: Mapping[str, tuple[int, ...]], index: SegmentIndex, bones: str) -> list[tuple[int, ...]]:
        return [rows[key] for key in index.near(bones)] if bones else []


def _positions(keys: Iterable[str], shortest: int) -> Mapping[str, tuple[int, ...]]:
    """Each key of at least `shortest` letters with the numbers that have it."""
    numbers: dict[str, list[int]] = {}
    for number, key in enumerate(keys):
        if len(key) >= shortest:
            numbers.setdefault(key, []).append(number)
    return {key: tuple(of_key) for key, of_key in numbers.items()}


def _words(folded: Iterable[str]) -> Mapping[str, tuple[int, ...]]:
    """The skeleton of each word with the numbers of the spellings that hold it."""
    numbers: dict[str, list[int]] = {}
    for number, name in enumerate(folded):
        for bones in _bones_of_words(name):
            numbers.setdefault(bones, []).append(number)
    return {bones: tuple(of_word) for bones, of_word in numbers.items()}


def _common_words(folded: Iterable[str], owners: Iterable[tuple[int, ...]]) -> frozenset[str]:
    """The words that names of several places share: what tells places apart is elsewhere."""
    bearers: dict[str, set[int]] = {}
    for name, of_name in zip(folded, owners, strict=True):
        for word in name.split():
            bearers.setdefault(word, set()).update(of_name)
    return frozenset(word for word, places in bearers.items() if len(places) >= _COMMON)


def _bones_of_words(folded: str) -> Iterator[str]:
    return (bones for bones in dict.fromkeys(map(skeleton, folded.split())) if bones)
