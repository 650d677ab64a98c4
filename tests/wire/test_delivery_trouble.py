"""What an operator's machine does to a bot in the middle of 500 digests: a lock, a full disk, a stop, a second bot."""

from __future__ import annotations

import asyncio
import os
import signal
import sqlite3
import subprocess
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from .driver import stand_in_process
from .town import CHANNELS_PER_SERVER, Town, build

SERVERS = 20
HALF = SERVERS * CHANNELS_PER_SERVER // 2


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    async with stand_in_process(guilds=SERVERS, channels=CHANNELS_PER_SERVER, rates=False) as discord:
        path = tmp_path / "sitrep.db"
        yield Town(discord, path, await build(path, await discord.guilds()))


async def test_a_database_locked_for_three_seconds(town: Town) -> None:
    bot = await town.start()
    await town.discord.counted("messages", HALF)
    connection = sqlite3.connect(town.path, timeout=10, isolation_level=None)
    connection.execute("BEGIN EXCLUSIVE")
    await asyncio.sleep(3)
    connection.execute("COMMIT")
    connection.close()
    await town.all_settled(within_s=60)
    await town.check()
    assert await bot.stop() == 0


async def test_a_stop_in_the_middle_and_another_start(town: Town) -> None:
    bot = await town.start()
    await town.discord.counted("messages", HALF)
    assert await bot.stop(within_s=15) == 0
    assert "Traceback" not in bot.output
    assert set(town.states()) <= {"confirmed", "claimed", "uncertain"}
    assert not town.rows("SELECT 1 FROM delivery WHERE owner IS NOT NULL"), "all was given back"
    await town.start()
    await town.all_settled(within_s=60)
    await town.check()


async def test_two_bots_with_one_token_and_one_database(town: Town) -> None:
    first, second = await town.start(), await town.start()
    await town.discord.counted("messages", HALF)
    await (first if "delivery.elected" in first.output else second).kill()
    await town.all_settled(within_s=60)
    await town.check()


async def test_a_bot_that_is_held_still_while_another_takes_over(town: Town) -> None:
    sleeper = await town.start()
    await town.discord.counted("messages", 100)
    sleeper.signal(signal.SIGSTOP)
    await town.start()
    await town.discord.counted("messages", HALF)
    sleeper.signal(signal.SIGCONT)
    await town.all_settled(within_s=60)
    await asyncio.sleep(1)
    await town.check()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own, that the test can fill."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", str(place)]
    try:
        done = subprocess.run(mount, check=False, capture_output=True).returncode == 0
    except OSError:
        done = False
    if not done:
        pytest.skip("a small disk can be mounted by root on Linux only; tests/digests/test_full.py goes without")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


async def test_a_full_disk_is_told_in_words_and_delivery_goes_on_when_there_is_room(small_disk: Path) -> None:
    async with stand_in_process(guilds=SERVERS, channels=CHANNELS_PER_SERVER, rates=False) as discord:
        path = small_disk / "sitrep.db"
        town = Town(discord, path, await build(path, await discord.guilds()))
        bot = await town.start()
        await discord.counted("messages", 100)
        filler = small_disk / "filler"
        fill(filler)
        for _ in range(200):
            if "is full" in bot.output:
                break
            await asyncio.sleep(0.1)
        assert "The disk that holds the database" in bot.output
        assert bot.process.returncode is None
        filler.unlink()
        await town.all_settled(within_s=90)
        await town.check()
        assert await bot.stop() == 0
        assert town.rows("PRAGMA integrity_check") == [("ok",)]


def fill(filler: Path) -> None:
    """Until nothing more fits."""
    with filler.open("wb", buffering=0) as file:
        for size in (1 << 20, 1 << 12):
            try:
                while True:
                    file.write(os.urandom(size))
            except OSError:
                continue
