"""The part of the table about digests. `python -m bench.digests` measures it alone.

Ten thousand channels due in the same minute, beside a bare client that sends one layout to each of them in a loop, with
a stand-in that limits nothing; then fewer, with Discord's limits, for the pace.
"""

from __future__ import annotations

import argparse
import asyncio
import math
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from pathlib import Path
from typing import NamedTuple

from bench.databases import url
from bench.due import Channel, fill, prepare
from bench.latency import cpu_ms
from bench.planning import look, plan
from bench.stage import QUIETLY, ROOT, SITREP
from bench.starts import resident_mib
from bench.table import Row, render
from tests.wire.driver import Discord, stand_in_process

CHANNELS, SUBSCRIPTIONS, PACED = 10_000, 100_000, 1_500
PLANNING_S, MEMORY_MIB, CPU, TICK_MS, PACE_USED = 2.0, 50.0, 1.3, 5.0, 0.9
"""What is to be reached."""
PACE = 45
FAST = 1000
"""Requests a second where nothing limits them."""
FLOOR_POSTS = ("-m", "bench.sending_bot")
PER_SERVER = 25
RUNS = 3
"""Of what takes a second or two: the median counts."""
LEAD_S = 12
"""Seconds in which a bot starts and comes to rest before anything is due."""
ENOUGH_S = 120


class Posted(NamedTuple):
    """What sending cost.

    Attributes:
        seconds: from the first post to the last.
        cpu: of the bot, milliseconds a post.
        grown: MiB that it occupied more at most than before.
        refused: answers that were 429.
    """

    seconds: float
    cpu: float
    grown: float
    refused: int


async def measure_digests(*, quick: bool) -> list[Row]:
    """Everything."""
    part = 10 if quick else 1
    channels, paced = CHANNELS // part, PACED // part
    planned = sorted([await plan(channels) for _ in range(RUNS)], key=lambda one: one.claiming + one.printing)[
        RUNS // 2
    ]
    looked = await look(SUBSCRIPTIONS // part)
    floor = await post(channels, sitrep=False, rates=False)
    sitrep = await post(channels, sitrep=True, rates=False)
    floor_pace = await post(paced, sitrep=False, rates=True)
    pace = await post(paced, sitrep=True, rates=True)
    count = f"{channels:,} channels"
    return [
        Row(f"planning and rendering, {count}", None, planned.claiming + planned.printing, "s", most=PLANNING_S),
        Row(f"  of that, {planned.editions} editions", None, planned.printing, "s"),
        Row(f"memory growth, {count}", floor.grown, sitrep.grown, "MiB", most=MEMORY_MIB),
        Row("processor time a post, as fast as it goes", floor.cpu, sitrep.cpu, "ms", CPU),
        Row(f"processor time a post, at {PACE}/s", floor_pace.cpu, pace.cpu, "ms", CPU),
        Row(f"{count} without limits", floor.seconds, sitrep.seconds, "s"),
        Row(f"{paced:,} posts at {PACE}/s, beside the pace", (paced - 1) / PACE, pace.seconds, "s", 1 / PACE_USED),
        Row("  of them refused (429)", None, pace.refused, "", most=0),
        Row(f"tick, {SUBSCRIPTIONS // part:,} digests, none due, p50", None, looked.p50, "ms", most=TICK_MS),
        Row("  p99", None, looked.p99, "ms", most=TICK_MS),
        Row("  with the rounds", None, looked.rounds, "ms", most=TICK_MS),
    ]


async def post(count: int, *, sitrep: bool, rates: bool) -> Posted:
    """Post once to so many channels."""
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        servers = -(-count // PER_SERVER)
        # One more in each: the announcement channel would be published in, too.
        options = {"guilds": servers, "channels": PER_SERVER + 1, "rates": rates}
        discord = await stack.enter_async_context(stand_in_process(**options))
        at = math.ceil(time.time() + LEAD_S + count / 1000)
        rate = str(PACE if rates else FAST)
        env: Mapping[str, str] = {"BENCH_AT": str(at), "RATE": rate}
        if sitrep:
            path = folder / "digests.db"
            await prepare(path)
            fill(await _channels(discord, count), path, at // 60 * 60, due_at=at)
            env = {**QUIETLY, "DATABASE_URL": url(path), "REQUESTS_PER_SECOND": rate}
        return await _watch(discord, SITREP if sitrep else FLOOR_POSTS, env, at, count)


async def _watch(discord: Discord, arguments: Sequence[str], env: Mapping[str, str], at: int, count: int) -> Posted:
    bot = await discord.start_bot(arguments, cwd=ROOT, env=env)
    await discord.connected(commands=False, within_s=60)
    if (left := at - time.time() - 1) < 0:
        raise RuntimeError(f"the machine is too slow to measure on: {-left:.0f} s late")
    await asyncio.sleep(left)
    before_cpu, before_mib = cpu_ms(bot.pid), resident_mib(bot.pid)
    await discord.counted("messages", count, within_s=ENOUGH_S)
    await asyncio.sleep(1)  # what the last posts are noted with
    cpu, grown = cpu_ms(bot.pid) - before_cpu, _most_mib(bot.pid) - before_mib
    times = sorted(one["at"] for one in await discord.received(r"/channels/\d+/messages$"))
    refused = (await discord.stats()).get("status_429", 0)
    assert await bot.stop(within_s=30) == 0 or arguments == FLOOR_POSTS, bot.output
    return Posted(times[-1] - times[0], cpu / count, grown, refused)


async def _channels(discord: Discord, count: int) -> list[Channel]:
    found = [
        (int(server["id"]), int(channel["id"]))
        for server in await discord.guilds()
        for channel in server["channels"]
        if channel["type"] == 0
    ]
    return found[:count]


def _most_mib(pid: int) -> float:
    """Memory of a process at its peak."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    raise OSError("the system does not say how much memory a process occupied")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.digests", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a tenth of everything")
    print(render(asyncio.run(measure_digests(quick=parser.parse_args().quick))))


if __name__ == "__main__":
    main()
