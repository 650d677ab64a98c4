"""Distances between places, and the nearest ones without measuring all of them."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from bot.places.place import Place

__all__ = ["LatitudeBand", "distance_km"]

#: Mean radius of the Earth (IUGG R1); the error against the ellipsoid stays under 0.6 percent.
_EARTH_KM = 6371.0088
_KM_PER_DEGREE = math.pi * _EARTH_KM / 180


def distance_km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Great-circle distance in kilometres between two (lat, lon) points in degrees (haversine)."""
    lat_a, lat_b = math.radians(a[0]), math.radians(b[0])
    half_lat = math.sin((lat_b - lat_a) / 2)
    half_lon = math.sin(math.radians(b[1] - a[1]) / 2)
    h = half_lat * half_lat + math.cos(lat_a) * math.cos(lat_b) * half_lon * half_lon
    return 2 * _EARTH_KM * math.asin(min(1.0, math.sqrt(h)))


class LatitudeBand:
    """Places sorted by latitude: the nearest few are found by walking outwards from one's own parallel.

    A place further north or south than the worst kept candidate cannot be nearer, so the walk stops early
    however many places there are.
    """

    def __init__(self, places: Iterable[Place]) -> None:
        located = [(*place.point, place) for place in places if place.point is not None]
        located.sort(key=lambda row: (row[0], row[2].id))
        self._lats = [row[0] for row in located]
        self._places = [row[2] for row in located]

    def nearest(self, point: tuple[float, float], limit: int, without: str) -> list[tuple[Place, float]]:
        """Up to `limit` places by rising distance in km, ties by id; the place `without` is left out."""
        best: list[tuple[float, str, Place]] = []
        for place, north_south_km in self._outwards(point[0]):
            if len(best) == limit and north_south_km > best[-1][0]:
                break
            if place.id == without or place.point is None:
                continue
            best.append((distance_km(point, place.point), place.id, place))
            best.sort(key=lambda row: row[:2])
            del best[limit:]
        return [(place, km) for km, _, place in best]

    def _outwards(self, lat: float) -> Iterator[tuple[Place, float]]:
        """Every place, nearest parallel first, with the distance of the parallels in km."""
        north = bisect_left(self._lats, lat)
        south = north - 1
        while south >= 0 or north < len(self._lats):
            up = self._lats[north] - lat if north < len(self._lats) else math.inf
            down = lat - self._lats[south] if south >= 0 else math.inf
            if up <= down:
                yield self._places[north], up * _KM_PER_DEGREE
                north += 1
            else:
                yield self._places[south], down * _KM_PER_DEGREE
                south -= 1
