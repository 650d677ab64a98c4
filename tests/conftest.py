"""What every test may use: the first report loaded into a database, and Sitrep on a Discord without network."""

from collections.abc import AsyncIterator, Generator
from pathlib import Path

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from bot.app import App
from bot.chat.client import SitrepClient
from bot.settings import Settings, load_settings

ROOT = Path(__file__).parent.parent

# No example has a time limit: a busy machine is no defect. The same examples every time, so that a red run means a
# change; `--hypothesis-profile=search` looks for new ones.
untimed = hypothesis_settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.register_profile("same", untimed, derandomize=True)
hypothesis_settings.register_profile("search", untimed)
hypothesis_settings.load_profile("same")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Let a failed test with half a character in its log be reported: pytest-xdist sends reports as UTF-8."""
    report = yield
    report.sections = [(name, text.encode(errors="backslashreplace").decode()) for name, text in report.sections]
    return report


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
