"""Reading facts: lists, single facts, histories, series. Every query is bounded and follows an index."""

from datetime import date
from typing import NamedTuple

from bot.facts.fact import Fact, Report
from bot.facts.revision import EVERYONE, Revision
from bot.facts.topics import Topic
from bot.facts.vocabulary import CorrectionKind, Population
from bot.store.bodies import decode_fact, decode_facts, decode_report
from bot.store.database import Database
from bot.store.listing import FREE, UNDER_OWN


class Shown(NamedTuple):
    """A fact as an answer shows it.

    Attributes:
        number: the revision that is shown; above 1 it was corrected.
        attached: parts and other wordings, shown under it.
        own: the revision is one of the server's own.
    """

    fact: Fact
    publisher: str
    published: date
    number: int
    attached: tuple[Fact, ...] = ()
    own: bool = False


class Selection(NamedTuple):
    """Which facts of a topic. Days are date ordinals, both included."""

    topic: Topic
    area: str
    source: str | None = None
    population: Population | None = None
    since: int | None = None
    until: int | None = None


class Facts:
    """Reads what everyone, or one server, sees.

    Args:
        scope: `EVERYONE` or the id of a server. The same answers come faster for everyone, so that a server that sees
            nothing of its own is better served that way.
    """

    def __init__(self, database: Database, scope: str = EVERYONE) -> None:
        self._database = database
        self._scope = scope

    async def select(self, selection: Selection, *, limit: int, offset: int = 0) -> list[Shown]:
        """The facts of a list in its order, `limit` at most, from `offset`."""
        where = ["l.scope = ?1", "l.area = ?2", "l.topic = ?3"]
        values: list[str | int] = [self._scope, selection.area, selection.topic.value]

        def add(condition: str, value: str | int) -> None:
            values.append(value)
            where.append(condition.format(f"?{len(values)}"))

        if selection.until is None:
            where.append("l.latest = 1")
        else:
            add("l.window_end <= {0} AND (l.successor_end IS NULL OR l.successor_end > {0})", selection.until)
        if selection.population is not None:
            add("l.population = {0}", selection.population.value)
        elif selection.source is not None:
            where.append(f"l.nested <> {UNDER_OWN}")
        else:
            where.append(f"l.nested = {FREE}")
        if selection.since is not None:
            add("l.window_end >= {0}", selection.since)
        if selection.source is not None:
            add("l.sources LIKE {0}", f"%|{selection.source}|%")
        values += [limit, offset]
        end, skip = f"?{len(values) - 1}", f"?{len(values)}"
        order = "ORDER BY l.section, l.rank, l.fact"
        page = "SELECT l.* FROM listing l WHERE {} " + order + f" LIMIT {end} + {skip}"
        if self._scope == EVERYONE:
            source = f"listing l JOIN fact_value v ON v.fact = l.fact AND v.scope = l.scope WHERE {' AND '.join(where)}"
            own = "0"
        else:
            mine = page.format(" AND ".join(where))
            where[0] = f"l.scope = '{EVERYONE}' AND {_NOT_HIDDEN}"
            others = page.format(" AND ".join(where))
            source = (
                f"(SELECT * FROM ({mine}) AS mine UNION ALL SELECT * FROM ({others}) AS others) AS l "
                "JOIN fact_value v ON v.fact = l.fact AND v.scope = l.scope "
                "LEFT JOIN overlay o ON o.scope = v.scope AND o.fact = v.fact"
            )
            own = "o.own"
        rows = await self._database.fetch_all(
            f"SELECT v.body, v.publisher, v.published, v.number, v.attached, {own} FROM {source} "
            f"{order} LIMIT {end} OFFSET {skip}",
            tuple(values),
        )
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

    async def history(self, fact_id: str, *, limit: int = 20) -> list[Revision]:
        """The revisions of a fact that everyone sees, the latest first."""
        rows = await self._database.fetch_all(
            "SELECT body, number, kind, author, reason, evidence, recorded_at FROM revision "
            "WHERE fact = ?1 AND scope = ?2 ORDER BY number DESC LIMIT ?3",
            (fact_id, EVERYONE, limit),
        )
        return [
            Revision(fact=decode_fact(body), number=number, kind=CorrectionKind(kind), author=author, reason=reason,
                     evidence=evidence, recorded_at=recorded_at)
            for body, number, kind, author, reason, evidence, recorded_at in rows
        ]  # fmt: skip

    async def series(self, fact_id: str, *, limit: int = 20) -> list[Shown]:
        """The steps of the series a fact belongs to, the latest first; empty when it belongs to none."""
        rows = await self._database.fetch_all(
            f"SELECT {_COLUMNS} {_SEEN} AND v.series = (SELECT v.series {_SEEN} AND v.fact = ?3) "
            "ORDER BY v.window_end DESC, v.published DESC, v.fact DESC LIMIT ?4",
            (self._scope, EVERYONE, fact_id, limit),
        )
        return [_shown(row) for row in rows]

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


# What a server sees instead of everyone's, or no longer sees.
_NOT_HIDDEN = "NOT EXISTS (SELECT 1 FROM overlay h WHERE h.scope = ?1 AND h.fact = l.fact)"
_COLUMNS = "v.body, v.publisher, v.published, v.number, v.attached, o.own"
# ?1 the scope asked from, ?2 everyone. No overlay is everyone's, so that both may be the same.
_SEEN = (
    "FROM fact_value v LEFT JOIN overlay o ON o.scope = ?1 AND o.fact = v.fact "
    "WHERE v.scope IN (?1, ?2) AND v.scope = CASE WHEN o.fact IS NULL THEN ?2 ELSE ?1 END"
)


def _shown(row: tuple[str, str, int, int, str | None, int | None]) -> Shown:
    body, publisher, published, number, attached, own = row
    return Shown(
        decode_fact(body),
        publisher,
        date.fromordinal(published),
        number,
        decode_facts(attached) if attached is not None else (),
        bool(own),
    )
