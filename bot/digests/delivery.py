"""Delivery: what is due is claimed, sent and confirmed, so that each slot arrives once, whatever dies on the way.

Every step is noted in the ledger before or after it is taken, so that any process can go on from there. The reasons
for each stand in docs/decisions/0021-delivery.md.
"""

import asyncio
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from bot.digests.channel_work import AHEAD, ChannelWork
from bot.digests.desk import JOINING_AFTER, JOINING_BEFORE, Desk
from bot.digests.parts import Announce, Clock, Editions, Repeats, Sender
from bot.digests.rounds import Rounds
from bot.errors import SitrepError
from bot.logs import log_event
from bot.store.digests.election import Election
from bot.store.digests.ledger import Ledger
from bot.store.digests.ledger_rows import Claim, Later
from bot.store.digests.patrol import Patrol

_log = logging.getLogger(__name__)

SOON = 5
"""Seconds until slots are claimed again for which no edition could be looked up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How delivery goes about its work.

    Attributes:
        bound: seconds for which a slot is still caught up with.
        in_flight: slots worked on at a time; more wait in the ledger.
        batch: slots claimed at a time.
        patience: seconds for which a channel may refuse before its subscription is paused.
        joining: seconds in which marks come together, before requests and after them.
        ahead: slots marked as sent that still wait for their turn. After a crash each of them has to be looked for; too
            few of them cannot keep the pace.
        rounds: seconds between two looks at what is not due: paused channels, people to be told, posts to publish.
    """

    bound: int = 24 * 3600
    in_flight: int = 1000
    batch: int = 500
    patience: int = 3600
    joining: tuple[float, float] = (JOINING_BEFORE, JOINING_AFTER)
    ahead: int = AHEAD
    rounds: int = 30


class Delivery:
    """Delivers while `tick` is called every few seconds. Neither that nor `stop` raises."""

    def __init__(
        self,
        *,
        ledger: Ledger,
        patrol: Patrol,
        election: Election,
        editions: Editions,
        sender: Sender,
        announce: Announce,
        clock: Clock,
        repeats: Repeats,
        options: Options | None = None,
    ) -> None:
        self._options = options or Options()
        self._ledger = ledger
        self._election = election
        self._editions = editions
        self._clock = clock
        self._rounds = Rounds(patrol, sender, announce, clock, self._options.bound)
        self._desk = Desk(ledger, clock, self._options.joining)
        self._work = ChannelWork(
            self._desk,
            editions,
            sender,
            clock,
            repeats,
            self._rounds.publish,
            patience=self._options.patience,
            bound=self._options.bound,
            ahead=self._options.ahead,
        )
        self._tasks: set[asyncio.Task[Any]] = set()
        self._backlog = False
        self._claimed = 0
        self._pumping = asyncio.Lock()
        self._ticking = asyncio.Lock()
        self._next_rounds = 0
        self._walking: asyncio.Task[None] | None = None
        self._stopped = False

    @property
    def in_flight(self) -> int:
        """Slots that are being worked on."""
        return self._claimed

    @property
    def elected(self) -> bool:
        """Whether this is the process that sends."""
        return self._election.holds(self._clock())

    async def tick(self) -> None:
        """Deliver what is due, if this is the process that sends. Returns when it is under way."""
        if self._stopped or self._ticking.locked():
            return
        async with self._ticking:
            try:
                await self._tick()
            except SitrepError as error:
                # The file is locked or the disk is full: nothing was claimed, and it is tried again next time.
                log_event(_log, logging.ERROR, "delivery.waits", why=error.what)
            except Exception as error:
                log_event(_log, logging.ERROR, "delivery.broken", error=error)

    async def settled(self) -> None:
        """Until nothing is under way any more."""
        while self._tasks or self._walking is not None:
            await asyncio.wait({*self._tasks, *([self._walking] if self._walking is not None else [])})

    def hasten(self) -> None:
        """Something changed on Discord: look at paused channels with the next tick."""
        self._next_rounds = 0

    async def stop(self, within: float) -> None:
        """Claim nothing more, finish what is being sent, and give the rest back for another process to go on with."""
        self._stopped = True
        self._work.stop()
        under_way = {*self._tasks, *([self._walking] if self._walking is not None else [])}
        if under_way:
            _, late = await asyncio.wait(under_way, timeout=within)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        await self._rounds.stop()
        await self._desk.drain()
        try:
            await self._desk.repay()
            await self._ledger.release(self._clock())
            await self._election.resign()
        except SitrepError as error:
            # Their leases run out by themselves.
            log_event(_log, logging.ERROR, "delivery.not_given_back", why=error.what)

    async def _tick(self) -> None:
        now = self._clock()
        taken = await self._election.stand(now)
        if not self._election.holds(now):
            self._desk.lose()
            return
        if taken:
            log_event(_log, logging.INFO, "delivery.elected")
            await self._ledger.take_over(now)
        await self._desk.repay()
        if self._claimed:
            await self._desk.hold()
        await self._pump()
        if now >= self._next_rounds and self._walking is None:
            self._next_rounds = now + self._options.rounds
            self._walking = asyncio.create_task(self._rounds.walk())
            self._walking.add_done_callback(self._walked)

    async def _pump(self) -> None:
        async with self._pumping:
            more = True
            while more and not self._stopped:
                now = self._clock()
                room = min(self._options.in_flight - self._claimed, self._options.batch)
                self._backlog = room <= 0
                if self._backlog or not self._election.holds(now):
                    break
                claimed = await self._ledger.claim(now, room)
                for passed in claimed.passed:
                    log_event(_log, logging.INFO, "digest.skipped", **passed._asdict())
                if claimed.claims:
                    await self._start(claimed.claims)
                more = claimed.more

    async def _start(self, claims: list[Claim]) -> None:
        self._desk.held(self._ledger.lease)
        try:
            run = await self._editions.run()
        except Exception:
            at = self._clock() + SOON
            await self._ledger.settle(
                [Later(claim, at, claim.first_sent_at is not None, "no editions") for claim in claims], at
            )
            raise
        for queue in _by_channel(claims):
            self._claimed += len(queue)
            task = asyncio.create_task(self._work.deliver(queue, run))
            self._tasks.add(task)
            task.add_done_callback(partial(self._ended, len(queue)))

    def _ended(self, count: int, task: asyncio.Task[bool]) -> None:
        self._tasks.discard(task)
        self._claimed -= count
        again = self._backlog and self._claimed <= self._options.in_flight // 2
        if not task.cancelled():
            if (error := task.exception()) is not None:
                log_event(_log, logging.ERROR, "delivery.broken", error=error)
            else:
                again = again or task.result()
        if again and not self._stopped and not self._pumping.locked():
            follow = asyncio.create_task(self._follow())
            self._tasks.add(follow)
            follow.add_done_callback(self._tasks.discard)

    async def _follow(self) -> None:
        """Go on at once while there is more, instead of with the next tick."""
        try:
            await self._pump()
        except SitrepError as error:
            log_event(_log, logging.ERROR, "delivery.waits", why=error.what)
        except Exception as error:
            log_event(_log, logging.ERROR, "delivery.broken", error=error)

    def _walked(self, task: asyncio.Task[None]) -> None:
        self._walking = None
        if not task.cancelled() and (error := task.exception()) is not None:
            log_event(_log, logging.ERROR, "delivery.rounds", error=error)


def _by_channel(claims: Iterable[Claim]) -> list[list[Claim]]:
    queues: dict[int, list[Claim]] = {}
    for claim in claims:
        queues.setdefault(claim.channel, []).append(claim)
    return list(queues.values())
