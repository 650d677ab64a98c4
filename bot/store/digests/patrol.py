"""Looking after what is not due: paused channels, people to be told, posts to be published, and what has been."""

from typing import NamedTuple

from bot.store.database import Database, Writer
from bot.store.digests.ledger_claim import OPEN, PROBE_EVERY
from bot.store.digests.subscription_rows import COLUMNS, Stored, next_at, stored
from bot.store.digests.subscriptions import BY_PERSON, UNCONFIRMED

_OURS = f"state = 'paused' AND paused_reason NOT IN ('{BY_PERSON}', '{UNCONFIRMED}')"


class Unpublished(NamedTuple):
    """A post in an announcement channel that is to be published."""

    subscription: int
    slot: int
    channel: int
    message: int
    since: int


class Entry(NamedTuple):
    """What became of one slot. Times are seconds since the epoch, UTC.

    Attributes:
        state: claimed, sent, uncertain, confirmed, failed or skipped.
        error: why it was skipped or failed, or what hinders it.
        at: when that was noted.
    """

    slot: int
    state: str
    message: int | None
    late: bool
    covers: int
    error: str | None
    at: int


class Totals(NamedTuple):
    """The ledger as a whole.

    Attributes:
        due: subscriptions whose next slot may be posted.
        lag: seconds for which the first of them has been waiting.
        open: slots that are being worked on, or wait for another attempt.
        sent, failed, skipped, late: slots of the last 24 hours.
    """

    active: int
    paused: int
    due: int
    lag: int
    open: int
    sent: int
    failed: int
    skipped: int
    late: int


class Patrol:
    """The ledger's other side. `now` is in seconds since the epoch everywhere.

    Raises:
        StoreError: the database fails; everywhere.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def probes(self, now: int, limit: int) -> list[Stored]:
        """Subscriptions that Sitrep paused and whose channel is to be looked at now; next time in PROBE_EVERY."""
        due = "WHERE s.state = 'paused' AND s.next_at <= ?1 ORDER BY s.next_at, s.id LIMIT ?2"
        rows = await self._database.fetch_all(f"SELECT {COLUMNS} FROM subscription s {due}", (now, limit))
        found = [stored(row) for row in rows]
        if found:

            async def work(tx: Writer) -> None:
                await tx.executemany(
                    "UPDATE subscription SET next_at = ?2 WHERE id = ?1 AND state = 'paused'",
                    [(one.id, now + PROBE_EVERY) for one in found],
                )

            await self._database.write(work)
        return found

    async def hasten(self, server: int, now: int) -> None:
        """Something changed in the server: look at its paused channels soon."""

        async def work(tx: Writer) -> None:
            await tx.execute(
                f"UPDATE subscription SET next_at = ?2 WHERE server = ?1 AND {_OURS} AND next_at > ?2",
                (str(server), now),
            )

        ours = f"SELECT 1 FROM subscription WHERE server = ?1 AND {_OURS} LIMIT 1"
        if await self._database.fetch_one(ours, (str(server),)) is not None:
            await self._database.write(work)

    async def reopen(self, id: int, now: int, bound: int) -> bool:
        """The channel can be written to again: go on where it stopped; whether Sitrep had paused it.

        What is due comes at once, as after downtime. So does the slot that failed last, if it is not older than
        `bound` seconds and no other is due.
        """

        async def work(tx: Writer) -> bool:
            row = await tx.fetch_one(f"SELECT {COLUMNS} FROM subscription s WHERE s.id = ?1 AND s.{_OURS}", (id,))
            if row is None:
                return False
            found = stored(row)
            at = next_at(found.subscription, found.handled)
            await tx.execute(
                "UPDATE subscription SET state = 'active', paused_reason = NULL, paused_at = NULL, told = 1, "
                "strikes_since = NULL, next_at = ?2 WHERE id = ?1",
                (id, at),
            )
            if at > now:
                await tx.execute(
                    "UPDATE delivery SET lease_until = ?3, "
                    "state = CASE WHEN first_sent_at IS NULL THEN 'claimed' ELSE 'uncertain' END "
                    "WHERE subscription = ?1 AND slot = (SELECT MAX(slot) FROM delivery WHERE subscription = ?1) "
                    "AND state = 'failed' AND error = ?2 AND slot >= ?4",
                    (id, found.paused_reason, now, now - bound),
                )
            return True

        return await self._database.write(work)

    async def untold(self, limit: int) -> list[Stored]:
        """Subscriptions that Sitrep paused without having told anybody yet."""
        rows = await self._database.fetch_all(
            f"SELECT {COLUMNS} FROM subscription s WHERE s.told = 0 AND s.state = 'paused' ORDER BY s.id LIMIT ?1",
            (limit,),
        )
        return [stored(row) for row in rows]

    async def told(self, id: int) -> None:
        """People have been told."""

        async def work(tx: Writer) -> None:
            await tx.execute("UPDATE subscription SET told = 1 WHERE id = ?1", (id,))

        await self._database.write(work)

    async def unpublished(self, now: int, limit: int) -> list[Unpublished]:
        """Posts that were to be published, and are known since before `now`, the oldest first."""
        rows = await self._database.fetch_all(
            "SELECT subscription, slot, channel, message, at FROM delivery WHERE publish = 'due' AND at <= ?1 "
            "ORDER BY at, subscription, slot LIMIT ?2",
            (now, limit),
        )
        return [Unpublished(row[0], row[1], int(row[2]), int(row[3]), row[4]) for row in rows]

    async def published(self, subscription: int, slot: int, *, done: bool) -> None:
        """A post was published, or it was given up."""

        async def work(tx: Writer) -> None:
            await tx.execute(
                "UPDATE delivery SET publish = ?3 WHERE subscription = ?1 AND slot = ?2",
                (subscription, slot, "done" if done else "failed"),
            )

        await self._database.write(work)

    async def history(self, subscription: int, limit: int = 10) -> list[Entry]:
        """The latest slots of a subscription, the newest first."""
        rows = await self._database.fetch_all(
            "SELECT slot, state, message, late, covers, error, at FROM delivery WHERE subscription = ?1 "
            "ORDER BY slot DESC LIMIT ?2",
            (subscription, limit),
        )
        return [Entry(slot, state, int(m) if m else None, bool(late), *rest) for slot, state, m, late, *rest in rows]

    async def totals(self, now: int) -> Totals:
        """How the ledger stands."""
        states: dict[str, int] = dict(
            await self._database.fetch_all(
                "SELECT state, COUNT(*) FROM subscription WHERE state = 'active' "
                f"OR state = 'paused' AND paused_reason <> '{UNCONFIRMED}' GROUP BY state"
            )
        )
        due = await self._database.fetch_one(
            "SELECT COUNT(*), COALESCE(?1 - MIN(next_at), 0) FROM subscription "
            "WHERE state = 'active' AND next_at <= ?1",
            (now,),
        )
        working = await self._database.fetch_one(f"SELECT COUNT(*) FROM delivery WHERE {OPEN}")
        day = {
            state: (count, late)
            for state, count, late in await self._database.fetch_all(
                "SELECT state, COUNT(*), SUM(late) FROM delivery WHERE at > ?1 GROUP BY state", (now - 86_400,)
            )
        }
        nothing = (0, 0)
        assert due is not None
        assert working is not None
        return Totals(
            active=states.get("active", 0),
            paused=states.get("paused", 0),
            due=due[0],
            lag=due[1],
            open=working[0],
            sent=day.get("confirmed", nothing)[0],
            failed=day.get("failed", nothing)[0],
            skipped=day.get("skipped", nothing)[0],
            late=day.get("confirmed", nothing)[1],
        )
