"""Names of months, weekdays and units of time, and a little arithmetic on days."""

from calendar import monthrange
from datetime import date, timedelta

MONTHS = {
    name: index
    for index, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1
    )
}
WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
# Days in a unit; months and years are about that long, and whoever uses them says so.
UNITS = {"hour": 1 / 24, "day": 1.0, "week": 7.0, "month": 30.4, "year": 365.25, "decade": 3652.5}
_NUMBERS = {
    word: value
    for value, word in enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], 1
    )
}


def number_of(words: str | None) -> int | None:
    """ "three" or "24" as a number; one where nothing is written ("the past week"); None for "several"."""
    if words is None:
        return 1
    small = words.strip().lower()
    if small.isdigit():
        return int(small)
    if small in ("a", "an"):
        return 1
    if small.startswith("couple"):
        return 2
    return _NUMBERS.get(small)


def previous_weekday(today: date, weekday: int, *, strictly: bool) -> date:
    """The last such weekday on or before `today` (0 is Monday); before it, when `strictly`."""
    back = (today.weekday() - weekday) % 7
    if strictly and back == 0:
        back = 7
    return today - timedelta(days=back)


def month_last(day: date) -> date:
    """The last day of the day's month."""
    return day.replace(day=monthrange(day.year, day.month)[1])
