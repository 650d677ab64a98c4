"""Windows as people type them: `15 Nov – 3 Dec 2016`, `since March 2011`, or the notation of the seed files.

What an answer prints in English can be typed back.
"""

import re
from datetime import date

from bot.corrections.errors import UnfitError
from bot.facts.window import Moment, Precision, Window, parse_moment, parse_window
from bot.i18n import _

EXAMPLES = "15 Nov 2016 to 3 Dec 2016 · since March 2011 · 3 Dec 2016 · unknown"
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
# Which day stands for a part of a month; each is shown as the part again.
_PARTS = {"early": 5, "mid": 15, "late": 25}
_UNKNOWN = ("unknown", "time not stated")
_DAYS = re.compile(r"(?:from |between )?(\d{1,2}) ?[–-] ?(\d{1,2} [a-z].+)")
_BETWEEN = re.compile(r"(?:from |between )?(.+?)(?: to | and | – | - | — )(.+)")
_MID_YEAR = re.compile(r"mid[ -](\d{4})")
_SINCE = re.compile(r"since (.+?)(?:,? (?:as of|until|up to|to) (.+))?")
_UNTIL = re.compile(r"(?:by|until|up to|before the end of) (.+)")
_MOMENT = re.compile(
    r"(?P<about>about |around |circa )?"
    r"(?:(?P<part>early|mid|late)[ -])?"
    r"(?:(?P<day>\d{1,2})(?:st|nd|rd|th)? )?(?P<name>[a-z]+)\.?(?: (?P<day_after>\d{1,2})(?:st|nd|rd|th)?)?"
    r"(?:,? (?P<year>\d{4}))?"
)


def read_window(text: str) -> Window:
    """The window that the whole of `text` means. A day or month without a year takes that of the other side.

    Raises:
        UnfitError: it is none.
    """
    plain = " ".join(text.lower().split()).removeprefix("on ")
    if plain in _UNKNOWN:
        return Window()
    try:
        return parse_window(plain)
    except ValueError:
        pass
    try:
        return _worded(plain)
    except ValueError as error:
        raise UnfitError(
            _("“{text}” is no time I can read: {why}.").format(text=text[:60], why=error), EXAMPLES
        ) from None


def _worded(text: str) -> Window:
    if since := _SINCE.fullmatch(text):
        end = _moment(since[2]) if since[2] else None
        return Window(_moment(since[1], end), end)
    if until := _UNTIL.fullmatch(text):
        return Window(None, _moment(until[1]))
    if between := _DAYS.fullmatch(text) or _BETWEEN.fullmatch(text):
        end = _moment(between[2])
        return Window(_moment(between[1], end), end)
    moment = _moment(text)
    return Window(moment, moment)


def _moment(text: str, later: Moment | None = None) -> Moment:
    """The moment in `text`, with the year, and for a bare number the month, of `later`."""
    if later is not None and text.isdigit() and len(text) <= 2:
        return Moment(date(later.first.year, later.first.month, int(text)))
    if mid := _MID_YEAR.fullmatch(text):
        return Moment(date(int(mid[1]), 6, 1), Precision.MONTH, approximate=True)
    match = _MOMENT.fullmatch(text)
    if match is None:
        return _noted(text)
    about, day, name = match["about"] is not None, match["day"] or match["day_after"], match["name"]
    if name not in _SEASONS:
        month = _month(name)
    if match["year"] is None and later is None:
        raise ValueError(_("it has no year"))
    year = int(match["year"]) if match["year"] else later.first.year if later is not None else 0
    if name in _SEASONS:
        if day is not None or match["part"] is not None:
            raise ValueError(_("a season has no days"))
        return Moment(date(year, _SEASONS[name], 1), Precision.SEASON, about)
    if match["part"] is not None:
        if day is not None:
            raise ValueError(_("either a day or a part of the month"))
        return Moment(date(year, month, _PARTS[match["part"]]), Precision.DAY, approximate=True)
    if day is None:
        return Moment(date(year, month, 1), Precision.MONTH, about)
    return Moment(date(year, month, int(day)), Precision.DAY, about)


def _noted(text: str) -> Moment:
    """A moment in the notation of the seed files, with "about" for its mark."""
    plain = text.removeprefix("about ")
    try:
        return parse_moment(plain if plain == text else f"{plain}~")
    except ValueError:
        raise ValueError(_("“{text}” is neither a day, a month nor a year").format(text=text[:40])) from None


def _month(name: str) -> int:
    for number, month in enumerate(_MONTHS, start=1):
        if name == month or name == month[:3] or (name == "sept" and number == 9):
            return number
    raise ValueError(_("“{name}” is no month").format(name=name))
