"""Figures that count the same thing in report after report."""

from collections.abc import Iterable
from hashlib import blake2b

from bot.facts.fact import Fact
from bot.facts.vocabulary import Kind, Stance


def series_key(fact: Fact, wholes: Iterable[Fact] = ()) -> str | None:
    """What this figure's series counts, as one comparable line; None for what has no series.

    Running totals of the same measure, population, unit, place, actor, sources and start of the window belong
    together: about 310 on 3 December, 369 on the 7th, 442 on the 12th. A single event is no step of a series,
    nor is a forecast or a denial, nor a part or another wording of a figure under the same name as its whole.

    Args:
        wholes: what the fact is a part or another wording of.
    """
    key = _key(fact)
    return None if key is None or any(_key(whole) == key for whole in wholes) else key


def series_number(fact: Fact) -> int | None:
    """A number of 63 bits for `series_key` without wholes: short to keep and to look up, the same in every run. Two
    series might share one, so whoever looks up compares the keys as well."""
    key = _key(fact)
    return None if key is None else int.from_bytes(blake2b(key.encode(), digest_size=8).digest()) >> 1


def _key(fact: Fact) -> str | None:
    if fact.kind is not Kind.FIGURE or fact.stance is not Stance.ASSERTED:
        return None
    if not fact.cumulative or fact.window.start is None:
        return None
    parts = (
        fact.measure,
        fact.population,
        fact.unit,
        fact.place,
        fact.actor or "-",
        "+".join(sorted(fact.sources)) or f"report:{fact.id.partition('/')[0]}",
        str(fact.window.start).rstrip("~"),
    )
    return "|".join(str(part) for part in parts)
