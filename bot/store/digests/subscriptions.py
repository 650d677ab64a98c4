"""What channels have subscribed to: adding, changing, pausing, removing, and what is due."""

from typing import NamedTuple

from bot.store.database import Database, Writer
from bot.store.digests.subscription_rows import (
    COLUMNS,
    State,
    Stored,
    body_of,
    handled_columns,
    instant,
    next_at,
    stored,
)
from bot.subscriptions.subscription import Limits, Subscription

__all__ = ["BY_PERSON", "UNCONFIRMED", "Counts", "State", "Stored", "Subscriptions"]

BY_PERSON = "by-person"
"""The reason of a pause that somebody asked for; all others are Sitrep's own, and end by themselves."""


UNCONFIRMED = "unconfirmed"
"""The reason of a new one that nobody has started yet. It is forgotten after `UNCONFIRMED_FOR`."""
UNCONFIRMED_FOR = 24 * 3600
"""Seconds."""


class Counts(NamedTuple):
    """How many subscriptions there are of each kind; removed ones do not count."""

    active: int
    paused: int


class Subscriptions:
    """The subscriptions of all servers. `now` is in seconds since the epoch everywhere.

    Raises:
        StoreError: the database fails; everywhere.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(
        self, subscription: Subscription, *, by: int, now: int, limits: Limits | None = None, confirmed: bool = True
    ) -> Stored:
        """Keep a new subscription. Its first slot is the first after `now`.

        Args:
            confirmed: otherwise it waits, paused, for its `resume`.

        Raises:
            SubscriptionError: the server has as many as it may have.
        """

        async def work(tx: Writer) -> Stored:
            server = str(subscription.server)
            await tx.execute(
                "UPDATE subscription SET state = 'removed' WHERE server = ?1 AND state = 'paused' "
                "AND paused_reason = ?2 AND created_at < ?3",
                (server, UNCONFIRMED, now - UNCONFIRMED_FOR),
            )
            count = await tx.fetch_one(
                "SELECT COUNT(*) FROM subscription WHERE server = ?1 AND state IN ('active', 'paused')", (server,)
            )
            (limits or Limits()).check_room(count[0] if count is not None else 0)
            await tx.execute(
                "INSERT INTO server (id, settings) VALUES (?1, '{}') ON CONFLICT (id) DO NOTHING", (server,)
            )
            row = await tx.fetch_one(
                "INSERT INTO subscription (server, channel, body, created_by, created_at, state, paused_reason, "
                "next_at, handled_at) VALUES (?1, ?2, ?3, ?4, ?5, ?7, ?8, ?6, ?5) RETURNING id",
                (
                    server,
                    str(subscription.channel),
                    body_of(subscription),
                    str(by),
                    now,
                    next_at(subscription, instant(now)) if confirmed else None,
                    (State.ACTIVE if confirmed else State.PAUSED).value,
                    None if confirmed else UNCONFIRMED,
                ),
            )
            assert row is not None
            found = await _get(tx, row[0])
            assert found is not None
            return found

        return await self._database.write(work)

    async def get(self, id: int) -> Stored | None:
        """The subscription, unless it is unknown or removed."""
        row = await self._database.fetch_one(
            f"SELECT {COLUMNS} FROM subscription s WHERE s.id = ?1 AND s.state IN ('active', 'paused')", (id,)
        )
        return stored(row) if row is not None else None

    async def listing(self, server: int) -> list[Stored]:
        """All subscriptions of a server, in the order made."""
        rows = await self._database.fetch_all(
            f"SELECT {COLUMNS} FROM subscription s WHERE s.server = ?1 AND s.state IN ('active', 'paused') "
            "ORDER BY s.id",
            (str(server),),
        )
        return [stored(row) for row in rows]

    async def edit(self, id: int, subscription: Subscription, now: int) -> Stored | None:
        """Change everything but whether it is paused; None where it is unknown or removed.

        With another rule or zone, slots are counted from `now`. An edition still under way goes out as it was. What
        the channel has seen stays: the next edition tells what is new since. The server cannot change.
        """

        async def work(tx: Writer) -> Stored | None:
            before = await _get(tx, id)
            if before is None or before.subscription.server != subscription.server:
                return None
            was = before.subscription
            same = (was.rule, was.zone) == (subscription.rule, subscription.zone)
            since = before.handled if same else instant(now)
            at = before.next_at if before.state is State.PAUSED else next_at(subscription, since)
            await tx.execute(
                "UPDATE subscription SET channel = ?2, body = ?3, next_at = ?4, handled_at = ?5, handled_date = ?6, "
                "handled_time = ?7, strikes_since = CASE WHEN channel = ?2 THEN strikes_since END WHERE id = ?1",
                (id, str(subscription.channel), body_of(subscription), at, *handled_columns(since)),
            )
            return await _get(tx, id)

        return await self._database.write(work)

    async def pause(self, id: int, reason: str, now: int, *, probe_at: int | None = None) -> bool:
        """Post nothing more until it is resumed; whether it was at work.

        Args:
            reason: BY_PERSON, or a code of `bot.digests.reasons`.
            probe_at: when to look whether the channel can be written to again; None: never by itself.
        """

        async def work(tx: Writer) -> bool:
            return bool(
                await tx.execute(
                    "UPDATE subscription SET state = 'paused', paused_reason = ?2, paused_at = ?3, next_at = ?4 "
                    "WHERE id = ?1 AND state = 'active'",
                    (id, reason, now, probe_at),
                )
            )

        return await self._database.write(work)

    async def resume(self, id: int, now: int) -> Stored | None:
        """Post again, from the first slot after `now`; None where it is unknown or removed."""

        async def work(tx: Writer) -> Stored | None:
            found = await _get(tx, id)
            if found is None or found.state is not State.PAUSED:
                return found
            await tx.execute(
                "UPDATE subscription SET state = 'active', paused_reason = NULL, paused_at = NULL, "
                "strikes_since = NULL, next_at = ?2, handled_at = ?3, handled_date = NULL, handled_time = NULL "
                "WHERE id = ?1",
                (id, next_at(found.subscription, instant(now)), now),
            )
            return await _get(tx, id)

        return await self._database.write(work)

    async def remove(self, id: int) -> bool:
        """Take it away; whether it was there. What it has posted stays known, for corrections."""

        async def work(tx: Writer) -> bool:
            return bool(
                await tx.execute(
                    "UPDATE subscription SET state = 'removed', next_at = NULL WHERE id = ?1 "
                    "AND state IN ('active', 'paused')",
                    (id,),
                )
            )

        return await self._database.write(work)

    async def due(self, now: int, limit: int) -> list[Stored]:
        """Active subscriptions of which a slot may be posted, the longest waiting first."""
        rows = await self._database.fetch_all(
            f"SELECT {COLUMNS} FROM subscription s WHERE s.state = 'active' AND s.next_at <= ?1 "
            "ORDER BY s.next_at, s.id LIMIT ?2",
            (now, limit),
        )
        return [stored(row) for row in rows]

    async def counts(self, server: int | None = None) -> Counts:
        """How many there are, in one server or in all."""
        where, values = ("", ()) if server is None else (" AND server = ?1", (str(server),))
        rows = await self._database.fetch_all(
            f"SELECT state, COUNT(*) FROM subscription WHERE state IN ('active', 'paused'){where} GROUP BY state",
            values,
        )
        found: dict[str, int] = dict(rows)
        return Counts(found.get("active", 0), found.get("paused", 0))


async def _get(tx: Writer, id: int) -> Stored | None:
    row = await tx.fetch_one(
        f"SELECT {COLUMNS} FROM subscription s WHERE s.id = ?1 AND s.state IN ('active', 'paused')", (id,)
    )
    return stored(row) if row is not None else None
