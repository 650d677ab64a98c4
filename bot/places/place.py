"""One place of the gazetteer, and the words its kind may be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

__all__ = ["CITY_HALF", "CONFIDENCES", "DISTRICTS", "KINDS", "NEIGHBOURHOOD", "SETTLEMENTS", "Place"]

NEIGHBOURHOOD: Final = "neighbourhood"
CITY_HALF: Final = "city half"
#: Kinds a reader would call a district: areas of people's addresses, roughly of one size.
DISTRICTS: Final = frozenset({NEIGHBOURHOOD, "suburb", "industrial area", "housing project"})
#: Kinds that are a community of their own; two of them never share ground.
SETTLEMENTS: Final = frozenset({"city", "town", "village"})
#: "district" is an area drawn across neighbourhoods (the Old City), not an administrative level.
KINDS: Final = DISTRICTS | SETTLEMENTS | {CITY_HALF, "country", "province", "district", "landmark", "road", "airport"}
#: How sure the point is: "none" where the place has no coordinates.
CONFIDENCES: Final = frozenset({"high", "medium", "low", "none"})


@dataclass(frozen=True, slots=True)
class Place:
    """A place that reports name.

    `lat` and `lon` are WGS 84 degrees, both given or both None; they are one representative point, not an
    outline. `part_of` is the id of the smallest place known to contain this one whole. `pcode` is OCHA's
    place code; for a neighbourhood it also means that OCHA drew an outline that no other one overlaps.
    """

    id: str
    name: str
    name_ar: str | None
    aliases: tuple[str, ...]
    lat: float | None
    lon: float | None
    kind: str
    part_of: str | None
    source: str
    confidence: str
    pcode: str | None = None

    @property
    def spellings(self) -> tuple[str, ...]:
        """Every name of the place: displayed, Arabic, aliases; the order says which is preferred."""
        arabic = (self.name_ar,) if self.name_ar else ()
        return (self.name, *arabic, *self.aliases)

    @property
    def point(self) -> tuple[float, float] | None:
        """Latitude and longitude in degrees, or None where nobody published them."""
        return None if self.lat is None or self.lon is None else (self.lat, self.lon)
