"""Claiming: which slots there are to work on. One unit of work, so that no two processes get the same slot."""

import logging
from datetime import date, time

from bot.logs import log_event
from bot.store.database import Row, Value, Writer
from bot.store.digests.ledger_rows import AWAY, MERGED, TOO_LATE, Claim, Claimed, Passed, nonce_of
from bot.store.digests.subscription_rows import COLUMNS, State, Stored, epoch, handled_columns, instant, stored
from bot.subscriptions.catchup import LATE_AFTER
from bot.subscriptions.errors import SubscriptionError
from bot.subscriptions.quiet import release
from bot.subscriptions.slots import Slot
from bot.subscriptions.subscription import Subscription

_log = logging.getLogger(__name__)

OPEN = "state IN ('claimed', 'sent', 'uncertain')"
LEFT = "left"
"""The code of `bot.digests.reasons` for a server that Sitrep is no longer in."""
UNREADABLE = 3600
"""Seconds until a subscription that cannot be read is tried again."""
PROBE_EVERY = 6 * 3600
"""Seconds between two looks at whether a paused channel can be written to again. What Discord tells comes sooner."""
MOST_ROWS = 5000
"""Slots recorded by one claim at most: an hourly digest has 168 a week, and others wait for the writer."""

DUE = f"""
    FROM subscription s WHERE s.state = 'active' AND s.next_at <= ?1
    AND NOT EXISTS (SELECT 1 FROM delivery o WHERE o.channel = s.channel AND o.{OPEN})
"""
EXPIRED = f"""
    FROM delivery d WHERE d.{OPEN} AND d.lease_until <= ?1
    AND NOT EXISTS (SELECT 1 FROM delivery o WHERE o.channel = d.channel AND o.{OPEN} AND o.lease_until > ?1)
"""
"""A channel is worked on by one claim at a time, so that its posts keep their order."""


class Claiming:
    """One claim. Reclaimed slots come first, then new ones, each in the order in which they became due."""

    def __init__(self, tx: Writer, owner: str, now: int, *, lease: int, bound: int, limit: int) -> None:
        self._tx = tx
        self._owner = owner
        self._now = now
        self._until = now + lease
        self._bound = bound
        self._limit = limit
        self._claims: list[Claim] = []
        self._passed: list[Passed] = []
        self._covered: dict[int, int] = {}

    async def run(self) -> Claimed:
        """Claim."""
        more = await self._reclaim()
        more = await self._claim_due() or more
        return Claimed(self._claims, self._passed, more)

    async def _reclaim(self) -> bool:
        rows = await self._tx.fetch_all(
            f"SELECT {COLUMNS}, v.left_at, d.slot, d.nonce, d.first_sent_at, d.at, d.attempts, d.edition, d.covers, "
            "d.channel FROM delivery d JOIN subscription s ON s.id = d.subscription JOIN server v ON v.id = s.server "
            f"WHERE (d.subscription, d.slot) IN (SELECT d.subscription, d.slot {EXPIRED} "
            "ORDER BY d.slot, d.subscription LIMIT ?2) ORDER BY d.slot, d.subscription",
            (self._now, self._limit),
        )
        taken: list[tuple[Value, ...]] = []
        closed: list[tuple[Value, ...]] = []
        for row in rows:
            found = _read(row)
            if found is None:
                later = "UPDATE delivery SET lease_until = ?3 WHERE subscription = ?1 AND slot = ?2"
                await self._tx.execute(later, (row[0], row[16], self._now + UNREADABLE))
                continue
            claim = self._reclaimed(found, row)
            why = self._obsolete(claim, away=row[15] is not None)
            if why is None:
                self._claims.append(claim)
                taken.append((*claim.key, self._owner, self._until, int(claim.late), str(claim.channel)))
                continue
            self._passed.append(Passed(found.id, row[23], claim.slot, why))
            closed.append((*claim.key, why, self._now))
            if why == MERGED:
                self._covered[found.id] = claim.covers
        await self._tx.executemany(
            "UPDATE delivery SET owner = ?3, lease_until = ?4, late = ?5, channel = ?6 "
            "WHERE subscription = ?1 AND slot = ?2",
            taken,
        )
        await self._tx.executemany(
            "UPDATE delivery SET state = 'skipped', error = ?3, owner = NULL, at = ?4 "
            "WHERE subscription = ?1 AND slot = ?2",
            closed,
        )
        return len(rows) == self._limit

    def _reclaimed(self, found: Stored, row: Row) -> Claim:
        slot, nonce, first_sent_at, at, attempts, edition, covers = row[16:23]
        released = _released(found.subscription, slot)
        late = self._now - released > LATE_AFTER.total_seconds()
        channel = found.subscription.channel if first_sent_at is None else int(row[23])
        return Claim(found, channel, slot, nonce, first_sent_at, at, attempts, edition, released, late, covers)

    def _obsolete(self, claim: Claim, *, away: bool) -> str | None:
        """Why the slot is not to be posted any more. One that may stand in its channel is looked for first."""
        if claim.stored.state is not State.ACTIVE:
            return AWAY[claim.stored.state]
        if away:
            return LEFT
        if claim.first_sent_at is not None:
            return None
        if claim.stored.next_at is not None and claim.stored.next_at <= self._now:
            return MERGED
        return TOO_LATE if self._now - claim.released > self._bound else None

    async def _claim_due(self) -> bool:
        room = self._limit - len(self._claims)
        if room <= 0:
            return True
        rows = await self._tx.fetch_all(
            f"SELECT {COLUMNS}, v.left_at FROM subscription s JOIN server v ON v.id = s.server "
            f"WHERE s.id IN (SELECT s.id {DUE} ORDER BY s.next_at, s.id LIMIT ?2) ORDER BY s.next_at, s.id",
            (self._now, room),
        )
        made: list[tuple[Value, ...]] = []
        moved: list[tuple[Value, ...]] = []
        held: list[tuple[Value, ...]] = []
        left: list[tuple[Value, ...]] = []
        claims: list[Claim] = []
        for seen, row in enumerate(rows):
            if len(made) >= MOST_ROWS:
                rows = rows[:seen]
                break
            found = _read(row)
            if found is None:
                held.append((row[0], self._now + UNREADABLE))
            elif row[15] is not None:
                self._passed.append(Passed(found.id, row[2], self._now, LEFT))
                left.append((found.id, LEFT, self._now, self._now + PROBE_EVERY))
            else:
                claims += self._plan(found, made, moved)
        await self._tx.executemany("UPDATE subscription SET next_at = ?2 WHERE id = ?1", held)
        await self._tx.executemany(
            "UPDATE subscription SET state = 'paused', paused_reason = ?2, paused_at = ?3, next_at = ?4 WHERE id = ?1",
            left,
        )
        await self._tx.executemany(
            "UPDATE subscription SET next_at = ?2, handled_at = ?3, handled_date = ?4, handled_time = ?5 WHERE id = ?1",
            moved,
        )
        await self._tx.executemany(
            "INSERT INTO delivery (subscription, slot, channel, state, nonce, owner, lease_until, late, covers, error, "
            "at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) ON CONFLICT (subscription, slot) DO NOTHING",
            made,
        )
        # A slot that has a row already was dealt with: it is not ours.
        mine = set(
            await self._tx.fetch_all(
                "SELECT subscription, slot FROM delivery WHERE owner = ?1 AND lease_until = ?2 AND state = 'claimed'",
                (self._owner, self._until),
            )
        )
        self._claims += [claim for claim in claims if claim.key in mine]
        return len(rows) == room or len(made) >= MOST_ROWS

    def _plan(self, found: Stored, made: list[tuple[Value, ...]], moved: list[tuple[Value, ...]]) -> list[Claim]:
        """Every slot that has passed gets its row; the latest within the bound is to be delivered."""
        due = found.due(self._now, self._bound)
        moved.append((found.id, epoch(due.upcoming_at), *handled_columns(due.latest or found.handled)))
        channel = str(found.subscription.channel)
        for slots, why in ((due.skipped, TOO_LATE), (due.merged, MERGED)):
            for slot in slots:
                at = epoch(slot.utc)
                made.append(self._row(found.id, at, channel, why, False, 1))
                self._passed.append(Passed(found.id, channel, at, why))
        if due.deliver is None:
            return []
        at = epoch(due.deliver.utc)
        covers = 1 + len(due.merged) + self._covered.get(found.id, 0)
        made.append(self._row(found.id, at, channel, None, due.late, covers))
        released = _released(found.subscription, at)
        return [
            Claim(found, int(channel), at, nonce_of(found.id, at), None, self._now, 0, None, released, due.late, covers)
        ]

    def _row(self, id: int, slot: int, channel: str, why: str | None, late: bool, covers: int) -> tuple[Value, ...]:
        state, owner = ("claimed", self._owner) if why is None else ("skipped", None)
        nonce = nonce_of(id, slot)
        return (id, slot, channel, state, nonce, owner, self._until, int(late), covers, why, self._now)


def _read(row: Row) -> Stored | None:
    try:
        return stored(row)
    except (SubscriptionError, ValueError) as error:
        # One row that cannot be read keeps no other from being delivered.
        log_event(_log, logging.ERROR, "digest.unreadable", error=error, subscription=row[0])
        return None


def _released(subscription: Subscription, slot: int) -> int:
    # Quiet hours look at the instant alone.
    return epoch(release(Slot(instant(slot), date.min, time.min), subscription.quiet, subscription.zone))
