"""A database of its own for each test, in a real file: WAL and several connections need one."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.store.database import Database


@pytest.fixture
async def db(tmp_path: Path) -> AsyncIterator[Database]:
    """An empty database, closed after the test."""
    async with await Database.open(f"sqlite:///{tmp_path}/sitrep.db") as database:
        yield database
