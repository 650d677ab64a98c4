"""Finished editions: one row for each distinct one, so that what is sent again is the same byte for byte."""

from collections.abc import Sequence
from typing import NamedTuple

from bot.store.database import Database, Writer


class Kept(NamedTuple):
    """An edition at rest. payload: its components as JSON."""

    id: int
    upto: int
    payload: str


class Editions:
    """The tables `edition` and `edition_fact`.

    Raises:
        StoreError: the database fails; everywhere.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find(self, key: str) -> Kept | None:
        """The edition with this key, if it was made before."""
        row = await self._database.fetch_one("SELECT id, upto, payload FROM edition WHERE key = ?1", (key,))
        return Kept(*row) if row is not None else None

    async def get(self, id: int) -> Kept:
        """The edition of this number.

        Raises:
            KeyError: there is none.
        """
        row = await self._database.fetch_one("SELECT id, upto, payload FROM edition WHERE id = ?1", (id,))
        if row is None:
            raise KeyError(id)
        return Kept(*row)

    async def told_at(self, subscription: int) -> int | None:
        """When the channel of a subscription was last told something by it, seconds since the epoch, UTC: that nothing
        is new does not count. None where that is not known any more."""
        row = await self._database.fetch_one(
            "SELECT d.at FROM delivery d JOIN edition e ON e.id = d.edition "
            "WHERE d.subscription = ?1 AND d.state = 'confirmed' "
            "AND (e.since IS NULL OR EXISTS (SELECT 1 FROM edition_fact f WHERE f.edition = e.id)) "
            "ORDER BY d.slot DESC LIMIT 1",
            (subscription,),
        )
        return row[0] if row is not None else None

    async def keep(
        self,
        *,
        key: str,
        scope: str,
        language: str,
        since: int | None,
        upto: int,
        payload: str,
        page: str | None = None,
        facts: Sequence[str],
        now: int,
    ) -> Kept:
        """Keep an edition; if another process was quicker with the same key, theirs is the one.

        Args:
            page: as `bot.answers.page_json.dump` gives it, to be shown again with corrections.
            facts: ids of what it shows.
            now: seconds since the epoch, UTC.
        """

        async def work(tx: Writer) -> Kept:
            made = await tx.fetch_one(
                "INSERT INTO edition (scope, language, since, upto, key, payload, page, made_at) "
                "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (key) DO NOTHING RETURNING id, upto, payload",
                (scope, language, since, upto, key, payload, page, now),
            )
            if made is None:
                found = await tx.fetch_one("SELECT id, upto, payload FROM edition WHERE key = ?1", (key,))
                assert found is not None
                return Kept(*found)
            await tx.executemany(
                "INSERT INTO edition_fact (edition, fact) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
                [(made[0], fact) for fact in facts],
            )
            return Kept(*made)

        return await self._database.write(work)
