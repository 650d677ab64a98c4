"""Times of the day as people type them."""

import re
from datetime import time

from bot.subscriptions.typed import plain

__all__ = ["TIME", "parse_time"]

TIME = r"(?:[0-9][0-9:.h]*(?: ?[ap]\.?m\.?)?|noon|midnight)"
"""A pattern that finds what is meant as one; `parse_time` says whether it is one."""
_PARTS = re.compile(r"([0-9]{1,2})(?:[:.h]([0-9]{2}))?(?: ?([ap])\.?m\.?)?")
_WORDS = {"noon": time(12), "midnight": time(0)}


def parse_time(text: str) -> time | None:
    """`08:00`, `8`, `8.30`, `8:30 pm`, `noon`; None for what is no time of the day."""
    words = plain(text)
    if words in _WORDS:
        return _WORDS[words]
    found = _PARTS.fullmatch(words)
    if found is None:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if half is not None:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None
