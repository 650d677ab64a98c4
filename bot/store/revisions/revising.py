"""The next revision of a fact in a scope: what every correction, undo and publication writes, and checks first."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from bot.errors import SitrepError
from bot.facts.fact import Fact
from bot.facts.revision import EVERYONE, Revision
from bot.facts.series import series_number
from bot.facts.vocabulary import CorrectionKind
from bot.i18n import _
from bot.places.gazetteer import Gazetteer
from bot.store.bodies import decode_fact, encode
from bot.store.database import Row, Value, Writer
from bot.store.lists.overlay import refresh, refresh_server

COLUMNS = "r.scope, r.number, r.kind, r.author, r.reason, r.evidence, r.recorded_at, r.body, r.restores"
"""Of `revision r`, in the order `recorded` reads them."""
EARLIEST = -(2**62)
"""Before any time on record."""
SEQUENCE = "revision_sequence"
"""The counter of all revisions, whatever their scope."""


class Reader(Protocol):
    """A database, or the unit of work under way, which also sees what it has written itself."""

    async def fetch_all(self, sql: str, params: Sequence[Value] = ()) -> list[Row]:
        """The rows of a query."""

    async def fetch_one(self, sql: str, params: Sequence[Value] = ()) -> Row | None:
        """The first row or None."""


class Numbers(NamedTuple):
    """What somebody who looks at a fact in a server sees: the latest number there and for everyone, 0 for none, and
    how often the server was wiped. For everyone, `own` and `wipes` are 0."""

    own: int
    everyone: int
    wipes: int


class Done(NamedTuple):
    """What came of a request: the revision, and whether it had been made before (a double click)."""

    revision: Revision
    repeated: bool


class StaleError(SitrepError):
    """Somebody else was faster. `actual` is what there is now."""

    def __init__(self, actual: Numbers) -> None:
        self.actual = actual
        super().__init__(
            _("This figure was changed after you looked at it."), _("Look at what it says now, and confirm again.")
        )


def recorded(row: Row) -> Revision:
    """The revision in a row of `COLUMNS`."""
    scope, number, kind, author, reason, evidence, recorded_at, body, restores = row
    return Revision(
        fact=decode_fact(body), scope=scope, number=number, kind=CorrectionKind(kind), author=author, reason=reason,
        evidence=evidence, recorded_at=recorded_at, restores=restores,
    )  # fmt: skip


async def latest(reader: Reader, fact: str, scope: str, as_of: int | None = None) -> Revision | None:
    """The latest revision in exactly this scope, None when there is none.

    Args:
        as_of: only those recorded until then, seconds since the epoch.
    """
    row = await reader.fetch_one(
        f"SELECT {COLUMNS} FROM revision r WHERE r.fact = ?1 AND r.scope = ?2 AND r.recorded_at <= ?3 "
        "ORDER BY r.number DESC LIMIT 1",
        (fact, scope, as_of if as_of is not None else 2**62),
    )
    return recorded(row) if row is not None else None


async def revision(reader: Reader, fact: str, scope: str, number: int) -> Revision | None:
    """One revision."""
    row = await reader.fetch_one(
        f"SELECT {COLUMNS} FROM revision r WHERE r.fact = ?1 AND r.scope = ?2 AND r.number = ?3", (fact, scope, number)
    )
    return recorded(row) if row is not None else None


async def numbers(reader: Reader, fact: str, scope: str) -> Numbers:
    """What there is to see of `fact` in `scope` now.

    Raises:
        SitrepError: there is no such fact.
    """
    rows = await reader.fetch_all(
        "SELECT scope, MAX(number) FROM revision WHERE fact = ?1 AND scope IN (?2, ?3) GROUP BY scope",
        (fact, scope, EVERYONE),
    )
    found: dict[str, int] = dict(rows)
    if EVERYONE not in found:
        raise SitrepError(_("Sitrep has no fact “{fact}”.").format(fact=fact[:60]), _("Choose one of those offered."))
    if scope == EVERYONE:
        return Numbers(0, found[EVERYONE], 0)
    return Numbers(found.get(scope, 0), found[EVERYONE], await counter(reader, f"wipes:{scope}"))


async def expect(tx: Writer, fact: str, scope: str, expected: tuple[int, int, int]) -> None:
    """Nothing if there is still what the person saw.

    Raises:
        StaleError: there is not.
        SitrepError: there is no such fact.
    """
    actual = await numbers(tx, fact, scope)
    if actual != expected:
        raise StaleError(actual)


async def repeated(tx: Writer, scope: str, request: str, fact: str, author: str) -> Done | None:
    """What this request made when it came before; None if it is new.

    Raises:
        SitrepError: it was another person's, or about another fact.
    """
    row = await tx.fetch_one(
        f"SELECT c.fact, c.author, {COLUMNS} FROM correction c JOIN revision r "
        "ON r.fact = c.fact AND r.scope = c.scope AND r.number = c.number WHERE c.scope = ?1 AND c.request = ?2",
        (scope, request),
    )
    if row is None:
        return None
    if row[:2] != (fact, author):
        raise SitrepError(_("This confirmation belongs to another correction."), _("Begin the correction again."))
    return Done(recorded(row[2:]), repeated=True)


async def add(tx: Writer, new: Revision, request: str, places: Gazetteer) -> Done:
    """Keep `new` as the next of its history, whatever number it bears, and derive again what is shown for it.

    Its time is moved forward to that of the one before where a clock was set back, so that `as_of` never sees a
    history out of order.
    """
    fact, scope = new.fact, new.scope
    row = await tx.fetch_one(
        "SELECT MAX(number), MAX(recorded_at) FROM revision WHERE fact = ?1 AND scope = ?2", (fact.id, scope)
    )
    number, since = row if row is not None and row[0] is not None else (0, EARLIEST)
    before = await latest(tx, fact.id, scope) or await latest(tx, fact.id, EVERYONE)
    at = max(new.recorded_at, since)
    await tx.execute(
        "INSERT INTO revision (fact, scope, number, sequence, kind, author, reason, evidence, recorded_at, body, "
        "restores, series) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        (
            fact.id,
            scope,
            number + 1,
            await next_sequences(tx, 1),
            new.kind.value,
            new.author,
            new.reason,
            new.evidence,
            at,
            encode(fact),
            new.restores,
            series_number(fact),
        ),
    )
    sequence = await count(tx, "correction_sequence")
    await tx.execute(
        "INSERT INTO correction (sequence, fact, scope, number, kind, author, recorded_at, request) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        (sequence, fact.id, scope, number + 1, new.kind.value, new.author, at, request),
    )
    await tx.executemany(
        "INSERT INTO correction_area (scope, area, recorded_at, sequence) VALUES (?1, ?2, ?3, ?4)",
        [(scope, area, at, sequence) for area in _areas(places, fact, before.fact if before is not None else fact)],
    )
    await tx.execute(
        "UPDATE proposal SET state = 'withdrawn', decided_at = ?3, told_at = ?3 "
        "WHERE fact = ?1 AND scope = ?2 AND state = 'pending'",
        (fact.id, scope, at),
    )
    if scope == EVERYONE:
        await refresh(tx, [fact.id], places)
    else:
        await refresh_server(tx, scope, [fact.id], places)
    await changed(tx, scope)
    made = await latest(tx, fact.id, scope)
    assert made is not None
    return Done(made, repeated=False)


async def changed(tx: Writer, scope: str) -> None:
    """Let whoever remembers answers know that those of `scope` are out of date."""
    await count(tx, version_key(scope))


def version_key(scope: str) -> str:
    """Under which `meta` counts the changes: those for everyone with those of the seeds, a server's by themselves."""
    return "data_version" if scope == EVERYONE else f"data_version:{scope}"


async def next_sequences(tx: Writer, many: int) -> int:
    """Take `many` of the numbers that give all revisions their order, one or more; the first of them.

    From a counter and not from the table: what a wipe takes away must not give its numbers to later revisions, which
    nobody who has seen "up to" them would be told of. Whoever counts holds the counter until the commit, so that the
    numbers ascend in the order of commits however many processes write.
    """
    return await count(tx, SEQUENCE, by=many) - many + 1


async def count(tx: Writer, key: str, *, by: int = 1) -> int:
    """Add to a counter that never goes back; its new value."""
    row = await tx.fetch_one(
        "INSERT INTO meta (key, value) VALUES (?1, CAST(?2 AS TEXT)) "
        "ON CONFLICT (key) DO UPDATE SET value = CAST(CAST(meta.value AS INTEGER) + ?2 AS TEXT) RETURNING value",
        (key, by),
    )
    assert row is not None
    return int(row[0])


async def counter(reader: Reader, key: str) -> int:
    """The value of a counter, 0 before its first."""
    row = await reader.fetch_one("SELECT value FROM meta WHERE key = ?1", (key,))
    return int(row[0]) if row is not None else 0


async def latest_sequence(reader: Reader) -> int:
    """The sequence of the latest revision there is, whatever its scope; 0 before the first."""
    return await counter(reader, SEQUENCE)


def _areas(places: Gazetteer, *facts: Fact) -> dict[str, None]:
    areas: dict[str, None] = {}
    for fact in facts:
        for place in (fact.place, fact.origin, fact.destination):
            if place is not None:
                areas.update(dict.fromkeys(places.ancestors(place) if place in places else (place,)))
    return areas
