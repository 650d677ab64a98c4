"""Tells servers what editors decided on their proposals: at once, and again after a restart where that failed."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime

from bot.answers.corrections_log import Told
from bot.chat.corrections_log.lines import decided_line
from bot.chat.library import Library
from bot.chat.log_channel import Announcer
from bot.errors import SitrepError
from bot.facts.revision import EVERYONE
from bot.logs import log_event
from bot.store.correcting import proposals
from bot.store.correcting.proposals import Proposed
from bot.store.database import Database
from bot.store.keeping.servers import Servers
from bot.store.keeping.servers import Told as Where
from bot.store.revisions.histories import preceding
from bot.store.revisions.recorded import revision

_log = logging.getLogger(__name__)

AGAIN = 600
"""Seconds until somebody who could not be told is told again."""
AT_MOST = 3 * 86400
"""Seconds after a decision until it counts as told, if neither channel nor person takes it: the correction's own page
says what was decided."""
_MANY = 20


class Teller:
    """Tells each decision once: in the log channel of the server, or to whoever proposed, as the server chose; the
    other way where the first fails."""

    def __init__(
        self,
        database: Database,
        library: Library,
        servers: Servers,
        announcer: Announcer,
        now: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._library = library
        self._servers = servers
        self._announcer = announcer
        self._now = now
        self._again: dict[int, float] = {}
        self._lock = asyncio.Lock()

    async def tell_all(self) -> None:
        """Tell what is to be told. Never raises: what fails now is told later."""
        try:
            async with self._lock:
                for proposal in await proposals.untold(self._database, limit=_MANY):
                    await self._tell(proposal)
        except SitrepError as error:
            log_event(_log, logging.ERROR, "decisions.untold", error=error)

    async def _tell(self, proposal: Proposed) -> None:
        now = self._now().timestamp()
        if self._again.get(proposal.id, 0) > now:
            return
        arrived = await self._arrives(proposal)
        if not arrived and now - (proposal.decided_at or 0) < AT_MOST:
            self._again[proposal.id] = now + AGAIN
            return
        if not arrived:
            log_event(_log, logging.WARNING, "decision.given_up", server=proposal.revision.scope)
        await self._database.write(lambda tx: proposals.told(tx, proposal.id, int(now)))
        self._again.pop(proposal.id, None)

    async def _arrives(self, proposal: Proposed) -> bool:
        server = proposal.revision.scope
        before = await preceding(self._database, proposal.revision)
        if proposal.published is not None:
            before = await revision(self._database, proposal.revision.fact.id, EVERYONE, proposal.published - 1)
        shown = Told(proposal.revision, before)
        known = self._library.known
        settings = await self._servers.read(server)

        async def in_channel() -> bool:
            return await self._announcer.tell(server, lambda: decided_line(proposal, shown, known))

        async def in_person() -> bool:
            return await self._announcer.tell_person(
                proposal.proposed_by, lambda: decided_line(proposal, shown, known), settings.language
            )

        if settings.decisions is Where.PROPOSER:
            return await in_person() or await in_channel()
        return await in_channel() or await in_person()
