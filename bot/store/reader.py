"""What everything that reads needs: a database, or a unit of work."""

from collections.abc import Sequence
from typing import Protocol

from bot.store.writer import Row, Value


class Reader(Protocol):
    """A database, or the unit of work under way, which also sees what it has written itself."""

    async def fetch_all(self, sql: str, params: Sequence[Value] = ()) -> list[Row]:
        """The rows of a query."""

    async def fetch_one(self, sql: str, params: Sequence[Value] = ()) -> Row | None:
        """The first row or None."""
