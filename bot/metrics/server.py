"""GET /metrics and GET /healthz on loopback. Imported only where a port is set: both of its parts take their time."""

import errno

import msgspec
from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST

from bot.errors import SitrepError
from bot.metrics.exposition import Exposition
from bot.metrics.health import ailments
from bot.metrics.reading import Reading, Source

HOST = "127.0.0.1"
FAREWELL = 1.0
"""Seconds that a request under way gets at the end."""


class MetricsServer:
    """Listens from `start` to `stop`."""

    def __init__(self, source: Source, port: int) -> None:
        """
        Args:
            port: from 1 to 65535.
        """
        self._source = source
        self._port = port
        self._exposition = Exposition()
        app = web.Application()
        app.router.add_get("/metrics", self._metrics)
        app.router.add_get("/healthz", self._healthz)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=FAREWELL, handle_signals=False)

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"http://{HOST}:{self._port}"

    async def start(self) -> None:
        """Listen.

        Raises:
            SitrepError: the port is taken, or not to be had.
        """
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, HOST, self._port).start()
        except OSError as error:
            await self._runner.cleanup()
            taken = error.errno == errno.EADDRINUSE
            why = "another program has it" if taken else (error.strerror or str(error))
            raise SitrepError(
                f"The metrics cannot have port {self._port} of {HOST}: {why}.",
                "Set METRICS_PORT to another port, or to 0 for none.",
            ) from error

    async def stop(self) -> None:
        """Answer no more. Harmless a second time."""
        await self._runner.cleanup()

    async def _metrics(self, _request: web.Request) -> web.Response:
        outlook = await self._source.outlook()
        # No await from here on: what the registry collects is this reading and no other's.
        text = self._exposition.text(Reading(self._source.vitals(), outlook))
        return web.Response(body=text, headers={"Content-Type": CONTENT_TYPE_LATEST})

    async def _healthz(self, _request: web.Request) -> web.Response:
        readable = await self._source.readable()
        ill = ailments(self._source.vitals(), readable=readable)
        body = {"status": "failing", "failing": ill} if ill else {"status": "ok"}
        return web.Response(body=msgspec.json.encode(body), status=503 if ill else 200, content_type="application/json")
