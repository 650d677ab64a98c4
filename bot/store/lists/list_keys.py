"""How the lists of `listing` are told apart, and how their rows are ordered for a question about an earlier day."""

from bot.facts.vocabulary import Population

STANDING = 0
"""The reign of what nothing has replaced."""
REIGNS = 5
"""Classes of reigns: up to a week, two months, a year and a half, eleven years, and longer."""
_BITS = 3


def facet_of(source: str | None = None, population: Population | None = None) -> str:
    """Which list of a topic and place: the whole one, or that of one source (a publisher where none is named), of one
    population, or of one source's figures of one population."""
    parts = [f"s:{source}"] if source is not None else []
    if population is not None:
        parts.append(f"p:{population.value}")
    return " ".join(parts)


def reign_of(days: int) -> int:
    """The class of what stood for so many days, 1 or more, before something replaced it.

    What stood on a day, and was replaced since, ended that day or earlier, and no longer before than it stood. Kept
    apart by how long that was, each class need only be looked through so far back, however much was replaced before.
    """
    return min((days.bit_length() - 1) // _BITS + 1, REIGNS)


def earliest_standing(reign: int, day: int) -> int:
    """The first day (an ordinal) on which something of this class can have ended that stood on `day`."""
    return day - (1 << _BITS * reign) + 1 if reign < REIGNS else 0


def mark_of(reign: int, section: int) -> int:
    """The bit by which a list tells that it has, or once had, rows of this class in this section."""
    return 1 << 2 * reign + section - 1
