"""What is known of the first report alone, and of all reports that are kept."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.answers.knowledge import Knowledge
from bot.app import App
from bot.opening import quiet
from bot.operations import load_files
from bot.seeds.folder import Seeds, read_folder
from bot.settings import load_settings
from tests.people import channel, member, reader

__all__ = ["channel", "known", "member", "reader", "reports", "seeds"]

FOLDER = Path(__file__).parent.parent.parent / "seeds" / "aleppo-2016"
LATER = tuple(sorted((FOLDER / "later").glob("*.toml")))


@pytest.fixture(params=["the first report", "all reports"])
def reports(request: pytest.FixtureRequest) -> tuple[Path, ...]:
    """Report files loaded beside those of the folder."""
    return () if request.param == "the first report" else LATER


@pytest.fixture
def seeds(reports: tuple[Path, ...]) -> Seeds:
    """What the files say."""
    return read_folder(FOLDER, reports)


@pytest.fixture
async def known(reports: tuple[Path, ...], tmp_path: Path) -> AsyncIterator[Knowledge]:
    """What Sitrep then knows."""
    settings = load_settings({"DATABASE_URL": f"sqlite:///{tmp_path}/known.db", "SEEDS_DIR": str(FOLDER.parent)})
    await load_files(settings, reports, quiet)
    async with App(settings, sync=False) as app:
        yield app.library.known
