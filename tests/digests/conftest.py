"""A database with the schema, in a real file."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.store.database import Database
from bot.store.migrate import migrate
from tests.store.ledgers import EIGHT


@pytest.fixture
async def db(tmp_path: Path) -> AsyncIterator[Database]:
    """Closed after the test."""
    async with await Database.open(f"sqlite:///{tmp_path}/sitrep.db") as database:
        await migrate(database, now=EIGHT)
        yield database
