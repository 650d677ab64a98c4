"""A place as a sentence names it: its name, how narrow it is, and how it stands to what happened."""

from dataclasses import dataclass
from enum import StrEnum

UNKNOWN_LEVEL = 3
PART_OF_TOWN = "part_of_town"
PART_OF_COUNTRY = "part_of_country"
WHOLE_COUNTRY = "whole_country"


class Role(StrEnum):
    """How a place stands to what happened."""

    AT = "at"
    FROM = "from"
    TO = "to"
    NEAR_OTHER = "near_other"  # "south of Idlib", "30 km from": a landmark, not the place


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place's name at tokens [first, past), how narrow it is (0 country … 4 quarter) and its role."""

    first: int
    past: int
    name: str
    level: int
    role: Role
    rule: str
