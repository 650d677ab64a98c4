"""What stands before the program does: the database at this version's schema, and the seeds in it."""

from collections.abc import Callable
from time import time

from bot.seeds.folder import Seeds
from bot.settings import Settings
from bot.store.database import Database, Writer
from bot.store.migrate import migrate
from bot.store.revisions.loading import LoadResult, load

Say = Callable[[str], None]
"""Told each step in words."""


def quiet(_text: str) -> None:
    """Says nothing."""


async def open_database(settings: Settings, say: Say = quiet) -> Database:
    """The database, brought to the schema of this version.

    Raises:
        SitrepError: it cannot be opened, or is newer than the program.
    """
    database = await Database.open(settings.database_url, readers=settings.readers)
    try:
        for migration in await migrate(database, now=int(time())):
            say(f"brought to version {migration.version} ({migration.name})")
    except BaseException:
        await database.close()
        raise
    return database


async def load_seeds(database: Database, seeds: Seeds) -> LoadResult:
    """Bring seeds in as one unit of work."""
    now = int(time())

    async def work(tx: Writer) -> LoadResult:
        return await load(tx, seeds, now)

    return await database.write(work)


def load_words(result: LoadResult) -> str:
    """What loading did, in a line."""
    if not result.changed:
        return f"{result.unchanged} facts, nothing new"
    parts = (("added", result.added), ("revised", result.revised), ("withdrawn", result.withdrawn))
    words = ", ".join(f"{count} {word}" for word, count in parts if count)
    return words or "names and places brought up to date"
