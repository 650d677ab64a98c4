"""`python -m bench.past`: answers as of an earlier time, and exports, over made-up facts.

The databases are those of `python -m bench`; each is copied, and in the copy so many facts are corrected after the time
that is asked about.
"""

from __future__ import annotations

import argparse
import asyncio
import shutil
import sqlite3
import tempfile
import time
from pathlib import Path

from bench.databases import SEEDS, url, with_facts
from bot.answers.question import Ask, Question
from bot.chat.library import Library
from bot.operations import export_to
from bot.settings import load_settings
from bot.store.database import Database
from bot.store.exchange.exporting import Extent

_LATER = 100
_CORRECT = (
    "INSERT INTO revision (fact, scope, number, sequence, kind, author, recorded_at, body, series) "
    "SELECT r.fact, r.scope, r.number + 1, (SELECT MAX(sequence) FROM revision) + ROW_NUMBER() OVER (), 'reading', "
    "'x', r.recorded_at + ?1, r.body, r.series FROM (SELECT id FROM fact ORDER BY id DESC LIMIT ?2) f "
    "JOIN revision r ON r.fact = f.id AND r.scope = ''"
)


def corrected(source: Path, target: Path, facts: int) -> int:
    """Copy the database and correct that many of its latest facts; a time before that."""
    shutil.copy(source, target)
    connection = sqlite3.connect(target)
    with connection:
        before: int = connection.execute("SELECT MAX(recorded_at) FROM revision").fetchone()[0]
        connection.execute(_CORRECT, (_LATER, facts))
    connection.close()
    return before + _LATER // 2


async def measure(path: Path, at: int) -> tuple[float, float, float]:
    """Seconds of the first answer, of another one as of the same time, and the longest that others waited meanwhile."""
    waited = [0.0]

    async def others() -> None:
        while True:
            start = time.perf_counter()
            await asyncio.sleep(0.01)
            waited.append(time.perf_counter() - start - 0.01)

    async with await Database.open(url(path)) as database:
        library = Library(database, SEEDS.name)
        await library.renew()
        ticking = asyncio.create_task(others())
        start = time.perf_counter()
        await library.answer(Question(Ask.CASUALTIES, as_of=at))
        first = time.perf_counter()
        await library.answer(Question(Ask.TIMELINE, as_of=at))
        second = time.perf_counter()
        ticking.cancel()
    return first - start, second - first, max(waited)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.past", description=__doc__)
    parser.add_argument("--facts", type=int, default=100_000)
    parser.add_argument("--changed", type=int, nargs="+", default=[10, 1_000, 10_000])
    given = parser.parse_args()
    source = with_facts(given.facts)
    with tempfile.TemporaryDirectory() as folder:
        for changed in given.changed:
            at = corrected(source, Path(folder) / f"{changed}.db", changed)
            first, second, waited = asyncio.run(measure(Path(folder) / f"{changed}.db", at))
            print(
                f"{given.facts:,} facts, {changed:,} changed since: first answer {first * 1000:,.0f} ms, "
                f"another {second * 1000:.0f} ms, others waited {waited * 1000:.0f} ms at most"
            )
        settings = load_settings({"DATABASE_URL": url(source)})
        for name, as_table in (("facts.json", False), ("facts.csv", True)):
            start = time.perf_counter()
            export_to(settings, Extent(), Path(folder) / name, lambda _text: None, as_table=as_table)
            size = (Path(folder) / name).stat().st_size / 1e6
            print(f"{given.facts:,} facts to {name}: {time.perf_counter() - start:.1f} s, {size:.0f} MB")


if __name__ == "__main__":
    main()
