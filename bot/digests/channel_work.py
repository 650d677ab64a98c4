"""The slots of one channel, one after another: none overtakes another, and no other channel waits for them."""

import asyncio
import logging
import secrets
from collections.abc import Callable, Sequence
from typing import Any

from bot.digests.desk import Desk
from bot.digests.parts import Clock, Editions, Ready, Repeats, Run, Sender
from bot.digests.verdict import UNANSWERED, Again, Answer, Broken, Delivered, Posted, Refused, Stopped, judge
from bot.errors import SitrepError
from bot.logs import log_event
from bot.store.digests.ledger_claim import PROBE_EVERY
from bot.store.digests.ledger_rows import (
    NOTHING_NEW,
    UNSURE,
    Absent,
    Begun,
    Claim,
    Confirmed,
    Failed,
    Later,
    Outcome,
    Skipped,
    Struck,
    marker_of,
)

_log = logging.getLogger(__name__)

REMEMBERED = 120
"""Seconds after the first attempt within which the same nonce gives the same message. Discord speaks of a few minutes
and measured it was no less; afterwards the channel is read."""
SLACK = 300
"""Seconds around the attempts in which a post is looked for: clocks differ, and a request may have been on its way."""
FRESH = 30
"""Seconds after which a mark is renewed before the request leaves: where it says when, a post is looked for."""
AHEAD = 50
"""Slots marked as sent that still wait for their turn: about a second's worth at Discord's usual limit."""

Publish = Callable[[Claim, int], None]


class ChannelWork:
    """Delivers the slots of channels. Restart-safe at every await."""

    def __init__(
        self,
        desk: Desk,
        editions: Editions,
        sender: Sender,
        clock: Clock,
        repeats: Repeats,
        publish: Publish,
        *,
        patience: int,
        bound: int,
        ahead: int = AHEAD,
    ) -> None:
        self._desk = desk
        self._editions = editions
        self._sender = sender
        self._clock = clock
        self._repeats = repeats
        self._publish = publish
        self._patience = patience
        self._bound = bound
        self._ahead = asyncio.Semaphore(ahead)
        self._stopping = False

    def stop(self) -> None:
        """Begin nothing more."""
        self._stopping = True

    async def deliver(self, queue: Sequence[Claim], run: Run) -> bool:
        """Deliver slots of one channel in their order. When one has to wait, those behind it do, too.

        Returns:
            Whether to claim again at once.
        """
        for place, claim in enumerate(queue):
            try:
                wait_until = await self._guarded(claim, run)
                if wait_until is None:
                    continue
                for behind in queue[place + 1 :]:
                    why = "waits for an earlier slot"
                    await self._desk.settle(Later(behind, wait_until, behind.first_sent_at is not None, why))
                return wait_until <= self._clock()
            except SitrepError as error:
                self._desk.owe(queue[place:], error.what)
                _tell(logging.ERROR, "digest.not_noted", claim, why=error.what)
                return False
        return False

    async def _guarded(self, claim: Claim, run: Run) -> int | None:
        try:
            return await self._deliver(claim, run)
        except SitrepError:
            raise
        except Exception as error:
            await self._fail(claim, error)
            return None

    async def _deliver(self, claim: Claim, run: Run) -> int | None:
        """Deliver one slot; until when those behind it have to wait, if they do."""
        if self._stopping:
            return await self._later(claim, self._clock(), "stopping", log=False)
        if claim.first_sent_at is None:
            edition = await run.edition(claim)
            if edition is None:
                await self._settle(Skipped(claim, NOTHING_NEW), "digest.skipped", why=NOTHING_NEW)
                return None
        elif self._clock() - claim.first_sent_at > REMEMBERED:
            return await self._look(claim)
        else:
            edition = await self._kept(claim)
        return await self._send(claim, edition)

    async def _kept(self, claim: Claim) -> Ready:
        assert claim.edition is not None  # it was noted before the first request left
        return await self._editions.kept(claim.edition)

    async def _look(self, claim: Claim) -> int | None:
        """Discord has forgotten the nonce: see whether the post stands in the channel before it is sent again."""
        assert claim.first_sent_at is not None
        subscription = claim.stored.subscription
        found = await self._sender.find(
            subscription.server,
            claim.channel,
            marker_of(claim.nonce),
            claim.first_sent_at - SLACK,
            claim.tried_at + SLACK,
        )
        if found.message is not None:
            _tell(logging.INFO, "digest.found", claim, message=found.message)
            await self._confirm(claim, await self._kept(claim), Answer(200, message=found.message))
            return None
        if found.readable and found.answer.status == 200:
            await self._settle(Absent(claim), "digest.not_there")
            return self._clock()
        verdict = judge(found.answer, claim.attempts + 1)
        waits = isinstance(verdict, Again | Stopped)
        if isinstance(verdict, Refused) and not await self._sender.writable(subscription.server, claim.channel):
            waits = True  # nothing could be posted there now anyway, and perhaps it lets itself be read again
        if waits and not isinstance(verdict, Delivered | Broken) and self._clock() - claim.released <= self._bound:
            return await self._later(claim, self._clock() + verdict.after, _said(found.answer), doubt=True)
        if self._repeats(subscription.server):
            await self._settle(Absent(claim), "digest.repeated")
            return self._clock()
        await self._settle(Skipped(claim, UNSURE), "digest.skipped", logging.WARNING, why=UNSURE)
        return None

    async def _send(self, claim: Claim, edition: Ready) -> int | None:
        # First the mark, then the request: the other way round, a process that dies in between would leave a post that
        # nobody knows of. Those marked and not yet sent are few, since after a crash each has to be looked for.
        async with self._ahead:
            if not await self._turn(claim, edition):
                return None
        if self._stopping:
            return await self._later(claim, self._clock(), "stopping", log=False)
        if not self._desk.safe:
            # Slept through the lease: the slot is another's.
            _tell(logging.WARNING, "digest.lost", claim)
            return None
        subscription = claim.stored.subscription
        answer = await self._sender.send(
            subscription.server, claim.channel, edition.payload, claim.nonce, marker_of(claim.nonce)
        )
        match judge(answer, claim.attempts + 1):
            case Delivered():
                await self._confirm(claim, edition, answer)
                return None
            case Again(after=after, posted=posted):
                doubt = posted is Posted.MAYBE or claim.first_sent_at is not None
                return await self._later(claim, self._clock() + after, _said(answer), doubt=doubt)
            case Refused(reason=reason, after=after):
                return await self._strike(claim, reason, self._clock() + after, answer)
            case Stopped(after=after):
                log_event(_log, logging.ERROR, "delivery.token_refused", status=answer.status, code=answer.code)
                return await self._later(claim, self._clock() + after, _said(answer))
            case Broken():
                await self._fail(claim, None, answer)
                return None

    async def _turn(self, claim: Claim, edition: Ready) -> bool:
        """Mark the slot as sent and wait until it may be; whether it is still ours."""
        try:
            while not self._stopping:
                if not await self._desk.begin(Begun(claim, edition.id)):
                    _tell(logging.WARNING, "digest.lost", claim)
                    return False
                marked = self._clock()
                await self._sender.turn()
                if self._clock() - marked <= FRESH:
                    break
        except asyncio.CancelledError:
            self._desk.owe((claim,), "stopping")  # marked perhaps, and certainly not sent
            raise
        return True

    async def _confirm(self, claim: Claim, edition: Ready, answer: Answer) -> None:
        assert answer.message is not None
        outcome = Confirmed(claim, answer.message, edition.id, edition.upto, answer.publish)
        await self._settle(
            outcome, "digest.sent", message=answer.message, late=claim.late, covers=claim.covers, edition=edition.id
        )
        if answer.publish:
            self._publish(claim, answer.message)

    async def _later(self, claim: Claim, at: int, why: str, *, doubt: bool | None = None, log: bool = True) -> int:
        doubt = claim.first_sent_at is not None if doubt is None else doubt
        noted = await self._desk.settle(Later(claim, at, doubt, why))
        if log:
            _tell(logging.INFO, "digest.later", claim, at=at, doubt=doubt, why=why, lost=noted.lost)
        return at

    async def _strike(self, claim: Claim, reason: str, at: int, answer: Answer) -> int | None:
        probe_at = self._clock() + PROBE_EVERY
        noted = await self._desk.settle(Struck(claim, reason, at, self._patience, probe_at))
        event = "digest.paused" if noted.paused else "digest.refused"
        _tell(logging.WARNING, event, claim, reason=reason, status=answer.status, code=answer.code)
        return None if noted.paused else at

    async def _fail(self, claim: Claim, error: Exception | None, answer: Answer | None = None) -> None:
        """Our mistake: under a number, and never held against the subscription."""
        number = secrets.token_hex(3)
        answer = answer or Answer(UNANSWERED)
        log = {"number": number, "status": answer.status, "code": answer.code, "said": answer.said}
        _tell(logging.ERROR, "digest.failed", claim, error=error, **log)
        await self._desk.settle(Failed(claim, number))

    async def _settle(self, outcome: Outcome, event: str, level: int = logging.INFO, **fields: object) -> None:
        noted = await self._desk.settle(outcome)
        _tell(level, event, outcome.claim, **fields, lost=noted.lost or None)


def _said(answer: Answer) -> str:
    return f"{answer.status or answer.fate.value} {answer.said}".strip()


def _tell(level: int, event: str, claim: Claim, *, error: Any = None, **fields: object) -> None:
    """The one line of a slot."""
    said = {name: value for name, value in fields.items() if value is not None}
    log_event(
        _log, level, event, error=error, subscription=claim.stored.id, channel=claim.channel, slot=claim.slot, **said
    )
