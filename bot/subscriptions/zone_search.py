"""Which zones somebody may mean: by what is written, by the offset, or by the letters on the clock."""

import re
from datetime import datetime, timedelta
from difflib import get_close_matches
from functools import lru_cache

from bot.subscriptions.local_time import offset_at
from bot.subscriptions.typed import plain
from bot.subscriptions.zone import zone_named
from bot.subscriptions.zone_names import fold, zone_names

__all__ = ["NEAREST", "as_offset", "close_names", "exact_names", "named_at_offset", "named_by_letters", "offset_words"]

NEAREST = 5
"""Names proposed beside an error, at most."""
_OFFSET = re.compile(r"(?:utc|gmt)?([+-])([0-9]{1,2})(?::?([0-5][0-9]))?")


def exact_names(typed: str) -> tuple[str, ...]:
    """Names meant by a whole name in any case, present or old, by a city, or by a country."""
    return _meant().get(fold(typed), ())


def offset_words(offset: timedelta) -> str:
    """`UTC+1`, `UTC+5:45`, `UTC-3`, `UTC`."""
    minutes = round(offset / timedelta(minutes=1))
    hours, rest = divmod(abs(minutes), 60)
    return "UTC" if not minutes else f"UTC{'-' if minutes < 0 else '+'}{hours}" + (f":{rest:02}" if rest else "")


def as_offset(typed: str) -> timedelta | None:
    """The offset from UTC that `typed` states: `UTC+2`, `gmt +5:45`, `-03:00`; None if it states none."""
    found = _OFFSET.fullmatch(plain(typed).replace(" ", ""))
    if found is None:
        return None
    offset = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
    return -offset if found[1] == "-" else offset


def named_at_offset(offset: timedelta, now: datetime) -> tuple[str, ...]:
    """Names of zones that are so far ahead of UTC at `now`: well-known ones first, the rest alphabetically."""
    names = zone_names()
    order = dict.fromkeys((*names.current, *(place.name for place in names.places)))
    return tuple(name for name in order if offset_at(zone_named(name), now) == offset)


def named_by_letters(typed: str, now: datetime) -> tuple[str, ...]:
    """Well-known names of zones whose clocks are called so, now or half a year later: `EST`, `IST`."""
    letters = typed.strip().upper()
    moments = (now, now + timedelta(days=182))
    return tuple(
        name
        for name in zone_names().current
        if letters.isalpha() and letters in {moment.astimezone(zone_named(name)).tzname() for moment in moments}
    )


def close_names(typed: str) -> tuple[str, ...]:
    """Names whose city, country or whole is written about like `typed`, best first."""
    meant = _meant()
    near = get_close_matches(fold(typed)[:60], meant, n=NEAREST, cutoff=0.7)
    return tuple(dict.fromkeys(name for key in near for name in meant[key]))


@lru_cache(maxsize=1)
def _meant() -> dict[str, tuple[str, ...]]:
    """Names by everything that may be typed for them, folded; a whole name beats a city, a city a country."""
    names = zone_names()
    shown = [place.name for place in names.places]
    whole = {fold(name): (name,) for name in shown} | {fold(name): (name,) for name in names.others.values()}
    whole = {fold(name): (target,) for name, target in names.others.items()} | whole
    countries: dict[str, tuple[str, ...]] = {}
    for place in names.places[1:]:
        countries[fold(place.country)] = (*countries.get(fold(place.country), ()), place.name)
    cities = {fold(name.rpartition("/")[2]): (target,) for name, target in names.others.items() if "/" in name}
    cities |= {fold(place.city): (place.name,) for place in names.places}
    return countries | cities | whole
