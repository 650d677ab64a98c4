"""The control plane: what a test may ask of the stand-in. ``driver.py`` speaks to it with typed methods."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import msgspec

from . import objects, person
from .codec import Json
from .errors import ClientRefusalError
from .faults import Fault
from .interactions import Interaction
from .scene import Scene

if TYPE_CHECKING:
    from .server import StandIn

Operation = Callable[["StandIn", Json], Awaitable[Any]]
OPERATIONS: dict[str, Operation] = {}


def operation(run: Operation) -> Operation:
    OPERATIONS[run.__name__] = run
    return run


async def control(discord: StandIn, q: Json) -> Any:
    """Run the operation that ``q["op"]`` names; the other keys are its arguments."""
    if q.get("op") not in OPERATIONS:
        raise ValueError(f"operation {q.get('op')!r} is unknown; there are {', '.join(sorted(OPERATIONS))}")
    return await OPERATIONS[q["op"]](discord, q)


async def _act(discord: StandIn, q: Json) -> Interaction:
    scene = msgspec.convert(q.get("scene", {}), Scene)
    if q["op"] == "press":
        made = person.use_component(discord.world, scene, str(q["message"]), q["custom_id"], q.get("values"))
    elif q["op"] == "submit" and "custom_id" in q:
        made = person.submit_stray_modal(discord.world, scene, q["custom_id"])
    elif q["op"] == "submit":
        source = discord.interactions.by_token(q["token"])
        made = person.submit_modal(discord.world, scene, source, q["values"])
    else:
        options, focused = q.get("options") or {}, q.get("focused")
        target = q.get("target")
        made = person.use_command(discord.world, scene, q["command"], options, focused=focused, target=target)
    return await discord.fire(*made)


async def _interact(discord: StandIn, q: Json) -> Json:
    """Act, then wait for the first answer (``timeout`` s) and for ``events`` answers in all (``settle`` s more)."""
    interaction = await _act(discord, q)
    with suppress(TimeoutError):
        await asyncio.wait_for(interaction.done.wait(), q.get("timeout", 3.0))
    async with discord.world.changed:
        enough = discord.world.changed.wait_for(lambda: len(interaction.events) >= q.get("events", 1))
        with suppress(TimeoutError):
            await asyncio.wait_for(enough, q.get("settle", 0))
    return interaction.report()


for _name in ("command", "press", "submit"):
    OPERATIONS[_name] = _interact


@operation
async def answer(discord: StandIn, q: Json) -> Json:
    """What an interaction has been answered by now."""
    return discord.interactions.by_token(q["token"]).report()


@operation
async def measure(discord: StandIn, q: Json) -> Json:
    """Put ``questions`` one after another, the next when the last has its answer.

    Milliseconds from the gateway write to the sight of the callback request, and the callback's bytes, in the
    order of the questions; None for one that got no answer within 10 s.
    """
    ms: list[float | None] = []
    size: list[int | None] = []
    for question in q["questions"]:
        interaction = await _act(discord, {"op": "command", **question})
        with suppress(TimeoutError):
            await asyncio.wait_for(interaction.done.wait(), 10)
        first = interaction.events[0] if interaction.events else None
        ms.append((interaction.answered - interaction.sent) * 1e3 if interaction.answered else None)
        size.append(first["size"] if first else None)
    return {"ms": ms, "size": size}


@operation
async def wait(discord: StandIn, q: Json) -> bool:
    """Until the bot is connected (``what`` = connected), has commands (commands), or a counter has reached ``n``."""
    what, n = q["what"], q.get("n", 1)

    def reached() -> bool:
        if what == "connected":
            return any(s.connection is not None for s in discord.gateway.sessions.values())
        return bool(discord.world.commands) if what == "commands" else discord.world.stats[what] >= n

    async with discord.world.changed:
        try:
            await asyncio.wait_for(discord.world.changed.wait_for(reached), q.get("timeout", 20))
        except TimeoutError:
            counted = dict(discord.world.stats)
            raise TimeoutError(f"{what} (n={n}) was not reached; counted so far: {counted}") from None
    return True


@operation
async def fault(discord: StandIn, q: Json) -> None:
    discord.faults.add(msgspec.convert(q["fault"], Fault))


@operation
async def clear_faults(discord: StandIn, q: Json) -> None:
    discord.faults.clear()


@operation
async def gateway(discord: StandIn, q: Json) -> None:
    await discord.gateway.disturb(q["action"], q.get("code", 4000), resumable=q.get("resumable", False))


@operation
async def dispatch(discord: StandIn, q: Json) -> bool:
    """Send any gateway event, also a malformed one."""
    return await discord.gateway.dispatch(q["event"], q["data"], q.get("guild"))


@operation
async def deny(discord: StandIn, q: Json) -> None:
    """``what`` = send, view or history; None gives the permission back. The bot is told of it."""
    channel = discord.world.channels[q["channel"]]
    if q["what"] is None:
        discord.world.denied.pop(q["channel"], None)
        channel["permission_overwrites"] = []
    else:
        discord.world.denied[q["channel"]] = q["what"]
        channel["permission_overwrites"] = [objects.denial(channel["guild_id"], q["what"])]
    await discord.gateway.dispatch("CHANNEL_UPDATE", channel, channel["guild_id"])


@operation
async def add_guild(discord: StandIn, q: Json) -> Json:
    guild = discord.world.add_guild(q["name"], q.get("locale", "en-US"))
    await discord.gateway.dispatch("GUILD_CREATE", guild, guild["id"])
    return guild


@operation
async def remove_guild(discord: StandIn, q: Json) -> None:
    await discord.remove_guild(q["guild"], unavailable=q.get("unavailable", False))


@operation
async def delete_channel(discord: StandIn, q: Json) -> None:
    channel = discord.world.channels.pop(q["channel"])
    discord.world.guilds[channel["guild_id"]]["channels"].remove(channel)
    await discord.gateway.dispatch("CHANNEL_DELETE", channel, channel["guild_id"])


@operation
async def say(discord: StandIn, q: Json) -> Json:
    """A person writes in a channel."""
    channel, author = discord.world.channels[q["channel"]], objects.user(q.get("user", "alice"))
    body = {"content": q["content"]}
    return await discord.post(objects.message(channel, body, author, member=objects.member(author)))


@operation
async def plant(discord: StandIn, q: Json) -> Json:
    """A message that the bot, or an earlier version of it, left in a channel."""
    channel = discord.world.channels[q["channel"]]
    return await discord.post(objects.message(channel, q["body"], discord.world.bot))


@operation
async def guilds(discord: StandIn, q: Json) -> list[Json]:
    return list(discord.world.guilds.values())


@operation
async def commands(discord: StandIn, q: Json) -> list[Json]:
    return discord.world.commands.get(q.get("guild"), [])


@operation
async def register(discord: StandIn, q: Json) -> None:
    """A command that Discord still shows although the bot no longer has it."""
    command = {"id": objects.snowflake(), "type": 1, "description": "An old one", **q["command"]}
    discord.world.commands.setdefault(None, []).append(command)


@operation
async def messages(discord: StandIn, q: Json) -> list[Json]:
    """Those of one channel (``channel``), oldest first, or of all channels."""
    if q.get("channel"):
        return list(discord.world.messages.get(q["channel"], {}).values())
    return [m for of in discord.world.messages.values() for m in of.values()]


@operation
async def received(discord: StandIn, q: Json) -> list[Json]:
    """The REST requests whose path matches."""
    path = re.compile(q.get("path", "."))
    return [msgspec.to_builtins(r) for r in discord.world.received if path.search(r.path)]


@operation
async def stats(discord: StandIn, q: Json) -> Json:
    return dict(discord.world.stats)


@operation
async def violations(discord: StandIn, q: Json) -> list[Any]:
    return list(discord.world.violations)


@operation
async def posts(discord: StandIn, q: Json) -> list[Json]:
    """What stands in the channels, without what it says: channel, message and its nonce, oldest first."""
    every = (m for of in discord.world.messages.values() for m in of.values())
    return [{"channel": m["channel_id"], "id": m["id"], "nonce": m.get("nonce"), "flags": m["flags"]} for m in every]


@operation
async def forget_nonces(discord: StandIn, q: Json) -> None:
    """As Discord does after a few minutes."""
    discord.world.nonces.clear()


@operation
async def sessions(discord: StandIn, q: Json) -> list[Json]:
    of = discord.gateway.sessions.values()
    return [{"id": s.id, "seq": s.seq, "connected": s.connection is not None} for s in of]


@operation
async def forget(discord: StandIn, q: Json) -> None:
    """Forget what was received, posted and denied; faults go too."""
    discord.world.forget()
    discord.faults.clear()


EXPECTED = (ClientRefusalError, ValueError, KeyError, TimeoutError, ConnectionError, msgspec.ValidationError)
"""What an operation raises when the caller asked for something that cannot be done."""
