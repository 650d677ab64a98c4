"""What every answer needs at hand: names, places, and which question leads somewhere."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple, Protocol

from bot.answers.catalogue import Catalogue
from bot.facts.fact import Report, Source
from bot.facts.revision import Revision
from bot.places.gazetteer import Gazetteer, UnknownPlaceError
from bot.places.lookup import PlaceIndex
from bot.places.overlap import Overlap
from bot.places.place import Place
from bot.store.lists.list_query import Selection
from bot.store.reading.facts import Shown
from bot.store.reading.reference import Reference

if TYPE_CHECKING:
    from bot.answers.recent import Recent
    from bot.store.revisions.changes import Changes, Wanted


class FactReader(Protocol):
    """Where facts come from."""

    async def select(self, selection: Selection, *, limit: int, offset: int = 0) -> list[Shown]:
        """The facts of a list."""

    async def get(self, fact_id: str) -> Shown | None:
        """One fact."""

    async def report(self, report_id: str) -> Report | None:
        """One report."""

    async def history(self, fact_id: str, *, limit: int = 20, offset: int = 0) -> list[Revision]:
        """The revisions of a fact, the latest first."""

    async def before(self, revision: Revision) -> Revision | None:
        """What was seen of the fact right before one of them."""

    async def series(self, fact_id: str, *, limit: int = 20) -> list[Shown]:
        """The steps of its series, the latest first."""

    async def replaced_by(self, fact_id: str, *, limit: int = 20) -> list[Shown]:
        """The facts whose reports name it as replaced."""

    async def changes(self, conflict: str, since: int, upto: int, wanted: Wanted | None = None) -> Changes:
        """What changed after one sequence and up to another."""


class Knowledge(NamedTuple):
    """Everything that is kept in memory, at one data version."""

    reference: Reference
    lookup: PlaceIndex
    facts: FactReader
    catalogue: Catalogue
    mentioned: tuple[Place, ...] = ()
    recent: Recent | None = None

    @property
    def places(self) -> Gazetteer:
        """The gazetteer."""
        return self.reference.places

    @property
    def area(self) -> str:
        """Id of the place that contains everything."""
        return self.reference.conflict.place

    def as_of(self) -> date | None:
        """Date of the latest report."""
        return self.reference.latest

    def place_name(self, place_id: str) -> str:
        """The name of a place; its id where the gazetteer no longer has it."""
        place = self.places.get(place_id)
        return place.name if place is not None else place_id

    def quoted_sources(self) -> list[Source]:
        """The sources whose words or figures were read, in the order of their names."""
        found = [source for source in self.reference.sources.values() if source.id in self.reference.quoted]
        return sorted(found, key=lambda source: source.name.casefold())

    def source(self, source_id: str) -> Source:
        """A source or publisher; a bare one under its id where it is not known any more."""
        return self.reference.sources.get(source_id) or Source(source_id, source_id, "")

    def actor_name(self, actor_id: str) -> str:
        """The neutral name of an actor."""
        actor = self.reference.actors.get(actor_id)
        return actor.name if actor is not None else actor_id

    def may_overlap(self, a: str, b: str) -> bool:
        """Whether two places may share ground; unknown counts as yes, and so does a place that was taken out."""
        try:
            return self.places.overlap(a, b) is not Overlap.DISJOINT
        except UnknownPlaceError:
            return True


def most_mentioned(reference: Reference, limit: int = 25) -> tuple[Place, ...]:
    """The places on which reports speak to the most topics, in the order of their names."""
    topics = reference.topics
    found = [place for place in reference.places if place.id in topics]
    found.sort(key=lambda place: (-len(topics[place.id]), place.name))
    return tuple(found[:limit])
