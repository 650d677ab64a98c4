"""What stands before the program does: the database at this version's schema, and the seeds in it."""

from collections.abc import Callable
from pathlib import Path
from time import time
from typing import TYPE_CHECKING

from bot.lazy import lazily
from bot.seeds.fingerprint import fingerprint
from bot.settings import Settings
from bot.store.database import Database, Writer
from bot.store.meta import Meta, note
from bot.store.migrate import migrate

if TYPE_CHECKING:
    from bot.seeds import folder as seed_folder
    from bot.seeds.folder import Seeds
    from bot.store.revisions import loading
    from bot.store.revisions.loading import LoadResult
else:
    seed_folder = lazily("bot.seeds.folder")
    loading = lazily("bot.store.revisions.loading")

Say = Callable[[str], None]
"""Told each step in words."""
READ = "seeds_read"
"""The key in `meta` of the fingerprint of the folder that was read last, where nothing was loaded since."""


def quiet(_text: str) -> None:
    """Says nothing."""


async def open_database(settings: Settings, say: Say = quiet) -> Database:
    """The database, brought to the schema of this version.

    Raises:
        SitrepError: it cannot be opened, or is newer than the program.
    """
    database = await Database.open(settings.database_url, readers=settings.readers)
    try:
        steps = await migrate(database, now=int(time()))
        if steps and steps[0].version == 1:
            say(f"made, version {steps[-1].version}")
        else:
            for migration in steps:
                say(f"brought to version {migration.version} ({migration.name})")
    except BaseException:
        await database.close()
        raise
    return database


async def bring_in(database: Database, folder: Path) -> str:
    """See that the database holds what the seeds of `folder` say; what was done, in words.

    A folder of thousands of reports takes long to read: one that was read before, to the last byte, is not read again.

    Raises:
        SeedError: the first thing that is wrong, with file, line, field and remedy; nothing is changed.
    """
    mark = fingerprint(folder)
    if mark is not None and await Meta(database).get(READ) == mark:
        return "the files are as they were"
    return load_words(await load_seeds(database, seed_folder.read_folder(folder), mark))


async def load_seeds(database: Database, seeds: "Seeds", mark: str | None = None) -> "LoadResult":
    """Bring seeds in as one unit of work.

    Args:
        mark: the fingerprint of their folder; None where they are more, or other, than a folder.
    """
    now = int(time())

    async def work(tx: Writer) -> "LoadResult":
        result = await loading.load(tx, seeds, now)
        await note(tx, READ, mark)
        return result

    return await database.write(work)


def load_words(result: "LoadResult") -> str:
    """What loading did, in a line."""
    if not result.changed:
        return f"{result.unchanged} facts, nothing new"
    parts = (("added", result.added), ("revised", result.revised), ("withdrawn", result.withdrawn))
    words = ", ".join(f"{count} {word}" for word, count in parts if count)
    return words or "names and places brought up to date"
