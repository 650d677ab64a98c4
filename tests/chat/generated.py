"""Sitrep over seeds that no file holds."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.answers.knowledge import Knowledge
from bot.chat.library import Library
from bot.opening import load_seeds, open_database
from bot.seeds.folder import Seeds
from bot.settings import load_settings


@asynccontextmanager
async def knowing(seeds: Seeds) -> AsyncIterator[Knowledge]:
    """What Sitrep knows when these seeds alone are loaded."""
    with TemporaryDirectory() as folder:
        settings = load_settings({"DATABASE_URL": f"sqlite:///{Path(folder)}/generated.db"})
        database = await open_database(settings)
        try:
            await load_seeds(database, seeds)
            library = Library(database, seeds.conflict.id)
            await library.renew()
            yield library.known
        finally:
            await database.close()
