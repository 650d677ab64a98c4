"""Reading facts as of an earlier time: what a scope saw then, and what it sees now instead."""

from __future__ import annotations

import asyncio
import weakref
from collections import OrderedDict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from bot.facts.fact import Report
from bot.facts.revision import EVERYONE, Revision
from bot.places.gazetteer import Gazetteer
from bot.store.counters import counter, version_key
from bot.store.database import Database
from bot.store.direct import DirectWriter
from bot.store.lists.list_query import Selection, list_query
from bot.store.reading.facts import Facts, Shown
from bot.store.reading.past_copy import Copy, copy_past
from bot.store.revisions.histories import preceding, whole_history
from bot.store.writer import Row

if TYPE_CHECKING:
    from bot.store.revisions.changes import Changes, Wanted

KEPT = 3
"""Earlier times that are kept ready, of at most 30 MB each; seldom more than one."""
COUNTED = 1_000
"""Facts of a list that are looked through for those that came since."""


class Now(NamedTuple):
    """What became of a fact that was seen at an earlier time.

    Attributes:
        shown: as it is seen now; None where it was retracted since.
        instead: what was put in its place since: the latest step of its series, or what names it as replaced.
    """

    shown: Shown | None
    instead: Shown | None


class Known(NamedTuple):
    """How much was known: reports, the date of the latest of them, and since when anything was."""

    reports: int
    latest: date | None
    since: int | None


class Past:
    """Reads what one scope saw at one time, as `Facts` reads what it sees now."""

    def __init__(self, database: Database, scope: str, at: int, copy: Copy) -> None:
        self._database = database
        self._scope = scope
        self._at = at
        self._copy = copy
        self._now = Facts(database, scope)
        self._memory = DirectWriter(copy.memory, Path(":memory:"))
        self._then = Facts(self._memory)
        # Nobody says when the last question about it is answered, so it is closed with the last reference.
        weakref.finalize(self, copy.memory.close)

    @property
    def at(self) -> int:
        """The time, seconds since the epoch."""
        return self._at

    async def select(self, selection: Selection, *, limit: int, offset: int = 0) -> list[Shown]:
        """The facts of a list in its order then, `limit` at most, from `offset`."""
        if self._copy.whole:
            found = await self._then.select(selection, limit=limit, offset=offset)
            return [self._owned(row) for row in found]
        end = offset + limit
        rows = sorted((await self._unchanged(selection, end)) + await self._differing(selection, end))
        shown = [await self.get(fact) for *_place, fact in rows[offset:end]]
        return [row for row in shown if row is not None]

    async def get(self, fact_id: str) -> Shown | None:
        """One fact as it was shown; None when it was not known yet, or retracted."""
        if not self._copy.whole and fact_id not in self._copy.differs:
            return await self._now.get(fact_id)
        shown = await self._then.get(fact_id)
        return self._owned(shown) if shown is not None else None

    async def report(self, report_id: str) -> Report | None:
        """One report."""
        return await self._now.report(report_id)

    async def history(self, fact_id: str, *, limit: int = 20, offset: int = 0) -> list[Revision]:
        """The revisions of a fact up to then, the latest first."""
        return await whole_history(
            self._database, fact_id, self._scope, limit=limit, offset=offset, as_of=self._at
        )  # fmt: skip

    async def before(self, revision: Revision) -> Revision | None:
        """What was seen of the fact right before `revision`."""
        return await preceding(self._database, revision)

    async def series(self, fact_id: str, *, limit: int = 20) -> list[Shown]:
        """The steps of the series a fact belonged to, the latest first."""
        if not self._copy.whole and fact_id not in self._copy.differs:
            return await self._now.series(fact_id, limit=limit)
        return [self._owned(row) for row in await self._then.series(fact_id, limit=limit)]

    async def replaced_by(self, fact_id: str, *, limit: int = 20) -> list[Shown]:
        """The facts whose reports named this one as replaced, those printed last first."""
        if not self._copy.whole and fact_id not in self._copy.differs:
            return await self._now.replaced_by(fact_id, limit=limit)
        return [self._owned(row) for row in await self._then.replaced_by(fact_id, limit=limit)]

    async def changes(self, conflict: str, since: int, upto: int, wanted: Wanted | None = None) -> Changes:
        """What changed after one sequence and up to another."""
        return await self._now.changes(conflict, since, upto, wanted)

    async def now(self, fact_id: str) -> Now:
        """What is seen now of a fact that was seen then."""
        shown = await self._now.get(fact_id)
        if shown is None:
            return Now(None, None)
        then = await self.series(fact_id, limit=1)
        latest = await self._now.series(fact_id, limit=1)
        # A step that was none of the latest then either is one on purpose, such as for an earlier day.
        if latest and latest[0].fact.id != fact_id and not (then and then[0].fact.id != fact_id):
            return Now(shown, latest[0])
        return Now(shown, await self._put_in_its_place(fact_id))

    async def _put_in_its_place(self, fact_id: str) -> Shown | None:
        rows = await self._database.fetch_all(
            "SELECT fact FROM relation WHERE target = ?1 AND kind = 'supersedes' ORDER BY fact DESC LIMIT 20",
            (fact_id,),
        )
        for (other,) in rows:
            shown = await self._now.get(other)
            if shown is not None and await self.get(other) is None:
                return shown
        return None

    async def came_since(self, selection: Selection) -> tuple[int, bool]:
        """How many facts stand in the list now that were not known then, and whether there are more: a thousand
        facts are looked through."""
        query = list_query(selection, self._scope, limit=COUNTED, offset=0, keys=True)
        rows = await self._database.fetch_all(query.sql, query.values)
        new = [fact for *_place, fact in rows if self._is_new(fact)]
        return len(new), len(rows) == COUNTED

    async def known(self, conflict: str) -> Known:
        """How much was known then, by the reports that had come in."""
        row = await self._database.fetch_one(
            "SELECT COUNT(*) FILTER (WHERE loaded_at <= ?2), MAX(published) FILTER (WHERE loaded_at <= ?2), "
            "MIN(loaded_at) FROM report WHERE conflict = ?1",
            (conflict, self._at),
        )
        count, latest, since = row if row is not None else (0, None, None)
        return Known(count, date.fromordinal(latest) if latest is not None else None, since)

    async def publishers(self, conflict: str) -> frozenset[str]:
        """Ids of those whose reports had come in."""
        rows = await self._database.fetch_all(
            "SELECT DISTINCT json_extract(body, '$.publisher') FROM report WHERE conflict = ?1 AND loaded_at <= ?2",
            (conflict, self._at),
        )
        return frozenset(publisher for (publisher,) in rows)

    def _is_new(self, fact: str) -> bool:
        return fact not in self._copy.differs if self._copy.whole else fact in self._copy.new

    def _owned(self, row: Shown) -> Shown:
        below = row.corrected_below.union(fact.id for fact in row.attached if fact.id in self._copy.own)
        return row._replace(own=row.fact.id in self._copy.own, corrected_below=below)

    async def _differing(self, selection: Selection, end: int) -> list[Row]:
        query = list_query(selection, EVERYONE, limit=end, offset=0, keys=True)
        return await self._memory.fetch_all(query.sql, query.values)

    async def _unchanged(self, selection: Selection, end: int) -> list[Row]:
        """The first `end` rows of today's list that were there then as well."""
        wanted = end + 50
        while True:
            query = list_query(selection, self._scope, limit=wanted, offset=0, keys=True)
            rows = await self._database.fetch_all(query.sql, query.values)
            kept = [row for row in rows if row[-1] not in self._copy.differs]
            if len(kept) >= end or len(rows) < wanted:
                return kept[:end]
            wanted *= 8


class Pasts:
    """The earlier times that were asked for last, each copied once however many ask."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._kept: OrderedDict[tuple[str, int], tuple[tuple[int, int], asyncio.Task[Past]]] = OrderedDict()
        # One after another: each takes a processor for itself while it lasts.
        self._turn = asyncio.Lock()

    async def at(self, scope: str, at: int, places: Gazetteer) -> Past:
        """What `scope` saw at `at`.

        Raises:
            SitrepError: too much has changed since.
            StoreError: the database cannot be read.
        """
        versions = (
            await counter(self._database, version_key(EVERYONE)),
            await counter(self._database, version_key(scope)),
        )
        kept = self._kept.get((scope, at))
        if kept is None or kept[0] != versions or (kept[1].done() and kept[1].exception() is not None):
            kept = (versions, asyncio.create_task(self._copy(scope, at, places)))
            self._kept[scope, at] = kept
        self._kept.move_to_end((scope, at))
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return await asyncio.shield(kept[1])

    async def _copy(self, scope: str, at: int, places: Gazetteer) -> Past:
        async with self._turn:
            copy = await asyncio.to_thread(copy_past, self._database.path, scope, at, places)
        return Past(self._database, scope, at, copy)
