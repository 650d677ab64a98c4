"""Connections (a web socket) and sessions (numbered events that survive it) of the gateway."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from aiohttp import web

from .codec import Compress, Json, dumps

DISPATCH = 0


@dataclass(eq=False)
class Connection:
    """One web socket; a session outlives it."""

    request: web.Request
    ws: web.WebSocketResponse
    compress: Compress | None
    closed_with: int | None = None

    async def send(
        self,
        op: int,
        d: object,
        t: str | None = None,
        s: int | None = None,
        before_write: Callable[[], None] | None = None,
    ) -> None:
        """Send one frame; ``before_write`` is called last, so that it can note the time of the write."""
        raw = dumps({"op": op, "d": d, "s": s, "t": t})
        frame = self.compress(raw) if self.compress else raw
        if before_write:
            before_write()
        try:
            await (self.ws.send_bytes(frame) if self.compress else self.ws.send_str(frame.decode()))
        except (ConnectionError, RuntimeError):
            self.abort()  # written to a socket that is going down: what was lost is replayed on RESUME

    def abort(self) -> None:
        if self.request.transport is not None:
            self.request.transport.abort()

    async def close(self, code: int) -> None:
        self.closed_with = code
        await self.ws.close(code=code)


@dataclass(eq=False)
class Session:
    """What IDENTIFY began: numbered events, kept so that a RESUME can replay them."""

    shard: tuple[int, int] | None
    intents: int
    connection: Connection | None
    id: str = field(default_factory=lambda: os.urandom(16).hex())
    seq: int = 0
    dead: bool = False
    buffer: deque[tuple[int, str, Json]] = field(default_factory=lambda: deque(maxlen=5000))

    def serves(self, guild_id: str | None) -> bool:
        """Whether events of that server come here; those of no server come to the first shard."""
        if self.dead or self.shard is None:
            return not self.dead
        index, shards = self.shard
        return (int(guild_id or 0) >> 22) % shards == index

    async def dispatch(self, t: str, d: Json, before_write: Callable[[], None] | None = None) -> None:
        self.seq += 1
        self.buffer.append((self.seq, t, d))
        if self.connection is not None:
            await self.connection.send(DISPATCH, d, t, self.seq, before_write)
