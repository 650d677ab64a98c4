"""The ledger: one row for each slot of each subscription, and what became of it.

A slot is claimed, then sent, then confirmed. Whoever works on it owns it for as long as the lease lasts; a mark by
anybody else changes nothing. So a process that was killed, or stalled and woke up again, neither loses nor doubles
a post. Why each step is where it is: docs/decisions/0021-delivery.md.
"""

from collections.abc import Sequence

from bot.store.database import Database, Writer
from bot.store.digests.ledger_claim import DUE, EXPIRED, OPEN, Claiming
from bot.store.digests.ledger_rows import Begun, Claimed, Outcome
from bot.store.digests.ledger_settle import Settled, settle

LEASE = 60
"""Seconds for which a claim holds; extended while its process lives."""


class Ledger:
    """The deliveries, as one process sees them. `now` is in seconds since the epoch everywhere.

    Raises:
        StoreError: the database fails; everywhere. Then nothing of that call was saved.
    """

    def __init__(self, database: Database, owner: str, *, bound: int, lease: int = LEASE) -> None:
        """
        Args:
            owner: a name that no other process, and no earlier run of this one, has.
            bound: seconds for which a slot is still caught up with.
        """
        self._database = database
        self._owner = owner
        self._bound = bound
        self.lease = lease

    async def claim(self, now: int, limit: int) -> Claimed:
        """Take slots that are due, `limit` at most, and what others left behind when their lease ran out."""
        ready = await self._database.fetch_one(f"SELECT EXISTS (SELECT 1 {DUE}) OR EXISTS (SELECT 1 {EXPIRED})", (now,))
        if limit <= 0 or ready is None or not ready[0]:
            # Nearly always: and it takes no lock.
            return Claimed([], [], more=False)

        async def work(tx: Writer) -> Claimed:
            claiming = Claiming(tx, self._owner, now, lease=self.lease, bound=self._bound, limit=limit)
            return await claiming.run()

        return await self._database.write(work)

    async def begin(self, begun: Sequence[Begun], now: int) -> set[tuple[int, int]]:
        """Note, before the requests leave, that they do. The keys of those that are still ours: send no others."""

        async def work(tx: Writer) -> set[tuple[int, int]]:
            rows = [(*one.claim.key, self._owner, one.edition, now) for one in begun]
            count = await tx.executemany(
                "UPDATE delivery SET state = 'sent', edition = ?4, first_sent_at = COALESCE(first_sent_at, ?5), "
                f"attempts = attempts + 1, at = ?5 WHERE subscription = ?1 AND slot = ?2 AND owner = ?3 AND {OPEN}",
                rows,
            )
            keys = {one.claim.key for one in begun}
            if count == len(keys):
                return keys
            mine = await tx.fetch_all(
                "SELECT subscription, slot FROM delivery WHERE owner = ?1 AND state = 'sent'", (self._owner,)
            )
            return keys & set(mine)

        return await self._database.write(work)

    async def settle(self, outcomes: Sequence[Outcome], now: int) -> Settled:
        """Note what became of claims. Those that are no longer ours are left as they are."""

        async def work(tx: Writer) -> Settled:
            return await settle(tx, self._owner, outcomes, now)

        return await self._database.write(work)

    async def extend(self, now: int) -> None:
        """Hold what is ours for another lease."""

        async def work(tx: Writer) -> None:
            await tx.execute(
                f"UPDATE delivery SET lease_until = ?2 WHERE owner = ?1 AND {OPEN}", (self._owner, now + self.lease)
            )

        await self._database.write(work)

    async def release(self, now: int) -> None:
        """Give back what is ours, for anybody to go on with at once."""
        await self._give_back("owner = ?1", now)

    async def take_over(self, now: int) -> None:
        """Take what others own: for the process that has just been elected, when theirs are dead or asleep."""
        await self._give_back("owner <> ?1", now)

    async def _give_back(self, whose: str, now: int) -> None:
        async def work(tx: Writer) -> None:
            await tx.execute(
                "UPDATE delivery SET owner = NULL, lease_until = ?2, "
                "state = CASE WHEN first_sent_at IS NULL THEN 'claimed' ELSE 'uncertain' END "
                f"WHERE {whose} AND {OPEN}",
                (self._owner, now),
            )

        await self._database.write(work)
