"""Time zones to choose from while somebody types: by city, country, region, old name, or the offset of the day."""

from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from bot.subscriptions.local_time import offset_at
from bot.subscriptions.zone import zone_named
from bot.subscriptions.zone_names import UTC_NAME, ZonePlace, fold, zone_names
from bot.subscriptions.zone_search import as_offset, close_names, named_at_offset, named_by_letters, offset_words

__all__ = ["MOST", "ZoneChoice", "suggest_zones"]

MOST = 25
"""Discord's limit of choices."""
_LABEL = 100
_FIRST_OFFERED = (
    *(UTC_NAME, "Europe/London", "Europe/Paris", "Europe/Berlin", "Europe/Stockholm", "Europe/Athens"),
    *("Europe/Istanbul", "Asia/Damascus", "Asia/Beirut", "Asia/Amman", "Asia/Baghdad", "Africa/Cairo", "Asia/Riyadh"),
    *("Europe/Kyiv", "Europe/Moscow", "Asia/Dubai", "Asia/Tehran", "Asia/Kolkata", "Asia/Tokyo", "Australia/Sydney"),
    *("America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles", "America/Sao_Paulo"),
)
"""Before anything is typed."""


class ZoneChoice(NamedTuple):
    """One line of the list.

    Attributes:
        name: the IANA name, the value to store.
        label: the name with its country and its offset now, at most 100 characters.
    """

    name: str
    label: str


def suggest_zones(typed: str, now: datetime, limit: int = MOST) -> list[ZoneChoice]:
    """Up to `limit` zones whose city, country, region or old name begins as typed, best first; then those that have
    it within; names about like it when there are none. Old names never show, only what they stand for.

    Args:
        typed: anything, also nothing, or an offset such as `UTC+3`.
        now: aware; decides the offsets.
    """
    names = islice(dict.fromkeys(_names(typed, now)), limit)
    countries = _countries()
    return [ZoneChoice(name, _label(name, countries.get(name, ""), now)) for name in names]


def _names(typed: str, now: datetime) -> Iterator[str]:
    wanted = fold(typed)
    if not wanted:
        yield from _FIRST_OFFERED
        return
    offset = as_offset(typed)
    if offset is not None:
        yield from named_at_offset(offset, now)
        return
    ranked = sorted((rank, at) for at, row in enumerate(_rows()) if (rank := _rank(row, wanted)) is not None)
    if 3 <= len(wanted) <= 4 and not (ranked and ranked[0][0] == 0):
        yield from named_by_letters(typed, now)
    yield from (_rows()[at].name for _, at in ranked)
    if not ranked:
        yield from close_names(typed)


class _Row(NamedTuple):
    name: str
    keys: tuple[str, ...]
    """City, country, whole name, old names: in order of weight."""
    all_words: str


@lru_cache(maxsize=1)
def _rows() -> tuple[_Row, ...]:
    names = zone_names()
    old: dict[str, list[str]] = {}
    for other, target in names.others.items():
        old.setdefault(target, []).append(other)
    # Of equals, the ones that stand for a whole set of rules come first, then by city.
    places = sorted(names.places, key=lambda place: (place.name not in names.current, place.city))
    return tuple(_row(place, old.get(place.name, [])) for place in places)


def _row(place: ZonePlace, old: list[str]) -> _Row:
    keys = [place.city, place.country, place.name, *(name.rpartition("/")[2] for name in old), *old]
    folded = tuple(map(fold, keys))
    return _Row(place.name, folded, " ".join(folded).replace("/", " "))


def _rank(row: _Row, wanted: str) -> int | None:
    if wanted in row.keys:
        return 0
    for rank, key in enumerate(row.keys, 1):
        if key.startswith(wanted):
            return min(rank, 4)
    if f" {wanted}" in row.all_words:
        return 5
    return 6 if wanted in row.all_words else None


@lru_cache(maxsize=1)
def _countries() -> dict[str, str]:
    return {place.name: place.country for place in zone_names().places}


def _label(name: str, country: str, now: datetime) -> str:
    offset = offset_words(offset_at(zone_named(name), now))
    return " · ".join(part for part in dict.fromkeys((name, country, offset)) if part)[:_LABEL]
