"""The gateway: HELLO, IDENTIFY, READY, heartbeats, RESUME with replay, and every way to lose the connection."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable

from aiohttp import WSMsgType, web

from . import objects
from .codec import Json, compressor, loads
from .sessions import DISPATCH, Connection, Session
from .world import World

HEARTBEAT, IDENTIFY, RESUME, RECONNECT, REQUEST_MEMBERS, INVALID, HELLO, ACK = 1, 2, 6, 7, 8, 9, 10, 11
PRIVILEGED = 1 << 1 | 1 << 8 | 1 << 15
GUILDS, MEMBERS, MESSAGES, DIRECT_MESSAGES, MESSAGE_CONTENT = 1 << 0, 1 << 1, 1 << 9, 1 << 12, 1 << 15
MAX_FRAME, FRAMES_PER_MINUTE, MAX_GUILDS_UNSHARDED = 4096, 120, 2500


class Gateway:
    def __init__(self, world: World) -> None:
        self.world = world
        self.url = ""
        """Of the web socket; set once the server listens."""
        self.sessions: dict[str, Session] = {}
        self.identifies = 0
        self.silent = False
        """While true, heartbeats are not acknowledged (a zombie connection)."""

    async def dispatch(
        self, t: str, d: Json, guild_id: str | None, before_write: Callable[[], None] | None = None
    ) -> bool:
        """Send an event to every session that serves that server; false when the bot has none.

        It is kept for replay in a session that is between two connections. One that a stopped bot has left behind
        is such a session, too: discord.py does not say goodbye, so that it could be resumed.
        """
        sessions = [s for s in self.sessions.values() if s.serves(guild_id)]
        for session in sessions:
            if _wanted(t, d, session.intents):
                await session.dispatch(t, _without_content(t, d, session.intents), before_write)
        return bool(sessions)

    async def handle(self, request: web.Request) -> web.WebSocketResponse:
        ws = web.WebSocketResponse(compress=False, max_msg_size=1 << 20)
        await ws.prepare(request)
        connection = Connection(request, ws, compressor(request.query.get("compress")))
        self.world.stats["ws_connect"] += 1
        await connection.send(HELLO, {"heartbeat_interval": self.world.options.heartbeat_ms, "_trace": []})
        session = await self._read(connection)
        code = connection.closed_with or ws.close_code
        self.world.stats[f"ws_close_{code}"] += 1
        if session is not None and session.connection is connection:
            session.connection = None
            if code in (1000, 1001):  # the client said goodbye: the session cannot be resumed
                session.dead = True
                self.sessions.pop(session.id, None)
        await self.world.notify()
        return ws

    async def _read(self, connection: Connection) -> Session | None:
        session: Session | None = None
        times: deque[float] = deque(maxlen=FRAMES_PER_MINUTE)
        async for frame in connection.ws:
            if frame.type not in (WSMsgType.TEXT, WSMsgType.BINARY):
                break
            times.append(time.monotonic())
            if len(frame.data) > MAX_FRAME:
                await connection.close(4002)
                break
            if len(times) == FRAMES_PER_MINUTE and times[-1] - times[0] < 60:
                await connection.close(4008)
                break
            payload = loads(frame.data)
            op, d = payload["op"], payload.get("d")
            if op == HEARTBEAT:
                self.world.stats["heartbeats"] += 1
                if not self.silent:
                    await connection.send(ACK, None)
            elif op == IDENTIFY:
                session = await self._identify(connection, d) or session
            elif op == RESUME:
                session = await self._resume(connection, d) or session
            elif op == REQUEST_MEMBERS and session is not None:
                await self._members(session, d)
        return session

    async def _identify(self, connection: Connection, d: Json) -> Session | None:
        world = self.world
        self.identifies += 1
        shard = tuple(d["shard"]) if d.get("shard") else None
        if d["token"] != world.options.token:
            await connection.close(4004)
        elif d["intents"] & PRIVILEGED:  # none was approved: a bot that asks for one is turned away
            await connection.close(4014)
        elif shard is None and len(world.guilds) > MAX_GUILDS_UNSHARDED:
            await connection.close(4011)
        else:
            session = Session(shard, d["intents"], connection)
            self.sessions[session.id] = session
            mine = [g for g in world.guilds.values() if session.serves(g["id"])]
            await session.dispatch("READY", self._ready(session, mine))
            for guild in mine:
                await session.dispatch("GUILD_CREATE", guild)
            world.stats["identify"] += 1
            await world.notify()
            return session
        return None

    def _ready(self, session: Session, guilds: list[Json]) -> Json:
        return {
            "v": 10,
            "user": self.world.me,
            "guilds": [{"id": g["id"], "unavailable": True} for g in guilds],
            "session_id": session.id,
            "session_type": "normal",
            "resume_gateway_url": self.url,
            "application": {"id": objects.APPLICATION_ID, "flags": self.world.application["flags"]},
            "shard": session.shard or [0, 1],
            **dict.fromkeys(("private_channels", "relationships", "presences"), ()),
        }

    async def _resume(self, connection: Connection, d: Json) -> Session | None:
        session = self.sessions.get(d["session_id"])
        if session is None or session.dead or d["token"] != self.world.options.token:
            self.world.stats["resume_refused"] += 1
            await connection.send(INVALID, False)
            return None
        session.connection = connection
        for seq, t, event in list(session.buffer):
            if seq > (d["seq"] or 0):
                await connection.send(DISPATCH, event, t, seq)
        await session.dispatch("RESUMED", {"_trace": []})
        self.world.stats["resume"] += 1
        await self.world.notify()
        return session

    async def _members(self, session: Session, d: Json) -> None:
        guild = self.world.guilds.get(str(d["guild_id"]), {})
        chunk: Json = {"chunk_index": 0, "chunk_count": 1, "nonce": d.get("nonce"), "presences": []}
        members = guild.get("members", [])
        event = {"guild_id": str(d["guild_id"]), "members": members, **chunk}
        await session.dispatch("GUILD_MEMBERS_CHUNK", event)

    async def disturb(self, action: str, code: int = 4000, *, resumable: bool = False) -> None:
        """Disturb every session.

        ``drop`` cuts the socket, ``close`` closes it with a code, ``reconnect`` sends op 7, ``invalidate`` op 9,
        ``silence`` and ``speak`` stop and start acknowledging heartbeats.
        """
        if action in ("silence", "speak"):
            self.silent = action == "silence"
            return
        for session in list(self.sessions.values()):
            connection = session.connection
            if connection is None:
                continue
            if action == "drop":
                session.connection = None
                connection.abort()
            elif action == "close":
                session.connection = None
                await connection.close(code)
            elif action == "reconnect":
                await connection.send(RECONNECT, None)
            elif action == "invalidate":
                session.dead = not resumable
                await connection.send(INVALID, resumable)
            else:
                raise ValueError(f"gateway action {action!r} is unknown")


def _wanted(t: str, d: Json, intents: int) -> bool:
    if t.startswith("MESSAGE_"):
        return bool(intents & (MESSAGES if "guild_id" in d else DIRECT_MESSAGES))
    if t.startswith("GUILD_MEMBER"):
        return bool(intents & MEMBERS)
    if t.startswith(("GUILD_", "CHANNEL_")):
        return bool(intents & GUILDS)
    return True


def _without_content(t: str, d: Json, intents: int) -> Json:
    """Without the message content intent a bot reads only its own words."""
    if t != "MESSAGE_CREATE" or intents & MESSAGE_CONTENT or d["author"]["id"] == objects.APPLICATION_ID:
        return d
    return {**d, "content": "", "embeds": [], "components": [], "attachments": []}
