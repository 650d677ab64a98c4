"""What delivery looks after from time to time: paused channels, people to be told, posts to be published."""

import asyncio
import logging

from bot.digests.parts import Announce, Clock, Sender
from bot.digests.verdict import Again, Delivered, Stopped, judge
from bot.errors import SitrepError
from bot.logs import log_event
from bot.store.digests.ledger_rows import Claim
from bot.store.digests.patrol import Patrol, Unpublished

_log = logging.getLogger(__name__)

AT_A_TIME = 50
PUBLISHED_ALREADY = 40033
PUBLISH_WITHIN = 3600
"""Seconds after which a post that could not be published stays as it is. It is never posted again for that."""
PUBLISH_AGAIN = 60
"""Seconds after which a post is published that a process which died had left."""


class Rounds:
    """Walks them."""

    def __init__(self, patrol: Patrol, sender: Sender, announce: Announce, clock: Clock, bound: int) -> None:
        self._patrol = patrol
        self._sender = sender
        self._announce = announce
        self._clock = clock
        self._bound = bound
        self._publishing: set[asyncio.Task[None]] = set()

    async def walk(self) -> None:
        """Look after everything once.

        Raises:
            StoreError: the database fails.
        """
        await self._tell()
        await self._probe()
        before = self._clock() - PUBLISH_AGAIN
        for one in await self._patrol.unpublished(before, AT_A_TIME):
            await self._published(one)

    def publish(self, claim: Claim, message: int) -> None:
        """Publish a post that was just confirmed. Nothing waits for it."""
        one = Unpublished(claim.stored.id, claim.slot, claim.channel, message, self._clock())
        task = asyncio.create_task(self._guarded(one))
        self._publishing.add(task)
        task.add_done_callback(self._publishing.discard)

    async def stop(self) -> None:
        """Leave what is to be published to the next process."""
        for task in self._publishing:
            task.cancel()
        await asyncio.gather(*self._publishing, return_exceptions=True)

    async def _guarded(self, one: Unpublished) -> None:
        try:
            await self._published(one)
        except SitrepError as error:
            # Found again on the next round.
            log_event(_log, logging.ERROR, "delivery.waits", why=error.what)

    async def _published(self, one: Unpublished) -> None:
        answer = await self._sender.publish(one.channel, one.message)
        verdict = judge(answer, 1)
        done = isinstance(verdict, Delivered) or answer.code == PUBLISHED_ALREADY
        if not done and isinstance(verdict, Again | Stopped) and self._clock() - one.since < PUBLISH_WITHIN:
            return
        await self._patrol.published(one.subscription, one.slot, done=done)
        log_event(
            _log,
            logging.INFO if done else logging.WARNING,
            "digest.published" if done else "digest.not_published",
            subscription=one.subscription,
            channel=one.channel,
            message=one.message,
            status=answer.status,
            code=answer.code,
        )

    async def _tell(self) -> None:
        for stored in await self._patrol.untold(AT_A_TIME):
            await self._announce.paused(stored)
            await self._patrol.told(stored.id)

    async def _probe(self) -> None:
        for stored in await self._patrol.probes(self._clock(), AT_A_TIME):
            subscription = stored.subscription
            if not await self._sender.writable(subscription.server, subscription.channel):
                continue
            if await self._patrol.reopen(stored.id, self._clock(), self._bound):
                reason = stored.paused_reason
                log_event(_log, logging.INFO, "digest.resumed", subscription=stored.id, reason=reason)
                await self._announce.resumed(stored)
