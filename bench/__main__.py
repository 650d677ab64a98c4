"""`python -m bench`: reply latency, autocomplete, start and memory, beside a bare discord.py client in the same run.

The first run makes databases of up to a million facts under data/bench (2 GB, some minutes) and keeps them.
`--quick` takes a minute and tells whether something is badly wrong; its figures are rough.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import tempfile
import time
from contextlib import AsyncExitStack
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from bench import floor_bot
from bench.databases import SEEDS, seeds_with_names, url, with_facts
from bench.latency import Lane, take_turns
from bench.questions import different, over_and_over, typing
from bench.starts import ROOT, Contender, compare_starts
from bench.table import Row, render
from bot.seeds.folder import Seeds, read_folder
from tests.wire.driver import Discord, stand_in_process

FLOOR = ("-m", "bench.floor_bot")
SITREP = ("-m", "bot", "run")
NAMES = 100_000
REPEATED = 20
QUIETLY = {"LOG_LEVEL": "WARNING"}
FIRST, AGAIN, SPREAD, COMPLETE, START, MEMORY = 2.0, 1.3, 1.15, 1.3, 1.6, 1.4
"""What is to be reached, as multiples."""


@dataclass(frozen=True)
class Size:
    """How much is measured."""

    facts: tuple[int, ...]
    rounds: int
    starts: int


FULL = Size((1_000, 100_000, 1_000_000), rounds=24, starts=7)
QUICK = Size((1_000, 20_000), rounds=3, starts=2)


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


async def measure_replies(size: Size, base: Seeds, databases: dict[int, Path]) -> list[Row]:
    """First and repeated answers at every number of facts, and autocomplete at both numbers of names."""
    async with AsyncExitStack() as stack:
        bare = await floor(stack)
        await bare.start_bot(FLOOR, cwd=ROOT)
        await bare.connected(within_s=60)
        layout = Lane("layout", bare, over_and_over([{"command": "/layout"}]))
        text = Lane("text", bare, over_and_over([{"command": "/text"}]))
        firsts: dict[int, Lane] = {}
        agains: dict[int, Lane] = {}
        for facts in size.facts:
            env = {**QUIETLY, "DATABASE_URL": url(databases[facts])}
            discord = await sitrep(stack, env)
            await discord.start_bot(SITREP, cwd=ROOT, env=env)
            await discord.connected(within_s=120)
            questions = different(base)
            known = list(islice(questions, REPEATED))
            await discord.measure(known)
            firsts[facts] = Lane(f"first at {facts:,}", discord, questions)
            agains[facts] = Lane(f"again at {facts:,}", discord, over_and_over(known))
        many = await _with_names(stack)
        few = Lane("150 places", firsts[size.facts[0]].discord, typing("/casualties", "place", list(base.places)))
        choose = Lane("choose", bare, typing("/choose", "name", list(base.places)))
        lanes = [layout, text, choose, few, many, *firsts.values(), *agains.values()]
        await take_turns(lanes, size.rounds)
    rows = [Row(f"first answer, {n:,} facts, p50", layout.p50, lane.p50, "ms", FIRST) for n, lane in firsts.items()]
    rows += [Row(f"repeated answer, {n:,} facts, p50", layout.p50, lane.p50, "ms", AGAIN) for n, lane in agains.items()]
    for what, of in (("first", firsts), ("repeated", agains)):
        p50s = [lane.p50 for lane in of.values()]
        rows.append(Row(f"{what}, slowest number of facts beside fastest", min(p50s), max(p50s), "ms", SPREAD))
    rows += [
        Row("autocomplete, 150 places, p50", choose.p50, few.p50, "ms", COMPLETE),
        Row(f"autocomplete, {NAMES:,} names, p50", choose.p50, many.p50, "ms", COMPLETE),
    ]
    last = size.facts[-1]
    for kind, ms in sorted(firsts[last].by_kind.items()):
        rows.append(Row(f"first answer, {last:,} facts, by place and {kind}", layout.p50, statistics.median(ms), "ms"))
    rows += [
        Row(f"first answer, {last:,} facts, p99", layout.p99, firsts[last].p99, "ms"),
        Row("the same beside one hard-coded line, p50", text.p50, firsts[last].p50, "ms"),
        Row(f"bytes of an answer, {size.facts[0]:,} facts", layout.bytes, firsts[size.facts[0]].bytes, "B"),
        Row(f"bytes of an answer, {last:,} facts", layout.bytes, firsts[last].bytes, "B"),
        Row("bytes of a list of names", choose.bytes, many.bytes, "B"),
    ]
    return rows


async def _with_names(stack: AsyncExitStack) -> Lane:
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
    seeds, places = seeds_with_names(folder / "seeds", NAMES)
    env = {**QUIETLY, "DATABASE_URL": url(folder / "names.db"), "SEEDS_DIR": str(seeds)}
    discord = await sitrep(stack, env)
    await discord.start_bot(SITREP, cwd=ROOT, env=env)
    await discord.connected(within_s=120)
    return Lane(f"{NAMES:,} names", discord, typing("/casualties", "place", places))


async def measure_starts(size: Size, databases: dict[int, Path]) -> list[Row]:
    """Start and memory: with the seeds, and with the most facts."""
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        bare = Contender("bare", await floor(stack), FLOOR, {"command": "/layout"})
        contenders = [bare]
        for path in (folder / "seeds.db", databases[size.facts[-1]]):
            env = {**QUIETLY, "DATABASE_URL": url(path)}
            contenders.append(Contender(path.name, await sitrep(stack, env), SITREP, {"command": "/casualties"}, env))
        await compare_starts(contenders, size.starts)
    _, seeds, most = contenders
    facts = f"{size.facts[-1]:,} facts"
    return [
        Row("start to ready", bare.ready, seeds.ready, "s", START),
        Row("start to first answer", bare.answered, seeds.answered, "s"),
        Row(f"start to ready, {facts}", bare.ready, most.ready, "s"),
        Row("memory", bare.memory, seeds.memory, "MiB", MEMORY),
        Row(f"memory, {facts}", bare.memory, most.memory, "MiB"),
    ]


async def measure(size: Size, databases: dict[int, Path]) -> None:
    """Measure everything and print the table."""
    begun = time.perf_counter()
    rows = await measure_replies(size, read_folder(SEEDS), databases)
    rows += await measure_starts(size, databases)
    print(render(rows))
    print(f"\nmedians; one question in flight; {time.perf_counter() - begun:.0f} s")


def main() -> None:
    """Make what is missing, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer facts, fewer rounds: a minute")
    size = QUICK if parser.parse_args().quick else FULL
    asyncio.run(measure(size, {facts: with_facts(facts) for facts in size.facts}))


if __name__ == "__main__":
    main()
