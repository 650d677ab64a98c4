"""Drives a bot process through the stand-in: starts both, acts as the person in front of the screen, looks at answers.

::

    async with stand_in_process(guilds=2) as discord:
        bot = await discord.start_bot(["-m", "bot", "run"], cwd=ROOT, env={"DATABASE_URL": url})
        await discord.connected()
        reply = await discord.command("/casualties", place="Aleppo")
        await discord.press(reply.message, reply.buttons["Sources"])
        assert await bot.stop() == 0
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

import aiohttp
import msgspec

from .botprocess import Bot
from .replies import Reply
from .standin.codec import Json, dumps
from .standin.errors import Flaw
from .standin.faults import Fault
from .standin.scene import Scene
from .standin.server import Address, StandIn
from .standin.world import Options

HERE = Path(__file__).parent


class RefusedError(Exception):
    """The stand-in could not do what it was asked, or Discord's client would not let a person do it."""


class Discord:
    """The stand-in as a test sees it."""

    def __init__(self, address: Address, http: aiohttp.ClientSession) -> None:
        self.address = address
        self._http = http
        self._bots: list[Bot] = []

    async def start_bot(self, arguments: Sequence[str], *, cwd: Path, env: Mapping[str, str] | None = None) -> Bot:
        """Start ``python <arguments>`` with the settings that point it here."""
        pointed = {
            "DISCORD_TOKEN": self.address.token,
            "DISCORD_API_URL": self.address.api,
            "DISCORD_GATEWAY_URL": self.address.gateway,
        }
        self._bots.append(await Bot.start(arguments, cwd, {**pointed, **(env or {})}))
        return self._bots[-1]

    async def ask(self, op: str, **q: object) -> Any:
        """One operation of ``standin/control.py``. Raises :class:`RefusedError`."""
        async with self._http.post(self.address.control, data=dumps({"op": op, **q})) as response:
            body = await response.json()
        if response.status != 200:
            raise RefusedError(f"{body['error']}: {body['message']}")
        return body

    async def connected(self, *, commands: bool = True, within_s: float = 20) -> None:
        """Until the bot has identified and, if asked for, registered commands."""
        await self.ask("wait", what="connected", timeout=within_s)
        if commands:
            await self.ask("wait", what="commands", timeout=within_s)

    async def counted(self, what: str, n: int, within_s: float = 20) -> None:
        """Until the counter ``what`` of :meth:`stats` has reached ``n``."""
        await self.ask("wait", what=what, n=n, timeout=within_s)

    async def command(
        self, command: str, scene: Scene | None = None, *, settle: float = 0, events: int = 1,
        within_s: float = 3.0, target: str | None = None, **options: object,
    ) -> Reply:  # fmt: skip
        """Use a slash command (``/group name``) or a menu (``menu:Its name`` with ``target``).

        Returns at the first answer, or after ``within_s`` s without one; with ``settle`` waits that many seconds
        more for ``events`` answers in all.
        """
        q = {"command": command, "options": options, "target": target}
        return await self._interact("command", scene, settle=settle, events=events, timeout=within_s, **q)

    async def complete(
        self, command: str, focused: str, text: str, scene: Scene | None = None, **options: object
    ) -> Reply:
        """Type ``text`` into the option ``focused``: autocomplete."""
        q = {"command": command, "options": {**options, focused: text}, "focused": focused}
        return await self._interact("command", scene, **q)

    async def press(
        self, message: Json, custom_id: str, scene: Scene | None = None, *,
        values: list[str] | None = None, within_s: float = 3.0,
    ) -> Reply:  # fmt: skip
        """Press a button, or choose ``values`` in a select."""
        q = {"message": message["id"], "custom_id": custom_id, "values": values}
        return await self._interact("press", scene, timeout=within_s, **q)

    async def submit(self, form: Reply, values: Mapping[str, object], scene: Scene | None = None) -> Reply:
        """Fill in the form that ``form`` was answered with: custom id → text, or list of values."""
        return await self._interact("submit", scene, token=form.token, values=dict(values))

    async def submit_stray(self, custom_id: str) -> Reply:
        """Submit a form that the bot of today never opened."""
        return await self._interact("submit", None, custom_id=custom_id)

    async def plant(self, channel: str, **body: object) -> Json:
        """A message that the bot, or an earlier version of it, left in a channel."""
        return dict(await self.ask("plant", channel=channel, body=body))

    async def register(self, **command: object) -> None:
        """Have Discord show a command that the bot does not know."""
        await self.ask("register", command=command)

    async def _interact(self, op: str, scene: Scene | None, **q: object) -> Reply:
        return msgspec.convert(await self.ask(op, scene=asdict(scene or Scene()), **q), Reply)

    async def answer(self, reply: Reply) -> Reply:
        """The same interaction as it has been answered by now."""
        return msgspec.convert(await self.ask("answer", token=reply.token), Reply)

    async def measure(self, questions: Sequence[Json]) -> tuple[list[float | None], list[int | None]]:
        """Latencies in ms and sizes in bytes of the first answers; see ``control.measure``."""
        measured = await self.ask("measure", questions=list(questions))
        return measured["ms"], measured["size"]

    async def fault(self, action: str, path: str = ".", method: str = "*", **more: Any) -> None:
        """Make requests fail; the fields are those of :class:`~.standin.faults.Fault`."""
        await self.ask("fault", fault=asdict(Fault(action, path, method, **more)))

    async def disturb(self, action: str, code: int = 4000, *, resumable: bool = False) -> None:
        """Disturb the gateway: drop, close, reconnect, invalidate, silence, speak."""
        await self.ask("gateway", action=action, code=code, resumable=resumable)

    async def deny(self, channel: str, what: str | None) -> None:
        """Take the permission to ``send`` in, ``view`` or read the ``history`` of a channel; None gives all back."""
        await self.ask("deny", channel=channel, what=what)

    async def guilds(self) -> list[Json]:
        return list(await self.ask("guilds"))

    async def commands(self, guild: str | None = None) -> list[Json]:
        return list(await self.ask("commands", guild=guild))

    async def messages(self, channel: str | None = None) -> list[Json]:
        return list(await self.ask("messages", channel=channel))

    async def posts(self) -> list[Json]:
        """Channel, id, nonce and flags of every message that stands somewhere."""
        return list(await self.ask("posts"))

    async def received(self, path: str = ".") -> list[Json]:
        return list(await self.ask("received", path=path))

    async def stats(self) -> dict[str, int]:
        return dict(await self.ask("stats"))

    async def violations(self) -> list[Flaw]:
        return [(path, text) for path, text in await self.ask("violations")]

    async def kill_bots(self) -> None:
        for bot in self._bots:
            await bot.kill()


@asynccontextmanager
async def _driving(address: Address) -> AsyncIterator[Discord]:
    timeout = aiohttp.ClientTimeout(total=600)
    async with aiohttp.ClientSession(timeout=timeout) as http:
        discord = Discord(address, http)
        try:
            yield discord
        finally:
            await discord.kill_bots()


@asynccontextmanager
async def stand_in(**options: Any) -> AsyncIterator[Discord]:
    """A stand-in inside this process; options are the fields of :class:`~.standin.world.Options`."""
    async with StandIn(Options(**options)).listening() as address, _driving(address) as discord:
        yield discord


@asynccontextmanager
async def stand_in_process(**options: Any) -> AsyncIterator[Discord]:
    """A stand-in in a process of its own, so that nothing here disturbs what it measures."""
    flags = [f"--{'' if value is not False else 'no-'}{name.replace('_', '-')}"
             + (f"={value}" if not isinstance(value, bool) else "") for name, value in options.items()]  # fmt: skip
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "standin", *flags, cwd=HERE, stdout=asyncio.subprocess.PIPE
    )
    try:
        assert process.stdout is not None
        address = msgspec.json.decode(await process.stdout.readline(), type=Address)
        async with _driving(address) as discord:
            yield discord
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()
