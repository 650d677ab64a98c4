"""A moment as people write it: a day, which means its end, or a day and a time, in UTC."""

import re
from contextlib import suppress
from datetime import date, datetime, timedelta

from bot.answers.page import Page
from bot.answers.question import Question, as_known
from bot.errors import SitrepError
from bot.i18n import _

ECHO = 60
"""Characters of a reader's own words that are shown back."""
_FORMATS = ("%Y-%m-%d", "%d %b %Y", "%d %B %Y", "%b %d %Y", "%B %d %Y")
_TIME = re.compile(
    r"^(?P<day>.*?)(?:\s+|\s*[tT]\s*|^)(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)\s*(?:utc|z)?$", re.IGNORECASE
)
_ISO = re.compile(r"\d{4}-\d\d-\d\d$", re.ASCII)
_EARLIEST = date(1970, 1, 2)


def read_day(text: str | None) -> date | None:
    """A day as people write it: `2016-12-03`, `3 Dec 2016`, `December 3, 2016`.

    Raises:
        SitrepError: it is no day.
    """
    if text is None or not text.strip():
        return None
    day = _day(text)
    if day is None:
        raise SitrepError(
            _("“{text}” is not a day that I can read.").format(text=text[:ECHO]),
            _("Write it as 2016-12-03 or 3 Dec 2016."),
        )
    return day


def read_moment(text: str | None, now: datetime) -> int | None:
    """A moment that has passed, in seconds since the epoch: a day means its last second, today means now; `yesterday`
    and a time of today by itself are understood.

    Args:
        now: with its zone.

    Raises:
        SitrepError: it is no moment, or lies in the future.
    """
    if text is None or not text.strip():
        return None
    given = _TIME.match(text.strip())
    words = given["day"].strip(" ,") if given is not None else text
    day = _named(words, now.date()) or _day(words)
    if day is None:
        raise SitrepError(
            _("“{text}” is not a time that I can read.").format(text=text[:ECHO]),
            _("Write a day such as 2016-12-05 or yesterday, or a day and a time in UTC such as 2016-12-05 14:00."),
        )
    seconds = (max(day, _EARLIEST) - date(1970, 1, 1)).days * 86_400
    seconds += int(given["hour"]) * 3_600 + int(given["minute"]) * 60 if given is not None else 86_399
    present = int(now.timestamp())
    if seconds <= present:
        return seconds
    if given is None and day == now.date():
        return present
    raise SitrepError(
        _("“{text}” lies in the future; nobody knows yet what will be known then.").format(text=text[:ECHO]),
        _("Give a day or a time in UTC that has passed."),
    )


def at_time(found: Question | Page, at: int | None) -> Question | Page:
    """The question, or the page that asks which one was meant, as of a time; None for now."""
    if at is None:
        return found
    if isinstance(found, Question):
        return as_known(found, at)
    choices = (choice._replace(question=as_known(choice.question, at)) for choice in found.choices)
    return found._replace(choices=tuple(choices))


def _day(text: str) -> date | None:
    plain = " ".join(text.replace(",", " ").replace(".", " ").split())
    if _ISO.match(plain):
        # What a list or another program gives: forty times as fast to read as by trying the formats.
        with suppress(ValueError):
            return date.fromisoformat(plain)
    for form in _FORMATS:
        try:
            return datetime.strptime(plain, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None


def _named(words: str, today: date) -> date | None:
    plain = words.strip().casefold()
    if plain in {"", _("today").casefold(), "today", "now"}:
        return today
    return today - timedelta(days=1) if plain in {_("yesterday").casefold(), "yesterday"} else None
