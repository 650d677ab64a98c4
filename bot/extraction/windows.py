"""When: the words of time in a sentence, and the days they mean, counted from the report's date."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from bot.extraction.calendar_words import MONTHS, UNITS, WEEKDAYS, month_last, number_of, previous_weekday
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


_WD = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_MON = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_YEAR = r"(?:19|20)\d\d"
_DAY = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
_DATE = rf"(?:{_DAY}\s+(?:of\s+)?{_MON}\.?(?:,?\s+{_YEAR})?|{_MON}\.?\s+{_DAY}(?!\d)(?:,?\s+{_YEAR})?)"
_PART = r"(?:early|late|mid|the\s+(?:start|end|beginning|middle)\s+of)[\s-]*"
_MOMENT = (
    rf"(?:{_DATE}|(?:{_PART})?{_MON}\b(?:\s+{_YEAR})?|(?:{_PART})?{_YEAR}\b"
    rf"|(?:last\s+)?{_WD}(?:\s+(?:morning|afternoon|evening|night))?"
    r"|last\s+(?:week|month|year|night|weekend|summer|winter|spring|autumn)|the\s+weekend|yesterday|then"
    r"|(?:the\s+)?(?:start|beginning)\s+of\s+(?:the|this)\s+(?:year|month|week))"
)
_NUM = r"(?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|twelve|several|few|couple\s+of)"
_UNIT = r"(?:hours?|days?|weeks?|months?|years?|decades?)"
_PATTERNS: tuple[tuple[str, str], ...] = (
    (
        "same_period",
        r"(?:(?:in|over|during)\s+(?:the\s+same|that)\s+(?:period|time)|on\s+the\s+same\s+day|(?:that\s+)?same\s+day|that\s+day|at\s+the\s+same\s+time)",
    ),
    ("since", rf"since\s+(?:{_PART})?{_MOMENT}"),
    ("since_event", rf"since\s+[^.;:]{{3,110}}?\b(?:on|in|of|last)\s+{_MOMENT}"),
    ("between", rf"(?:between|from)\s+{_MOMENT}\s+(?:and|to|until|till)\s+{_MOMENT}"),
    (
        "last_n",
        rf"(?:(?:over|in|during|within|for|through)\s+)?the\s+(?:past|last|previous)\s+(?:(?P<n>{_NUM})[\s-]+)?(?P<unit>{_UNIT})",
    ),
    ("ago", rf"(?P<n2>{_NUM}|a)\s+(?P<unit2>days?|weeks?|months?|years?)\s+(?:ago|earlier|before)"),
    (
        "since_start",
        r"since\s+(?:[^.,;:]{3,70}?\b(?:began|begun|started|erupted|broke\s+out|resumed|escalated|flared|collapsed)"
        r"|the\s+(?:start|outbreak|beginning|onset)\s+of\s+(?:the\s+)?[\w-]+(?:\s+(?:war|conflict|offensive|fighting))?"
        r"|then\b)",
    ),
    (
        "war_began",
        rf"(?:war|conflict|fighting|insurgency|uprising|offensive|invasion|violence|operation)\s+(?:that|which)\s+(?:began|started|erupted|broke\s+out|flared(?:\s+up)?)"
        rf"\s+(?:on|in|last)\s+{_MOMENT}",
    ),
    ("event_year", rf"the\s+{_YEAR}(?=\s+[a-z])"),
    ("as_of", rf"as\s+(?:of|at)\s+{_MOMENT}"),
    (
        "in_n",
        rf"(?:in|over|within|during)\s+(?:(?:just|only|about|around|nearly|barely|the|less\s+than|more\s+than|space\s+of)\s+)*(?:{_NUM}|an?)\s+{_UNIT}",
    ),
    (
        "holiday",
        r"(?:(?:on|over|at|during|since)\s+)?(?:christmas|easter|new\s+year['’]s|eid)(?:\s+(?:day|eve|sunday|monday|weekend|al-\w+))?",
    ),
    ("dawn", r"(?:before|at|after|around)\s+(?:dawn|daybreak|dusk|midnight|noon|midday|nightfall|sunrise|sunset)"),
    ("day_of_month", r"on\s+the\s+(?P<day>[12]?\d|3[01])(?:st|nd|rd|th)"),
    ("that_day", r"that\s+(?:night|morning|afternoon|evening|weekend|week)"),
    ("recent", r"in\s+recent\s+(?:hours|days|weeks|months|years)"),
    (
        "part_of_year",
        rf"in\s+the\s+first\s+(?:half|quarter|(?P<n4>{_NUM})\s+months)\s+of\s+(?:{_YEAR}|(?:the|this)\s+year)",
    ),
    (
        "war_years",
        rf"(?P<n3>{_NUM}|eleven|\d+)(?:-|\s)year(?:-|\s)(?:old\s+|long\s+)?(?:civil\s+)?(?:war|conflict|insurgency|uprising|siege|rebellion)",
    ),
    (
        "weekdays",
        rf"(?:on\s+|late\s+|early\s+|last\s+|this\s+|next\s+)*{_WD}(?:\s+and\s+{_WD})(?:\s+(?:morning|afternoon|evening|night))?",
    ),
    ("date", rf"(?:on\s+(?:the\s+(?:night|morning|evening|afternoon)\s+of\s+)?)?(?:{_WD},?\s+)?{_DATE}"),
    (
        "weekday",
        rf"(?:(?:on|late|early)\s+)*(?:(?:last|this|next)\s+)?{_WD}(?:\s+(?:morning|afternoon|evening|night))?(?:\s+alone)?",
    ),
    ("month", rf"(?:in|during|by|until|through|throughout)\s+(?:{_PART})?{_MON}\b(?:\s+{_YEAR})?"),
    ("year", rf"(?:in|during|by|until|through|throughout)\s+(?:{_PART})?{_YEAR}\b"),
    (
        "this",
        r"(?:so\s+far\s+|earlier\s+|later\s+)?this\s+(?:year|month|week|morning|afternoon|evening|weekend)(?:\s+so\s+far)?",
    ),
    ("last", r"(?:earlier\s+|late\s+)?last\s+(?:week|month|year|night|weekend|summer|winter|spring|autumn)"),
    ("overnight", r"overnight"),
    ("today", r"(?:earlier\s+)?today\b"),
    ("yesterday", r"yesterday(?:\s+(?:morning|afternoon|evening))?"),
    ("weekend", r"(?:(?:at|over|during)\s+the|after\s+a)\s+weekend"),
    ("so_far", r"so\s+far\b"),
    ("now", r"(?:currently|now|at\s+present|presently)"),
)
_ALL = re.compile(
    r"\b(?:" + "|".join(f"(?P<{name}>{pattern})" for name, pattern in _PATTERNS) + r")(?![\w-])", re.IGNORECASE
)
# A cheap look before the dear one: without one of these letters runs no pattern above can match.
_HINT = re.compile(
    r"christmas|easter|\beid\b|dawn|dusk|midn|noon|sunri|sunset|\d(?:st|nd|rd|th)\b|evening|hours|as\s+(?:of|at)|first\s+(?:half|quarter)|day|since|past|last|previous|recent|year|month|week|night|today|so\s+far|same|that\s+time|ago|earlier|current|present|\bnow\b|"
    r"\b(?:19|20)\d\d|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec",
    re.IGNORECASE,
)


_HINT_REACH = 40  # characters between the beginning of words of time and their hint


def _matches(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """The matches of all patterns, left to right. Only what stands close before a hint is tried."""
    while (hint := _HINT.search(text, start, end)) is not None:
        match = _ALL.search(text, max(start, hint.start() - _HINT_REACH), end)
        if match is None:
            return
        yield match
        start = match.end()


def times(text: str, start: int, end: int, report_date: date | None) -> list[TimeMention]:
    """The words of time in text[start:end]."""
    found = []
    for match in _matches(text, start, end):
        rule = (
            match.lastgroup
            if match.lastgroup in _RULES
            else next(n for n, _ in _PATTERNS if match.group(n) is not None)
        )
        words = match.group()
        if rule in ("month", "date") and re.search(r"\b(?:may|march)\b", words) and not re.search(r"\d", words):
            continue
        window, cumulative = None, rule in _RUNNING
        if report_date is not None or rule in (
            "year",
            "event_year",
            "between",
            "since",
            "since_event",
            "war_began",
            "date",
        ):
            try:
                window = _RULES[rule](match, report_date)
            except (ValueError, OverflowError):
                window = None
        found.append(TimeMention(match.start(), match.end(), words, rule, window, cumulative))
    return found


def _moment(words: str, today: date | None, *, past: bool = True) -> Moment | None:
    """The moment that a piece of time words means."""
    low = words.lower()
    year_match = re.search(_YEAR, low)
    about = bool(re.search(r"\b(?:early|late|mid|middle|start|beginning|end)\b", low))
    month_match = re.search(rf"\b{_MON}\b", low)
    if month_match is not None:
        month = MONTHS[month_match.group()[:3]]
        day_match = re.search(
            r"(?<!\d)(3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?!\d)",
            low.replace(year_match.group() if year_match else "\0", ""),
        )
        if year_match is not None:
            year = int(year_match.group())
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
        return Moment(date(int(year_match.group()), 1, 1), Precision.YEAR, about)
    if today is None:
        return None
    weekday = re.search(_WD, low)
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


def _today(today: date | None) -> Moment | None:
    return Moment(today) if today is not None else None


def _window(start: Moment | None, end: Moment | None) -> Window | None:
    return Window(start, end) if start is not None or end is not None else None


def _since(match: re.Match[str], today: date | None) -> Window | None:
    words = match.group()
    if match.lastgroup == "since_event" or match.group("since_event"):
        tail = re.search(rf"\b(?:on|in|of|last)\s+({_MOMENT})$", words, re.IGNORECASE)
        words = tail[1] if tail else words
    start = _moment(words, today)
    return _window(start, _today(today)) if start is not None else None


def _between(match: re.Match[str], today: date | None) -> Window | None:
    parts = re.split(r"\s+(?:and|to|until|till)\s+", match.group(), maxsplit=1)
    end = _moment(parts[1], today)
    start = _moment(parts[0], end.last if end is not None else today)
    return _window(start, end)


def _single(match: re.Match[str], today: date | None) -> Window | None:
    words = match.group()
    if match.group("weekdays"):
        first, last = re.findall(_WD, words.lower())[:2]
        start = _moment(("last " if "last" in words.lower() else "") + first, today)
        if start is None:
            return None
        gap = (WEEKDAYS.index(last) - WEEKDAYS.index(first)) % 7
        return Window(start, Moment(start.first + timedelta(days=gap)))
    moment = _moment(words, today)
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


def _ago(match: re.Match[str], today: date | None) -> Window | None:
    count = number_of(match.group("n2"))
    if today is None or count is None:
        return None
    unit = match.group("unit2").lower().rstrip("s")
    moment = Moment(today - timedelta(days=round(UNITS[unit] * count)), approximate=unit != "day")
    return Window(moment, moment)


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
    moment = _moment(words, today)
    if moment is None:
        return None
    if "week" in words and "weekend" not in words:
        return Window(moment, Moment(moment.first + timedelta(days=6)))
    if "month" in words:
        return Window(Moment(moment.first), Moment(month_last(moment.first)))
    return Window(moment, moment)


def _overnight(match: re.Match[str], today: date | None) -> Window | None:
    return Window(Moment(today - timedelta(days=1)), Moment(today)) if today is not None else None


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
    words = re.split(r"\s(?:on|in|last)\s", match.group(), maxsplit=1, flags=re.IGNORECASE)[1]
    start = _moment(words, today)
    return _window(start, _today(today)) if start is not None else None


def _as_of(match: re.Match[str], today: date | None) -> Window | None:
    moment = _moment(match.group(), today)
    return _window(None, moment)


def _part_of_year(match: re.Match[str], today: date | None) -> Window | None:
    words = match.group().lower()
    year_match = re.search(_YEAR, words)
    if year_match is None and today is None:
        return None
    year = int(year_match.group()) if year_match is not None else today.year if today is not None else 0
    months = 6 if "half" in words else 3 if "quarter" in words else number_of(match.group("n4"))
    if months is None or not 1 <= months <= 12:
        return None
    return Window(Moment(date(year, 1, 1)), Moment(month_last(date(year, round(months), 1))))


_ABSOLUTE = frozenset(("year", "event_year", "between", "since", "since_event", "war_began", "date"))
_RUNNING = frozenset(("since", "since_event", "since_start", "war_years", "so_far", "as_of", "war_began"))
_RULES = {
    "since_start": _until_today,
    "as_of": _as_of,
    "war_began": _war_began,
    "event_year": _single,
    "in_n": _none,
    "holiday": _none,
    "that_day": _none,
    "dawn": _none,
    "day_of_month": _day_of_month,
    "part_of_year": _part_of_year,
    "same_period": _none,
    "since": _since,
    "since_event": _since,
    "between": _between,
    "last_n": _last_n,
    "ago": _ago,
    "recent": _until_today,
    "war_years": _war_years,
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
