"""How often a digest comes: every hour, at a time of chosen days of the week, or as a cron line says.

A rule speaks of local time and knows no zone; `slots.py` makes instants of it. `str(rule)` is the form that is stored,
and `parse_rule(str(rule)) == rule`.
"""

from dataclasses import dataclass
from datetime import date, time, timedelta

from bot.i18n import _
from bot.subscriptions.errors import RuleError

__all__ = ["DAYS", "EVERY_DAY", "WEEKDAYS", "WEEKEND", "Cron", "Hourly", "Rule", "WallRule", "Weekly"]

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""Short names; the position is `date.weekday()`."""
EVERY_DAY = (0, 1, 2, 3, 4, 5, 6)
WEEKDAYS = (0, 1, 2, 3, 4)
"""Monday to Friday. Where the week is another, people name the days: `sun-thu 08:00`."""
WEEKEND = (5, 6)
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Hourly:
    """Whenever the local clock reads this minute, but never twice within an hour.

    Hours are elapsed hours: where the clock is put back an hour both of them count, where it is put forward none is
    made up. Where it moves by half an hour, the next slot comes after an hour and a half.

    Raises:
        RuleError: the minute is not 0 to 59.
    """

    minute: int = 0

    def __post_init__(self) -> None:
        if not 0 <= self.minute <= 59:
            raise RuleError(
                _("Minute {minute} is not 0 to 59.").format(minute=self.minute), _("Write for example `hourly :15`.")
            )

    def __str__(self) -> str:
        return f"hourly :{self.minute:02}"


@dataclass(frozen=True, slots=True)
class Weekly:
    """At one time of one or more days of the week, `date.weekday()` numbers in ascending order.

    Raises:
        RuleError: no day, a day that is none, days out of order or twice, seconds in the time.
    """

    days: tuple[int, ...]
    at: time

    def __post_init__(self) -> None:
        if not self.days or self.days != tuple(sorted({*self.days} & {*EVERY_DAY})):
            raise RuleError(f"{self.days} are not days of the week.", "Give each of 0 (Monday) to 6 once, in order.")
        if self.at != self.at.replace(second=0, microsecond=0, tzinfo=None):
            raise RuleError(f"{self.at} is not a minute of the day.", "Write for example `daily 08:00`.")

    @property
    def times(self) -> tuple[time, ...]:
        """The one time of the day."""
        return (self.at,)

    def next_date(self, day: date) -> date:
        """The first date of the rule that is not before `day`."""
        days = self.days
        weekday = day.weekday()
        if weekday in days:
            return day
        return day + _ONE_DAY * min((chosen - weekday) % 7 for chosen in days)

    def __str__(self) -> str:
        words = {EVERY_DAY: "daily", WEEKDAYS: "weekdays", WEEKEND: "weekends"}.get(self.days)
        return f"{words or ','.join(DAYS[day] for day in self.days)} {self.at:%H:%M}"


@dataclass(frozen=True, slots=True)
class Cron:
    """A cron line, read. Made by `parse_cron`, which sees to it that it comes due at all.

    Attributes:
        line: the five fields as typed, in lower case, single spaces between them.
        times: times of the day, ascending, an hour apart at least.
        days: of the month.
        weekdays: `date.weekday()` numbers.
        either: whether a date needs only one of `days` and `weekdays`: so when neither field begins with a star.
    """

    line: str
    times: tuple[time, ...]
    days: frozenset[int]
    months: frozenset[int]
    weekdays: frozenset[int]
    either: bool

    def next_date(self, day: date) -> date:
        """The first date of the rule that is not before `day`."""
        while True:
            if day.month not in self.months:
                day = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
            elif self._holds(day):
                return day
            else:
                day += _ONE_DAY

    def _holds(self, day: date) -> bool:
        if self.either:
            return day.day in self.days or day.weekday() in self.weekdays
        return day.day in self.days and day.weekday() in self.weekdays

    def __str__(self) -> str:
        return self.line


WallRule = Weekly | Cron
"""Rules that name times of the local clock."""
Rule = Hourly | WallRule
