"""The floor that `make bench` measures beside: a bare client, whose answers Discord would take."""

from __future__ import annotations

from bench.floor_bot import COMMANDS, NAMES

from .conftest import ROOT
from .driver import stand_in


async def test_the_floor_answers_within_the_limits() -> None:
    async with stand_in(rates=False) as discord:
        for command in COMMANDS:
            await discord.register(**command)
        await discord.start_bot(["-m", "bench.floor_bot"], cwd=ROOT)
        await discord.connected()
        layout = await discord.command("/layout")
        assert "about 310" in layout.text
        assert (await discord.command("/text")).answered
        assert [c["name"] for c in (await discord.complete("/choose", "name", "x")).choices] == NAMES
        assert await discord.violations() == []
