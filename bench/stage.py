"""The bots that are measured, each with a stand-in that knows its commands."""

from __future__ import annotations

from contextlib import AsyncExitStack
from pathlib import Path

from bench import floor_bot
from tests.wire.driver import Discord, stand_in_process

ROOT = Path(__file__).parents[1]
FLOOR = ("-m", "bench.floor_bot")
SITREP = ("-m", "bot", "run")
QUIETLY = {"LOG_LEVEL": "WARNING"}


async def floor(stack: AsyncExitStack) -> Discord:
    """A stand-in that knows the floor's commands."""
    discord = await stack.enter_async_context(stand_in_process(rates=False))
    for command in floor_bot.COMMANDS:
        await discord.register(**command)
    return discord


async def sitrep(stack: AsyncExitStack, env: dict[str, str]) -> Discord:
    """A stand-in that knows Sitrep's commands; what was synced for another one does not count."""
    discord = await stack.enter_async_context(stand_in_process(rates=False))
    syncing = await discord.start_bot(("-m", "bot", "sync"), cwd=ROOT, env=env)
    if await syncing.exited(within_s=120) != 0:
        raise RuntimeError(f"the commands could not be sent:\n{syncing.output}")
    return discord
