"""Databases with digests due in the same minute, as servers would have them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from itertools import cycle
from pathlib import Path
from typing import Any

from bench.databases import SEEDS, url
from bot.opening import load_seeds
from bot.seeds.folder import read_folder
from bot.store.database import Database
from bot.store.digests.subscription_rows import body_of, handled_columns, instant
from bot.store.migrate import migrate
from bot.subscriptions.rule_text import parse_rule
from bot.subscriptions.slots import slots_after
from bot.subscriptions.subscription import Subscription
from bot.subscriptions.zone import zone_named

ZONES = ("Europe/Berlin", "UTC", "America/New_York", "Asia/Damascus", "Europe/London", "Asia/Kathmandu")
WANTED: Sequence[dict[str, Any]] = (
    {}, {"topics": ("casualties",)}, {"topics": ("displaced", "casualties")}, {"places": ("east-aleppo",)},
    {"topics": ("control",), "places": ("east-aleppo",)}, {"places": ("west-aleppo",)},
)  # fmt: skip
SEEN = (None, 0, 5, 10)
"""Where channels stand: the first edition, or one that tells what was said since. With WANTED: 24 editions."""

Channel = tuple[int, int]
"""Server and channel."""
COLUMNS = (
    "INSERT INTO subscription (server, channel, body, created_by, created_at, state, next_at, handled_at, "
    "handled_date, handled_time, seen) VALUES (?, ?, ?, '1', 0, 'active', ?, ?, ?, ?, ?)"
)


async def prepare(path: Path) -> None:
    """A database with the seeds and no digest."""
    async with await Database.open(url(path)) as database:
        await migrate(database, now=0)
        await load_seeds(database, read_folder(SEEDS))


def fill(channels: Iterable[Channel], path: Path, slot: int, *, due_at: int) -> None:
    """Give each channel a digest.

    Args:
        slot: the minute for which they are due, seconds since the epoch.
        due_at: from when on they may be posted.
    """
    rules = [_daily(zone, slot) for zone in ZONES]
    choices = cycle([(rule, wanted, seen) for seen in SEEN for wanted in WANTED for rule in rules])
    rows, servers = [], set()
    for (server, channel), ((rule, zone, handled), wanted, seen) in zip(channels, choices, strict=False):
        servers.add((str(server), "{}"))
        kept = Subscription(server=server, channel=channel, rule=rule, zone=zone, **wanted)
        rows.append((str(server), str(channel), body_of(kept), due_at, *handled, seen))
    connection = sqlite3.connect(path)
    with connection:
        connection.executemany("INSERT OR IGNORE INTO server (id, settings) VALUES (?, ?)", sorted(servers))
        connection.executemany(COLUMNS, rows)
    connection.close()


def _daily(name: str, slot: int) -> tuple[Any, Any, tuple[Any, ...]]:
    """A rule that is due then, its zone, and the slot of the day before."""
    zone = zone_named(name)
    rule = parse_rule(f"daily {datetime.fromtimestamp(slot, UTC).astimezone(zone):%H:%M}")
    before = next(slots_after(rule, zone, instant(slot - 26 * 3600)))
    return rule, zone, handled_columns(before)
