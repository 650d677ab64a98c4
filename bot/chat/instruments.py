"""What this process measures of itself, for those who run it."""

import asyncio
import math
from time import monotonic

from bot import __version__
from bot.chat.client import SitrepClient
from bot.errors import SitrepError
from bot.metrics.reading import Vitals
from bot.store.digests.outlook import Outlook, outlook, outlook_of
from bot.store.health import ask

FRESH = 5.0
"""Seconds for which what the database said is told again: counting a day's posts is not done for everybody who asks."""
PATIENCE = 3.0
"""Seconds within which the database is to answer."""


class Instruments:
    """Implements `bot.metrics.reading.Source`."""

    def __init__(self, client: SitrepClient) -> None:
        self._client = client
        self._asking = asyncio.Lock()
        self._known: tuple[float, Outlook] | None = None

    def vitals(self) -> Vitals:
        """At this moment."""
        client = self._client
        latency = client.latency
        return Vitals(
            version=__version__,
            started=int(client.started.timestamp()),
            online=client.online and not client.is_closed(),
            latency=latency if math.isfinite(latency) else None,
            ticking=client.pulse.alive,
            last_tick=client.pulse.last,
            servers=len(client.guilds),
            facts=client.library.known.reference.facts,
            answered=client.attendance.answered,
            failed=client.attendance.failed,
        )

    async def outlook(self) -> Outlook | None:
        """Asked for once, however many want to know."""
        async with self._asking:
            if self._known is None or monotonic() - self._known[0] > FRESH:
                try:
                    async with asyncio.timeout(PATIENCE):
                        found = await outlook(self._client.database, int(self._client.now().timestamp()))
                except (SitrepError, TimeoutError):
                    self._known = None
                    return None
                self._known = monotonic(), found
            return self._known[1]

    async def outlook_of(self, server: int | None) -> Outlook | None:
        """Of one server; None where the database does not answer."""
        try:
            async with asyncio.timeout(PATIENCE):
                return await outlook_of(self._client.database, str(server), int(self._client.now().timestamp()))
        except (SitrepError, TimeoutError):
            return None

    async def readable(self) -> bool:
        """Whether the database answers now."""
        try:
            async with asyncio.timeout(PATIENCE):
                await ask(self._client.database)
        except (SitrepError, TimeoutError):
            return False
        return True
