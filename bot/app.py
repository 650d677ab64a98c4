"""Builds the program from its settings, starts it in order and stops it in the reverse order."""

import asyncio
import logging
import signal
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack, contextmanager
from pathlib import Path
from time import perf_counter, time
from types import TracebackType
from typing import Self

from bot.chat.client import SitrepClient
from bot.chat.library import Library
from bot.chat.login import point_at
from bot.chat.pacer import Pacer
from bot.chat.sync import CommandSync
from bot.duties import Duties
from bot.logs import log_event
from bot.opening import Say, bring_in, open_database, quiet
from bot.settings import Settings
from bot.store.keeping.servers import Servers
from bot.store.meta import Meta

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
            self.library = Library(self.database, settings.conflict, self._clock)
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
        self.duties = Duties(self.client, pacer, self._clock)
        self._stack.push_async_callback(self.leave)
        self._stack.callback(self.duties.stop)

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

    async def leave(self) -> None:
        """Answer who still waits and finish what is being sent, then leave Discord. Harmless a second time."""
        if self.client.is_closed():
            return
        await asyncio.gather(self.client.attendance.settle(FAREWELL), *self.duties.finish(FAREWELL))
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
