"""Whether a database is sound, and how much it holds."""

from bot.facts.revision import EVERYONE
from bot.store.database import Database
from bot.store.errors import StoreError


async def refuse_damage(database: Database) -> None:
    """Look through the whole file.

    Raises:
        StoreError: it is damaged.
    """
    verdict = await database.fetch_one("PRAGMA quick_check(1)")
    if verdict is None or verdict[0] != "ok":
        said = verdict[0] if verdict is not None else "no verdict"
        raise StoreError(f"{database.path} is damaged: {said}.", "Put back the latest backup.")


async def ask(database: Database) -> None:
    """Whether it answers at all: the least that has to look into the file.

    Raises:
        StoreError: it does not.
    """
    await database.fetch_one("SELECT 1 FROM meta LIMIT 1")


async def count_facts(database: Database) -> int:
    """The facts that answer everyone's questions, without those retracted."""
    row = await database.fetch_one("SELECT COUNT(*) FROM fact_value WHERE scope = ?1", (EVERYONE,))
    return int(row[0]) if row is not None else 0
