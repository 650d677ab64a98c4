"""The record of a figure that a later report replaced says by what: an old post leads to the number that counts."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.answers.page import Page
from bot.answers.question import Ask, Question
from bot.answers.service import answer
from bot.chat.library import Library
from bot.facts.vocabulary import Population
from bot.store.database import Database
from tests.store.by_hand import FACT
from tests.store.small_world import bring, figure, opened, world

FIRST = figure(FACT, "310")
INSTEAD = figure("r2/1.1", "280", "2016-12-01/2016-12-07", population=Population.PEOPLE, supersedes=FACT)


@pytest.fixture
async def db(tmp_path: Path) -> AsyncIterator[Database]:
    async with opened(tmp_path) as db:
        yield db


async def record(db: Database, fact: str) -> Page:
    library = Library(db, "small")
    await library.renew()
    return await answer(Question(Ask.SOURCE, fact=fact), library.known)


def under(page: Page, heading: str) -> list[tuple[str, ...]]:
    return [entry.facts for section in page.sections if section.heading == heading for entry in section.entries]


async def test_by_what_its_report_names(db: Database) -> None:
    await bring(db, world(FIRST, INSTEAD))
    assert under(await record(db, FACT), "Replaced by") == [("r2/1.1",)]
    assert under(await record(db, "r2/1.1"), "Replaced by") == []
    await bring(db, world(FIRST))
    assert under(await record(db, FACT), "Replaced by") == []


async def test_a_step_of_its_series_is_told_once(db: Database) -> None:
    later = figure("r2/1.1", "369", "2016-11-15/2016-12-07", supersedes=FACT)
    await bring(db, world(FIRST, later))
    page = await record(db, FACT)
    assert under(page, "Its series, the latest first") == [("r2/1.1",), (FACT,)]
    assert under(page, "Replaced by") == []
