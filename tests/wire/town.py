"""A town of subscribed channels: a database with a digest due in each, the bot on it, and what came of it."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.opening import load_seeds
from bot.seeds.folder import read_folder
from bot.store.database import Database
from bot.store.digests.ledger_rows import nonce_of
from bot.store.digests.subscriptions import Subscriptions
from bot.store.migrate import migrate
from bot.subscriptions.rule import Hourly
from bot.subscriptions.subscription import Limits, Subscription
from bot.subscriptions.zone import zone_named

from .botprocess import Bot
from .conftest import ROOT
from .driver import Discord

CHANNELS_PER_SERVER = 25
FAST = "400"
"""Requests a second, where the stand-in sets no limits: more kills fall into the middle of the work."""


async def build(path: Path, servers: list[dict[str, object]], *, digests: int = 1) -> int:
    """A database with one digest or more in every channel, all due for the minute that began last; that minute."""
    slot = int(time.time()) // 60 * 60
    rule = Hourly(slot // 60 % 60)
    async with await Database.open(f"sqlite:///{path}") as database:
        await migrate(database, now=slot)
        await load_seeds(database, read_folder(ROOT / "seeds" / "aleppo-2016"))
        kept = Subscriptions(database)
        for server in servers:
            for channel in server["channels"]:  # type: ignore[attr-defined]
                wanted = Subscription(
                    server=int(str(server["id"])), channel=int(channel["id"]), rule=rule, zone=zone_named("UTC")
                )
                for _ in range(digests):
                    await kept.add(wanted, by=1, now=slot - 60, limits=Limits(10**6))
    return slot


@dataclass
class Town:
    """One database and the bot that works on it."""

    discord: Discord
    path: Path
    slot: int
    env: Mapping[str, str] = field(default_factory=dict)

    async def start(self) -> Bot:
        env = {
            "DATABASE_URL": f"sqlite:///{self.path}",
            "REQUESTS_PER_SECOND": FAST,
            "TAKEOVER_SECONDS": "2",
            "LOG_LEVEL": "INFO",
            **self.env,
        }
        bot = await self.discord.start_bot(["-m", "bot", "run"], cwd=ROOT, env=env)
        bots.append(bot)
        return bot

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        """Read the database beside the bot."""
        with sqlite3.connect(f"file:{self.path}?mode=ro", uri=True, timeout=10) as connection:
            rows = connection.execute(sql).fetchall()
        connection.close()
        return rows

    def states(self) -> Counter[object]:
        """How many slots are in which state."""
        return Counter(state for (state,) in self.rows("SELECT state FROM delivery"))

    async def all_settled(self, within_s: float) -> None:
        """Until every digest of the town is settled for the slot, one way or the other."""
        total = self.rows("SELECT COUNT(*) FROM subscription")[0][0]
        give_up = time.monotonic() + within_s
        while True:
            states = self.states()
            if states["confirmed"] + states["skipped"] + states["failed"] >= int(str(total)):
                return
            if time.monotonic() > give_up:
                log = bots[-1].output[-3000:] if bots else ""
                raise AssertionError(f"after {within_s} s: {dict(states)} of {total}\n{log}")
            await asyncio.sleep(0.1)

    async def check(self) -> None:
        """Every channel has every slot exactly once, and the ledger knows which post that is.

        Raises:
            AssertionError: a post is doubled, lost, in the wrong channel, or not known.
        """
        rows = self.rows("SELECT subscription, slot, channel, state, message FROM delivery")
        states = Counter(row[3] for row in rows)
        assert set(states) == {"confirmed"}, f"not delivered: {dict(states)}"
        standing = Counter(
            (str(post["channel"]), str(post["nonce"]), str(post["id"])) for post in await self.discord.posts()
        )
        known = {(str(row[2]), nonce_of(int(str(row[0])), int(str(row[1]))), str(row[4])) for row in rows}
        by_nonce = Counter(nonce for _, nonce, _ in standing.elements())
        doubled = [nonce for nonce, count in by_nonce.items() if count > 1]
        assert not doubled, f"doubled: {doubled[:5]} and {len(doubled)} in all"
        assert set(standing) == known, f"{len(known - set(standing))} lost, {len(set(standing) - known)} unknown"
        unseen = self.rows("SELECT COUNT(*) FROM subscription WHERE seen IS NULL")[0][0]
        assert unseen == 0


bots: list[Bot] = []


def copy(template: Path, folder: Path, name: str) -> Path:
    """A database of one's own for each round."""
    made = folder / f"{name}.db"
    shutil.copy(template, made)
    return made
