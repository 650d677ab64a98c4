"""What is known, kept in memory and renewed when the data changes; and the answers already given."""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Callable
from functools import cached_property
from math import inf
from time import perf_counter, time
from typing import TYPE_CHECKING

from bot.answers import recent
from bot.answers.catalogue import Catalogue
from bot.answers.finding import list_facts
from bot.answers.knowledge import Knowledge, most_mentioned
from bot.answers.question import Question
from bot.answers.service import answer
from bot.chat.rendering import Answered, Prepared, render
from bot.facts.revision import EVERYONE
from bot.facts.topics import Topic
from bot.i18n import language, speaking
from bot.lazy import lazily
from bot.logs import log_event
from bot.places.gazetteer import Gazetteer
from bot.places.lookup import PlaceIndex
from bot.store.counters import latest_sequence
from bot.store.database import Database
from bot.store.lists.list_query import Selection
from bot.store.reading.facts import Facts
from bot.store.reading.recent import lately
from bot.store.reading.reference import data_versions, read_reference

if TYPE_CHECKING:
    from bot.answers import as_of
    from bot.store.reading import as_of as past
else:
    as_of = lazily("bot.answers.as_of")
    past = lazily("bot.store.reading.as_of")

_log = logging.getLogger(__name__)

KEPT_ANSWERS = 2048
"""Answers kept: at about 5 KiB each, 10 MiB at most."""
KEPT_SCOPES = 64
"""Servers with corrections of their own whose lists of facts to offer are kept."""


class Library:
    """Answers questions as a server sees things. An answer is kept for as long as the data it was made from stands."""

    def __init__(self, database: Database, conflict: str, clock: Callable[[], float] = time) -> None:
        """
        Args:
            clock: seconds since the epoch, UTC: what changed lately goes by it.
        """
        self._database = database
        self._clock = clock
        self._conflict = conflict
        self._known: Knowledge | None = None
        self._versions: dict[str, int] = {}
        self._sequence = 0
        self._scoped: OrderedDict[str, Knowledge] = OrderedDict()
        self._recent_until = inf
        self._answers: OrderedDict[tuple[str, Question, str], Prepared] = OrderedDict()

    @cached_property
    def _pasts(self) -> "past.Pasts":
        return past.Pasts(self._database)

    @property
    def known(self) -> Knowledge:
        """What is kept in memory, as everyone sees it.

        Raises:
            RuntimeError: `renew` was never called.
        """
        if self._known is None:
            raise RuntimeError("the library was never opened")
        return self._known

    def scope_of(self, server: str) -> str:
        """The scope that a server reads in: its own if it ever corrected anything, else everyone's."""
        return self._own(server)

    async def known_in(self, scope: str) -> Knowledge:
        """The same as one server sees it.

        Args:
            scope: `EVERYONE` or the id of a server.
        """
        scope = self._own(scope)
        if scope == EVERYONE:
            return self.known
        found = self._scoped.get(scope)
        if found is None:
            base, version = self.known, self._versions.get(scope)
            bare = base._replace(facts=Facts(self._database, scope))
            found = bare._replace(catalogue=await list_facts(bare), recent=await self._recent(bare, scope))
            if base is self._known and version == self._versions.get(scope):
                self._scoped[scope] = found
                if len(self._scoped) > KEPT_SCOPES:
                    self._scoped.popitem(last=False)
        return found

    async def renew(self) -> bool:
        """Read again what changed, by this process or another one, or is recent no more; whether anything did.

        Raises:
            SitrepError: nothing is known of the conflict.
        """
        # First, so that it never counts a revision whose change of version is still to be seen.
        sequence = await latest_sequence(self._database)
        versions = await data_versions(self._database)
        aged = self._clock() >= self._recent_until
        if self._known is not None and self._versions == versions and not aged:
            return False
        if self._known is None or aged or self._known.reference.version != versions.get(EVERYONE, 0):
            await self._renew_everything()
        changed = {scope for scope, version in versions.items() if self._versions.get(scope) != version}
        self._versions, self._sequence = versions, sequence
        for scope in changed:
            self._scoped.pop(scope, None)
        for key in [key for key in self._answers if key[0] in changed]:
            del self._answers[key]
        return True

    async def _renew_everything(self) -> None:
        start = perf_counter()
        reference = await read_reference(self._database, self._conflict)
        lookup = await self._lookup(reference.places)
        bare = Knowledge(reference, lookup, Facts(self._database), Catalogue(()), most_mentioned(reference))
        self._recent_until = inf
        self._known = bare._replace(catalogue=await list_facts(bare), recent=await self._recent(bare, EVERYONE))
        self._answers.clear()
        self._scoped.clear()
        log_event(
            _log,
            logging.INFO,
            "library.renewed",
            version=reference.version,
            facts=reference.facts,
            ms=round((perf_counter() - start) * 1000),
        )

    async def _recent(self, known: Knowledge, scope: str) -> "recent.Recent | None":
        """What changed lately for a scope."""
        conflict, week = known.reference.conflict.id, recent.DAYS * 86_400
        found = await lately(self._database, conflict, scope, int(self._clock()) - week)
        if found is None:
            return None
        self._recent_until = min(self._recent_until, found.earliest + week)
        changes = await known.facts.changes(conflict, found.since, recent.OPEN)
        return recent.recent_of(changes, found.since, known)

    async def _lookup(self, places: Gazetteer) -> PlaceIndex:
        """Places seldom change, and of 100,000 names the index takes seconds to make."""
        if self._known is None:
            return PlaceIndex(places)
        if tuple(places) == tuple(self._known.places):
            return self._known.lookup
        return await asyncio.to_thread(_prepared, places)

    async def prepare(self) -> None:
        """Make ready what no start should wait for, while others are answered."""
        await asyncio.to_thread(self.known.lookup.prepare)

    async def readable(self) -> bool:
        """Whether the database answers; if not, the reason stands in the log."""
        known = self.known
        try:
            await known.facts.select(Selection(Topic.CASUALTIES, known.area), limit=1)
        except Exception:
            _log.exception("the database does not answer")
            return False
        return True

    async def answer(self, question: Question, scope: str = EVERYONE) -> Prepared:
        """The finished answer in the language in force, as `scope` sees things.

        Raises:
            SitrepError: the question names something that does not exist, or the database fails.
        """
        key = (self._own(scope), question, language())
        kept = self._answers.get(key)
        if kept is not None:
            self._answers.move_to_end(key)
            return kept
        # Of before the answer was read: it shows what was known then, and perhaps more, never less.
        base, version, sequence = self.known, self._versions.get(key[0]), self._sequence
        known = base if key[0] == EVERYONE else await self.known_in(key[0])
        with speaking(key[2]):
            if question.as_of is None:
                page = await answer(question, known)
            else:
                then = await self._pasts.at(key[0], question.as_of, known.places)
                page = await as_of.answer_as_of(question, known, then)
            answered = Answered(question, key[0], key[2], sequence, page.facts)
            prepared = Prepared(render(page), answered)
        if base is self._known and version == self._versions.get(key[0]):
            self._answers[key] = prepared
            if len(self._answers) > KEPT_ANSWERS:
                self._answers.popitem(last=False)
        return prepared

    def _own(self, scope: str) -> str:
        """The scope to read in: that of everyone for a server that never corrected anything, as it costs less and is
        shared."""
        return scope if scope in self._versions else EVERYONE


def _prepared(places: Gazetteer) -> PlaceIndex:
    index = PlaceIndex(places)
    index.prepare()
    return index
