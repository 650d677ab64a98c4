"""The part of the table about replies: first and repeated answers, autocomplete."""

from __future__ import annotations

import statistics
import tempfile
from contextlib import AsyncExitStack
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from bench.databases import SEEDS, seeds_with_names, url
from bench.latency import Lane, take_turns
from bench.questions import different, filling_a_page, over_and_over, typing
from bench.stage import FLOOR, QUIETLY, ROOT, SITREP, floor, sitrep
from bench.table import Row
from bot.seeds.folder import read_folder

NAMES = 100_000
REPEATED = 20
BEFORE = 400
"""Other questions that each bot has answered before the first is measured, as one that has run for a while."""
FIRST, AGAIN, SPREAD, COMPLETE = 2.0, 1.3, 1.15, 1.3
"""What is to be reached, as multiples."""


@dataclass(frozen=True)
class Lanes:
    """What takes turns. `firsts` and `agains` by number of facts, the fewest first."""

    layout: Lane
    text: Lane
    choose: Lane
    few: Lane
    many: Lane
    firsts: dict[int, Lane]
    agains: dict[int, Lane]


async def measure_replies(databases: dict[int, Path], rounds: int) -> list[Row]:
    """First and repeated answers at every number of facts, and autocomplete at both numbers of names."""
    async with AsyncExitStack() as stack:
        of = await _lanes(stack, databases)
        lanes = [of.layout, of.text, of.choose, of.few, of.many, *of.firsts.values(), *of.agains.values()]
        await take_turns(lanes, rounds)
    return [*_to_reach(of), *_besides(of)]


async def _lanes(stack: AsyncExitStack, databases: dict[int, Path]) -> Lanes:
    base = read_folder(SEEDS)
    places = list(base.places)
    bare = await floor(stack)
    fixed = await bare.start_bot(FLOOR, cwd=ROOT)
    await bare.connected(within_s=60)
    firsts: dict[int, Lane] = {}
    agains: dict[int, Lane] = {}
    few: list[Lane] = []
    for facts, path in databases.items():
        env = {**QUIETLY, "DATABASE_URL": url(path)}
        discord = await sitrep(stack, env)
        bot = await discord.start_bot(SITREP, cwd=ROOT, env=env)
        await discord.connected(within_s=120)
        questions = filling_a_page(different(base), databases[min(databases)])
        await discord.measure(list(islice(questions, BEFORE)))
        known = list(islice(questions, REPEATED))
        await discord.measure(known)
        firsts[facts] = Lane(f"first at {facts:,}", discord, bot, questions)
        agains[facts] = Lane(f"again at {facts:,}", discord, bot, over_and_over(known))
        few.append(Lane(f"{len(places)} places", discord, bot, typing("/casualties", "place", places)))
    return Lanes(
        layout=Lane("layout", bare, fixed, over_and_over([{"command": "/layout"}])),
        text=Lane("text", bare, fixed, over_and_over([{"command": "/text"}])),
        choose=Lane("choose", bare, fixed, typing("/choose", "name", places)),
        few=few[0],
        many=await _many_names(stack),
        firsts=firsts,
        agains=agains,
    )


async def _many_names(stack: AsyncExitStack) -> Lane:
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
    seeds, places = seeds_with_names(folder / "seeds", NAMES)
    env = {**QUIETLY, "DATABASE_URL": url(folder / "names.db"), "SEEDS_DIR": str(seeds)}
    discord = await sitrep(stack, env)
    bot = await discord.start_bot(SITREP, cwd=ROOT, env=env)
    await discord.connected(within_s=120)
    return Lane(f"{NAMES:,} names", discord, bot, typing("/casualties", "place", places))


def _to_reach(of: Lanes) -> list[Row]:
    floor = of.layout.p50
    rows = [Row(f"first answer, {n:,} facts, p50", floor, lane.p50, "ms", FIRST) for n, lane in of.firsts.items()]
    rows += [Row(f"repeated answer, {n:,} facts, p50", floor, lane.p50, "ms", AGAIN) for n, lane in of.agains.items()]
    for what, lanes in (("first", of.firsts), ("repeated", of.agains)):
        p50s = [lane.p50 for lane in lanes.values()]
        rows.append(Row(f"{what}, slowest number of facts beside fastest", min(p50s), max(p50s), "ms", SPREAD))
    rows.append(Row(f"autocomplete, {of.few.name}, p50", of.choose.p50, of.few.p50, "ms", COMPLETE))
    rows.append(Row(f"autocomplete, {of.many.name}, p50", of.choose.p50, of.many.p50, "ms", COMPLETE))
    return rows


def _besides(of: Lanes) -> list[Row]:
    """What helps to understand the others."""
    floor = of.layout
    fewest, most = min(of.firsts), max(of.firsts)
    rows = [Row(f"first answer, {most:,} facts, p99", floor.p99, of.firsts[most].p99, "ms")]
    for kind, ms in sorted(of.firsts[most].by_kind.items()):
        rows.append(Row(f"first answer, {most:,} facts, by {kind}, p50", floor.p50, statistics.median(ms), "ms"))
    rows.append(Row("the same beside one hard-coded line", of.text.p50, of.firsts[most].p50, "ms"))
    for facts in (fewest, most):
        first, again = of.firsts[facts], of.agains[facts]
        rows.append(Row(f"processor time, first answer, {facts:,} facts", floor.cpu, first.cpu, "ms"))
        rows.append(Row(f"processor time, repeated answer, {facts:,} facts", floor.cpu, again.cpu, "ms"))
        rows.append(Row(f"size of a first answer, {facts:,} facts", floor.bytes, first.bytes, "B"))
    rows.append(Row(f"processor time, autocomplete, {of.few.name}", of.choose.cpu, of.few.cpu, "ms"))
    rows.append(Row(f"processor time, autocomplete, {of.many.name}", of.choose.cpu, of.many.cpu, "ms"))
    rows.append(Row("size of a list of names", of.choose.bytes, of.many.bytes, "B"))
    return rows
