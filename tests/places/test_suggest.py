"""Autocomplete offers what begins as typed, from the first letter on."""

from __future__ import annotations

import pytest

from bot.places.gazetteer import Gazetteer
from bot.places.letters import ARTICLES
from bot.places.lookup import PlaceIndex
from bot.places.names import fold


def _ids(index: PlaceIndex, prefix: str, limit: int = 25) -> list[str]:
    return [place.id for place in index.suggest(prefix, limit)]


def test_every_beginning_of_a_name_leads_to_it(index: PlaceIndex, aleppo: Gazetteer) -> None:
    for place in aleppo:
        for spelling in place.spellings:
            for end in range(4, len(spelling) + 1):
                typed = spelling[:end]
                if fold(typed) not in ARTICLES and "(" not in typed:
                    assert place.id in _ids(index, typed, limit=100), typed
            assert place.id in _ids(index, spelling)[:2]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("shaa", "shaar"),
        ("Sheikh S", "sheikh-saeed"),
        ("sheik s", "sheikh-saeed"),
        ("shaykh sai", "sheikh-saeed"),
        ("SHEIKH-SA", "sheikh-saeed"),
        ("الشيخ س", "sheikh-saeed"),
        ("شيخ سع", "sheikh-saeed"),
        ("al-shaar", "shaar"),
        ("ash-s", "sabil"),
        ("karm al", "karm-al-bek"),
        ("karm ad-d", "karm-ad-dada"),
        ("hanano", "masaken-hanano"),
        ("halab", "aleppo"),
        ("alep", "aleppo"),
        ("saeed", "sheikh-saeed"),
        ("bab al-n", "bab-al-nayrab"),
        ("sakuor", "sakhour"),
    ],
)
def test_the_likeliest_comes_first(index: PlaceIndex, typed: str, first: str) -> None:
    assert _ids(index, typed)[0] == first


def test_displayed_names_come_before_aliases_and_later_words(index: PlaceIndex, aleppo: Gazetteer) -> None:
    offered = [place.name for place in index.suggest("bab")]
    own = [name for name in offered if name.startswith("Bab")]
    assert offered[: len(own)] == own == sorted(own, key=fold)
    assert "Tariq al-Bab" in offered[len(own) :]


def test_no_place_twice_and_no_more_than_asked(index: PlaceIndex) -> None:
    for prefix in ("", "s", "sh", "al", "ال", "الش", "b", "karm"):
        for limit in (1, 5, 25):
            offered = _ids(index, prefix, limit)
            assert len(offered) == len(set(offered)) <= limit
            assert offered == _ids(index, prefix)[:limit]
    assert index.suggest("shaar", 0) == ()
    assert len(index.suggest("")) == 25
    assert len(index.suggest("ال")) == 25


def test_nothing_like_it_offers_nothing(index: PlaceIndex) -> None:
    assert index.suggest("xyzzy") == ()
    assert index.suggest("Shaar" * 30) == ()
