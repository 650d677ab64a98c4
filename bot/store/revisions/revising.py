"""The next revision of a fact in a scope: what every correction, undo and publication writes, and checks first."""

from typing import NamedTuple

from bot.errors import SitrepError
from bot.facts.fact import Fact
from bot.facts.revision import EVERYONE, Revision
from bot.facts.series import series_number
from bot.i18n import _
from bot.places.gazetteer import Gazetteer
from bot.store.bodies import encode
from bot.store.counters import changed, count, next_sequences
from bot.store.database import Writer
from bot.store.lists.overlay import refresh, refresh_server
from bot.store.revisions.recorded import COLUMNS, EARLIEST, Numbers, latest, numbers, recorded


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


def _areas(places: Gazetteer, *facts: Fact) -> dict[str, None]:
    areas: dict[str, None] = {}
    for fact in facts:
        for place in (fact.place, fact.origin, fact.destination):
            if place is not None:
                areas.update(dict.fromkeys(places.ancestors(place) if place in places else (place,)))
    return areas
