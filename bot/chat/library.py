"""What is known, kept in memory and renewed when the data changes; and the answers already given."""

import logging
from collections import OrderedDict
from time import perf_counter

from bot.answers.catalogue import Catalogue
from bot.answers.knowledge import Knowledge, most_mentioned
from bot.answers.question import Question
from bot.answers.record import list_facts
from bot.answers.service import answer
from bot.chat.rendering import Prepared, render
from bot.facts.topics import Topic
from bot.i18n import language, speaking
from bot.logs import log_event
from bot.places.lookup import PlaceIndex
from bot.store.database import Database
from bot.store.facts import Facts
from bot.store.list_query import Selection
from bot.store.reference import data_version, read_reference

_log = logging.getLogger(__name__)

KEPT_ANSWERS = 2048
"""Answers kept: at about 5 KiB each, 10 MiB at most."""


class Library:
    """Answers questions. An answer is kept for as long as the data it was made from stands."""

    def __init__(self, database: Database, conflict: str) -> None:
        self._database = database
        self._conflict = conflict
        self._known: Knowledge | None = None
        self._answers: OrderedDict[tuple[Question, str], Prepared] = OrderedDict()

    @property
    def known(self) -> Knowledge:
        """What is kept in memory.

        Raises:
            RuntimeError: `renew` was never called.
        """
        if self._known is None:
            raise RuntimeError("the library was never opened")
        return self._known

    async def renew(self) -> bool:
        """Read again if the data changed, by this process or another one; whether it did.

        Raises:
            SitrepError: nothing is known of the conflict.
        """
        version = await data_version(self._database)
        if self._known is not None and self._known.reference.version == version:
            return False
        start = perf_counter()
        reference = await read_reference(self._database, self._conflict)
        bare = Knowledge(
            reference, PlaceIndex(reference.places), Facts(self._database), Catalogue(()), most_mentioned(reference)
        )
        self._known = bare._replace(catalogue=await list_facts(bare))
        self._answers.clear()
        log_event(
            _log,
            logging.INFO,
            "library.renewed",
            version=reference.version,
            facts=reference.facts,
            ms=round((perf_counter() - start) * 1000),
        )
        return True

    async def readable(self) -> bool:
        """Whether the database answers; if not, the reason stands in the log."""
        known = self.known
        try:
            await known.facts.select(Selection(Topic.CASUALTIES, known.area), limit=1)
        except Exception:
            _log.exception("the database does not answer")
            return False
        return True

    async def answer(self, question: Question) -> Prepared:
        """The finished answer in the language in force.

        Raises:
            SitrepError: the question names something that does not exist, or the database fails.
        """
        key = (question, language())
        kept = self._answers.get(key)
        if kept is not None:
            self._answers.move_to_end(key)
            return kept
        known = self.known
        with speaking(key[1]):
            prepared = Prepared(render(await answer(question, known)))
        if known is self._known:
            self._answers[key] = prepared
            if len(self._answers) > KEPT_ANSWERS:
                self._answers.popitem(last=False)
        return prepared
