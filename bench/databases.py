"""The databases that are measured: made once and kept, since a million facts take minutes."""

from __future__ import annotations

import asyncio
import csv
import hashlib
import shutil
import time
from dataclasses import fields
from pathlib import Path

from bench.facts import fill, made_up
from bench.names import synthetic_places
from bot.places.place import Place
from bot.places.reader import COLUMNS
from bot.seeds.folder import read_folder
from bot.store.database import Database
from bot.store.migrate import migrate
from bot.store.migration_files import FOLDER

SEEDS = Path("seeds/aleppo-2016")
KEPT = Path("data/bench")
WRITTEN_BY = (
    *("bench/facts.py", "bot/store/revisions/loading.py", "bot/store/lists/listing.py", "bot/store/lists/list_keys.py"),
    *("bot/facts/topics.py", "bot/facts/series.py"),
)
"""When one of these changes, the databases are made anew."""


def url(path: Path) -> str:
    """As the bot's settings take it."""
    return f"sqlite:///{path.as_posix()}"


def with_facts(facts: int) -> Path:
    """A database with that many made-up facts about the places of the seeds."""
    sources = [*sorted(FOLDER.glob("*.sql")), *map(Path, WRITTEN_BY)]
    mark = hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()[:10]
    path = KEPT / f"facts-{facts}-{mark}.db"
    if not path.exists():
        KEPT.mkdir(parents=True, exist_ok=True)
        for outdated in list(KEPT.glob(f"facts-{facts}-*")):
            outdated.unlink()
        start = time.perf_counter()
        begun = path.with_suffix(".part")
        asyncio.run(_make(begun, facts))
        begun.rename(path)
        print(f"made {path} in {time.perf_counter() - start:.0f} s ({path.stat().st_size / 1e6:,.0f} MB)", flush=True)
    return path


async def _make(path: Path, facts: int) -> None:
    async with await Database.open(url(path)) as database:
        await migrate(database, now=0)
    await fill(path, made_up(read_folder(SEEDS), facts))


def seeds_with_names(folder: Path, names: int) -> tuple[Path, list[Place]]:
    """A folder of seeds like the real one with `names` more names in its gazetteer, and the places that bear them."""
    conflict = folder / SEEDS.name
    shutil.copytree(SEEDS, conflict)
    root = read_folder(SEEDS).conflict.place
    more = [place for place in synthetic_places(names) if place.part_of is not None]
    with (conflict / "places.csv").open("a", encoding="utf-8", newline="") as file:
        rows = csv.DictWriter(file, COLUMNS)
        for place in more:
            row = {
                **{field.name: getattr(place, field.name) for field in fields(place) if field.name in COLUMNS},
                "aliases": "; ".join(place.aliases),
                "part_of": root,
                "ocha_pcode": place.pcode,
            }
            rows.writerow(row)
    return folder, more
