"""One moment from the words for it: "3 May", "mid-March", "last Tuesday", "a week ago"."""

import re
from datetime import date, timedelta

from bot.extraction.calendar_words import MONTHS, UNITS, WEEKDAYS, number_of, previous_weekday
from bot.extraction.time_patterns import MONTH, WEEKDAY, YEAR
from bot.facts.window import Moment, Precision


def moment_of(words: str, today: date | None, *, past: bool = True) -> Moment | None:
    """The moment that a piece of time words means."""
    low = words.lower()
    year_match = re.search(YEAR, low)
    about = bool(re.search(r"\b(?:early|late|mid|middle|start|beginning|end)\b", low))
    month_match = re.search(rf"\b{MONTH}\b", low)
    if month_match is not None:
        month = MONTHS[month_match.group()[:3]]
        day_match = re.search(
            r"(?<!\d)(3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?!\d)",
            low.replace(year_match.group() if year_match else "\0", ""),
        )
        if year_match is not None:
            year = int(year_match.group())
        elif today is not None and "last year" in low:
            year = today.year - 1
        elif today is not None:
            year = (
                today.year
                if (month, int(day_match[1]) if day_match else 1) <= (today.month, today.day)
                else today.year - 1
            )
        else:
            return None
        if day_match is not None:
            return Moment(date(year, month, int(day_match[1])))
        if about:
            day = 1 if re.search(r"early|start|beginning", low) else 25 if re.search(r"late|end", low) else 15
            return Moment(date(year, month, day), Precision.DAY, True)
        return Moment(date(year, month, 1), Precision.MONTH)
    if year_match is not None:
        if re.search(r"\bmid", low):
            return Moment(date(int(year_match.group()), 7, 1), Precision.MONTH, True)
        return Moment(date(int(year_match.group()), 1, 1), Precision.YEAR, about)
    if today is None:
        return None
    weekday = re.search(WEEKDAY, low)
    if weekday is not None:
        return Moment(previous_weekday(today, WEEKDAYS.index(weekday.group()), strictly="last " in low))
    if "yesterday" in low or "night" in low:
        return Moment(today - timedelta(days=1))
    if "weekend" in low:
        return Moment(previous_weekday(today, 5, strictly=False))
    if "week" in low:
        return Moment(today - timedelta(days=today.weekday() + (7 if "last" in low else 0)))
    if "month" in low:
        first = today.replace(day=1)
        return Moment((first - timedelta(days=1)).replace(day=1) if "last" in low else first, Precision.MONTH)
    if "year" in low:
        return Moment(date(today.year - (1 if "last" in low else 0), 1, 1), Precision.YEAR)
    return None


def moment_ago(words: str, today: date | None) -> Moment | None:
    """ "a week ago"."""
    number, unit, _ = words.rsplit(None, 2)
    count = number_of(number)
    if today is None or count is None:
        return None
    unit = unit.rstrip("s")
    return Moment(today - timedelta(days=round(UNITS[unit] * count)), approximate=unit != "day")


def year_of(words: str) -> str:
    year = re.search(YEAR, words)
    return year.group() if year is not None else ""
