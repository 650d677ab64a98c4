"""The steps of a series as a scope knew them at one sequence: what a new figure continues, or comes too late for."""

from collections.abc import Iterable
from typing import NamedTuple

from bot.facts.fact import Fact
from bot.facts.revision import EVERYONE
from bot.facts.series import series_key, series_number
from bot.facts.vocabulary import RelationKind
from bot.store.reader import Reader
from bot.store.revisions.seen import Seen, seen_at

LONGEST = 64
"""Facts of one series that are looked at, those revised last: the step before is among them."""
_MOST = 400
_KEPT = 500
"""Series that are remembered."""


class Around(NamedTuple):
    """The steps known on either side; None where there is none."""

    earlier: Seen | None
    later: Seen | None


class Steps:
    """Looks up where new figures stand in their series.

    Args:
        since: the sequence up to which steps were known.
        upto: the sequence up to which the new figures are known.
    """

    def __init__(self, reader: Reader, conflict: str, scope: str, since: int, upto: int) -> None:
        self.conflict = conflict
        self.scope = scope
        self.since = since
        self._reader = reader
        self._upto = upto
        self._known: dict[int, tuple[Seen, ...]] = {}
        self._begun: set[int] = set()

    async def look_up(self, new: Iterable[Seen]) -> None:
        """Find out at once which series of a batch were known at all. To be called before `around`."""
        numbers = sorted({number for seen in new if (number := series_number(seen.fact)) is not None})
        self._begun = set()
        for start in range(0, len(numbers), _MOST):
            chunk = numbers[start : start + _MOST]
            places = ", ".join(f"?{number}" for number in range(2, len(chunk) + 2))
            rows = await self._reader.fetch_all(
                f"SELECT DISTINCT series FROM revision WHERE series IN ({places}) AND sequence <= ?1",
                (self.since, *chunk),
            )
            self._begun.update(number for (number,) in rows)

    async def around(self, new: Seen) -> Around:
        """The steps that the reader knew before and after `new`."""
        number = series_number(new.fact)
        if number is None or number not in self._begun:
            return Around(None, None)
        key = await self._key(new.fact, self._upto)
        if key is None:
            return Around(None, None)
        # Two totals of one report are not steps of each other, however alike they look.
        line = [
            seen
            for seen in await self._line(number)
            if seen.fact.locator.report != new.fact.locator.report and series_key(seen.fact) == key
        ]
        # Of one day: the count that came last goes on.
        earlier = [seen for seen in line if seen.last_day <= new.last_day]
        later = [seen for seen in line if seen.last_day > new.last_day]
        return Around(max(earlier, key=_place, default=None), min(later, key=_place, default=None))

    async def _line(self, number: int) -> tuple[Seen, ...]:
        if number not in self._known:
            rows = await self._reader.fetch_all(
                "SELECT fact, MAX(sequence) AS last FROM revision WHERE series = ?1 AND scope IN (?2, ?3) "
                "AND sequence <= ?4 GROUP BY fact ORDER BY last DESC LIMIT ?5",
                (number, self.scope, EVERYONE, self.since, LONGEST),
            )
            seen = await seen_at(self._reader, self.conflict, [fact for fact, _ in rows], self.scope, self.since)
            found = [one for one in seen.values() if one.answers and await self._key(one.fact, self.since) is not None]
            if len(self._known) >= _KEPT:
                self._known.clear()
            self._known[number] = tuple(found)
        return self._known[number]

    async def _key(self, fact: Fact, upto: int) -> str | None:
        """Its series; None for a part or another wording that would stand under its whole's name."""
        key = series_key(fact)
        named = [*fact.related(RelationKind.PART_OF), *fact.related(RelationKind.RESTATES)]
        if key is None or not named:
            return key
        wholes = await seen_at(self._reader, self.conflict, named, self.scope, upto)
        return series_key(fact, (whole.fact for whole in wholes.values() if not whole.withdrawn))


def _place(seen: Seen) -> tuple[int, int, str]:
    return (seen.last_day, seen.published.toordinal(), seen.fact.id)
