"""The names of time zones, as the pinned `tzdata` package lists them (the IANA database, in the public domain).

Read from its files `zone.tab` (the names people should choose from, each with its country), `iso3166.tab` (the
countries), `zonenow.tab` (one name for each set of rules) and the links of `tzdata.zi` (names of former days and other
spellings, each with what it stands for).
"""

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

__all__ = ["UTC_NAME", "ZoneNames", "ZonePlace", "fold", "zone_names"]

UTC_NAME = "UTC"
_UTC_TARGET = "Etc/UTC"
_AMBIGUOUS = frozenset({"EST", "MST"})
"""Taken for New York and Denver by those who type them, while the database means Panama and Phoenix: an hour off for
half the year. So nobody gets them."""


class ZonePlace(NamedTuple):
    """A name to choose.

    Attributes:
        name: the IANA name, `America/Port-au-Prince`.
        city: its last part as words.
        country: in English; empty for UTC.
    """

    name: str
    city: str
    country: str


class ZoneNames(NamedTuple):
    """All names of the database.

    Attributes:
        places: the names to choose from, alphabetically, UTC first.
        others: every other name that resolves, with the name it stands for: links, and fixed offsets by themselves.
        current: one well-known name for each set of rules in force, from west to east.
    """

    places: tuple[ZonePlace, ...]
    others: dict[str, str]
    current: tuple[str, ...]


def fold(text: str) -> str:
    """Without case, accents, and the difference between a space and an underscore."""
    letters = unicodedata.normalize("NFKD", text.casefold().replace("_", " "))
    return " ".join("".join(letter for letter in letters if not unicodedata.combining(letter)).split())


@lru_cache(maxsize=1)
def zone_names() -> ZoneNames:
    """The names, read once."""
    countries = dict(row[:2] for row in _rows("iso3166.tab"))
    chosen = sorted((row[2], countries[row[0]]) for row in _rows("zone.tab"))
    places = (
        ZonePlace(UTC_NAME, UTC_NAME, ""),
        *(ZonePlace(name, name.rpartition("/")[2].replace("_", " "), country) for name, country in chosen),
    )
    entries = [line.split() for line in _lines("tzdata.zi")]
    links = {words[2]: words[1] for words in entries if words[0] == "L"}
    fixed = {words[1] for words in entries if words[0] == "Z" and words[1] != "Factory"}
    shown = {place.name for place in places}
    others = {name: _target(name, links, shown) for name in (fixed | links.keys()) - shown - _AMBIGUOUS}
    current = tuple(row[2] for row in _rows("zonenow.tab"))
    return ZoneNames(places, dict(sorted(others.items())), current)


def _target(name: str, links: dict[str, str], shown: set[str]) -> str:
    while name not in shown and name in links:
        name = links[name]
    return UTC_NAME if name == _UTC_TARGET else name


def _rows(file: str) -> Iterator[list[str]]:
    return (line.split("\t") for line in _lines(file))


def _lines(file: str) -> list[str]:
    text = (files("tzdata") / "zoneinfo" / file).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
