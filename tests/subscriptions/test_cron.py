"""Cron lines: which dates they name, and what is said about those that name none."""

from datetime import date, time, timedelta

import pytest

from bot.subscriptions.cron import parse_cron
from bot.subscriptions.errors import RuleError
from bot.subscriptions.rule import Cron, Hourly


def cron(line: str) -> Cron:
    rule = parse_cron(line)
    assert isinstance(rule, Cron)
    return rule


def dates(line: str, count: int, since: str = "2026-01-01") -> list[str]:
    found, day = [], date.fromisoformat(since)
    for _ in range(count):
        day = cron(line).next_date(day)
        found.append(f"{day:%m-%d}")
        day += timedelta(days=1)
    return found


DATES = {
    "0 8 1,15 * *": ["01-01", "01-15", "02-01", "02-15"],
    "0 8 31 * *": ["01-31", "03-31", "05-31", "07-31"],
    "0 8 * * mon": ["01-05", "01-12", "01-19", "01-26"],
    "0 8 * * 1-5": ["01-01", "01-02", "01-05", "01-06"],
    "0 8 * * 0": ["01-04", "01-11", "01-18", "01-25"],
    "0 8 * * 7": ["01-04", "01-11", "01-18", "01-25"],
    "0 8 * * SUN": ["01-04", "01-11", "01-18", "01-25"],
    "0 8 * * fri-sun": ["01-02", "01-03", "01-04", "01-09"],
    "0 8 * * 5-7": ["01-02", "01-03", "01-04", "01-09"],
    "0 8 * * sun-tue": ["01-04", "01-05", "01-06", "01-11"],
    "0 8 * * */2": ["01-01", "01-03", "01-04", "01-06"],
    "0 8 * * 4/2": ["01-01", "01-03", "01-08", "01-10"],
    "0 8 1 jan-jun/2 *": ["01-01", "03-01", "05-01", "01-01"],
    "0 8 */10 * *": ["01-01", "01-11", "01-21", "01-31"],
    "0 8 29 feb *": ["02-29", "02-29", "02-29", "02-29"],
    # Both day fields are restricted: either is enough.
    "0 8 13 * fri": ["01-02", "01-09", "01-13", "01-16"],
    "0 8 30 2 mon": ["02-02", "02-09", "02-16", "02-23"],
    # One begins with a star: both must hold.
    "0 8 */2 * fri": ["01-09", "01-23", "02-13", "02-27"],
    "0 8 13 * */5": ["02-13", "03-13", "09-13", "11-13"],
}


@pytest.mark.parametrize(("line", "expected"), DATES.items(), ids=DATES)
def test_dates(line: str, expected: list[str]) -> None:
    assert dates(line, len(expected)) == expected


HOURS = {
    "5 8 * * *": [8],
    "5 8,20 * * *": [8, 20],
    "5 20,8,8 * * *": [8, 20],
    "5 8-20/4 * * *": [8, 12, 16, 20],
    "5 */6 * * *": [0, 6, 12, 18],
    "5 18/2 * * *": [18, 20, 22],
    "5 * * * 1": list(range(24)),
    "5-5 0-1 * * *": [0, 1],
    "5/55 0 * * *": [0],
}


@pytest.mark.parametrize(("line", "expected"), HOURS.items(), ids=HOURS)
def test_times_of_the_day(line: str, expected: list[int]) -> None:
    assert cron(line).times == tuple(time(hour, 5) for hour in expected)


REFUSED = {
    "*/5 * * * *": "Minute: `*/5` comes due more than once an hour",
    "* 8 * * *": "Minute: `*` comes due more than once an hour",
    "0,59 8 * * *": "Minute: `0,59` comes due more than once an hour",
    "60 8 * * *": "Minute: `60` is not one of 0–59. Write for example `30`.",
    "0 24 * * *": "Hour: `24` is not one of 0–23. Write for example `8,20`.",
    "0 8 0 * *": "Day of the month: `0` is not one of 1–31. Write for example `1,15`.",
    "0 8 L * *": "Day of the month: `l` is not one of 1–31",
    "0 8 * 13 *": "Month: `13` is not one of 1–12, jan–dec. Write for example `jan-jun`.",
    "0 8 * mon *": "Month: `mon` is not one of",
    "0 8 * * 8": "Day of the week: `8` is not one of 0–7, sun–sat. Write for example `mon-fri`.",
    "0 8 * * mon#1": "Day of the week: `mon#1` is not one of",
    "0 8,x * * *": "Hour `8,x`: `x` is not one of",
    "0 8, * * *": "Hour `8,`: `` is not one of",
    "0 20-8 * * *": "Hour: `20-8` runs backwards",
    "0 8 * * fri-mon": "Day of the week: `fri-mon` runs backwards",
    "0 */0 * * *": "Hour: `*/0` has no step it could take",
    "0 */25 * * *": "Hour: `*/25` has no step it could take",
    "0 */ * * *": "Hour: `*/` has no step it could take",
    "0 -1 * * *": "Hour `-1`: `` is not one of",
    "0 ٨ * * *": "Hour: `٨` is not one of",
    "0 99999999999999999999 * * *": "is not one of 0–23",
    "0 8 31 2 *": "Day of the month: `31` is in none of the months `2`, so it never comes due",
    "0 8 31 feb,apr,jun *": "never comes due",
    "0 8 * *": "has 5 fields, this has 4",
    "0 0 8 * * *": "has 5 fields, this has 6",
    "": "has 5 fields, this has 0",
}


@pytest.mark.parametrize(("line", "reason"), REFUSED.items(), ids=REFUSED)
def test_what_is_refused_and_why(line: str, reason: str) -> None:
    with pytest.raises(RuleError) as caught:
        parse_cron(line)
    assert reason in str(caught.value)
    assert "for example `" in caught.value.remedy


def test_the_rarest_line_is_found_across_a_century_without_a_leap_day() -> None:
    # 29 February on a Sunday.
    assert cron("0 8 29 2 */7").next_date(date(2088, 3, 1)) == date(2128, 2, 29)


def test_every_hour_of_every_day_is_the_hourly_rule() -> None:
    assert parse_cron("15 * * * *") == parse_cron("15 0-23 * * *") == Hourly(15)
    assert isinstance(parse_cron("15 * * * mon-fri"), Cron)
