"""When: the words of time in a sentence, and the days they mean, counted from the report's date."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from bot.extraction.calendar_words import UNITS, WEEKDAYS, month_last, number_of, previous_weekday
from bot.extraction.moments import moment_ago, moment_of, year_of
from bot.extraction.time_patterns import ALL, HINT, MOMENT, MONTH, PATTERNS, WEEKDAY, YEAR
from bot.facts.window import Moment, Precision, Window


@dataclass(frozen=True, slots=True)
class TimeMention:
    """Words of time at characters [start, end) and what they mean; `window` is None without the report's date or where
    the words cannot be counted."""

    start: int
    end: int
    words: str
    rule: str
    window: Window | None
    cumulative: bool = False


_HINT_REACH = 40  # characters between the beginning of words of time and their hint


def _small(words: str) -> str:
    """The words in small letters, of the same length (a capital İ has a longer small letter)."""
    small = words.lower()
    return small if len(small) == len(words) else "".join(c.lower() if len(c.lower()) == 1 else c for c in words)


def _matches(small: str) -> Iterator[re.Match[str]]:
    """The matches of all patterns, left to right. Only what stands close before a hint is tried."""
    start = 0
    while (hint := HINT.search(small, start)) is not None:
        match = ALL.search(small, max(start, hint.start() - _HINT_REACH))
        if match is None:
            return
        yield match
        start = match.end()


def times(text: str, start: int, end: int, report_date: date | None) -> list[TimeMention]:
    """The words of time in text[start:end]."""
    found = []
    for match in _matches(_small(text[start:end])):
        rule = (
            match.lastgroup if match.lastgroup in _RULES else next(n for n, _ in PATTERNS if match.group(n) is not None)
        )
        words = text[start + match.start() : start + match.end()]
        if rule in ("month", "date") and re.search(r"\b(?:may|march)\b", words) and not re.search(r"\d", words):
            continue
        window, cumulative = None, rule in _RUNNING
        if report_date is not None or rule in _ABSOLUTE:
            try:
                window = _RULES[rule](match, report_date)
            except (ValueError, OverflowError):
                window = None
        found.append(TimeMention(start + match.start(), start + match.end(), words, rule, window, cumulative))
    return found


def _today(today: date | None) -> Moment | None:
    return Moment(today) if today is not None else None


def _window(start: Moment | None, end: Moment | None) -> Window | None:
    return Window(start, end) if start is not None or end is not None else None


def _since(match: re.Match[str], today: date | None) -> Window | None:
    words = match.group()
    if match.group("since_ago") is not None:
        since = moment_ago(match.group("since_ago"), today)
        return _window(since, _today(today)) if since is not None else None
    if match.lastgroup == "since_event" or match.group("since_event"):
        tail = re.search(rf"\b(?:on|in|of|last)\s+({MOMENT})$", words, re.IGNORECASE)
        words = tail[1] if tail else words
    start = moment_of(words, today)
    return _window(start, _today(today)) if start is not None else None


def _between(match: re.Match[str], today: date | None) -> Window | None:
    parts = re.split(r"\s+(?:and|to|until|till)\s+", match.group(), maxsplit=1)
    end = moment_of(parts[1], today)
    start = moment_of(parts[0], end.last if end is not None else today)
    return _window(start, end)


def _single(match: re.Match[str], today: date | None) -> Window | None:
    words = match.group()
    if match.group("weekdays"):
        first, last = re.findall(WEEKDAY, words.lower())[:2]
        start = moment_of(("last " if "last" in words.lower() else "") + first, today)
        if start is None:
            return None
        gap = (WEEKDAYS.index(last) - WEEKDAYS.index(first)) % 7
        return Window(start, Moment(start.first + timedelta(days=gap)))
    moment = moment_of(words, today)
    if moment is None:
        return None
    return Window(moment, moment)


def _last_n(match: re.Match[str], today: date | None) -> Window | None:
    if today is None:
        return None
    unit = match.group("unit").lower().rstrip("s")
    count = number_of(match.group("n"))
    if count is None:
        return Window(None, Moment(today))
    days = UNITS[unit] * count
    return Window(
        Moment(today - timedelta(days=max(1, round(days))), approximate=unit in ("month", "year")), Moment(today)
    )


def _day_range(match: re.Match[str], today: date | None) -> Window | None:
    """ "between 18 and 24 June", "June 12-25": days of one month."""
    words = match.group().lower()
    month = re.search(rf"\b{MONTH}\b", words)
    days = [int(day) for day in re.findall(r"(?<!\d)(\d{1,2})(?:st|nd|rd|th)?(?!\d)", words)]
    if month is None or len(days) != 2 or days[0] > days[1]:
        return None
    end = moment_of(f"{days[1]} {words[month.start() : month.end()]} {year_of(words)}", today)
    return Window(Moment(end.first.replace(day=days[0])), end) if end is not None else None


def _months(match: re.Match[str], today: date | None) -> Window | None:
    """ "in May and June": from the first day of the one to the last of the other, or to the report."""
    words = match.group().lower()
    names = re.findall(rf"\b{MONTH}\b", words)
    end = moment_of(f"{names[1]} {year_of(words)}", today)
    if end is None:
        return None
    start = moment_of(f"{names[0]} {year_of(words)}", end.last)
    return Window(start, Moment(today) if today is not None and end.first <= today <= end.last else end)


def _years(match: re.Match[str], today: date | None) -> Window | None:
    """ "in 1988-94", "between 1992 and 1995"."""
    first, last = int(match.group("y1")), match.group("y2")
    end = int(last) if len(last) > 2 else first - first % 100 + int(last)
    return Window(Moment(date(first, 1, 1), Precision.YEAR), Moment(date(end, 1, 1), Precision.YEAR))


def _ago(match: re.Match[str], today: date | None) -> Window | None:
    count = number_of(match.group("n2"))
    if today is None or count is None:
        return None
    unit = match.group("unit2").lower().rstrip("s")
    moment = Moment(today - timedelta(days=round(UNITS[unit] * count)), approximate=unit != "day")
    return Window(moment, moment)


def _n_of_fighting(match: re.Match[str], today: date | None) -> Window | None:
    """ "in two weeks of fighting": up to the report."""
    count = number_of(match.group("n5"))
    if today is None or count is None:
        return None
    unit = match.group("unit5").rstrip("s")
    return Window(Moment(today - timedelta(days=round(UNITS[unit] * count)), approximate=True), Moment(today))


def _war_years(match: re.Match[str], today: date | None) -> Window | None:
    count = number_of(match.group("n3"))
    if today is None or count is None:
        return None
    return Window(Moment(date(today.year - count, 1, 1), Precision.YEAR, True), Moment(today))


def _this(match: re.Match[str], today: date | None) -> Window | None:
    if today is None:
        return None
    words = match.group().lower()
    if "year" in words:
        start = date(today.year, 1, 1)
    elif "month" in words:
        start = today.replace(day=1)
    elif "week" in words:
        start = (
            today - timedelta(days=today.weekday())
            if "weekend" not in words
            else previous_weekday(today, 5, strictly=False)
        )
    else:
        start = today
    return Window(Moment(start), Moment(today))


def _last(match: re.Match[str], today: date | None) -> Window | None:
    if today is None:
        return None
    words = match.group().lower()
    moment = moment_of(words, today)
    if moment is None:
        return None
    if "week" in words and "weekend" not in words:
        return Window(moment, Moment(moment.first + timedelta(days=6)))
    if "month" in words:
        return Window(Moment(moment.first), Moment(month_last(moment.first)))
    return Window(moment, moment)


def _overnight(match: re.Match[str], today: date | None) -> Window | None:
    return Window(Moment(today - timedelta(days=1)), Moment(today)) if today is not None else None


def _in_n(match: re.Match[str], today: date | None) -> Window | None:
    """ "in 24 hours", "in two days": the last ones."""
    count, unit = number_of(match.group("n6")), match.group("unit6").rstrip("s")
    if today is None or count is None or unit not in UNITS:
        return None
    return Window(Moment(today - timedelta(days=max(1, round(UNITS[unit] * count)))), Moment(today))


def _on_today(match: re.Match[str], today: date | None) -> Window | None:
    return Window(Moment(today), Moment(today)) if today is not None else None


def _yesterday(match: re.Match[str], today: date | None) -> Window | None:
    return Window(Moment(today - timedelta(days=1)), Moment(today - timedelta(days=1))) if today is not None else None


def _weekend(match: re.Match[str], today: date | None) -> Window | None:
    if today is None:
        return None
    saturday = previous_weekday(today, 5, strictly=False)
    return Window(Moment(saturday), Moment(min(today, saturday + timedelta(days=1))))


def _until_today(match: re.Match[str], today: date | None) -> Window | None:
    return Window(None, Moment(today)) if today is not None else None


def _none(match: re.Match[str], today: date | None) -> Window | None:
    return None


def _day_of_month(match: re.Match[str], today: date | None) -> Window | None:
    """ "on the 18th": of the report's month, or of the month before where that day is still to come."""
    if today is None:
        return None
    day = int(match.group("day"))
    month = today if day <= today.day else today.replace(day=1) - timedelta(days=1)
    moment = Moment(month.replace(day=day))
    return Window(moment, moment)


def _war_began(match: re.Match[str], today: date | None) -> Window | None:
    tail = re.search(rf"{MOMENT}$", match.group(), re.IGNORECASE)
    start = moment_of(tail.group(), today) if tail is not None else None
    return _window(start, _today(today)) if start is not None else None


def _as_of(match: re.Match[str], today: date | None) -> Window | None:
    moment = moment_of(match.group(), today)
    return _window(None, moment)


def _part_of_year(match: re.Match[str], today: date | None) -> Window | None:
    words = match.group().lower()
    year_match = re.search(YEAR, words)
    if year_match is None and today is None:
        return None
    year = int(year_match.group()) if year_match is not None else today.year if today is not None else 0
    months = 6 if "half" in words else 3 if "quarter" in words else number_of(match.group("n4"))
    if months is None or not 1 <= months <= 12:
        return None
    return Window(Moment(date(year, 1, 1)), Moment(month_last(date(year, round(months), 1))))


_ABSOLUTE = frozenset(
    ("year", "event_year", "between", "since", "since_event", "war_began", "date", "day_range", "months", "years")
)
_RUNNING = frozenset(("since", "since_event", "since_start", "war_years", "so_far", "as_of", "war_began"))
_RULES = {
    "since_start": _until_today,
    "as_of": _as_of,
    "war_began": _war_began,
    "event_year": _single,
    "in_n": _in_n,
    "day_before": _yesterday,
    "day_after": _none,
    "day_since": _none,
    "holiday": _none,
    "that_day": _none,
    "soon": _none,
    "dawn": _none,
    "day_of_month": _day_of_month,
    "part_of_year": _part_of_year,
    "same_period": _none,
    "since": _since,
    "since_event": _since,
    "between": _between,
    "day_range": _day_range,
    "months": _months,
    "years": _years,
    "last_n": _last_n,
    "ago": _ago,
    "recent": _until_today,
    "war_years": _war_years,
    "n_of_fighting": _n_of_fighting,
    "weekdays": _single,
    "date": _single,
    "weekday": _single,
    "month": _single,
    "year": _single,
    "this": _this,
    "last": _last,
    "overnight": _overnight,
    "today": _on_today,
    "yesterday": _yesterday,
    "weekend": _weekend,
    "so_far": _until_today,
    "now": _on_today,
}
