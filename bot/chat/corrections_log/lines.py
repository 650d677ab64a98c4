"""One line each for the log channel of a server: what was undone, decided or wiped there."""

from bot.answers.corrections_log import Told, told_words
from bot.answers.knowledge import Knowledge
from bot.answers.page import Someone, Strong, Text
from bot.answers.revisions import what_words, who
from bot.answers.wording import join
from bot.facts.revision import EVERYONE
from bot.i18n import _, ngettext
from bot.store.correcting.proposals import Proposed, State


def undone_line(told: Told, known: Knowledge) -> Text:
    """After an undo."""
    revision = told.revision
    parts: list[Text] = [
        (Strong(_("Correction undone")), " ", *who(revision)),
        told_words(told, known),
        (what_words(revision),),
    ]
    if revision.scope == EVERYONE:
        parts.append((_("for everyone"),))
    if revision.reason:
        parts.append((f"“{revision.reason}”",))
    return join(parts)


def decided_line(proposal: Proposed, told: Told, known: Knowledge) -> Text:
    """After editors have decided on a proposal of the server."""
    if proposal.state is State.PUBLISHED:
        head = _("Published for everyone")
        said = _("An editor took this server's correction for every server.")
    else:
        head = _("Not published")
        said = _("An editor declined: “{reason}” It still holds in this server.").format(reason=proposal.decision or "")
    by, _who, rest = _("proposed by {person}").partition("{person}")
    return join([(Strong(head),), told_words(told, known), (by, Someone(proposal.proposed_by), rest), (said,)])


def wiped_line(person: str, facts: int, revisions: int) -> Text:
    """After a wipe."""
    by, _who, rest = _("by {person}").partition("{person}")
    how_many = _("{revisions} of {facts}").format(revisions=revisions_words(revisions), facts=figures_words(facts))
    return join([(Strong(_("All corrections of this server were wiped")), " ", by, Someone(person), rest), (how_many,)])


def revisions_words(count: int) -> str:
    """`12 revisions`."""
    return ngettext("{count} revision", "{count} revisions", count).format(count=f"{count:,}")


def figures_words(count: int) -> str:
    """`5 figures`."""
    return ngettext("{count} figure", "{count} figures", count).format(count=f"{count:,}")
