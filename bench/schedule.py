"""How long it takes to say when digests are due.

Run it (`python -m bench.schedule`) for the time of a next slot by kind of rule, beside the trigger of APScheduler for
the same cron line as a peer, of planning many subscriptions after a tick, and of the list of zones.
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from apscheduler.triggers.cron import CronTrigger

from bot.subscriptions.catchup import due_now
from bot.subscriptions.quiet import parse_quiet
from bot.subscriptions.rule_text import parse_rule
from bot.subscriptions.slots import next_slot
from bot.subscriptions.zone import zone_named
from bot.subscriptions.zone_names import zone_names
from bot.subscriptions.zone_suggest import suggest_zones

YEAR = datetime(2026, 1, 1, tzinfo=UTC)
RULES = ("hourly :15", "daily 08:00", "weekdays 07:30", "mon,thu 18:00", "0 8 1,15 * *", "0 8 29 2 *")
PEERS = {"daily 08:00": "0 8 * * *", "0 8 1,15 * *": "0 8 1,15 * *"}
TYPED = ("", "b", "be", "ber", "berl", "syria", "utc+3", "america/", "new y", "berln")


def main() -> None:
    """Print one line for each question."""
    rng = random.Random(1)
    started = time.perf_counter()
    zones = [zone_named(place.name) for place in zone_names().places]
    print(f"reading all {len(zones)} zones: {(time.perf_counter() - started) * 1000:.0f} ms, once")
    print(f"{'question':<44} {'p50 µs':>8} {'p99 µs':>8}")
    asked = [(rng.choice(zones), YEAR + timedelta(minutes=rng.randrange(525_600))) for _ in range(5_000)]
    for text in RULES:
        rule = parse_rule(text)
        _print(f"next slot, {text}", _microseconds(lambda zone, at, rule=rule: next_slot(rule, zone, at), asked))
        if text in PEERS:
            peer = [(CronTrigger.from_crontab(PEERS[text], zone), at) for zone, at in asked[:500]]
            _print(f"  APScheduler, {PEERS[text]}", _microseconds(_fire, peer))
    _print("reading a rule", _microseconds(parse_rule, [(text,) for text in RULES * 200]))
    daily, night = parse_rule("daily 08:00"), parse_quiet("22:00-07:00")
    ticks = [(zone, at, at + timedelta(hours=26)) for zone, at in asked]
    _print("due now, a day", _microseconds(lambda zone, since, now: due_now(daily, zone, since, now), ticks))
    _print(
        "due now, a day, quiet hours",
        _microseconds(lambda zone, since, now: due_now(daily, zone, since, now, quiet=night), ticks),
    )
    _print("zones, a key stroke", _microseconds(suggest_zones, [(text, YEAR) for text in TYPED * 50]))


def _fire(trigger: CronTrigger, at: datetime) -> object:
    return trigger.get_next_fire_time(None, at)


def _microseconds(ask: Callable[..., object], questions: Iterable[Sequence[ZoneInfo | datetime | str]]) -> list[float]:
    spent: list[float] = []
    for question in questions:
        start = time.perf_counter()
        ask(*question)
        spent.append((time.perf_counter() - start) * 1e6)
    return sorted(spent)


def _print(question: str, spent: list[float]) -> None:
    print(f"{question:<44} {statistics.median(spent):>8.1f} {spent[int(len(spent) * 0.99)]:>8.1f}")


if __name__ == "__main__":
    main()
