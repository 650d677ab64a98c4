"""What servers ask editors to publish for everyone, and what the editors decide.

`propose`, `publish`, `decline` and `told` are bodies of a unit of work.
"""

from enum import StrEnum

import msgspec

from bot.errors import SitrepError
from bot.facts.revision import EVERYONE, Revision
from bot.i18n import _
from bot.places.gazetteer import Gazetteer
from bot.store.counters import count
from bot.store.database import Row, Writer
from bot.store.reader import Reader
from bot.store.revisions.recorded import COLUMNS, latest, recorded
from bot.store.revisions.revising import Done, add, expect, repeated


class State(StrEnum):
    """What became of a proposal. Withdrawn: the server changed or undid it before anybody decided."""

    PENDING = "pending"
    PUBLISHED = "published"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Proposed(msgspec.Struct, frozen=True, kw_only=True):
    """A server's correction, proposed for everyone. For editors and that server only.

    Attributes:
        revision: the server's; its scope is the server.
        proposed_at: seconds since the epoch, UTC; so is `decided_at`.
        decision: the reason of the editor who declined.
        published: the number it became for everyone.
        told: whether the server has heard of the decision.
    """

    id: int
    revision: Revision
    proposed_by: str
    proposed_at: int
    state: State
    decided_by: str | None = None
    decided_at: int | None = None
    decision: str | None = None
    published: int | None = None
    told: bool = False


class DecidedError(SitrepError):
    """It is too late to decide. `proposal` says what was decided."""

    def __init__(self, proposal: Proposed) -> None:
        self.proposal = proposal
        said = {
            State.PUBLISHED: _("This proposal was published already."),
            State.DECLINED: _("This proposal was declined already."),
        }
        super().__init__(
            said.get(proposal.state, _("The server has withdrawn or changed this proposal.")),
            _("Open the queue again to see what is waiting."),
        )


async def propose(tx: Writer, revision: Revision, *, by: str, now: int) -> Proposed:
    """Ask editors to publish the server's latest correction of a fact; the same twice is one proposal.

    Raises:
        SitrepError: it is no longer the latest, or nothing that can be published.
    """
    fact, scope = revision.fact.id, revision.scope
    if scope == EVERYONE or revision.restores is not None:
        raise SitrepError(_("Only a server's own correction is proposed, not an undo."), _("Propose the correction."))
    last = await latest(tx, fact, scope)
    if last is None or last.number != revision.number:
        raise SitrepError(_("This correction is no longer the server's latest."), _("Propose the latest one."))
    before = await tx.fetch_one(
        "SELECT id FROM proposal WHERE fact = ?1 AND scope = ?2 AND number = ?3", (fact, scope, revision.number)
    )
    if before is None:
        await tx.execute(
            "INSERT INTO proposal (id, fact, scope, number, proposed_by, proposed_at, state) "
            "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            (await count(tx, "proposal_sequence"), fact, scope, revision.number, by, now, State.PENDING.value),
        )
        before = await tx.fetch_one(
            "SELECT id FROM proposal WHERE fact = ?1 AND scope = ?2 AND number = ?3", (fact, scope, revision.number)
        )
    assert before is not None
    return await get(tx, before[0])


async def publish(
    tx: Writer,
    proposal_id: int,
    *,
    editor: str,
    expected: tuple[int, int, int],
    request: str,
    now: int,
    places: Gazetteer,
) -> Done:
    """Make a proposal what everyone sees. The server follows everyone again, and its history says why.

    Args:
        expected: the `Numbers` of everyone's view as the editor saw it.

    Returns:
        The revision for everyone.

    Raises:
        StaleError: what everyone sees has changed; nothing was written.
        DecidedError: somebody decided before, or the server has changed its mind.
        SitrepError: there is no such proposal, or another's request.
    """
    proposal = await get(tx, proposal_id)
    theirs = proposal.revision
    if (done := await repeated(tx, EVERYONE, request, theirs.fact.id, editor)) is not None:
        return done
    if proposal.state is not State.PENDING:
        raise DecidedError(proposal)
    await expect(tx, theirs.fact.id, EVERYONE, expected)
    for_everyone = msgspec.structs.replace(theirs, scope=EVERYONE, author=editor, recorded_at=now)
    done = await add(tx, for_everyone, request, places)
    # First the decision: a new revision of the server withdraws what is pending.
    await tx.execute(
        "UPDATE proposal SET state = ?2, decided_by = ?3, decided_at = ?4, published = ?5, request = ?6 WHERE id = ?1",
        (proposal_id, State.PUBLISHED.value, editor, now, done.revision.number, request),
    )
    handed_over = msgspec.structs.replace(theirs, author=editor, recorded_at=done.revision.recorded_at, restores=0)
    await add(tx, handed_over, request, places)
    return done


async def decline(tx: Writer, proposal_id: int, *, editor: str, reason: str, request: str, now: int) -> Proposed:
    """Leave a proposal in its server, and say why.

    Raises:
        DecidedError: it was decided before, other than by this request.
        SitrepError: there is no such proposal.
    """
    changed = await tx.execute(
        "UPDATE proposal SET state = ?2, decided_by = ?3, decided_at = ?4, decision = ?5, request = ?6 "
        "WHERE id = ?1 AND state = ?7",
        (proposal_id, State.DECLINED.value, editor, now, reason, request, State.PENDING.value),
    )
    proposal = await get(tx, proposal_id)
    if not changed:
        row = await tx.fetch_one("SELECT request FROM proposal WHERE id = ?1", (proposal_id,))
        if proposal.state is not State.DECLINED or row != (request,) or proposal.decided_by != editor:
            raise DecidedError(proposal)
    return proposal


async def told(tx: Writer, proposal_id: int, now: int) -> None:
    """Note that the server has heard what was decided."""
    await tx.execute("UPDATE proposal SET told_at = ?2 WHERE id = ?1 AND told_at IS NULL", (proposal_id, now))


async def get(reader: Reader, proposal_id: int) -> Proposed:
    """One proposal.

    Raises:
        SitrepError: there is none of this number.
    """
    row = await reader.fetch_one(f"{_SELECT} WHERE p.id = ?1", (proposal_id,))
    if row is None:
        raise SitrepError(_("There is no such proposal."), _("Open the queue again to see what is waiting."))
    return _proposed(row)


async def of(reader: Reader, revision: Revision) -> Proposed | None:
    """The proposal of a server's correction; None where nobody made one."""
    row = await reader.fetch_one(
        f"{_SELECT} WHERE p.fact = ?1 AND p.scope = ?2 AND p.number = ?3",
        (revision.fact.id, revision.scope, revision.number),
    )
    return _proposed(row) if row is not None else None


async def waiting(reader: Reader) -> int:
    """How many wait for an editor."""
    row = await reader.fetch_one("SELECT COUNT(*) FROM proposal WHERE state = ?1", (State.PENDING.value,))
    return int(row[0]) if row is not None else 0


async def queue(reader: Reader, *, limit: int, after: int = 0) -> list[Proposed]:
    """What waits for an editor, the oldest first.

    Args:
        after: the id of the last one of the page before.
    """
    rows = await reader.fetch_all(
        f"{_SELECT} WHERE p.state = ?1 AND p.id > ?2 ORDER BY p.id LIMIT ?3", (State.PENDING.value, after, limit)
    )
    return [_proposed(row) for row in rows]


async def untold(reader: Reader, *, limit: int) -> list[Proposed]:
    """Decisions that the servers have not heard of yet, so that a restart forgets none."""
    rows = await reader.fetch_all(
        f"{_SELECT} WHERE p.told_at IS NULL AND p.state IN (?1, ?2) ORDER BY p.id LIMIT ?3",
        (State.PUBLISHED.value, State.DECLINED.value, limit),
    )
    return [_proposed(row) for row in rows]


_SELECT = (
    "SELECT p.id, p.proposed_by, p.proposed_at, p.state, p.decided_by, p.decided_at, p.decision, p.published, "
    f"p.told_at, {COLUMNS} FROM proposal p "
    "JOIN revision r ON r.fact = p.fact AND r.scope = p.scope AND r.number = p.number"
)


def _proposed(row: Row) -> Proposed:
    number, by, at, state, decided_by, decided_at, decision, published, told_at = row[:9]
    return Proposed(
        id=number, revision=recorded(row[9:]), proposed_by=by, proposed_at=at, state=State(state),
        decided_by=decided_by, decided_at=decided_at, decision=decision, published=published, told=told_at is not None,
    )  # fmt: skip
