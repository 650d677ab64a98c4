"""What the schedule costs in itself: claiming and printing what is due, and a look at what is not. No network."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from bench.databases import SEEDS, url
from bench.due import SEEN, WANTED, Channel, fill, prepare
from bot.chat.delivering import view
from bot.chat.library import Library
from bot.chat.rendering import render
from bot.digests.delivery import Delivery
from bot.digests.parts import Found
from bot.digests.printing import Printing
from bot.digests.verdict import Answer
from bot.store.database import Database
from bot.store.digests.election import Election
from bot.store.digests.ledger import Ledger
from bot.store.digests.patrol import Patrol
from bot.store.digests.subscriptions import Stored

BATCH = 500
TICKS = 200
DAY = 86_400


class Planned(NamedTuple):
    """Seconds."""

    claiming: float
    printing: float
    editions: int
    posts: int


class Looked(NamedTuple):
    """Milliseconds of a tick: the median, the slowest of a hundred, and with the rounds that come every half minute."""

    p50: float
    p99: float
    rounds: float


class _Program(NamedTuple):
    """As much of the client as `view` needs."""

    library: Library


class _Nobody:
    """Sends nothing and tells nobody."""

    async def turn(self) -> None:
        return

    async def send(self, server: int, channel: int, payload: str, nonce: str, marker: int) -> Answer:
        return Answer(200, message=1)

    async def find(self, server: int, channel: int, marker: int, since: int, until: int) -> Found:
        return Found(None, True, Answer(200))

    async def publish(self, channel: int, message: int) -> Answer:
        return Answer(200)

    async def edit(self, channel: int, message: int, payload: str) -> Answer:
        return Answer(200)

    async def writable(self, server: int, channel: int) -> bool:
        return True

    async def paused(self, stored: Stored) -> None:
        return

    async def resumed(self, stored: Stored) -> None:
        return


def made_up(count: int) -> Sequence[Channel]:
    """Channels of servers, 25 in each."""
    return [(10**17 + number // 25, 2 * 10**17 + number) for number in range(count)]


async def plan(count: int) -> Planned:
    """Claim what is due in `count` channels and make every edition that they want, as delivery does."""
    slot = int(time.time()) // 60 * 60
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "plan.db"
        await prepare(path)
        fill(made_up(count), path, slot, due_at=slot)
        async with await Database.open(url(path)) as database:
            library = Library(database, SEEDS.name)
            await library.renew()
            printing = Printing(database, library.renew, partial(view, _Program(library)), render, lambda: slot + 1)
            ledger = Ledger(database, "bench", bound=DAY)
            claiming = printed = 0.0
            posts, editions, more = 0, set(), True
            while more:
                begun = time.perf_counter()
                claimed = await ledger.claim(slot + 1, BATCH)
                claiming += time.perf_counter() - begun
                begun = time.perf_counter()
                run = await printing.run()
                ready = [await run.edition(claim) for claim in claimed.claims]
                printed += time.perf_counter() - begun
                posts += sum(one is not None for one in ready)
                editions |= {one.id for one in ready if one is not None}
                more = claimed.more
    assert posts == count, f"{posts} of {count} have something to post"
    assert len(editions) == len(WANTED) * len(SEEN), f"{len(editions)} editions: some channels have nothing new"
    return Planned(claiming, printed, len(editions), posts)


async def look(count: int) -> Looked:
    """Tick with `count` digests of which none is due."""
    now = int(time.time())
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "look.db"
        await prepare(path)
        fill(made_up(count), path, now // 60 * 60, due_at=now + DAY)
        async with await Database.open(url(path)) as database:
            nobody = _Nobody()
            library = Library(database, SEEDS.name)
            delivery = Delivery(
                ledger=Ledger(database, "bench", bound=DAY),
                patrol=Patrol(database),
                election=Election(database, "bench", seconds=15),
                editions=Printing(database, library.renew, partial(view, _Program(library)), render, lambda: now),
                sender=nobody,
                announce=nobody,
                clock=lambda: int(time.time()),
                repeats=lambda server: False,
            )
            spent: list[float] = []
            rounds: list[float] = []
            for number in range(TICKS):
                if number % 10 == 0:
                    delivery.hasten()
                begun = time.perf_counter()
                await delivery.tick()
                await delivery.settled()
                (rounds if number % 10 == 0 else spent).append((time.perf_counter() - begun) * 1000)
            await delivery.stop(1)
    return Looked(statistics.median(spent), sorted(spent)[int(len(spent) * 0.99)], statistics.median(rounds))
