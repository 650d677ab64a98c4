"""Corrections on their way to whoever was shown the figure: what to edit, what to say, and how far that has come.

`spread` looks at every revision once, in the order made, and writes down whom it concerns; the rest is worked off from
there, so that a process may die at any moment. Times are seconds since the epoch, UTC.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from bot.facts.revision import EVERYONE
from bot.store.counters import SEQUENCE, counter
from bot.store.database import Database, Row, Writer
from bot.store.digests.subscription_rows import COLUMNS as SUBSCRIPTION
from bot.store.digests.subscription_rows import Stored, stored
from bot.store.reader import Reader
from bot.store.revisions.seen import Seen, seen_at
from bot.store.revisions.visible import differ

SPREAD = "corrections_spread"
"""Key in `meta`: the sequence up to which revisions were looked at."""
REVISIONS = 50
"""Looked at in one unit of work."""


class Mending(NamedTuple):
    """A message to be edited. sort: answer or digest; upto: the sequence it was made from; round: which correction's
    edit it is."""

    message: int
    channel: int
    server: int
    sort: str
    upto: int
    round: int
    attempts: int


class Notice(NamedTuple):
    """A correction to be told in a channel.

    Attributes:
        since: the sequence as of which the channel was told the figure last; `cause`: that of the correction.
        first_sent_at: when it was first tried; None before.
    """

    id: int
    channel: int
    server: int
    language: str
    fact: str
    since: int
    cause: int
    attempts: int
    first_sent_at: int | None
    tried_at: int | None


class _Sight(NamedTuple):
    message: str
    channel: str
    server: str
    language: str
    sort: str
    upto: int


class Notices:
    """The tables `mending` and `notice`.

    Raises:
        StoreError: the database fails; everywhere.
    """

    def __init__(self, database: Database, conflict: str) -> None:
        self._database = database
        self._conflict = conflict

    async def spread(self, now: int, kept_for: int) -> int:
        """Write down whom the next corrections concern; how many revisions were looked at, 0 when there are no more.

        Args:
            kept_for: seconds; what was shown longer ago is left as it is.
        """
        row = await self._database.fetch_one("SELECT value FROM meta WHERE key = ?1", (SPREAD,))
        start = int(row[0]) if row is not None else 0
        newer = await self._database.fetch_one("SELECT 1 FROM revision WHERE sequence > ?1 LIMIT 1", (start,))
        return 0 if newer is None else await self._database.write(_Spreading(self._conflict, now, now - kept_for).run)

    async def mendings(self, now: int, limit: int) -> list[Mending]:
        """Messages that are to be edited now, the longest waiting first."""
        rows = await self._database.fetch_all(
            "SELECT message, channel, server, sort, upto, round, attempts FROM mending "
            "WHERE state = 'pending' AND at <= ?1 ORDER BY at LIMIT ?2",
            (now, limit),
        )
        return [
            Mending(int(message), int(channel), int(server or 0), *rest) for message, channel, server, *rest in rows
        ]

    async def notices(self, now: int, limit: int) -> list[Notice]:
        """Corrections that are to be told now, the oldest first."""
        rows = await self._database.fetch_all(
            "SELECT id, channel, server, language, fact, since, cause, attempts, first_sent_at, tried_at FROM notice "
            "WHERE state IN ('pending', 'sent') AND at <= ?1 ORDER BY at, id LIMIT ?2",
            (now, limit),
        )
        return [Notice(row[0], int(row[1]), int(row[2]), *row[3:]) for row in rows]

    async def page(self, mending: Mending) -> tuple[str, str] | None:
        """The page that the message showed at first, as JSON, and its language; None where it is not known any more."""
        query = (
            "SELECT p.body, s.language FROM shown s JOIN shown_page p ON p.id = s.page WHERE s.message = ?1"
            if mending.sort == "answer"
            else "SELECT e.page, e.language FROM delivery d JOIN edition e ON e.id = d.edition WHERE d.message = ?1"
        )
        row = await self._database.fetch_one(query, (str(mending.message),))
        return (row[0], row[1]) if row is not None and row[0] is not None else None

    async def mended(self, mending: Mending, *, error: str | None, at: int | None, now: int) -> None:
        """Note what came of an edit. A correction that came meanwhile has it done again.

        Args:
            error: what hinders it; None when it is done.
            at: when to try again; None for never.
        """
        state = "done" if error is None else "failed" if at is None else "pending"

        async def work(tx: Writer) -> None:
            await tx.execute(
                "UPDATE mending SET state = ?2, error = ?3, at = ?4, attempts = attempts + 1 "
                "WHERE message = ?1 AND state = 'pending' AND round = ?5",
                (str(mending.message), state, error, at if at is not None else now, mending.round),
            )

        await self._database.write(work)

    async def sending(self, notice: Notice, now: int) -> bool:
        """A request is about to leave; False where the notice was changed or dealt with meanwhile."""

        async def work(tx: Writer) -> bool:
            return bool(
                await tx.execute(
                    "UPDATE notice SET state = 'sent', first_sent_at = coalesce(first_sent_at, ?3), tried_at = ?3, "
                    "attempts = attempts + 1 WHERE id = ?1 AND cause = ?2 AND state IN ('pending', 'sent')",
                    (notice.id, notice.cause, now),
                )
            )

        return await self._database.write(work)

    async def settle(
        self, notice: Notice, state: str, *, at: int, message: int | None = None, error: str | None = None
    ) -> None:
        """Note what came of a notice.

        Args:
            state: done, failed or skipped; `sent` to try again at `at`, `pending` where nothing can have arrived.
        """

        async def work(tx: Writer) -> None:
            fresh = ", first_sent_at = NULL" if state == "pending" else ""
            await tx.execute(
                f"UPDATE notice SET state = ?2, at = ?3, message = ?4, error = ?5{fresh} WHERE id = ?1",
                (notice.id, state, at, str(message) if message is not None else None, error),
            )

        await self._database.write(work)

    async def seen(self, facts: Sequence[str], scope: str, upto: int) -> dict[str, Seen]:
        """What `scope` saw of the facts as of a sequence."""
        return await seen_at(self._database, self._conflict, facts, scope, upto)

    async def subscriptions(self, channel: int) -> list[Stored]:
        """What is at work in a channel."""
        return await _at_work(self._database, str(channel))


class _Spreading:
    """One unit of work of `spread`."""

    def __init__(self, conflict: str, now: int, oldest: int) -> None:
        self._conflict = conflict
        self._now = now
        self._oldest = oldest

    async def run(self, tx: Writer) -> int:
        row = await tx.fetch_one("SELECT value FROM meta WHERE key = ?1", (SPREAD,))
        start = int(row[0]) if row is not None else 0
        # First readings correct nothing, and after a large load there are very many of them.
        rows = await tx.fetch_all(
            "SELECT sequence, fact, scope FROM revision WHERE sequence > ?1 AND kind <> 'initial' "
            "ORDER BY sequence LIMIT ?2",
            (start, REVISIONS),
        )
        for sequence, fact, scope in rows:
            await self._revision(tx, sequence, fact, scope)
        done = rows[-1][0] if len(rows) == REVISIONS else await counter(tx, SEQUENCE)
        await tx.execute(
            "INSERT INTO meta (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            (SPREAD, str(done)),
        )
        return len(rows)

    async def _revision(self, tx: Writer, sequence: int, fact: str, scope: str) -> None:
        sights = await _sights(tx, fact, scope, sequence, self._oldest)
        if not sights:
            return
        own = {found for (found,) in await tx.fetch_all("SELECT DISTINCT scope FROM revision WHERE fact = ?1", (fact,))}
        changed: dict[str, bool] = {}
        concerned: list[_Sight] = []
        for sight in sights:
            view = sight.server if sight.server in own else EVERYONE
            if view not in changed:
                changed[view] = await self._changed(tx, sequence, fact, view)
            if changed[view]:
                concerned.append(sight)
        await tx.executemany(
            "INSERT INTO mending (message, channel, server, sort, upto, state, at) "
            "VALUES (?1, ?2, ?3, ?4, ?5, 'pending', ?6) ON CONFLICT (message) DO UPDATE SET state = 'pending', "
            "at = excluded.at, round = mending.round + 1, attempts = 0",
            [(one.message, one.channel, one.server, one.sort, one.upto, self._now) for one in concerned],
        )
        for sight in {one.channel: one for one in concerned}.values():
            await self._tell(tx, sight, fact, sequence)

    async def _changed(self, tx: Writer, sequence: int, fact: str, view: str) -> bool:
        before = (await seen_at(tx, self._conflict, [fact], view, sequence - 1)).get(fact)
        after = (await seen_at(tx, self._conflict, [fact], view, sequence)).get(fact)
        return before is not None and after is not None and differ(before, after)

    async def _tell(self, tx: Writer, sight: _Sight, fact: str, sequence: int) -> None:
        """One notice for the channel. What was not begun yet is told with this one, from where the channel stands."""
        waiting = await tx.fetch_one(
            "SELECT id FROM notice WHERE channel = ?1 AND fact = ?2 AND state = 'pending' AND attempts = 0",
            (sight.channel, fact),
        )
        if waiting is not None:
            await tx.execute("UPDATE notice SET cause = ?2, at = ?3 WHERE id = ?1", (waiting[0], sequence, self._now))
            return
        await tx.execute(
            "INSERT INTO notice (channel, server, language, fact, since, cause, state, at) "
            "VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'pending', ?7) ON CONFLICT DO NOTHING",
            (sight.channel, sight.server, sight.language, fact, sequence - 1, sequence, self._now),
        )


async def _sights(reader: Reader, fact: str, scope: str, sequence: int, oldest: int) -> list[_Sight]:
    """The messages that showed the fact before a revision of this scope was made."""
    found: list[_Sight] = []
    for sort, query in _SIGHTS.items():
        values = (fact, sequence, oldest, *((scope,) if scope != EVERYONE else ()))
        where = " AND s.server = ?4" if scope != EVERYONE else ""
        rows: Iterable[Row] = await reader.fetch_all(query + where, values)
        for message, channel, server, language, upto in rows:
            found.append(_Sight(message, channel, server, language, sort, upto))
    return found


async def _at_work(reader: Reader, channel: str) -> list[Stored]:
    rows = await reader.fetch_all(
        f"SELECT {SUBSCRIPTION} FROM subscription s WHERE s.channel = ?1 AND s.state = 'active'", (channel,)
    )
    return [stored(row) for row in rows]


_SIGHTS = {
    "answer": "SELECT s.message, s.channel, s.server, s.language, s.upto FROM shown_fact f "
    "JOIN shown s ON s.message = f.message WHERE f.fact = ?1 AND s.upto < ?2 AND s.shown_at >= ?3",
    "digest": "SELECT d.message, d.channel, s.server, e.language, e.upto FROM edition_fact f "
    "JOIN edition e ON e.id = f.edition JOIN delivery d ON d.edition = e.id "
    "JOIN subscription s ON s.id = d.subscription "
    "WHERE f.fact = ?1 AND e.upto < ?2 AND d.at >= ?3 AND d.state = 'confirmed'",
}
