"""What is written when a correction is confirmed: one unit of work, so that a crash leaves all of it or nothing."""

from typing import NamedTuple

from bot.answers.knowledge import Knowledge
from bot.chat.correcting.sight import Sight, look
from bot.chat.correcting.written import Written, read
from bot.corrections.errors import CorrectionError, Field, Typed
from bot.corrections.proposal import Proposal, apply
from bot.corrections.resolution import Rate, wait
from bot.errors import SitrepError
from bot.facts.fact import Fact
from bot.facts.revision import EVERYONE
from bot.facts.vocabulary import CorrectionKind
from bot.i18n import _, ngettext
from bot.store.correcting import drafts
from bot.store.correcting.correction_log import recent
from bot.store.correcting.corrections import record
from bot.store.correcting.drafts import Draft
from bot.store.database import Writer
from bot.store.reader import Reader
from bot.store.revisions.recorded import Numbers, revision
from bot.store.revisions.revising import Done, StaleError

HOUR = 3600
"""Seconds in which `CORRECTIONS_RATE` counts."""


class OutdatedError(Exception):
    """What was confirmed is not what its author was shown last."""


class Wanted(NamedTuple):
    """A confirmation.

    Attributes:
        version: of the draft, as it was shown.
        scope: the server, or `EVERYONE`.
        most: corrections that one person makes within an hour.
        now: seconds since the epoch, UTC.
    """

    draft: str
    version: int
    author: str
    server: str
    scope: str
    most: int
    now: int


async def make(tx: Writer, wanted: Wanted, known: Knowledge) -> Done:
    """The revision that a draft becomes; the body of one unit of work. The same again gives the same.

    Raises:
        NoDraftError: there is no such draft for this person in this server.
        OutdatedError: the draft was changed since it was shown.
        StaleError: the figure was changed since it was shown.
        CorrectionError: what was typed does not do (any more).
        SitrepError: too many corrections in too short a time.
    """
    draft = await drafts.get(tx, wanted.draft, author=wanted.author, server=wanted.server)
    if draft.made is not None:
        return await made(tx, draft)
    if draft.version != wanted.version:
        raise OutdatedError
    sight = await look(tx, draft.fact, wanted.scope)
    expected = Numbers(0, draft.seen.everyone, 0) if wanted.scope == EVERYONE else draft.seen
    if sight.numbers != expected:
        # Before what was typed is read on another figure than its author saw.
        raise StaleError(sight.numbers)
    _not_too_many(await recent(tx, wanted.author, wanted.now - HOUR), wanted)
    proposal = read(Written.from_kept(draft.typed), sight.fact, known)
    done = await record(
        tx,
        corrected(sight, proposal),
        scope=wanted.scope,
        kind=proposal.kind,
        author=wanted.author,
        reason=proposal.reason,
        evidence=proposal.evidence,
        expected=expected,
        request=draft.id,
        now=wanted.now,
        places=known.places,
    )
    await drafts.made(tx, draft, wanted.scope, done.revision.number)
    return done


async def made(reader: Reader, draft: Draft) -> Done:
    """The revision that a draft has become.

    Raises:
        SitrepError: it was wiped.
    """
    assert draft.made is not None
    found = await revision(reader, draft.fact, *draft.made)
    if found is None:
        raise SitrepError(_("This correction was made, and has since been wiped."), _("Begin it again with /correct."))
    return Done(found, repeated=True)


def corrected(sight: Sight, proposal: Proposal) -> Fact:
    """The fact that is kept with the revision: for a retraction, what is withdrawn.

    Raises:
        CorrectionError: it is withdrawn already.
    """
    if sight.shown is None and proposal.kind is CorrectionKind.RETRACTION:
        raise CorrectionError(Field.KIND, _("This figure is withdrawn already."), "", Typed())
    return apply(sight.fact, proposal)


def _not_too_many(times: list[int], wanted: Wanted) -> None:
    seconds = wait(times, wanted.now, Rate(wanted.most, HOUR))
    if seconds:
        minutes = -(-seconds // 60)
        raise SitrepError(
            ngettext(
                "You have made {count} correction within the last hour, which is the most that one person can.",
                "You have made {count} corrections within the last hour, which is the most that one person can.",
                wanted.most,
            ).format(count=wanted.most),
            ngettext(
                "Confirm this one again in {count} minute; it is kept until tomorrow.",
                "Confirm this one again in {count} minutes; it is kept until tomorrow.",
                minutes,
            ).format(count=minutes),
        )
