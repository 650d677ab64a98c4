"""Schedules as people type them, and as they are stored."""

from datetime import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.subscriptions.errors import RuleError
from bot.subscriptions.rule import EVERY_DAY, WEEKDAYS, WEEKEND, Hourly, Rule, Weekly
from bot.subscriptions.rule_text import EXAMPLES, parse_rule
from tests.subscriptions.moments import rules

TYPED = {
    "daily 08:00": Weekly(EVERY_DAY, time(8)),
    "daily at 8": Weekly(EVERY_DAY, time(8)),
    "Every day at 8 pm": Weekly(EVERY_DAY, time(20)),
    "08:00": Weekly(EVERY_DAY, time(8)),
    "8am": Weekly(EVERY_DAY, time(8)),
    "at 12 a.m.": Weekly(EVERY_DAY, time(0)),
    "daily noon": Weekly(EVERY_DAY, time(12)),
    "daily at midnight": Weekly(EVERY_DAY, time(0)),
    "daily, 8.30": Weekly(EVERY_DAY, time(8, 30)),
    "every day at ٨:٣٠": Weekly(EVERY_DAY, time(8, 30)),
    "weekdays 07:30": Weekly(WEEKDAYS, time(7, 30)),
    "every weekday at 7:30": Weekly(WEEKDAYS, time(7, 30)),
    "weekends at 10": Weekly(WEEKEND, time(10)),
    "mon,thu 18:00": Weekly((0, 3), time(18)),
    "Mondays and Thursdays at 6:30 pm": Weekly((0, 3), time(18, 30)),
    "weekly on sunday at 9": Weekly((6,), time(9)),
    "every tues, thurs 09:15": Weekly((1, 3), time(9, 15)),
    "sun-thu 08:00": Weekly((0, 1, 2, 3, 6), time(8)),
    "fri to mon 08:00": Weekly((0, 4, 5, 6), time(8)),
    "weekdays, sat 08:00": Weekly((0, 1, 2, 3, 4, 5), time(8)),
    "hourly": Hourly(0),
    "every hour": Hourly(0),
    "hourly at :15": Hourly(15),
    "every hour at minute 15": Hourly(15),
    "each hour at 5 past": Hourly(5),
    "15 * * * *": Hourly(15),
    "cron 15 */1 * * *": Hourly(15),
}

REFUSED = {
    "": "empty",
    "soon": "`soon` is no schedule",
    "@daily": "`@daily` is no schedule",
    "mon,funday 08:00": "`funday` in `mon,funday` is no day of the week",
    "daily": "`daily` names no time of the day. Write for example `daily 08:00`",
    "mon": "names no time of the day. Write for example `mon 08:00`",
    "weekly 8": "needs its day. Write for example `mon 08:00`",
    "daily 24:00": "`24:00` is not a time of the day",
    "daily 8:5": "`8:5` is not a time of the day",
    "daily 08:00:30": "`08:00:30` is not a time of the day",
    "daily 13 pm": "`13 pm` is not a time of the day",
    "daily 8 and 20": "more than one time of the day. For several times a day write a cron line",
    "hourly :75": "Minute 75 is not 0 to 59",
    "every 5 minutes": "Once an hour is the most a digest comes",
    "every 2 hours": "Write for example `0 */2 * * *`",
}


@pytest.mark.parametrize(("text", "rule"), TYPED.items(), ids=TYPED)
def test_what_people_type(text: str, rule: Rule) -> None:
    assert parse_rule(text) == rule


@pytest.mark.parametrize(("text", "reason"), REFUSED.items(), ids=REFUSED)
def test_what_is_refused_and_why(text: str, reason: str) -> None:
    with pytest.raises(RuleError) as caught:
        parse_rule(text)
    assert reason in str(caught.value)
    assert "`" in caught.value.remedy, "no example"


@pytest.mark.parametrize("text", EXAMPLES)
def test_the_examples_of_the_errors_are_written_as_they_are_stored(text: str) -> None:
    assert str(parse_rule(text)) == text


@given(rules)
@settings(deadline=None)
def test_a_rule_is_read_back_from_its_text(rule: Rule) -> None:
    assert parse_rule(str(rule)) == rule


@given(st.one_of(st.text(), st.text(alphabet="0123456789*/,-: amondilyevrh")))
@settings(deadline=None, max_examples=200)
def test_any_text_is_a_rule_or_an_error_for_people(text: str) -> None:
    said = ""
    try:
        rule = parse_rule(text)
    except RuleError as error:
        said = str(error)
    else:
        assert parse_rule(str(rule)) == rule
    assert len(said) < 400


@pytest.mark.parametrize("days", [(), (7,), (-1,), (1, 1), (3, 0)])
def test_days_of_a_weekly_rule_are_checked(days: tuple[int, ...]) -> None:
    with pytest.raises(RuleError, match="not days of the week"):
        Weekly(days, time(8))


def test_a_rule_has_no_seconds() -> None:
    with pytest.raises(RuleError, match="not a minute of the day"):
        Weekly((0,), time(8, 0, 30))
