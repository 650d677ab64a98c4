"""The places that are shipped, and small ones made for a question."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.places.gazetteer import Gazetteer
from bot.places.lookup import PlaceIndex
from bot.places.reader import read_places

_SEED = Path(__file__).parents[2] / "seeds" / "aleppo-2016" / "places.csv"


@pytest.fixture(scope="session")
def aleppo() -> Gazetteer:
    """The gazetteer of the first conflict, as shipped."""
    return Gazetteer(read_places(_SEED.read_text(encoding="utf-8"), _SEED.name))


@pytest.fixture(scope="session")
def index(aleppo: Gazetteer) -> PlaceIndex:
    """All its names, indexed."""
    return PlaceIndex(aleppo)
