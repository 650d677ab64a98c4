"""A folder of seeds that was read before is not read again, and nothing that changed is ever overlooked."""

import os
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.opening import bring_in, load_seeds, open_database
from bot.seeds.errors import SeedError
from bot.seeds.fingerprint import fingerprint
from bot.seeds.folder import read_folder
from bot.settings import load_settings
from bot.store.database import Database

SEEDS = Path(__file__).parents[1] / "seeds" / "aleppo-2016"
KNOWN = "the files are as they were"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SEEDS, tmp_path / "seeds"))


@pytest.fixture
async def db(tmp_path: Path) -> AsyncIterator[Database]:
    async with await open_database(load_settings({"DATABASE_URL": f"sqlite:///{tmp_path / 'sitrep.db'}"})) as database:
        yield database


async def test_a_new_database_is_told_in_a_word(tmp_path: Path) -> None:
    settings = load_settings({"DATABASE_URL": f"sqlite:///{tmp_path / 'sitrep.db'}"})
    said: list[str] = []
    for _ in range(2):
        await (await open_database(settings, said.append)).close()
    assert len(said) == 1
    assert said[0].startswith("made, version ")


async def test_the_second_time_nothing_is_read(db: Database, folder: Path) -> None:
    assert await bring_in(db, folder) == f"{len(read_folder(folder).facts)} added"
    assert await bring_in(db, folder) == KNOWN


@pytest.mark.parametrize("name", ["conflict.toml", "sources.toml", "places.csv"])
async def test_one_byte_more_is_read(db: Database, folder: Path, name: str) -> None:
    await bring_in(db, folder)
    with (folder / name).open("a") as file:
        file.write("\n")
    assert await bring_in(db, folder) == f"{len(read_folder(folder).facts)} facts, nothing new"
    assert await bring_in(db, folder) == KNOWN


async def test_a_report_that_is_gone_or_moved_is_noticed(db: Database, folder: Path) -> None:
    report = next((folder / "reports").glob("*.toml"))
    marks = [fingerprint(folder)]
    report.rename(report.with_name("another.toml"))
    marks.append(fingerprint(folder))
    report.with_name("another.toml").unlink()
    marks.append(fingerprint(folder))
    assert None not in marks
    assert len(set(marks)) == 3


async def test_the_same_bytes_of_a_later_day_are_the_same(folder: Path) -> None:
    before = fingerprint(folder)
    os.utime(folder / "sources.toml", (1, 1))
    assert fingerprint(folder) == before


async def test_what_was_loaded_from_elsewhere_makes_the_folder_read_again(db: Database, folder: Path) -> None:
    await bring_in(db, folder)
    later = sorted((folder / "later").glob("*.toml"))
    await load_seeds(db, read_folder(folder, later))
    assert await bring_in(db, folder) != KNOWN


async def test_a_mistake_is_told_at_every_start(db: Database, folder: Path) -> None:
    await bring_in(db, folder)
    with (folder / "sources.toml").open("a") as file:
        file.write("[[source]\n")
    for _start in range(2):
        with pytest.raises(SeedError, match=r"sources\.toml"):
            await bring_in(db, folder)


async def test_a_folder_that_is_not_there_says_so(db: Database, folder: Path) -> None:
    with pytest.raises(SeedError, match="there is no such file"):
        await bring_in(db, folder / "nowhere")
