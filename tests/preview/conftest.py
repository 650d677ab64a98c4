"""A browser, and the preview as a process of its own."""

import asyncio
import shutil
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import discord
import pytest
from discord import app_commands
from discord.ext import commands
from playwright.async_api import async_playwright

from tests.preview.person import Person

ROOT = Path(__file__).parents[2]
PATIENCE = 30
"""Seconds until a preview that says nothing counts as stuck."""


@pytest.fixture
async def person() -> AsyncIterator[Person]:
    """A person with a browser: Debian's Chromium, because PyPI's playwright brings none of its own."""
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("no `chromium` on the PATH (Debian: apt install chromium)")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=chromium,
            args=["--no-sandbox"],  # CI runs as root, where Chromium refuses to start with it
        )
        page = await browser.new_page(viewport={"width": 1200, "height": 900}, locale="en-US")
        page.set_default_timeout(PATIENCE * 1000)
        yield Person(page)
        await browser.close()


@dataclass
class Process:
    """`python -m bot preview`, running."""

    process: asyncio.subprocess.Process
    lines: list[str] = field(default_factory=list)

    async def line(self, wanted: str) -> str:
        """The next line with `wanted` in it; what was read goes to `lines`."""
        assert self.process.stdout is not None
        async with asyncio.timeout(PATIENCE):
            while text := (await self.process.stdout.readline()).decode():
                self.lines.append(text.rstrip())
                if wanted in text:
                    return text.strip()
        raise AssertionError(f"no line with {wanted!r} in: {self.lines}")

    async def address(self) -> str:
        """Where the page is."""
        return (await self.line("http://")).split()[-1]

    async def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Ask it to stop; its exit status."""
        self.process.send_signal(number)
        return await self.end()

    async def end(self) -> int:
        """Its exit status once it has ended."""
        assert self.process.stdout is not None
        async with asyncio.timeout(PATIENCE):
            self.lines += (await self.process.stdout.read()).decode().splitlines()
            return await self.process.wait()


@asynccontextmanager
async def started(tmp_path: Path, **env: str) -> AsyncIterator[Process]:
    """The preview with a database of its own and any free port; killed at the end if it still runs."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "bot", "preview"),
        cwd=ROOT,
        env={
            "PATH": "",
            "TZ": "UTC",
            "DATABASE_URL": f"sqlite:///{tmp_path}/sitrep.db",
            "PREVIEW_PORT": "0",
            "DISCORD_TOKEN": "",  # whatever .env says
            **env,
        },
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    try:
        yield Process(process)
    finally:
        if process.returncode is None:
            process.kill()
            await process.communicate()


@pytest.fixture
async def preview(tmp_path: Path) -> AsyncIterator[Process]:
    """The preview, started."""
    async with started(tmp_path) as process:
        yield process


class Panel(discord.ui.LayoutView):
    """A message in the layout that Sitrep uses."""

    def __init__(self, text: str) -> None:
        super().__init__(timeout=None)
        self.add_item(discord.ui.Container(discord.ui.TextDisplay(text)))


def small_bot() -> commands.Bot:
    """A bot with one command, for what the preview does with any bot."""
    bot = commands.Bot(command_prefix="!", intents=discord.Intents(guilds=True), help_command=None)

    @bot.tree.command(description="Says it")
    async def say(interaction: discord.Interaction, what: str, loud: str = "") -> None:
        await interaction.response.send_message(view=Panel(f"said {what}{loud}"))

    @say.autocomplete("what")
    async def what(interaction: discord.Interaction, current: str) -> list[app_commands.Choice[str]]:
        return [app_commands.Choice(name=f"{current}…", value=f"{current}!")]

    @bot.tree.command(description="Counts")
    async def count(interaction: discord.Interaction, upto: str = "none") -> None:
        await interaction.response.send_message(view=Panel(f"counted {upto}"))

    return bot


def text_of(snapshot: dict[str, Any]) -> str:
    """All that the messages of a page's copy say."""
    return str([message["components"] for message in snapshot["messages"].values()])
