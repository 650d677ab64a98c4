"""Since which revision something changed lately: what *What changed* under an answer begins with."""

from typing import NamedTuple

from bot.facts.revision import EVERYONE
from bot.store.reader import Reader

MOST = 400
"""Revisions that count as lately: those of a long report, or of some short ones. They take some 20 ms to look at."""


class Lately(NamedTuple):
    """Attributes:
    since: the sequence before the first of them.
    earliest: when the first of all within the time was recorded, seconds since the epoch.
    """

    since: int
    earliest: int


async def lately(reader: Reader, conflict: str, scope: str, after: int) -> Lately | None:
    """Where to begin, None where nothing changed. What the first load brought is no change.

    Args:
        after: seconds since the epoch; what was recorded later than that counts.
    """
    row = await reader.fetch_one("SELECT MIN(loaded_at) FROM report WHERE conflict = ?1", (conflict,))
    if row is None or row[0] is None:
        return None
    found: list[Lately] = []
    for one in dict.fromkeys((EVERYONE, scope)):
        first = await reader.fetch_one(
            "SELECT sequence, recorded_at FROM revision WHERE scope = ?1 AND recorded_at > ?2 "
            "ORDER BY recorded_at LIMIT 1",
            (one, max(after, row[0])),
        )
        if first is not None:
            found.append(Lately(first[0] - 1, first[1]))
    if not found:
        return None
    bound = await reader.fetch_one(
        "SELECT sequence FROM revision WHERE scope = ?1 ORDER BY sequence DESC LIMIT 1 OFFSET ?2", (EVERYONE, MOST)
    )
    since, earliest = min(one.since for one in found), min(one.earliest for one in found)
    return Lately(max(since, bound[0] if bound is not None else 0), earliest)
