"""Every REST request: recorded, authorised, struck by faults, counted against the limits, then routed."""

from __future__ import annotations

import asyncio
import re
import time
from typing import TYPE_CHECKING

from aiohttp import web

from . import routes_interactions, routes_login, routes_messages
from .codec import dumps, loads
from .errors import ApiError
from .faults import Fault
from .ratelimit import too_many
from .routing import Answer, Call
from .world import Received

if TYPE_CHECKING:
    from .server import StandIn

ROUTES = routes_interactions.routes + routes_messages.routes + routes_login.routes
WITH_TOKEN = re.compile(r"/(?:interactions|webhooks)/\d+/[^/]+")
PREFIX = "/api/v10"
# Exactly this: discord.py does not take "application/json; charset=utf-8" for JSON.
JSON_TYPE = {"Content-Type": "application/json"}


class Rest:
    def __init__(self, discord: StandIn) -> None:
        self.discord = discord

    async def handle(self, request: web.Request) -> web.Response:
        at = time.perf_counter()
        world = self.discord.world
        received, call = await self._read(request, at)
        world.received.append(received)
        world.stats["rest"] += 1
        headers = dict(JSON_TYPE)
        try:
            status, body = await self._answer(request, received, call, headers)
        except ApiError as refusal:
            status, body = refusal.status, refusal.body
            headers.update(refusal.headers)
            if status in (401, 403) or (status == 429 and refusal.headers.get("X-RateLimit-Scope") != "shared"):
                world.stats["invalid_requests"] += 1  # 10,000 of these in ten minutes ban the address
        except _CutOffError:
            if request.transport is not None:
                request.transport.abort()
            return web.Response()
        except _FromCdnError:
            status, body = 429, None
            headers = {"Content-Type": "text/plain", "Retry-After": "60"}
        received.status = status
        world.stats[f"status_{status}"] += 1
        await world.notify()
        if status == 204:
            return web.Response(status=204, headers={k: v for k, v in headers.items() if k != "Content-Type"})
        raw = b"error code: 1015" if body is None else dumps(body)
        return web.Response(status=status, body=raw, headers=headers)

    async def _read(self, request: web.Request, at: float) -> tuple[Received, Call]:
        files = size = 0
        body = None
        if request.content_type.startswith("multipart/"):
            async for part in await request.multipart():
                data = await part.read()  # type: ignore[union-attr]  # no nested multipart is ever sent
                size += len(data)
                if part.name == "payload_json":  # type: ignore[union-attr]
                    body = loads(data)
                else:
                    files += 1
        elif raw := await request.read():
            size, body = len(raw), loads(raw)
        path = request.path.removeprefix(PREFIX)
        received = Received(request.method, path, body, files, at, size)
        return received, Call(self.discord, body if body is not None else {}, request.query, files, size, at)

    async def _answer(self, request: web.Request, received: Received, call: Call, headers: dict[str, str]) -> Answer:
        method, path, world = received.method, received.path, self.discord.world
        with_token = WITH_TOKEN.match(path) is not None
        authorised = request.headers.get("Authorization") == f"Bot {world.options.token}"
        if not with_token and path != "/gateway" and not authorised:
            raise ApiError(401, 0, "401: Unauthorized")
        fault = self.discord.faults.strike(method, path)
        if fault is not None:
            await self._fail(fault, received, call)
        headers.update(self.discord.limiter.take(method, path, with_token=with_token))
        return await self._route(received, call)

    async def _route(self, received: Received, call: Call) -> Answer:
        handler, groups = ROUTES.find(received.method, received.path)
        if self.discord.validate is not None and call.body:
            found = self.discord.validate(received.method, received.path, call.body)
            self.discord.world.violations.extend(found)
        return await handler(call, *groups)

    async def _fail(self, fault: Fault, received: Received, call: Call) -> None:
        self.discord.world.stats[f"fault_{fault.action}"] += 1
        await self.discord.world.notify()
        if fault.action == "slow":
            await asyncio.sleep(fault.value)
        elif fault.action == "drop":
            raise _CutOffError
        elif fault.action == "commit_then_drop":
            received.status, _ = await self._route(received, call)
            raise _CutOffError
        elif fault.action == "429":
            raise too_many(fault.value, fault.scope)
        elif fault.action == "cloudflare":
            raise _FromCdnError
        else:
            raise ApiError(int(fault.action), fault.code, fault.message)


class _CutOffError(Exception):
    """The connection goes down without an answer."""


class _FromCdnError(Exception):
    """The CDN answers in Discord's place: plain text, no Via header."""
