"""The bot, started as people start it, against a stand-in on loopback."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from .botprocess import Bot
from .driver import Discord, stand_in

ROOT = Path(__file__).parents[2]
SPEC = ROOT.parent / "shared" / "spec" / "discord-openapi.json"

Start = Callable[[], Awaitable[Bot]]


@asynccontextmanager
async def loopback(folder: Path, **options: object) -> AsyncIterator[tuple[Discord, Start]]:
    """A stand-in, and what starts the bot against it with a database in `folder`."""
    async with stand_in(**options) as discord:

        async def start() -> Bot:
            env = {"DATABASE_URL": f"sqlite:///{folder}/sitrep.db", "LOG_LEVEL": "INFO"}
            return await discord.start_bot(["-m", "bot", "run"], cwd=ROOT, env=env)

        yield discord, start


@pytest.fixture
async def wire(tmp_path: Path) -> AsyncIterator[tuple[Discord, Start]]:
    """A stand-in of its own for one test, and what starts the bot."""
    async with loopback(tmp_path) as made:
        yield made
