"""A quantity with what it counts, as the linking rules take it up."""

from dataclasses import dataclass, replace
from enum import StrEnum

from bot.facts.quantity import Modifier, Quantity

LONGEST_NOUN_PHRASE = 8


class Counted(StrEnum):
    """What kind of thing the mention counts."""

    PERSONS = "persons"
    UNSAID = "unsaid"  # "15 injured": the noun is left out
    UNKNOWN = "unknown"  # a noun that the lexicon does not have
    BACK = "back"  # "of them", "of the dead": a part of persons named before
    THINGS = "things"


class Mode(StrEnum):
    """How the number is written."""

    NUMBER = "number"
    INDEFINITE = "indefinite"  # "a woman", "a fourth", "another"
    DEFINITE = "definite"  # "the mayor", "Colonel So-and-so": one, if nobody was counted before
    SHARE = "share"


@dataclass(frozen=True, slots=True)
class Mention:
    """A quantity with what it counts, at tokens [first, past) and its noun phrase up to `np_past`."""

    first: int
    past: int
    np_past: int
    head: int | None
    quantity: Quantity
    counted: Counted
    mode: Mode = Mode.NUMBER
    veto: str | None = None
    whole: "Mention | None" = None  # the number it is said to be of: "nine of the 12 officers"


def exceeded(mention: Mention) -> Mention:
    """The number as a lower bound: "the toll has passed 600"."""
    if mention.quantity.modifier is not Modifier.EXACT:
        return mention
    return replace(mention, quantity=Quantity(mention.quantity.low, None, Modifier.MORE_THAN))
