"""Windows in words, as finely as the report gave them and no finer."""

from datetime import date

from bot.facts.window import Moment, Precision, Window
from bot.i18n import _, remembered


@remembered
def window_words(window: Window) -> str:
    """`15 Nov – 3 Dec 2016`, `2–3 Dec 2016`, `since March 2011, as of 3 Dec 2016`, `time not stated`."""
    start, end = window.start, window.end
    if start is None:
        return _("by {end}").format(end=moment_words(end)) if end is not None else _("time not stated")
    if start == end:
        return moment_words(start)
    if end is None:
        return _("since {start}").format(start=moment_words(start))
    if _exact(start) and _exact(end):
        return _span(start.first, end.first)
    return _("since {start}, as of {end}").format(start=moment_words(start), end=moment_words(end))


@remembered
def moment_words(moment: Moment) -> str:
    """`3 Dec 2016`, `mid-November 2016`, `March 2011`, `summer 2012`, `2015`."""
    day = moment.first
    if moment.precision is Precision.YEAR:
        words = str(day.year)
    elif moment.precision is Precision.SEASON:
        words = f"{_season(day.month)} {day.year}"
    elif moment.precision is Precision.MONTH and moment.approximate and day.month in (6, 7):
        return _("mid-{year}").format(year=day.year)
    elif moment.precision is Precision.MONTH:
        words = f"{_month(day.month)} {day.year}"
    elif moment.approximate:
        part = _("early {month}") if day.day <= 10 else _("mid-{month}") if day.day <= 20 else _("late {month}")
        return part.format(month=f"{_month(day.month)} {day.year}")
    else:
        return day_words(day)
    return _("about {moment}").format(moment=words) if moment.approximate else words


@remembered
def day_words(day: date) -> str:
    """`3 Dec 2016`."""
    return f"{day.day} {_short_month(day.month)} {day.year}"


def _exact(moment: Moment) -> bool:
    return moment.precision is Precision.DAY and not moment.approximate


def _span(start: date, end: date) -> str:
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{day_words(end)}"
    if start.year == end.year:
        return f"{start.day} {_short_month(start.month)} – {day_words(end)}"
    return f"{day_words(start)} – {day_words(end)}"


def _season(month: int) -> str:
    return {3: _("spring"), 6: _("summer"), 9: _("autumn"), 12: _("winter")}[month]


def _short_month(month: int) -> str:
    names = (_("Jan"), _("Feb"), _("Mar"), _("Apr"), _("May"), _("Jun"),
             _("Jul"), _("Aug"), _("Sep"), _("Oct"), _("Nov"), _("Dec"))  # fmt: skip
    return names[month - 1]


def _month(month: int) -> str:
    names = (_("January"), _("February"), _("March"), _("April"), _("May"), _("June"),
             _("July"), _("August"), _("September"), _("October"), _("November"), _("December"))  # fmt: skip
    return names[month - 1]
