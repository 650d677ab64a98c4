"""Cron lines: minute, hour, day of month, month, day of week, as crontab(5) of Vixie's cron has them.

Lists (`1,15`), ranges (`mon-fri`), steps (`*/2`, `8-20/4`, and `8/4` for 8 to the end), names of months and days,
Sunday as 0 or 7. Days: when neither day field begins with a star, either of them is enough; otherwise both must hold.
Not taken: seconds, `@daily`, and the signs L, W, # and ? of other programs.
"""

from collections.abc import Iterator
from datetime import time
from typing import NamedTuple

from bot.i18n import _
from bot.subscriptions.errors import RuleError
from bot.subscriptions.rule import EVERY_DAY, Cron, Hourly

__all__ = ["parse_cron"]

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_CRON_DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
_LONGEST = dict(zip(range(1, 13), (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31), strict=True))


class _Field(NamedTuple):
    title: str
    low: int
    high: int
    example: str
    names: dict[str, int]


def _fields() -> tuple[_Field, ...]:
    return (
        _Field(_("minute"), 0, 59, "30", {}),
        _Field(_("hour"), 0, 23, "8,20", {}),
        _Field(_("day of the month"), 1, 31, "1,15", {}),
        _Field(_("month"), 1, 12, "jan-jun", {name: number for number, name in enumerate(_MONTHS, 1)}),
        _Field(_("day of the week"), 0, 7, "mon-fri", {name: number for number, name in enumerate(_CRON_DAYS)}),
    )


def parse_cron(line: str) -> Cron | Hourly:
    """The rule that a cron line states. A line for every hour of every day is the hourly rule.

    Raises:
        RuleError: naming the field, the value and an example; also for a line that would come due oftener than once
            an hour (more than one minute), or never (31 February).
    """
    parts = line.lower().split()
    fields = _fields()
    if len(parts) != len(fields):
        raise RuleError(
            _(
                "A cron line has 5 fields, this has {count}: minute, hour, day of the month, month, day of the week."
            ).format(count=len(parts)),
            _("Write for example `0 8 * * mon-fri`."),
        )
    minutes, hours, days, months, cron_days = map(_values, fields, parts)
    if len(minutes) > 1:
        raise RuleError(
            _("Minute: `{value}` comes due more than once an hour; once an hour is the most a digest comes.").format(
                value=parts[0]
            ),
            _("Write one minute, for example `0 {rest}`.").format(rest=" ".join(parts[1:])),
        )
    if len(hours) == 24 and parts[2:] == ["*", "*", "*"]:
        return Hourly(*minutes)
    either = not (parts[2].startswith("*") or parts[4].startswith("*"))
    if not either and not any(min(days) <= _LONGEST[month] for month in months):
        raise RuleError(
            _("Day of the month: `{days}` is in none of the months `{months}`, so it never comes due.").format(
                days=parts[2], months=parts[3]
            ),
            _("Write for example `0 8 28 2 *`."),
        )
    (minute,) = minutes
    return Cron(
        line=" ".join(parts),
        times=tuple(time(hour, minute) for hour in sorted(hours)),
        days=days,
        months=months,
        weekdays=frozenset(EVERY_DAY[day - 1] for day in cron_days),  # cron's Sunday, 0 or 7, is Python's 6
        either=either,
    )


def _values(field: _Field, text: str) -> frozenset[int]:
    return frozenset(value for item in text.split(",") for value in _item(field, item, text))


def _item(field: _Field, item: str, text: str) -> Iterator[int]:
    span, slash, step_text = item.partition("/")
    step = _number(step_text) if slash else 1
    first, dash, last = span.partition("-")
    if span == "*":
        low, high = field.low, field.high
    else:
        low = _value(field, first, text)
        high = _value(field, last, text) if dash else field.high if slash else low
    if field.high == 7 and low > high == 0:
        high = 7  # fri-sun
    if low > high:
        raise _wrong(field, text, _("`{item}` runs backwards").format(item=item))
    if step is None or not 1 <= step <= field.high - field.low + 1:
        raise _wrong(field, text, _("`{item}` has no step it could take").format(item=item))
    yield from range(low, high + 1, step)


def _value(field: _Field, text: str, whole: str) -> int:
    number = field.names.get(text, _number(text))
    if number is None or not field.low <= number <= field.high:
        names = list(field.names)
        allowed = f"{field.low}–{field.high}" + (f", {names[0]}–{names[-1]}" if names else "")
        raise _wrong(field, whole, _("`{text}` is not one of {allowed}").format(text=text, allowed=allowed))
    return number


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else None


def _wrong(field: _Field, text: str, reason: str) -> RuleError:
    title = field.title[:1].upper() + field.title[1:]
    what = f"{title}: {reason}." if reason.startswith(f"`{text}`") else f"{title} `{text}`: {reason}."
    return RuleError(what, _("Write for example `{example}`.").format(example=field.example))
