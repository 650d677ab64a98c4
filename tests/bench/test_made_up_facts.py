"""The made-up databases that `make bench` measures with: as many facts as asked for, and such as the bot can show."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import pytest

from bench.databases import seeds_with_names, url
from bench.facts import fill, made_up
from bench.questions import different
from bench.table import Row, render
from bot.facts.topics import Topic
from bot.seeds.folder import Seeds, read_folder
from bot.store.database import Database
from bot.store.lists.list_query import Selection
from bot.store.migrate import migrate
from bot.store.reading.facts import Facts

SEEDS = Path(__file__).parents[2] / "seeds" / "aleppo-2016"


@pytest.fixture(scope="module")
def base() -> Seeds:
    return read_folder(SEEDS)


async def test_as_many_facts_as_asked_for_and_the_same_each_time(base: Seeds) -> None:
    facts = [fact for batch in made_up(base, 130) for fact in batch.facts]
    assert len({fact.id for fact in facts}) == 130
    assert facts == [fact for batch in made_up(base, 130) for fact in batch.facts]


async def test_the_loader_takes_them_and_the_lists_fill(base: Seeds, tmp_path: Path) -> None:
    path = tmp_path / "made-up.db"
    async with await Database.open(url(path)) as database:
        await migrate(database, now=0)
    await fill(path, made_up(base, 500))
    async with await Database.open(url(path)) as database:
        for topic in Topic:
            shown = await Facts(database).select(Selection(topic, base.conflict.place), limit=8)
            assert len(shown) == 8, topic


def test_questions_are_never_the_same(base: Seeds) -> None:
    asked = [(q["command"], *sorted(q["options"].items())) for q in islice(different(base), 2000)]
    assert len(set(asked)) == 2000


def test_a_gazetteer_of_many_names_is_valid(tmp_path: Path, base: Seeds) -> None:
    folder, more = seeds_with_names(tmp_path / "seeds", 300)
    wide = read_folder(folder / SEEDS.name)
    assert len(wide.places) == len(base.places) + len(more)
    assert wide.reports == base.reports


def test_the_table_says_what_was_missed() -> None:
    drawn = render([Row("start", 0.5, 0.9, "s", 1.6), Row("memory", 40.0, 50.0, "MiB", 1.4), Row("size", 1, 2, "B")])
    _, _, start, memory, size = drawn.splitlines()
    assert start.split() == ["start", "0.50", "s", "0.90", "s", "1.80x", "<=", "1.60x", "MISSED"]
    assert memory.endswith("reached")
    assert size.endswith("2.00x")
