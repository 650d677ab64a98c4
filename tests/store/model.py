"""What the lists must hold, worked out over all facts at once with no index, no order of loading and no SQL."""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from bot.facts.fact import Fact, Report
from bot.facts.series import series_key
from bot.facts.topics import Topic, last_day, section, topics
from bot.facts.vocabulary import RelationKind
from bot.places.gazetteer import Gazetteer
from bot.store.lists.list_query import Selection

NESTING = (RelationKind.PART_OF, RelationKind.RESTATES)


class Known(NamedTuple):
    """All facts of a conflict, by id."""

    facts: Mapping[str, Fact]
    reports: Mapping[str, Report]
    places: Gazetteer
    root: str

    def published(self, fact: Fact) -> int:
        return self.reports[fact.locator.report].published.toordinal()

    def end(self, fact: Fact) -> int:
        return last_day(fact, self.published(fact))

    def speakers(self, fact: Fact) -> Collection[str]:
        return fact.sources or (self.reports[fact.locator.report].publisher,)

    def wholes(self, fact: Fact, *kinds: RelationKind) -> list[Fact]:
        return [self.facts[to] for kind in kinds for to in fact.related(kind) if to in self.facts]

    def series(self, fact: Fact) -> str | None:
        return series_key(fact, self.wholes(fact, *NESTING))

    def areas(self, fact: Fact) -> set[str]:
        named = [place for place in (fact.place, fact.origin, fact.destination) if place is not None]
        return {area for place in named for area in self.places.ancestors(place)} or {self.root}

    def successors(self, fact: Fact) -> list[int]:
        """Last days of everything that takes the place of the fact."""
        found = [
            self.end(other)
            for other in self.facts.values()
            if fact.id in other.related(RelationKind.SUPERSEDES) and topics(other)
        ]
        for other in self.facts.values():
            if self.series(fact) is None or self.series(other) != self.series(fact):
                continue
            mine, theirs = (
                (self.end(fact), self.published(fact), fact.id),
                (self.end(other), self.published(other), other.id),
            )
            if theirs[0] > mine[0] or (theirs > mine and other.locator.report != fact.locator.report):
                found.append(self.end(other))
        return found

    def under(self, fact: Fact, topic: Topic, area: str) -> list[Fact]:
        """What the fact is shown under in a list."""
        return [
            whole
            for kind in NESTING
            for whole in self.wholes(fact, kind)
            if topic in topics(whole)
            and area in self.areas(whole)
            and (kind is RelationKind.RESTATES or self.successors(fact) or not self.successors(whole))
        ]

    def select(self, wanted: Selection) -> list[str]:
        """Ids of the facts of a list, in its order."""
        found = [fact for fact in self.facts.values() if self.answers(fact, wanted)]
        found.sort(key=lambda fact: (*section(fact, wanted.topic, self.published(fact)), fact.id))
        return [fact.id for fact in found]

    def answers(self, fact: Fact, wanted: Selection) -> bool:
        if wanted.topic not in topics(fact) or wanted.area not in self.areas(fact):
            return False
        successors = self.successors(fact)
        if wanted.until is None:
            if successors:
                return False
        elif self.end(fact) > wanted.until or any(end <= wanted.until for end in successors):
            return False
        if wanted.since is not None and self.end(fact) < wanted.since:
            return False
        if wanted.source is not None and wanted.source not in self.speakers(fact):
            return False
        if wanted.population is not None:
            return fact.population is wanted.population
        under = self.under(fact, wanted.topic, wanted.area)
        if wanted.source is None:
            return not under
        return not any(set(self.speakers(fact)) <= set(self.speakers(whole)) for whole in under)
