"""What Sitrep does by the clock: looks at what changed, what is due, what was corrected, and what may be forgotten."""

import asyncio
import gc
import logging
from collections.abc import Awaitable, Callable
from datetime import UTC
from functools import cached_property
from typing import TYPE_CHECKING

from bot.chat.client import SitrepClient
from bot.chat.pacer import Pacer
from bot.errors import SitrepError
from bot.lazy import lazily
from bot.logs import log_event

if TYPE_CHECKING:
    from apscheduler.schedulers.asyncio import AsyncIOScheduler

    from bot.chat import delivering
    from bot.digests.delivery import Delivery
    from bot.digests.notices import Notifier
    from bot.store.correcting import drafts
    from bot.store.digests import zone_change
    from bot.store.keeping import retention
    from bot.subscriptions import zone
else:
    delivering = lazily("bot.chat.delivering")
    drafts = lazily("bot.store.correcting.drafts")
    zone_change = lazily("bot.store.digests.zone_change")
    retention = lazily("bot.store.keeping.retention")
    zone = lazily("bot.subscriptions.zone")

RENEWAL = 5
"""Seconds between two looks at whether another process changed the data."""
DELIVERY = 2
"""Seconds between two looks at what is due, and at what was corrected."""
PURGE = 3600
"""Seconds between two looks at what has been kept for long enough."""

_log = logging.getLogger(__name__)


class Duties:
    """The duties of one process, and the scheduler that sees to them.

    Args:
        pacer: the one that the client's own requests wait for.
        clock: seconds since the epoch, UTC.
    """

    def __init__(self, client: SitrepClient, pacer: Pacer, clock: Callable[[], float]) -> None:
        self._client = client
        self._pacer = pacer
        self._clock = clock
        self._zones_followed = False
        self._scheduler: AsyncIOScheduler | None = None
        self._preparing: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Start the scheduler. Outside the client on purpose: it must not end with a connection."""
        from apscheduler.schedulers.asyncio import AsyncIOScheduler

        self._scheduler = AsyncIOScheduler(timezone=UTC)
        for duty, seconds in (
            (self.renew, RENEWAL),
            (self.tick, DELIVERY),
            (self.carry, DELIVERY),
            (self.purge, PURGE),
        ):
            self._scheduler.add_job(
                duty, "interval", seconds=seconds, max_instances=1, coalesce=True, misfire_grace_time=None
            )
        self._scheduler.start()
        self._preparing = asyncio.create_task(self.prepare())

    def stop(self) -> None:
        """Stop the scheduler. Harmless a second time."""
        if self._preparing is not None:
            self._preparing.cancel()
        if self._scheduler is not None and self._scheduler.running:
            self._scheduler.shutdown(wait=False)
            log_event(_log, logging.INFO, "scheduler.stopped")

    def finish(self, seconds: float) -> list[Awaitable[None]]:
        """What ends that is being sent, within `seconds`; of that alone which was ever begun."""
        return [vars(self)[name].stop(seconds) for name in ("delivery", "notifier") if name in vars(self)]

    @cached_property
    def delivery(self) -> "Delivery":
        """What posts digests; put together for the first look at what is due."""
        return delivering.build_delivery(self._client, self._pacer, self._clock)

    @cached_property
    def notifier(self) -> "Notifier":
        """What carries corrections; likewise."""
        return delivering.build_notifier(self._client, self._pacer, self._clock, self.delivery)

    async def prepare(self) -> None:
        """Once, right after the start: make ready what no start should wait for."""
        await self._client.library.prepare()
        if gc.get_freeze_count():
            # As at the start: what was made now stays, and need not be looked at again and again.
            gc.freeze()

    async def renew(self) -> None:
        """Read again what changed, and tell servers what editors decided."""
        try:
            await self._client.library.renew()
            await self._client.servers.renew()
        except SitrepError as error:
            log_event(_log, logging.ERROR, "library.stale", error=error)
            return
        await self._client.teller.tell_all()

    async def tick(self) -> None:
        """Post what is due."""
        self._client.pulse.beat(int(self._clock()))
        if self._zones_followed or await self._follow_zones():
            await self.delivery.tick()

    async def carry(self) -> None:
        """Carry corrections to whoever was shown the figure."""
        await self.notifier.tick()

    async def purge(self) -> None:
        """Delete what has been kept for long enough."""
        database, now = self._client.database, int(self._clock())
        try:
            await database.write(lambda tx: drafts.purge(tx, now))
        except SitrepError as error:
            log_event(_log, logging.ERROR, "drafts.not_purged", error=error)
        if not self._client.online:
            return  # a server may have invited Sitrep again while it was away, and only Discord knows
        try:
            for server in await retention.keep_in_bounds(database, now, self._client.settings.shown_days):
                log_event(_log, logging.INFO, "server.purged", server=server)
        except SitrepError as error:
            log_event(_log, logging.ERROR, "server.not_purged", error=error)

    async def _follow_zones(self) -> bool:
        """Once, before anything is sent: what was planned by the rules of other zone data keeps its local time."""
        edition = zone.ZONE_DATA
        try:
            moved = await zone_change.follow_zone_data(self._client.database, edition)
        except SitrepError as error:
            log_event(_log, logging.ERROR, "digests.not_moved", error=error)
            return False
        self._zones_followed = True
        if moved:
            log_event(_log, logging.INFO, "digests.moved", moved=moved, edition=edition)
        return True
