"""Where marks are made: the ledger's writes for many channels together, and how long they may rely on their lease."""

from collections.abc import Sequence
from typing import NamedTuple

from bot.digests.batch import Batch
from bot.digests.parts import Clock
from bot.errors import SitrepError
from bot.store.digests.ledger import Ledger
from bot.store.digests.ledger_rows import Begun, Claim, Later, Outcome

JOINING_BEFORE, JOINING_AFTER = 0.15, 0.1
"""Seconds in which marks come together, before requests and after them. Nobody waits for a digest by the tenth of a
second; a process that is killed meanwhile sends again with the same nonce."""


class Noted(NamedTuple):
    """What came of a mark. lost: the slot is another's by now. paused: its subscription now is."""

    lost: bool
    paused: bool


class Desk:
    """Begins and settles claims, in batches."""

    def __init__(
        self, ledger: Ledger, clock: Clock, joining: tuple[float, float] = (JOINING_BEFORE, JOINING_AFTER)
    ) -> None:
        self._ledger = ledger
        self._clock = clock
        self._until = 0
        self._owed: dict[tuple[int, int], Outcome] = {}
        self._begun: Batch[Begun, bool] = Batch(self._begin, joining[0])
        self._settled: Batch[Outcome, Noted] = Batch(self._settle, joining[1])

    @property
    def safe(self) -> bool:
        """Whether what was claimed is certainly still ours: never send otherwise, however late we woke up."""
        return self._clock() < self._until

    def held(self, seconds: int) -> None:
        """Slots were just claimed for so long."""
        # What was claimed before may end sooner, so the earlier end counts while it has not passed.
        until = self._clock() + seconds
        self._until = min(self._until, until) if self.safe else until

    def lose(self) -> None:
        """Another process sends now."""
        self._until = 0

    async def hold(self) -> None:
        """Extend the lease of what is under way, in good time."""
        now = self._clock()
        if self.safe and self._until - now <= self._ledger.lease * 2 / 3:
            await self._ledger.extend(now)
            self._until = now + self._ledger.lease

    async def begin(self, begun: Begun) -> bool:
        """Note that a request is about to leave; whether it still may."""
        return await self._begun.put(begun)

    async def settle(self, outcome: Outcome) -> Noted:
        """Note what became of a claim. If the database fails, it is owed, and noted by `repay`."""
        try:
            return await self._settled.put(outcome)
        except SitrepError:
            self._owed[outcome.claim.key] = outcome
            raise

    def owe(self, claims: Sequence[Claim], why: str) -> None:
        """Nothing became of these, because the database failed: have them claimed again as soon as it works."""
        for claim in claims:
            self._owed.setdefault(claim.key, Later(claim, self._clock(), claim.first_sent_at is not None, why))

    async def repay(self) -> None:
        """Note what could not be noted before. Otherwise it would wait until its lease has run out."""
        if not self._owed:
            return
        owed = dict(self._owed)
        await self._ledger.settle(list(owed.values()), self._clock())
        for key in owed:
            self._owed.pop(key, None)

    async def drain(self) -> None:
        """Until everything is noted."""
        await self._begun.drain()
        await self._settled.drain()

    async def _begin(self, begun: Sequence[Begun]) -> list[bool]:
        ours = await self._ledger.begin(begun, self._clock())
        return [one.claim.key in ours for one in begun]

    async def _settle(self, outcomes: Sequence[Outcome]) -> list[Noted]:
        settled = await self._ledger.settle(outcomes, self._clock())
        lost = {claim.key for claim in settled.lost}
        paused = {claim.key for claim in settled.paused}
        return [Noted(one.claim.key in lost, one.claim.key in paused) for one in outcomes]
