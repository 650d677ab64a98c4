"""`python -m bench`: reply latency, autocomplete, start and memory, beside a bare discord.py client in the same run,
and how fast reports are read.

The first run makes databases of up to a million facts under data/bench (2 GB, some minutes) and keeps them.
`--quick` takes a minute and tells whether something is badly wrong; its figures are rough.
"""

from __future__ import annotations

import argparse
import asyncio
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from bench.databases import with_facts
from bench.digests import measure_digests
from bench.replies import measure_replies
from bench.starts import measure_starts
from bench.table import render


@dataclass(frozen=True)
class Size:
    """How much is measured."""

    facts: tuple[int, ...]
    rounds: int
    starts: int


FULL = Size((1_000, 100_000, 1_000_000), rounds=24, starts=7)
QUICK = Size((1_000, 20_000), rounds=3, starts=2)


async def measure(size: Size, databases: dict[int, Path]) -> None:
    """Measure everything and print the table."""
    begun = time.perf_counter()
    rows = await measure_replies(databases, size.rounds)
    rows += await measure_starts(databases, size.starts)
    rows += await measure_digests(quick=size is QUICK)
    print(render(rows))
    print(f"\nmedians; one question in flight; {time.perf_counter() - begun:.0f} s")


def main() -> None:
    """Make what is missing, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer facts, fewer rounds: a minute")
    size = QUICK if parser.parse_args().quick else FULL
    asyncio.run(measure(size, {facts: with_facts(facts) for facts in size.facts}))
    print("\nreading reports")
    longest = "5" if size is FULL else "0.5"  # a process of its own: its highest memory is that of reading alone
    subprocess.run([sys.executable, "-m", "bench.extraction", "--longest", longest], check=True)


if __name__ == "__main__":
    main()
