"""Corrections in the small world, in one line each: who, where, what, on which view."""

from itertools import count
from typing import Any

from msgspec.structs import replace

from bot.facts.grammar import parse_quantity, to_words
from bot.facts.revision import EVERYONE, Revision
from bot.facts.vocabulary import CorrectionKind
from bot.places.gazetteer import Gazetteer
from bot.store.correcting import corrections, proposals
from bot.store.correcting.correction_log import value
from bot.store.correcting.proposals import Proposed
from bot.store.database import Database
from bot.store.revisions.recorded import Numbers, numbers
from bot.store.revisions.revising import Done
from tests.store.small_world import NOW, PLACES

GAZETTEER = Gazetteer(PLACES)
FACT = "r1/1.1"
ONE, OTHER = "server-1", "server-2"
_clock = count(NOW + 1)
_requests = count(1)


async def seen(db: Database, scope: str, fact: str = FACT, as_of: int | None = None) -> str | None:
    """What a server sees, in words: "withdrawn" after a retraction, None where nothing is known."""
    revision = await value(db, fact, scope, as_of=as_of)
    return words(revision)


def words(revision: Revision | None) -> str | None:
    if revision is None:
        return None
    if revision.kind is CorrectionKind.RETRACTION:
        return "withdrawn"
    assert revision.fact.quantity is not None
    return to_words(revision.fact.quantity)


def request() -> str:
    return f"request-{next(_requests)}"


def later() -> int:
    """A second after the one before."""
    return next(_clock)


async def correct(
    db: Database,
    words: str,
    scope: str = ONE,
    fact: str = FACT,
    *,
    kind: CorrectionKind = CorrectionKind.READING,
    author: str = "mona",
    expected: Numbers | None = None,
    request: str | None = None,
    now: int | None = None,
    places: Gazetteer = GAZETTEER,
    **fields: Any,
) -> Done:
    """Correct the number as seen in `scope`; on the present view unless told otherwise."""
    expected = expected or await numbers(db, fact, scope)
    before = await value(db, fact, scope)
    assert before is not None
    after = replace(before.fact, quantity=parse_quantity(words), **fields)
    given = {"request": request or globals()["request"](), "now": now or later()}
    return await db.write(
        lambda tx: corrections.record(
            tx, after, scope=scope, kind=kind, author=author, reason="the page says so", evidence="https://example.org/a",
            expected=expected, places=places, **given,
        )
    )  # fmt: skip


async def undo(db: Database, scope: str = ONE, fact: str = FACT, **given: Any) -> Done:
    given = {"author": "mona", "reason": None, "request": request(), "now": later(), "places": GAZETTEER, **given}
    given.setdefault("expected", await numbers(db, fact, scope))
    return await db.write(lambda tx: corrections.undo(tx, fact, scope=scope, **given))


async def propose(db: Database, done: Done, by: str = "mona") -> Proposed:
    now = later()
    return await db.write(lambda tx: proposals.propose(tx, done.revision, by=by, now=now))


async def publish(db: Database, proposal: Proposed, **given: Any) -> Done:
    given = {"editor": "edda", "request": request(), "now": later(), **given}
    given.setdefault("expected", await numbers(db, proposal.revision.fact.id, EVERYONE))
    return await db.write(lambda tx: proposals.publish(tx, proposal.id, places=GAZETTEER, **given))


async def decline(db: Database, proposal: Proposed, **given: Any) -> Proposed:
    given = {"editor": "edda", "reason": "no second source", "request": request(), "now": later(), **given}
    return await db.write(lambda tx: proposals.decline(tx, proposal.id, **given))
