"""The stand-in as a whole: one port with REST, gateway and control plane."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web

from .codec import Json, dumps, loads
from .control import EXPECTED, control
from .faults import Faults
from .gateway import Gateway
from .interactions import Interaction, Interactions
from .objects import EPHEMERAL
from .ratelimit import RateLimiter
from .rest import PREFIX, Rest
from .world import Options, Validator, World


@dataclass(frozen=True)
class Address:
    """Where the stand-in listens, and what a bot must be told (``token`` included)."""

    api: str
    gateway: str
    control: str
    token: str


class StandIn:
    def __init__(self, options: Options | None = None) -> None:
        options = options or Options()
        self.world = World(options)
        self.gateway = Gateway(self.world)
        self.interactions = Interactions(options.kept)
        self.faults = Faults(options.seed)
        self.limiter = RateLimiter(options.rates)
        self.validate: Validator | None = None
        if options.spec:
            from .openapi import validator  # needs jsonschema, which only this option asks for

            self.validate = validator(Path(options.spec))

    @asynccontextmanager
    async def listening(self, port: int = 0) -> AsyncIterator[Address]:
        """Serve on 127.0.0.1; port 0 takes a free one."""
        app = web.Application(client_max_size=32 << 20)
        app.router.add_post("/control", self._control)
        app.router.add_get("/gateway", self._connect)
        app.router.add_get("/gateway/", self._connect)
        app.router.add_route("*", PREFIX + "/{path:.*}", Rest(self).handle)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await runner.setup()
        try:
            await web.TCPSite(runner, "127.0.0.1", port).start()
            host = f"127.0.0.1:{runner.addresses[0][1]}"
            self.gateway.url = f"ws://{host}/gateway"
            token = self.world.options.token
            yield Address(f"http://{host}{PREFIX}", self.gateway.url, f"http://{host}/control", token)
        finally:
            await self.gateway.disturb("drop")
            await runner.cleanup()

    async def post(self, message: Json) -> Json:
        """Put a message into its channel and tell the bot, as far as its intents go."""
        self.world.keep(message)
        if not message["flags"] & EPHEMERAL and message["channel_id"] not in self.world.outside:
            await self.gateway.dispatch("MESSAGE_CREATE", message, message.get("guild_id"))
        return message

    async def fire(self, interaction: Interaction, event: Json) -> Interaction:
        """Send an interaction to the bot. Raises :class:`ConnectionError` when it has no session."""
        self.interactions.add(interaction)
        guild_id = interaction.guild_id
        if not await self.gateway.dispatch("INTERACTION_CREATE", event, guild_id, interaction.mark_sent):
            raise ConnectionError("the bot has no session")
        self.world.stats["interactions"] += 1
        await self.world.notify()
        return interaction

    async def remove_guild(self, guild_id: str, *, unavailable: bool = False) -> None:
        """The bot leaves (or is thrown out), or the server is unavailable for a while."""
        gone: Json = {"id": guild_id}
        if unavailable:
            gone["unavailable"] = True
        else:
            self.world.guilds.pop(guild_id)
        await self.gateway.dispatch("GUILD_DELETE", gone, guild_id)

    async def _connect(self, request: web.Request) -> web.StreamResponse:
        """The gateway's handshake. Faults strike it under the path `websocket`, with an HTTP status only."""
        fault = self.faults.strike("GET", "websocket")
        if fault is not None:
            self.world.stats[f"fault_{fault.action}"] += 1
            return web.Response(status=int(fault.action))
        return await self.gateway.handle(request)

    async def _control(self, request: web.Request) -> web.Response:
        try:
            result = await control(self, loads(await request.read()))
        except EXPECTED as error:
            body = {"error": type(error).__name__, "message": str(error)}
            return web.Response(status=409, body=dumps(body), content_type="application/json")
        return web.Response(body=dumps(result), content_type="application/json")
