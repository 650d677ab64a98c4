"""Do two places share ground? Said only when it is known: sums of figures depend on it.

Places are points and names here, not outlines, so being apart has to be inferred. Two places are DISJOINT
only when they, or two places that contain them, exclude each other:

- two countries; two halves of one city; two settlements (city, town, village);
- two neighbourhoods with p-codes: OCHA's outlines of 2016 do not overlap;
- two neighbourhoods of which at least one has no p-code, once their points lie 2 km apart. Names from other
  origins often stand for a quarter *inside* an OCHA neighbourhood (Karm al-Bek in Shaar, Tariq al-Bab
  beside Helwaniya), and nine of ten outlines reach less than 1.3 km from their own point.

Everything else (the Old City against a neighbourhood, a neighbourhood of unknown side against half a city,
a landmark, a road) is UNKNOWN, which the rest of the program reads as "may overlap".
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import Final

from bot.places.geo import distance_km
from bot.places.place import CITY_HALF, NEIGHBOURHOOD, SETTLEMENTS, Place

__all__ = ["Overlap", "apart"]

_APART_KM: Final = 2.0


class Overlap(Enum):
    """How the first place lies to the second."""

    SAME = "same"
    CONTAINS = "contains"
    WITHIN = "within"
    DISJOINT = "disjoint"
    UNKNOWN = "unknown"


def apart(lineage_a: Sequence[Place], lineage_b: Sequence[Place]) -> bool:
    """Whether two places are known to share no ground; each lineage is the place and all that contain it.

    What contains both says nothing about how they lie to each other and is left out.
    """
    common = {place.id for place in lineage_a} & {place.id for place in lineage_b}
    only_a = [place for place in lineage_a if place.id not in common]
    only_b = [place for place in lineage_b if place.id not in common]
    return any(_exclude(a, b) for a in only_a for b in only_b)


def _exclude(a: Place, b: Place) -> bool:
    if a.kind == b.kind == CITY_HALF:
        return a.part_of is not None and a.part_of == b.part_of
    if a.kind == b.kind == NEIGHBOURHOOD:
        return _neighbourhoods_exclude(a, b)
    return a.kind == b.kind == "country" or (a.kind in SETTLEMENTS and b.kind in SETTLEMENTS)


def _neighbourhoods_exclude(a: Place, b: Place) -> bool:
    if a.pcode and b.pcode:
        return True
    return a.point is not None and b.point is not None and distance_km(a.point, b.point) >= _APART_KM
