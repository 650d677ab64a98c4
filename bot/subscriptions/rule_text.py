"""Rules from what people type: `daily 08:00`, `weekdays at 7:30`, `mon,thu 6 pm`, `every hour`, or a cron line."""

import re
from datetime import time

from bot.i18n import _
from bot.subscriptions.clock_words import TIME, parse_time
from bot.subscriptions.cron import parse_cron
from bot.subscriptions.errors import RuleError
from bot.subscriptions.rule import DAYS, EVERY_DAY, WEEKDAYS, WEEKEND, Hourly, Rule, Weekly
from bot.subscriptions.typed import plain, short

__all__ = ["EXAMPLES", "parse_rule"]

EXAMPLES = ("daily 08:00", "weekdays 07:30", "mon,thu 18:00", "hourly :15", "0 8 1,15 * *")
"""One of each kind."""

_HOURLY = re.compile(r"(?:hourly|(?:every|each) hour)(?: (?:at|on))?(?: (?:minute )?:?([0-9]{1,2})(?: past)?)?")
_EVERY_SO_MANY = re.compile(r"(?:every|each) ([0-9]+) ?(m|h)[a-z]*")
_DAYS_AND_TIME = re.compile(rf"(?P<days>.*?),?(?:\bat\b)? ?(?<![0-9:.])(?P<time>{TIME})")
_LEADING = re.compile(r"^(?:(?:every|each|weekly|on) )+")
_FULL = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_GROUPS = {
    **dict.fromkeys(("", "day", "days", "daily", "everyday"), EVERY_DAY),
    **dict.fromkeys(("weekday", "weekdays", "workday", "workdays", "working days"), WEEKDAYS),
    **dict.fromkeys(("weekend", "weekends"), WEEKEND),
}


def parse_rule(text: str) -> Rule:
    """The rule that `text` states. Inverse of `str(rule)`.

    Raises:
        RuleError: saying what is wrong with it, with an example.
    """
    words = plain(text)
    if _is_cron(words):
        return parse_cron(words.removeprefix("cron "))
    if found := _HOURLY.fullmatch(words):
        return Hourly(int(found[1] or 0))
    if found := _EVERY_SO_MANY.fullmatch(words):
        raise _too_often(int(found[1]), found[2])
    if found := _DAYS_AND_TIME.fullmatch(words):
        days = _days(found["days"], words)
        at = parse_time(found["time"])
        if at is None:
            raise RuleError(
                _("`{time}` is not a time of the day.").format(time=found["time"]),
                _("Write hours and minutes from 00:00 to 23:59, for example `daily 08:00`."),
            )
        if days is None:
            raise RuleError(
                _("A weekly digest needs its day."), _("Write for example `mon {at}`.").format(at=f"{at:%H:%M}")
            )
        return Weekly(days, at)
    if not words:
        raise RuleError(_("The schedule is empty."), _examples())
    days = _days(words, words)
    raise RuleError(
        _("`{text}` names no time of the day.").format(text=short(text)),
        _("Write for example `{example}`.").format(example=Weekly(days or (0,), time(8))),
    )


def _is_cron(words: str) -> bool:
    parts = words.split(" ")
    first_two_are_fields = len(parts) > 2 and all(re.fullmatch(r"[0-9*/,-]+", part) for part in parts[:2])
    return words.startswith("cron ") or first_two_are_fields or parts[0].startswith("*")


def _too_often(count: int, unit: str) -> RuleError:
    if unit == "m":
        return RuleError(_("Once an hour is the most a digest comes."), _("Write for example `hourly :15`."))
    return RuleError(
        _("A digest every {count} hours needs a cron line.").format(count=count),
        _("Write for example `0 */{count} * * *`.").format(count=min(max(count, 1), 23)),
    )


def _days(text: str, whole: str) -> tuple[int, ...] | None:
    """Days of the week in order; None for "weekly" without a day."""
    words = text.strip(" ,")
    if words == "weekly":
        return None
    words = _LEADING.sub("", f"{words} ", count=1).strip()
    if words in _GROUPS:
        return _GROUPS[words]
    if any(letter.isdigit() for letter in words):
        raise RuleError(
            _("`{text}` names more than one time of the day.").format(text=short(whole)),
            _("For several times a day write a cron line, for example `0 8,20 * * *`."),
        )
    listed = re.sub(r" ?(?:-|\bto\b|\bthrough\b) ?", "-", words)
    found: set[int] = set()
    for item in re.split(r"[,;&+ ]+|\band\b", listed):
        if item in _GROUPS:
            found |= {*_GROUPS[item]} if item else set()
        elif item != "and":
            first, dash, last = item.partition("-")
            start = _day(first, text)
            length = (_day(last, text) - start) % 7 if dash else 0
            found |= {(start + step) % 7 for step in range(length + 1)}
    return tuple(sorted(found))


def _day(word: str, text: str) -> int:
    for number, full in enumerate(_FULL):
        if len(word) > 1 and (full.startswith(word) or word in (f"{full}s", f"{DAYS[number]}s")):
            return number
    if word == text.strip(" ,"):
        what = _("`{text}` is no schedule.").format(text=short(text))
    else:
        what = _("`{word}` in `{text}` is no day of the week.").format(word=short(word), text=short(text.strip()))
    raise RuleError(what, _examples())


def _examples() -> str:
    return _("Write it like one of these: {examples}.").format(examples=", ".join(f"`{text}`" for text in EXAMPLES))
