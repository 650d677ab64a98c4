"""Making, undoing and wiping corrections: each function is the body of one unit of work (`Database.write`).

A correction is a revision by a person. It is whole or absent, made once however often it is confirmed, and made only
on what its author saw. What a server sees follows the rules of `bot.corrections.resolution`.
"""

from typing import NamedTuple

from bot.errors import SitrepError
from bot.facts.fact import Fact
from bot.facts.revision import EVERYONE, Revision
from bot.facts.vocabulary import CorrectionKind
from bot.i18n import _
from bot.places.gazetteer import Gazetteer
from bot.store.counters import changed, count
from bot.store.database import Writer
from bot.store.revisions.loading import SEEDS
from bot.store.revisions.recorded import latest, revision
from bot.store.revisions.revising import Done, add, expect, repeated

_BY_THEMSELVES = (CorrectionKind.INITIAL, CorrectionKind.UNDO)


async def record(
    tx: Writer,
    fact: Fact,
    *,
    scope: str,
    kind: CorrectionKind,
    author: str,
    reason: str,
    evidence: str | None,
    expected: tuple[int, int, int],
    request: str,
    now: int,
    places: Gazetteer,
) -> Done:
    """Keep `fact` as what `scope` sees from now on.

    Args:
        fact: the whole fact as corrected; for a retraction as it was.
        scope: id of the server, or `EVERYONE`.
        author: id of the person.
        expected: the `Numbers` of the view that they confirmed.
        request: what stands for this one confirmation; the same again gives the revision made the first time.
        now: seconds since the epoch, UTC.

    Raises:
        StaleError: the view is out of date; nothing was written.
        SitrepError: there is no such fact, or the request belongs to another correction.
        ValueError: a kind that only comes about by itself, or the loader's name as author.
    """
    if kind in _BY_THEMSELVES or author == SEEDS:
        raise ValueError(f"{author!r} cannot make a correction of kind {kind.value!r}")
    if (done := await repeated(tx, scope, request, fact.id, author)) is not None:
        return done
    await expect(tx, fact.id, scope, expected)
    new = Revision(
        fact=fact, scope=scope, kind=kind, author=author, reason=reason, evidence=evidence, recorded_at=now
    )  # fmt: skip
    return await add(tx, new, request, places)


async def undo(
    tx: Writer,
    fact: str,
    *,
    scope: str,
    author: str,
    reason: str | None,
    expected: tuple[int, int, int],
    request: str,
    now: int,
    places: Gazetteer,
    to: int | None = None,
) -> Done:
    """Give back an earlier revision of the same history, as one more revision.

    Args:
        fact: its id.
        to: the number to give back; None for the one before the latest. In a server 0, like whatever followed
            everyone then, makes it follow everyone again; where it follows already, only what was its own is given
            back.

    Raises:
        StaleError: the view is out of date; nothing was written.
        SitrepError: there is nothing to undo, no such revision, no such fact, or another's request.
        ValueError: the loader's name as author.
    """
    if author == SEEDS:
        raise ValueError(f"{author!r} cannot undo")
    if (done := await repeated(tx, scope, request, fact, author)) is not None:
        return done
    await expect(tx, fact, scope, expected)
    last = await latest(tx, fact, scope)
    if last is None or (last.restores == 0 and to is None):
        raise _nothing_of_its_own()
    first = 1 if scope == EVERYONE else 0
    number = last.number - 1 if to is None else to
    if scope == EVERYONE and last.number == 1:
        raise SitrepError(_("This is the first reading; nothing came before it."), _("Retract it if it is wrong."))
    if not first <= number < last.number:
        raise SitrepError(
            _("There is no earlier revision {number}.").format(number=number), _("Choose one of those shown.")
        )
    target = await revision(tx, fact, scope, number) if number else None
    restores = number
    if target is None or target.restores == 0:
        if last.restores == 0:
            raise _nothing_of_its_own()
        target, restores = await latest(tx, fact, EVERYONE), 0
    assert target is not None
    # What gives back a retraction withdraws again, and has to be found as one.
    kind = CorrectionKind.RETRACTION if target.kind is CorrectionKind.RETRACTION and restores else CorrectionKind.UNDO
    new = Revision(
        fact=target.fact, scope=scope, kind=kind, author=author, reason=reason, recorded_at=now, restores=restores
    )  # fmt: skip
    return await add(tx, new, request, places)


def _nothing_of_its_own() -> SitrepError:
    return SitrepError(
        _("This server has no correction of its own to undo."), _("What it sees is what everyone sees.")
    )  # fmt: skip


class Wiped(NamedTuple):
    """What a wipe took away."""

    facts: int
    revisions: int


async def wipe(tx: Writer, server: str) -> Wiped:
    """Take away all that one server has corrected, with its proposals. What was published stays: it is everyone's.

    Raises:
        ValueError: `server` is everyone.
    """
    if server == EVERYONE:
        raise ValueError("what everyone sees is never wiped")
    row = await tx.fetch_one("SELECT COUNT(DISTINCT fact), COUNT(*) FROM revision WHERE scope = ?1", (server,))
    for table in ("proposal", "correction_area", "correction", "fact_value", "list", "overlay", "revision"):
        await tx.execute(f"DELETE FROM {table} WHERE scope = ?1", (server,))
    await count(tx, f"wipes:{server}")
    await changed(tx, server)
    return Wiped(*row) if row is not None else Wiped(0, 0)
