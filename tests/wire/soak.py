"""`python -m tests.wire.soak --rounds 100`: kill the bot at a random moment of its work, start it again, and look
whether every channel has every slot exactly once; with and without everything going wrong on the way.

Prints a line for each round and ends with status 1 at the first that fails. A round is known by its seed.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .driver import Discord, stand_in_process
from .town import CHANNELS_PER_SERVER, Town, bots, build

POST = r"/channels/\d+/messages$"
HARD = ({"action": "500"}, {"action": "503"}, {"action": "commit_then_drop"}, {"action": "drop"})
LIMITS = ({"action": "429", "value": 0.2}, {"action": "429", "value": 0.3, "scope": "global"})


@dataclass(frozen=True)
class Weather:
    """What goes wrong in a round."""

    name: str
    faults: tuple[dict[str, Any], ...] = ()
    chance: float = 0.0
    gateway: bool = False
    forget: bool = False
    """Discord has forgotten the nonces by the time the bot is back, and by the ledger it is too late for them."""
    env: tuple[tuple[str, str], ...] = ()


WEATHERS = (
    Weather("calm"),
    Weather("faults", HARD, 0.025),
    Weather("limits", LIMITS, 0.05),
    Weather("gateway", gateway=True),
    Weather("forgotten", forget=True),
    Weather("all", HARD + LIMITS, 0.017, gateway=True),
)


@dataclass(frozen=True)
class Result:
    kills: int
    at_kill: tuple[int, ...]
    seconds: float
    stats: dict[str, int]


async def play(folder: Path, weather: Weather, seed: int, *, servers: int, kills: int = 1) -> Result:
    """One round: start, kill at a random moment, start again, wait, check."""
    dice = random.Random(seed)
    options = {"guilds": servers, "channels": CHANNELS_PER_SERVER, "rates": False, "seed": seed}
    began = time.monotonic()
    async with stand_in_process(**options) as discord:
        path = folder / f"round-{seed}.db"
        town = Town(discord, path, await build(path, await discord.guilds()), dict(weather.env))
        for fault in weather.faults:
            await discord.fault(path=POST, times=None, chance=weather.chance, **fault)
        total = servers * CHANNELS_PER_SERVER
        reached: list[int] = []
        for _ in range(kills):
            bot = await town.start()
            goal = dice.randrange(reached[-1] if reached else 0, total) if not reached or reached[-1] < total else total
            await _stand(discord, max(goal, 1), weather, dice)
            await asyncio.sleep(dice.random() * 0.05)
            await bot.kill()
            reached.append(len(await discord.posts()))
            if weather.forget:
                await _much_later(town)
        await town.start()
        await town.all_settled(within_s=120)
        await town.check()
        stats = await discord.stats()
    return Result(kills, tuple(reached), time.monotonic() - began, stats)


async def _stand(discord: Discord, goal: int, weather: Weather, dice: random.Random) -> None:
    """Until so many posts stand; the gateway is disturbed on the way there."""
    if weather.gateway:
        await discord.connected(commands=False, within_s=60)
        await asyncio.sleep(dice.random() * 0.5)
        await discord.disturb(dice.choice(["drop", "reconnect", "invalidate"]))
    await discord.counted("messages", goal, within_s=90)


async def _much_later(town: Town) -> None:
    import sqlite3

    await town.discord.ask("forget_nonces")
    connection = sqlite3.connect(town.path, timeout=10)
    with connection:
        connection.execute("UPDATE delivery SET first_sent_at = first_sent_at - 300 WHERE state <> 'confirmed'")
    connection.close()


async def soak(rounds: int, servers: int, seed: int) -> int:
    """The exit status."""
    for number in range(rounds):
        weather = WEATHERS[number % len(WEATHERS)]
        with tempfile.TemporaryDirectory() as folder:
            try:
                result = await play(
                    Path(folder), weather, seed + number, servers=servers, kills=1 + (number // len(WEATHERS)) % 3
                )
            except Exception as error:
                print(f"round {number} ({weather.name}, seed {seed + number}) failed: {error}", flush=True)
                return 1
        bots.clear()
        counted = {name: result.stats.get(name, 0) for name in ("deduplicated", "resume", "identify")}
        faults = sum(count for name, count in result.stats.items() if name.startswith("fault_"))
        print(
            f"round {number:3} {weather.name:9} killed at {','.join(map(str, result.at_kill)):>11} of "
            f"{servers * CHANNELS_PER_SERVER}, {faults:3} faults, {counted['deduplicated']:3} sent again with the same "
            f"nonce, {counted['identify']} logins, {counted['resume']} resumed: each once, {result.seconds:.1f} s",
            flush=True,
        )
    return 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--channels", type=int, default=500)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    asked = parser.parse_args()
    sys.exit(asyncio.run(soak(asked.rounds, max(1, asked.channels // CHANNELS_PER_SERVER), asked.seed)))


if __name__ == "__main__":
    main()
