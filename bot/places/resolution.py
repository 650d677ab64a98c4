"""What came of looking a name up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from bot.places.place import Place

__all__ = ["MAX_CANDIDATES", "Ambiguous", "Found", "Resolution", "Unknown"]

#: One row of buttons in a message.
MAX_CANDIDATES = 5


@dataclass(frozen=True, slots=True)
class Found:
    """The text names this place and no other."""

    place: Place


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """The text may name any of these places: two to five, the likeliest first."""

    candidates: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Unknown:
    """The text names no place; these are the nearest names: none to five, the nearest first."""

    nearest: tuple[Place, ...]


Resolution: TypeAlias = Found | Ambiguous | Unknown
