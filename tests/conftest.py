"""What every test may use: the first report loaded into a database, and Sitrep on a Discord without network."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.app import App
from bot.chat.client import SitrepClient
from bot.settings import Settings, load_settings

ROOT = Path(__file__).parent.parent


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of a Sitrep with an empty database of its own."""
    return load_settings({"DATABASE_URL": f"sqlite:///{tmp_path}/sitrep.db", "SEEDS_DIR": str(ROOT / "seeds")})


@pytest.fixture
async def app(settings: Settings) -> AsyncIterator[App]:
    """Sitrep with the seeds loaded, not yet connected."""
    async with App(settings) as opened:
        yield opened


@pytest.fixture
def simcord_bot(app: App) -> SitrepClient:
    """The client that the `simcord_env` fixture runs."""
    return app.client
