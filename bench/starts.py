"""Start and memory: from the start of the process to READY and to the first answer, and what it then occupies."""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path

from bench.databases import url
from bench.questions import Asked
from bench.stage import FLOOR, QUIETLY, ROOT, SITREP, floor, sitrep
from bench.table import Row
from tests.wire.driver import Discord

START, MEMORY = 1.6, 1.4
"""What is to be reached, as multiples."""
ANSWERS = 20
SETTLED_S = 2.5
"""discord.py waits two seconds for servers before it calls itself ready."""


@dataclass
class Contender:
    """A bot that is started again and again."""

    name: str
    discord: Discord
    arguments: Sequence[str]
    question: Asked
    env: Mapping[str, str] = field(default_factory=dict)
    ready_s: list[float] = field(default_factory=list)
    answered_s: list[float] = field(default_factory=list)
    mib: list[float] = field(default_factory=list)

    async def once(self, *, counts: bool) -> None:
        """Start, ask, look, stop."""
        before = (await self.discord.stats()).get("identify", 0)
        begun = time.perf_counter()
        bot = await self.discord.start_bot(self.arguments, cwd=ROOT, env=self.env)
        await self.discord.counted("identify", before + 1, within_s=60)
        ready = time.perf_counter() - begun
        await self.discord.measure([self.question])
        answered = time.perf_counter() - begun
        await self.discord.measure([self.question] * ANSWERS)
        await asyncio.sleep(SETTLED_S)
        occupied = resident_mib(bot.pid)
        await bot.stop(within_s=20)
        if counts:
            self.ready_s.append(ready)
            self.answered_s.append(answered)
            self.mib.append(occupied)

    @property
    def ready(self) -> float:
        """Seconds, the median."""
        return statistics.median(self.ready_s)

    @property
    def answered(self) -> float:
        """Seconds, the median."""
        return statistics.median(self.answered_s)

    @property
    def memory(self) -> float:
        """MiB resident, the median."""
        return statistics.median(self.mib)


async def compare_starts(contenders: Sequence[Contender], runs: int) -> None:
    """Start them in turn; the first start of each registers commands and fills caches, and does not count."""
    for run in range(runs + 1):
        for contender in contenders:
            await contender.once(counts=run > 0)


def resident_mib(pid: int) -> float:
    """Memory of a process. Raises OSError where there is no /proc."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise OSError("the system does not say how much memory a process occupies")


async def measure_starts(databases: dict[int, Path], runs: int) -> list[Row]:
    """Start and memory: with the seeds, and with the most facts."""
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        bare = Contender("bare", await floor(stack), FLOOR, {"command": "/layout"})
        contenders = [bare]
        for path in (folder / "seeds.db", databases[max(databases)]):
            env = {**QUIETLY, "DATABASE_URL": url(path)}
            contenders.append(Contender(path.name, await sitrep(stack, env), SITREP, {"command": "/casualties"}, env))
        await compare_starts(contenders, runs)
    _, seeds, most = contenders
    facts = f"{max(databases):,} facts"
    return [
        Row("start to ready", bare.ready, seeds.ready, "s", START),
        Row("start to first answer", bare.answered, seeds.answered, "s"),
        Row(f"start to ready, {facts}", bare.ready, most.ready, "s"),
        Row("memory", bare.memory, seeds.memory, "MiB", MEMORY),
        Row(f"memory, {facts}", bare.memory, most.memory, "MiB"),
    ]
