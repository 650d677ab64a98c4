"""Builds the program from its settings, starts it in order and stops it in the reverse order."""

import asyncio
import gc
import logging
import signal
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack, contextmanager
from datetime import UTC
from functools import cached_property
from pathlib import Path
from time import perf_counter, time
from types import TracebackType
from typing import TYPE_CHECKING, Self

from bot.chat.client import SitrepClient
from bot.chat.library import Library
from bot.chat.login import point_at
from bot.chat.pacer import Pacer
from bot.chat.sync import CommandSync
from bot.errors import SitrepError
from bot.lazy import lazily
from bot.logs import log_event
from bot.opening import Say, bring_in, open_database, quiet
from bot.settings import Settings
from bot.store.keeping.servers import Servers
from bot.store.meta import Meta

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

EXTENSIONS = (
    "cogs.figures",
    "cogs.places",
    "cogs.record",
    "cogs.sources",
    "cogs.correct",
    "cogs.digests",
    "cogs.delivery",
    "cogs.corrections",
    "cogs.settings",
    "cogs.membership",
    "cogs.about",
)
RENEWAL = 5
"""Seconds between two looks at whether another process changed the data."""
DELIVERY = 2
"""Seconds between two looks at what is due."""
PURGE = 1
"""Hours between two looks at what has been kept for long enough."""
FAREWELL = 2.5
"""Seconds that readers still waiting for an answer get before Sitrep leaves; within Discord's own 3 s."""

_log = logging.getLogger(__name__)


class App:
    """The program. Use it as a context manager: `async with App(settings) as app`."""

    def __init__(
        self, settings: Settings, say: Say = quiet, *, sync: bool = True, clock: Callable[[], float] = time
    ) -> None:
        self._settings = settings
        self._say = say
        self._sync = sync
        self._clock = clock
        self._stack = AsyncExitStack()
        self._zones_followed = False
        self.scheduler: AsyncIOScheduler | None = None

    async def __aenter__(self) -> Self:
        try:
            await self._open()
        except BaseException:
            await self._stack.aclose()
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._stack.aclose()

    async def _open(self) -> None:
        settings = self._settings
        with self._step("database") as told:
            self.database = await open_database(settings, told)
            self._stack.push_async_callback(self._close)
        with self._step("seeds") as told:
            told(await bring_in(self.database, Path(settings.seeds_dir) / settings.conflict))
        with self._step("library") as told:
            self.library = Library(self.database, settings.conflict)
            await self.library.renew()
            self.servers = Servers(self.database)
            await self.servers.renew()
            known = self.library.known.reference
            told(f"{known.facts:,} facts, {len(known.places):,} places, {len(known.sources):,} sources")
        point_at(settings.discord_api_url, settings.discord_gateway_url)
        sync = CommandSync(Meta(self.database)) if self._sync else None
        pacer = Pacer(settings.requests_per_second)
        self.client = SitrepClient(
            self.library,
            EXTENSIONS,
            sync,
            database=self.database,
            settings=settings,
            servers=self.servers,
            clock=self._clock,
            trace=pacer.trace(),
        )
        self._pacer = pacer
        self._stack.push_async_callback(self.leave)
        self._stack.callback(self.stop_clock)

    @cached_property
    def delivery(self) -> "Delivery":
        """What posts digests; put together for the first look at what is due."""
        return delivering.build_delivery(self.client, self._pacer, self._clock)

    @cached_property
    def notifier(self) -> "Notifier":
        """What carries corrections; likewise."""
        return delivering.build_notifier(self.client, self._pacer, self._clock, self.delivery)

    async def _close(self) -> None:
        await self.database.close()
        log_event(_log, logging.INFO, "database.closed")

    @contextmanager
    def _step(self, name: str) -> Iterator[Say]:
        start = perf_counter()
        details: list[str] = []
        yield details.append
        said = f": {', '.join(details)}" if details else ""
        self._say(f"{name} ready in {(perf_counter() - start) * 1000:.0f} ms{said}")

    def start_clock(self) -> None:
        """Start the scheduler. Outside the client on purpose: it must not end with a connection."""
        from apscheduler.schedulers.asyncio import AsyncIOScheduler

        self.scheduler = AsyncIOScheduler(timezone=UTC)
        self.scheduler.add_job(
            self._renew, "interval", seconds=RENEWAL, max_instances=1, coalesce=True, misfire_grace_time=None
        )
        self.scheduler.add_job(
            self.tick, "interval", seconds=DELIVERY, max_instances=1, coalesce=True, misfire_grace_time=None
        )
        self.scheduler.add_job(
            self.carry, "interval", seconds=DELIVERY, max_instances=1, coalesce=True, misfire_grace_time=None
        )
        self.scheduler.add_job(
            self.purge, "interval", hours=PURGE, max_instances=1, coalesce=True, misfire_grace_time=None
        )
        self.scheduler.add_job(self.prepare)
        self.scheduler.start()

    async def prepare(self) -> None:
        """Make ready what no start should wait for: what the scheduler does once, at its start."""
        await self.library.prepare()
        if gc.get_freeze_count():
            # As at the start: what was made now stays, and need not be looked at again and again.
            gc.freeze()

    async def open_metrics(self) -> None:
        """Answer on METRICS_PORT, where one is set, until the end.

        Raises:
            SitrepError: the port is taken.
        """
        if not self._settings.metrics_port:
            return
        from bot.chat.instruments import Instruments
        from bot.metrics.server import MetricsServer

        server = MetricsServer(Instruments(self.client), self._settings.metrics_port)
        await server.start()
        self._stack.push_async_callback(server.stop)
        self._say(f"metrics at {server.address}/metrics")

    async def tick(self) -> None:
        """Look at what is due: what the scheduler does every DELIVERY seconds."""
        self.client.pulse.beat(int(self._clock()))
        if self._zones_followed or await self._follow_zones():
            await self.delivery.tick()

    async def _follow_zones(self) -> bool:
        """Once, before anything is sent: what was planned by the rules of other zone data keeps its local time."""
        edition = zone.ZONE_DATA
        try:
            moved = await zone_change.follow_zone_data(self.database, edition)
        except SitrepError as error:
            log_event(_log, logging.ERROR, "digests.not_moved", error=error)
            return False
        self._zones_followed = True
        if moved:
            log_event(_log, logging.INFO, "digests.moved", moved=moved, edition=edition)
        return True

    async def carry(self) -> None:
        """Look at what was corrected: what the scheduler does every DELIVERY seconds."""
        await self.notifier.tick()

    async def _renew(self) -> None:
        try:
            await self.library.renew()
            await self.servers.renew()
        except SitrepError as error:
            log_event(_log, logging.ERROR, "library.stale", error=error)
            return
        await self.client.teller.tell_all()

    async def purge(self) -> None:
        """Delete what has been kept for long enough: what the scheduler does every hour."""
        now = int(self._clock())
        try:
            await self.database.write(lambda tx: drafts.purge(tx, now))
        except SitrepError as error:
            log_event(_log, logging.ERROR, "drafts.not_purged", error=error)
        if not self.client.online:
            return  # a server may have invited Sitrep again while it was away, and only Discord knows
        try:
            for server in await retention.keep_in_bounds(self.database, now, self._settings.shown_days):
                log_event(_log, logging.INFO, "server.purged", server=server)
        except SitrepError as error:
            log_event(_log, logging.ERROR, "server.not_purged", error=error)

    def stop_clock(self) -> None:
        """Stop the scheduler. Harmless a second time."""
        if self.scheduler is not None and self.scheduler.running:
            self.scheduler.shutdown(wait=False)
            log_event(_log, logging.INFO, "scheduler.stopped")

    async def leave(self) -> None:
        """Answer who still waits and finish what is being sent, then leave Discord. Harmless a second time."""
        if self.client.is_closed():
            return
        # Only those that were ever used.
        working = [vars(self)[name] for name in ("delivery", "notifier") if name in vars(self)]
        await asyncio.gather(self.client.attendance.settle(FAREWELL), *(one.stop(FAREWELL) for one in working))
        await self.client.witness.close()
        await self.client.close()
        log_event(_log, logging.INFO, "client.closed")


async def stop_signal() -> None:
    """Returns when the process is asked to stop."""
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopped.set)
    await stopped.wait()
