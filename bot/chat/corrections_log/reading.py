"""Corrections as a server may read of them."""

from typing import NamedTuple

from bot.answers.corrections_log import Fate, Told
from bot.chat.corrections_log.ids import Reference
from bot.errors import SitrepError
from bot.facts.revision import EVERYONE, Revision
from bot.i18n import _
from bot.store.correcting.correction_log import history
from bot.store.correcting.proposals import Proposed, State, of
from bot.store.reader import Reader
from bot.store.revisions.histories import given_back_by, preceding
from bot.store.revisions.recorded import Numbers, latest, numbers, revision

MOST_NEWS = 4
"""Revisions that are told of at once."""


async def read(reader: Reader, reference: Reference, server: str) -> Revision:
    """The revision that a reference means in a server.

    Args:
        server: its id; `EVERYONE` in a direct message.

    Raises:
        SitrepError: there is none.
    """
    # Its own, in a direct message, is nobody's.
    found = None
    if not reference.own:
        found = await revision(reader, reference.fact, EVERYONE, reference.number)
    elif server != EVERYONE:
        found = await revision(reader, reference.fact, server, reference.number)
    if found is None:
        raise SitrepError(
            _("There is no such correction here."), _("/corrections list shows all that can be read of here.")
        )
    return found


def reference(one: Revision) -> Reference:
    """What stands for a revision in an id."""
    return Reference(one.scope != EVERYONE, one.number, one.fact.id)


async def told(reader: Reader, one: Revision) -> Told:
    """A revision with what there was before it."""
    return Told(one, await preceding(reader, one))


async def fate(reader: Reader, one: Revision) -> Fate:
    """What became of a revision, as of now."""
    last = await latest(reader, one.fact.id, one.scope)
    proposed = await of(reader, one) if one.scope != EVERYONE else None
    return Fate(
        latest=last is not None and last.number == one.number,
        given_back=await given_back_by(reader, one),
        proposed=_proposed_words(proposed) if proposed is not None else None,
    )


def _proposed_words(proposed: Proposed) -> str:
    said = {
        State.PENDING: _("an editor has not decided yet"),
        State.PUBLISHED: _("published by an editor"),
        State.DECLINED: _("declined by an editor: {reason}"),
        State.WITHDRAWN: _("withdrawn, as it was changed here before an editor decided"),
    }
    return said[proposed.state].format(reason=proposed.decision or "")


class Undoing(NamedTuple):
    """An undo that is still to be made.

    Attributes:
        now: the latest revision of the history, which would be undone.
        back: what would be seen instead.
        seen: what is seen now.
    """

    now: Revision
    back: Revision | None
    seen: Numbers


async def undoing(reader: Reader, wanted: Reference, server: str) -> Undoing:
    """What undoing a correction would do.

    Raises:
        SitrepError: there is no such correction, or it is not the latest of its history, or nothing came before it.
    """
    one = await read(reader, wanted, server)
    # The numbers first: where somebody is faster in between, they are the older ones and the undo is refused.
    seen = await numbers(reader, one.fact.id, one.scope)
    last = await latest(reader, one.fact.id, one.scope)
    assert last is not None
    if last.restores == 0:
        raise SitrepError(
            _("This server has no correction of this figure any more."), _("What it sees is what everyone sees.")
        )
    if last.number != one.number:
        raise SitrepError(
            _("A later correction followed this one."), _("Undo the latest one first; /corrections undo offers it.")
        )
    if one.scope == EVERYONE and one.number == 1:
        raise SitrepError(_("This is the first reading; nothing came before it."), _("Retract it if it is wrong."))
    back = await revision(reader, one.fact.id, one.scope, one.number - 1)
    if back is None or back.restores == 0:
        back = await latest(reader, one.fact.id, EVERYONE)
    return Undoing(one, back, seen)


async def since(reader: Reader, fact: str, scope: str, seen: Numbers) -> tuple[Told, ...]:
    """What came about since somebody looked, the latest first."""
    found = [one for one in await history(reader, fact, EVERYONE, limit=MOST_NEWS) if one.number > seen.everyone]
    if scope != EVERYONE:
        own = await history(reader, fact, scope, limit=MOST_NEWS)
        found = [one for one in own if one.number > seen.own] + found
    return tuple([await told(reader, one) for one in found[:MOST_NEWS]])
