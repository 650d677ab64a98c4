"""The bot as its own process, asked over HTTP how it is."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from pathlib import Path

import aiohttp

from tests.metrics.asking import Said, ask, free_port

from .botprocess import Bot
from .conftest import ROOT
from .driver import Discord, stand_in


async def start(discord: Discord, folder: Path, port: int) -> Bot:
    env = {"DATABASE_URL": f"sqlite:///{folder}/sitrep.db", "METRICS_PORT": str(port)}
    return await discord.start_bot(["-m", "bot", "run"], cwd=ROOT, env=env)


async def well(port: int, within_s: float = 20) -> Said:
    """The first answer that says that all is well, or the last one of all."""
    said = Said(0, "", "nobody listens")
    give_up = asyncio.get_running_loop().time() + within_s
    while said.status != 200 and asyncio.get_running_loop().time() < give_up:
        with contextlib.suppress(aiohttp.ClientConnectorError):
            said = await ask(port, "/healthz")
        await asyncio.sleep(0.05)
    return said


async def test_it_is_well_while_it_runs_counts_its_answers_and_ends_in_order(tmp_path: Path) -> None:
    port = free_port()
    async with stand_in() as discord:
        bot = await start(discord, tmp_path, port)
        await discord.connected()
        assert (await well(port)).text == '{"status":"ok"}'
        await discord.command("/casualties")
        figures = (await ask(port, "/metrics")).figures
        assert figures["sitrep_answers_total{kind=application_command}"] == 1
        assert figures["sitrep_gateway_up"] == figures["sitrep_scheduler_up"] == figures["sitrep_database_up"] == 1
        assert figures["process_resident_memory_bytes"] > 1e6
        assert await bot.stop() == 0
        assert "Traceback" not in bot.output


async def test_after_a_lost_session_it_is_well_again(tmp_path: Path) -> None:
    port = free_port()
    async with stand_in() as discord:
        bot = await start(discord, tmp_path, port)
        await discord.connected()
        assert (await well(port)).status == 200
        await discord.disturb("invalidate")
        await discord.counted("identify", 2, within_s=30)
        assert (await well(port)).status == 200
        assert await bot.stop() == 0


async def test_a_taken_port_ends_the_start_with_what_to_do(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        async with stand_in() as discord:
            bot = await start(discord, tmp_path, port)
            assert await bot.exited(within_s=20) == 1
            assert f"The metrics cannot have port {port} of 127.0.0.1: another program has it." in bot.output
            assert "METRICS_PORT" in bot.output
            assert "Traceback" not in bot.output
