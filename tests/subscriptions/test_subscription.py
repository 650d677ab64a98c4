"""What may be stored as a subscription, and how it is told."""

from typing import Any

import pytest

from bot.subscriptions.description import describe
from bot.subscriptions.errors import SubscriptionError
from bot.subscriptions.quiet import parse_quiet
from bot.subscriptions.rule_text import parse_rule
from bot.subscriptions.subscription import Corrections, Limits, Subscription, Unchanged
from bot.subscriptions.zone import zone_named


def subscription(rule: str = "daily 08:00", **changed: Any) -> Subscription:
    given: dict[str, Any] = {"server": 11, "channel": 12, "rule": parse_rule(rule), "zone": zone_named("Asia/Damascus")}
    return Subscription(**given | changed)


def test_equal_subscriptions_are_equal() -> None:
    assert subscription() == subscription()
    assert hash(subscription()) == hash(subscription())
    assert subscription() != subscription("daily 08:01")


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"server": 0}, "0 is not the id of a server"),
        ({"channel": 2**63}, "is not the id of a channel"),
        ({"topics": ("casualties", "casualties")}, "`casualties` stands twice among the topics"),
        ({"topics": ("",)}, "One of the topics is empty"),
        ({"places": tuple(map(str, range(26)))}, "26 places are too many, 25 is the most; choose none for all"),
        ({"language": "English"}, "`English` is no language; write for example `en` or `ar`"),
        ({"language": ""}, "is no language"),
    ],
)
def test_what_is_refused_and_why(changed: dict[str, Any], reason: str) -> None:
    with pytest.raises(SubscriptionError) as caught:
        subscription(**changed)
    assert reason in str(caught.value)
    assert len(caught.value.reasons) == 1


def test_all_reasons_are_given_at_once() -> None:
    with pytest.raises(SubscriptionError) as caught:
        subscription(server=-1, language="??", topics=("a", "a"))
    assert len(caught.value.reasons) == 3


def test_a_server_has_room_up_to_its_limit() -> None:
    Limits().check_room(24)
    with pytest.raises(SubscriptionError, match="has 25 digests, and 25 is the most"):
        Limits().check_room(25)
    with pytest.raises(SubscriptionError, match="and 2 is the most"):
        Limits(subscriptions=2).check_room(3)


def test_the_least_said() -> None:
    assert describe(subscription()) == (
        "Every day at 08:00, Asia/Damascus time: all topics · all places. When nothing has changed, nothing is posted. "
        "Corrections are posted at once."
    )


def test_the_most_said() -> None:
    chosen = subscription(
        "mon,thu,sun 18:00",
        unchanged=Unchanged.ONE_LINE,
        corrections=Corrections.WITH_NEXT,
        quiet=parse_quiet("22:00-07:00"),
    )
    assert describe(chosen, ["Casualties", "Displaced"], ["Shaar"]) == (
        "Every Monday, Thursday and Sunday at 18:00, Asia/Damascus time: Casualties and Displaced · Shaar. "
        "When nothing has changed, one line says so. Corrections come with the next digest. "
        "Nothing is posted from 22:00 to 07:00; what falls into these hours comes at 07:00."
    )


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("weekdays 07:30", "Monday to Friday at 07:30"),
        ("weekends 10:00", "Saturday and Sunday at 10:00"),
        ("tue 09:15", "Every Tuesday at 09:15"),
        ("hourly :05", "Every hour at minute 05"),
        ("0 8 1,15 * *", "By the cron line `0 8 1,15 * *`"),
    ],
)
def test_rules_in_words(rule: str, words: str) -> None:
    assert describe(subscription(rule)).startswith(f"{words}, Asia/Damascus time: ")
