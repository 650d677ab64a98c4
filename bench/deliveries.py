"""`python -m bench.deliveries`: what digests cost. Channels that are all due in the same minute, beside a bare client
that sends to the same number; a tick with nothing due; and the pace that is kept under Discord's limits."""

from __future__ import annotations

import argparse
import asyncio
import os
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from bot.store.database import Database
from bot.store.election import Election
from bot.store.ledger import Ledger
from bot.store.migrate import migrate
from bot.store.subscription_rows import body_of
from bot.subscriptions.rule_text import parse_rule
from bot.subscriptions.subscription import Subscription
from bot.subscriptions.zone import zone_named
from tests.wire.botprocess import Bot
from tests.wire.conftest import ROOT
from tests.wire.driver import Discord, stand_in_process
from tests.wire.town import CHANNELS_PER_SERVER, Town, build

TICK = os.sysconf("SC_CLK_TCK")
NOW = 1_772_438_400


class Cost(NamedTuple):
    """What a process spent on its posts."""

    cpu_ms: float
    grown_mib: float
    seconds: float
    refused: int


def spent(bot: Bot) -> tuple[float, float]:
    """CPU seconds and resident MiB of a process until now."""
    fields = Path(f"/proc/{bot.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICK, int(fields[21]) * os.sysconf("SC_PAGE_SIZE") / 2**20


async def cost(discord: Discord, bot: Bot, posts: int) -> Cost:
    """From the first post to the last. Memory from then, too."""
    await discord.counted("messages", 1, within_s=120)
    start, (cpu, memory) = time.perf_counter(), spent(bot)
    first = (await discord.stats())["messages"]
    await discord.counted("messages", posts, within_s=600)
    seconds = time.perf_counter() - start
    cpu_after, memory_after = spent(bot)
    refused = (await discord.stats()).get("status_429", 0)
    return Cost((cpu_after - cpu) * 1000 / (posts - first), memory_after - memory, seconds, refused)


async def measure(servers: int, rate: int, *, limits: bool) -> tuple[Cost, Cost]:
    """The bare client's and Sitrep's."""
    options = {"guilds": servers, "channels": CHANNELS_PER_SERVER, "rates": limits}
    posts = servers * CHANNELS_PER_SERVER
    async with stand_in_process(**options) as discord:
        bare = await discord.start_bot(["-m", "bench.sending_bot"], cwd=ROOT, env={"RATE": str(rate)})
        floor = await cost(discord, bare, posts)
    with tempfile.TemporaryDirectory() as folder:
        async with stand_in_process(**options) as discord:
            path = Path(folder) / "sitrep.db"
            env = {"REQUESTS_PER_SECOND": str(rate)}
            town = Town(discord, path, await build(path, await discord.guilds()), env)
            sitrep = await cost(discord, await town.start(), posts)
    return floor, sitrep


async def ticks(subscriptions: int) -> list[float]:
    """Milliseconds of ticks with nothing due, ascending."""
    with tempfile.TemporaryDirectory() as folder:
        async with await Database.open(f"sqlite:///{folder}/sitrep.db") as database:
            await migrate(database, now=NOW)
            wanted = Subscription(server=1, channel=1, rule=parse_rule("daily 08:00"), zone=zone_named("UTC"))
            rows = [(str(n), body_of(wanted), NOW + n % 86_400 + 60, NOW) for n in range(subscriptions)]
            await database.write(lambda tx: tx.execute("INSERT INTO server (id, settings) VALUES ('1', '{}')"))
            await database.write(
                lambda tx: tx.executemany(
                    "INSERT INTO subscription (server, channel, body, created_by, created_at, state, next_at, "
                    "handled_at) VALUES ('1', ?1, ?2, '1', 0, 'active', ?3, ?4)",
                    rows,
                )
            )
            ledger, election = Ledger(database, "bench", bound=86_400), Election(database, "bench", seconds=15)
            took = []
            for _ in range(1000):
                start = time.perf_counter()
                await election.stand(NOW)
                await ledger.claim(NOW, 500)
                took.append((time.perf_counter() - start) * 1000)
    return sorted(took)


async def run(channels: int) -> None:
    """Measure and print."""
    took = await ticks(100_000)
    print(f"a tick with nothing due, 100,000 subscriptions: p50 {took[500]:.3f} ms, p99 {took[990]:.3f} ms (<= 5)")
    floor, sitrep = await measure(channels // CHANNELS_PER_SERVER, 1000, limits=False)
    print(
        f"{channels:,} due in one minute: CPU a post {sitrep.cpu_ms:.2f} ms, bare {floor.cpu_ms:.2f} ms, "
        f"{sitrep.cpu_ms / floor.cpu_ms:.2f}x (<= 1.30); memory +{sitrep.grown_mib:.0f} MiB (<= 50); "
        f"{sitrep.seconds:.1f} s, bare {floor.seconds:.1f} s"
    )
    floor, sitrep = await measure(40, 45, limits=True)
    used = 1000 / sitrep.seconds / 45
    print(
        f"1,000 under Discord's limits at 45/s: {sitrep.seconds:.1f} s, {used:.0%} of the pace (>= 90%), "
        f"{sitrep.refused} answers of 429 (0); CPU a post {sitrep.cpu_ms:.2f} ms, bare {floor.cpu_ms:.2f} ms, "
        f"{sitrep.cpu_ms / floor.cpu_ms:.2f}x"
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--channels", type=int, default=10_000)
    asyncio.run(run(parser.parse_args().channels))
