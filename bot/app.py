"""Builds the program from its settings, starts it in order and stops it in the reverse order."""

import asyncio
import gc
import logging
import signal
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack, contextmanager, suppress
from datetime import UTC
from pathlib import Path
from time import perf_counter, time
from types import TracebackType
from typing import TYPE_CHECKING, Self

from bot.chat.client import SitrepClient
from bot.chat.corrections_log.press import LogPress
from bot.chat.delivering import build_delivery, build_notifier
from bot.chat.library import Library
from bot.chat.login import connect, point_at
from bot.chat.pacer import Pacer
from bot.chat.presses import Press, Stale
from bot.chat.sync import CommandSync
from bot.errors import SitrepError
from bot.logs import log_event
from bot.seeds.folder import Seeds, read_folder
from bot.settings import Settings
from bot.store import drafts
from bot.store.database import Database, Writer
from bot.store.loading import LoadResult, load
from bot.store.meta import Meta
from bot.store.migrate import migrate
from bot.store.retention import keep_in_bounds
from bot.store.servers import Servers
from bot.store.zone_change import follow_zone_data
from bot.subscriptions.zone import ZONE_DATA

if TYPE_CHECKING:
    from apscheduler.schedulers.asyncio import AsyncIOScheduler

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

Say = Callable[[str], None]
_log = logging.getLogger(__name__)


def quiet(_text: str) -> None:
    """Says nothing."""


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
            if moved := await follow_zone_data(self.database, ZONE_DATA):
                told(f"{moved} digests moved by the time zones of {ZONE_DATA}")
        with self._step("seeds") as told:
            seeds = read_folder(Path(settings.seeds_dir) / settings.conflict)
            told(load_words(await load_seeds(self.database, seeds)))
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
            (Press, LogPress, Stale),
            sync,
            database=self.database,
            settings=settings,
            servers=self.servers,
            clock=self._clock,
            trace=pacer.trace(),
        )
        self.delivery = build_delivery(self.client, pacer, self._clock)
        self.notifier = build_notifier(self.client, pacer, self._clock, self.delivery)
        self._stack.push_async_callback(self.leave)
        self._stack.callback(self.stop_clock)

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
            self.notifier.tick, "interval", seconds=DELIVERY, max_instances=1, coalesce=True, misfire_grace_time=None
        )
        self.scheduler.add_job(
            self.purge, "interval", hours=PURGE, max_instances=1, coalesce=True, misfire_grace_time=None
        )
        self.scheduler.start()

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
        await self.delivery.tick()

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
            for server in await keep_in_bounds(self.database, now, self._settings.shown_days):
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
        await asyncio.gather(
            self.client.attendance.settle(FAREWELL), self.delivery.stop(FAREWELL), self.notifier.stop(FAREWELL)
        )
        await self.client.witness.close()
        await self.client.close()
        log_event(_log, logging.INFO, "client.closed")


async def run(settings: Settings, say: Say) -> None:
    """Run against Discord until SIGINT or SIGTERM.

    Raises:
        SitrepError: no token, or Discord refuses it; the database or the seeds cannot be used; METRICS_PORT is taken.
    """
    token = settings.discord_token
    if token is None:
        raise SitrepError(
            "There is no DISCORD_TOKEN.", "Put it into .env (the README tells how to get one), or run the preview."
        )
    start = perf_counter()
    async with App(settings, say) as app:
        # What was made until now stays: the collector need not look at it again, which shortens the slowest answers.
        gc.freeze()
        gc.enable()
        await app.open_metrics()
        say("connecting to Discord")
        connection = asyncio.create_task(connect(app.client, token.reveal()))
        ready = asyncio.create_task(_when_ready(app, say, start))
        stop = asyncio.create_task(stop_signal())
        await asyncio.wait({connection, stop}, return_when=asyncio.FIRST_COMPLETED)
        for task in (stop, ready):
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        if connection.done():
            await connection
            return
        say("stopping")
        app.stop_clock()
        await app.leave()
        # A login that hangs would keep the process.
        connection.cancel()
        with suppress(asyncio.CancelledError):
            await connection


async def _when_ready(app: App, say: Say, start: float) -> None:
    await app.client.connected.wait()
    app.start_clock()
    await app.client.arrived.wait()
    took = (perf_counter() - start) * 1000
    say(f"ready as {app.client.user} in {len(app.client.guilds)} servers after {took:.0f} ms; Ctrl-C stops it")


async def stop_signal() -> None:
    """Returns when the process is asked to stop."""
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopped.set)
    await stopped.wait()


async def open_database(settings: Settings, say: Say = quiet) -> Database:
    """The database, brought to the schema of this version.

    Raises:
        SitrepError: it cannot be opened, or is newer than the program.
    """
    database = await Database.open(settings.database_url, readers=settings.readers)
    try:
        for migration in await migrate(database, now=int(time())):
            say(f"brought to version {migration.version} ({migration.name})")
    except BaseException:
        await database.close()
        raise
    return database


async def load_seeds(database: Database, seeds: Seeds) -> LoadResult:
    """Bring seeds in as one unit of work."""
    now = int(time())

    async def work(tx: Writer) -> LoadResult:
        return await load(tx, seeds, now)

    return await database.write(work)


def load_words(result: LoadResult) -> str:
    """What loading did, in a line."""
    if not result.changed:
        return f"{result.unchanged} facts, nothing new"
    parts = (("added", result.added), ("revised", result.revised), ("withdrawn", result.withdrawn))
    words = ", ".join(f"{count} {word}" for word, count in parts if count)
    return words or "names and places brought up to date"
