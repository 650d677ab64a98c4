"""Reading facts: lists, single facts, histories, series. Every query is bounded and follows an index."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from bot.facts.fact import Fact, Report
from bot.facts.revision import EVERYONE, Revision
from bot.facts.topics import topics
from bot.facts.vocabulary import RelationKind
from bot.lazy import lazily
from bot.store.bodies import decode_fact, decode_facts, decode_ids, decode_report
from bot.store.database import Database
from bot.store.glance import FEW
from bot.store.lists.list_query import Selection, list_query
from bot.store.reader import Reader
from bot.store.revisions.histories import preceding, whole_history

if TYPE_CHECKING:
    from bot.store.revisions import changes
    from bot.store.revisions.changes import Changes, Wanted
else:
    changes = lazily("bot.store.revisions.changes")


class Shown(NamedTuple):
    """A fact as an answer shows it.

    Attributes:
        number: the revision that is shown; above 1 it was corrected.
        attached: parts and other wordings, shown under it.
        own: the revision is one of the server's own.
        corrected_below: ids of those of `attached` that were corrected.
    """

    fact: Fact
    publisher: str
    published: date
    number: int
    attached: tuple[Fact, ...] = ()
    own: bool = False
    corrected_below: frozenset[str] = frozenset()


class Facts:
    """Reads what everyone, or one server, sees.

    Args:
        scope: `EVERYONE` or the id of a server. The same answers come faster for everyone, so that a server that sees
            nothing of its own is better served that way.
    """

    def __init__(self, database: Reader, scope: str = EVERYONE) -> None:
        self._database = database
        self._scope = scope

    async def select(self, selection: Selection, *, limit: int, offset: int = 0) -> list[Shown]:
        """The facts of a list in its order, `limit` at most, from `offset`."""
        query = list_query(selection, self._scope, limit=limit, offset=offset)
        fetch = self._database.fetch_all
        # A unit of work under way has to see what it has written itself.
        if limit + offset <= FEW and isinstance(self._database, Database):
            fetch = self._database.fetch_few
        rows = await fetch(query.sql, query.values)
        return [_shown(row) for row in rows]

    async def get(self, fact_id: str) -> Shown | None:
        """One fact as it is shown now; None when there is none, or it was retracted."""
        row = await self._database.fetch_one(
            f"SELECT {_COLUMNS} {_SEEN} AND v.fact = ?3", (self._scope, EVERYONE, fact_id)
        )
        return _shown(row) if row is not None else None

    async def report(self, report_id: str) -> Report | None:
        """One report."""
        row = await self._database.fetch_one("SELECT body FROM report WHERE id = ?1", (report_id,))
        return decode_report(row[0]) if row is not None else None

    async def reports(self, conflict: str, *, limit: int, offset: int = 0) -> list[Report]:
        """Reports of a conflict, the latest first."""
        rows = await self._database.fetch_all(
            "SELECT body FROM report WHERE conflict = ?1 ORDER BY published DESC, id LIMIT ?2 OFFSET ?3",
            (conflict, limit, offset),
        )
        return [decode_report(row[0]) for row in rows]

    async def history(self, fact_id: str, *, limit: int = 20, offset: int = 0) -> list[Revision]:
        """Everyone's revisions of a fact and the server's own, the latest first."""
        return await whole_history(self._database, fact_id, self._scope, limit=limit, offset=offset)

    async def before(self, revision: Revision) -> Revision | None:
        """What was seen of the fact right before `revision`; None for the first of all."""
        return await preceding(self._database, revision)

    async def series(self, fact_id: str, *, limit: int = 20) -> list[Shown]:
        """The steps of the series a fact belongs to, the latest first; empty when it belongs to none."""
        rows = await self._database.fetch_all(
            f"SELECT {_COLUMNS} {_SEEN} AND v.series = (SELECT v.series {_SEEN} AND v.fact = ?3) "
            "ORDER BY v.window_end DESC, v.published DESC, v.fact DESC LIMIT ?4",
            (self._scope, EVERYONE, fact_id, limit),
        )
        return [_shown(row) for row in rows]

    async def replaced_by(self, fact_id: str, *, limit: int = 20) -> list[Shown]:
        """The facts whose reports name this one as replaced, those printed last first."""
        rows = await self._database.fetch_all(
            f"SELECT {_COLUMNS} {_SEEN} AND v.fact IN (SELECT fact FROM relation WHERE target = ?3 AND kind = ?4) "
            "ORDER BY v.published DESC, v.fact LIMIT ?5",
            (self._scope, EVERYONE, fact_id, RelationKind.SUPERSEDES.value, limit),
        )
        found = [_shown(row) for row in rows]
        # What answers no question takes the place of nothing, and a server's own revision may be older than a relation.
        return [one for one in found if topics(one.fact) and fact_id in one.fact.related(RelationKind.SUPERSEDES)]

    async def changes(self, conflict: str, since: int, upto: int, wanted: Wanted | None = None) -> Changes:
        """What changed after one sequence and up to another, the most important first."""
        return await changes.read_changes(
            self._database, conflict, scope=self._scope, since=since, upto=upto, wanted=wanted
        )

    async def relations(self) -> dict[str, list[str]]:
        """For each fact the facts it stands in relation to: for checking report files that come later."""
        rows = await self._database.fetch_all(
            "SELECT v.fact, r.target FROM fact_value v LEFT JOIN relation r ON r.fact = v.fact WHERE v.scope = ?1",
            (EVERYONE,),
        )
        found: dict[str, list[str]] = {}
        for fact, target in rows:
            found.setdefault(fact, []).extend([target] if target is not None else [])
        return found

    async def find(self, words: str, *, limit: int = 25) -> list[Shown]:
        """Facts whose id begins with `words`, in order: what is left when memory knows none."""
        rows = await self._database.fetch_all(
            f"SELECT {_COLUMNS} {_SEEN} AND v.fact >= ?3 AND v.fact < ?4 ORDER BY v.fact LIMIT ?5",
            (self._scope, EVERYONE, words, words + "\uffff", limit),
        )
        return [_shown(row) for row in rows]


_COLUMNS = "v.body, v.publisher, v.published, v.number, v.attached, o.own, v.corrected_below"
# ?1 the scope asked from, ?2 everyone. No overlay is everyone's, so that both may be the same.
_SEEN = (
    "FROM fact_value v LEFT JOIN overlay o ON o.scope = ?1 AND o.fact = v.fact "
    "WHERE v.scope IN (?1, ?2) AND v.scope = CASE WHEN o.fact IS NULL THEN ?2 ELSE ?1 END"
)


def _shown(row: tuple[str, str, int, int, str | None, int | None, str | None]) -> Shown:
    body, publisher, published, number, attached, own, corrected_below = row
    return Shown(
        decode_fact(body),
        publisher,
        date.fromordinal(published),
        number,
        decode_facts(attached) if attached is not None else (),
        bool(own),
        decode_ids(corrected_below) if corrected_below is not None else frozenset(),
    )
