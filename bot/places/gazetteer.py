"""The places of a conflict, what lies in what, and what lies near."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from bot.places.errors import PlaceDataError
from bot.places.geo import LatitudeBand
from bot.places.overlap import Overlap, apart
from bot.places.place import CITY_HALF, DISTRICTS, SETTLEMENTS, Place
from bot.places.tree import find_fault

__all__ = ["Gazetteer", "UnknownPlaceError"]

#: Which kinds are offered as neighbours of a kind. A landmark, a road or an airport has districts around it.
_NEIGHBOUR_KINDS: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    dict.fromkeys(SETTLEMENTS, SETTLEMENTS)
    | {CITY_HALF: frozenset({CITY_HALF}), "country": frozenset({"country"}), "province": frozenset({"province"})}
)


class UnknownPlaceError(KeyError):
    """An id that the gazetteer does not hold."""

    def __init__(self, place_id: str) -> None:
        super().__init__(place_id)
        self.place_id = place_id

    def __str__(self) -> str:
        return f"no place has the id '{self.place_id}'; add it to the list of places, or correct the id"


class Gazetteer:
    """An unchanging set of places, in the order given.

    Raises PlaceDataError when an id is given twice, a container is unknown, or a place lies in itself.
    """

    def __init__(self, places: Iterable[Place]) -> None:
        rows = tuple(places)
        fault = find_fault(rows)
        if fault is not None:
            where = f"place '{rows[fault.index].id}'"
            raise PlaceDataError(where, fault.field, fault.problem, fault.remedy)
        self._places: dict[str, Place] = {place.id: place for place in rows}
        self._children: dict[str, list[str]] = {}
        for place in rows:
            if place.part_of is not None:
                self._children.setdefault(place.part_of, []).append(place.id)
        self._bands: dict[frozenset[str], LatitudeBand] = {}
        # Answers compare the same few places pair by pair, every time.
        self._overlap = lru_cache(maxsize=1 << 16)(self._compare)

    def __len__(self) -> int:
        return len(self._places)

    def __iter__(self) -> Iterator[Place]:
        return iter(self._places.values())

    def __contains__(self, place_id: object) -> bool:
        return place_id in self._places

    def __getitem__(self, place_id: str) -> Place:
        """The place with this id. Raises UnknownPlaceError, a KeyError whose text says what to do."""
        try:
            return self._places[place_id]
        except KeyError:
            raise UnknownPlaceError(place_id) from None

    def get(self, place_id: str) -> Place | None:
        """The place with this id, or None."""
        return self._places.get(place_id)

    def ancestors(self, place_id: str) -> tuple[str, ...]:
        """The ids of the place itself and of all that contain it, smallest first."""
        return tuple(place.id for place in self._lineage(place_id))

    def descendants(self, place_id: str) -> tuple[str, ...]:
        """The ids of all places known to lie inside, without the place itself, level by level."""
        found = list(self._children.get(self[place_id].id, ()))
        for inner in found:  # grows while it is walked: breadth first
            found.extend(self._children.get(inner, ()))
        return tuple(found)

    def contains(self, a: str, b: str) -> bool:
        """Whether `a` is `b`, or is known to contain the whole of it."""
        self[a]
        return a in self.ancestors(b)

    def overlap(self, a: str, b: str) -> Overlap:
        """How `a` lies to `b`; UNKNOWN unless it is certain (the rules stand in `overlap.py`)."""
        return self._overlap(a, b)

    def _compare(self, a: str, b: str) -> Overlap:
        lineage_a, lineage_b = self._lineage(a), self._lineage(b)
        if a == b:
            return Overlap.SAME
        if any(place.id == a for place in lineage_b):
            return Overlap.CONTAINS
        if any(place.id == b for place in lineage_a):
            return Overlap.WITHIN
        return Overlap.DISJOINT if apart(lineage_a, lineage_b) else Overlap.UNKNOWN

    def neighbours(self, place_id: str, limit: int = 5) -> tuple[tuple[Place, float], ...]:
        """The nearest like places with the great-circle distance of the points in km, nearest first.

        Settlements neighbour settlements, halves of a city each other; everything smaller has districts
        around it. Empty when the place has no coordinates or `limit` is under 1.
        """
        place = self[place_id]
        if place.point is None or limit < 1:
            return ()
        kinds = _NEIGHBOUR_KINDS.get(place.kind, DISTRICTS)
        if kinds not in self._bands:  # sorted once, when first asked for
            self._bands[kinds] = LatitudeBand(p for p in self._places.values() if p.kind in kinds)
        return tuple(self._bands[kinds].nearest(place.point, limit, without=place_id))

    def _lineage(self, place_id: str) -> tuple[Place, ...]:
        place = self[place_id]
        lineage = [place]
        while place.part_of is not None:
            place = self._places[place.part_of]
            lineage.append(place)
        return tuple(lineage)
