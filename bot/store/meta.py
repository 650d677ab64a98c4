"""Small values that outlive a run."""

from bot.store.database import Database
from bot.store.writer import Writer


class Meta:
    """Keys and values, such as the hash of the commands last sent."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, key: str) -> str | None:
        """The value of `key`; None where there is none."""
        row = await self._database.fetch_one("SELECT value FROM meta WHERE key = ?1", (key,))
        return str(row[0]) if row is not None else None

    async def put(self, key: str, value: str) -> None:
        """Keep `value` under `key`."""
        await self._database.write(lambda tx: note(tx, key, value))


async def note(tx: Writer, key: str, value: str | None) -> None:
    """Keep `value` under `key` as part of a unit of work; None: keep nothing."""
    if value is None:
        await tx.execute("DELETE FROM meta WHERE key = ?1", (key,))
        return
    await tx.execute(
        "INSERT INTO meta (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (key, value),
    )
