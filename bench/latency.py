"""Reply latency over the wire: from the gateway write to the sight of the callback request, inside the stand-in.

Every bot is a process of its own with a stand-in of its own. One question is in flight at a time. The lanes take
turns in short blocks, so that whatever else the machine does falls on all of them alike.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from bench.questions import Asked
from tests.wire.botprocess import Bot
from tests.wire.driver import Discord

BLOCK = 25
WARM_UP = 3
"""Questions at the beginning of a block that do not count: the process was asleep while the others had their turn."""


@dataclass
class Lane:
    """One kind of question to one bot, and what was measured."""

    name: str
    discord: Discord
    bot: Bot
    questions: Iterator[Asked]
    ms: list[float] = field(default_factory=list)
    size: list[int] = field(default_factory=list)
    by_kind: dict[str, list[float]] = field(default_factory=dict)
    """The same milliseconds, parted by the questions' kinds."""
    cpu_ms: list[float] = field(default_factory=list)
    """Of the bot, per question, a figure for each block: what other programs do on the machine hardly shows in it."""

    @property
    def p50(self) -> float:
        """Milliseconds."""
        return statistics.median(self.ms)

    @property
    def p99(self) -> float:
        """Milliseconds."""
        return sorted(self.ms)[int(len(self.ms) * 0.99)]

    @property
    def cpu(self) -> float:
        """Milliseconds of processor time per question, the median of the blocks."""
        return statistics.median(self.cpu_ms)

    @property
    def bytes(self) -> int:
        """Bytes of a callback, the median."""
        return round(statistics.median(self.size))


async def take_turns(lanes: Sequence[Lane], rounds: int) -> None:
    """Measure `rounds` blocks of each lane. Raises RuntimeError when a question stays without an answer."""
    for turn in range(rounds):
        first = turn % len(lanes)
        for lane in (*lanes[first:], *lanes[:first]):
            questions = list(islice(lane.questions, WARM_UP + BLOCK))
            before = cpu_ms(lane.bot.pid)
            ms, size = await lane.discord.measure(questions)
            lane.cpu_ms.append((cpu_ms(lane.bot.pid) - before) / len(questions))
            for asked, waited, length in list(zip(questions, ms, size, strict=True))[WARM_UP:]:
                if waited is None or length is None:
                    raise RuntimeError(f"{lane.name}: a question got no answer")
                lane.ms.append(waited)
                lane.size.append(length)
                lane.by_kind.setdefault(asked.get("kind", ""), []).append(waited)


def cpu_ms(pid: int) -> float:
    """Processor time that all threads of a process have used so far. Raises OSError where there is no /proc."""
    spent = (task.read_text().split()[0] for task in Path(f"/proc/{pid}/task").glob("*/schedstat"))
    return sum(map(int, spent)) / 1e6
