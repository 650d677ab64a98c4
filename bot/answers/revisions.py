"""A revision in words: what it changed, before and after, of what kind it is, who made it, why and on what evidence."""

from datetime import UTC, datetime

from bot.answers.dates import window_words
from bot.answers.knowledge import Knowledge
from bot.answers.numbers import quantity_words
from bot.answers.page import Day, Entry, Fragment, Link, Someone, Strong, Text
from bot.answers.wording import join
from bot.corrections.errors import Field
from bot.corrections.proposal import Change, changes
from bot.corrections.resolution import shown
from bot.facts.fact import Fact
from bot.facts.revision import EVERYONE, Revision
from bot.facts.vocabulary import CorrectionKind
from bot.i18n import _

SEEDS = "seeds"
"""The author of what was read from files."""


def kind_words(kind: CorrectionKind) -> str:
    """The kind of a correction."""
    return {
        CorrectionKind.INITIAL: _("first reading"),
        CorrectionKind.READING: _("our reading was wrong"),
        CorrectionKind.SOURCE: _("the source corrected itself"),
        CorrectionKind.LATER_REPORT: _("a later report supersedes it"),
        CorrectionKind.CLARIFICATION: _("clarification"),
        CorrectionKind.RETRACTION: _("retracted"),
        CorrectionKind.UNDO: _("undone"),
    }[kind]


def published(revision: Revision) -> bool:
    """Whether this is how a server's correction became everyone's, as that server's own history tells it."""
    return revision.restores == 0 and revision.kind is not CorrectionKind.UNDO


def what_words(revision: Revision) -> str:
    """The kind of a revision, and what it gave back."""
    if published(revision):
        return _("published for everyone")
    if revision.restores is None:
        return kind_words(revision.kind)
    if revision.restores == 0:
        return _("undone: follows everyone again")
    return _("undone: gives back revision {number}").format(number=revision.restores)


def scope_words(revision: Revision) -> str:
    """For whom it holds."""
    return _("for everyone") if revision.scope == EVERYONE else _("in this server")


def who(revision: Revision) -> Text:
    """Who made it. A person is named in the server where they acted alone: what everyone sees is the editors' word,
    and so is what they publish."""
    if revision.author == SEEDS:
        return (_("the seed files"),)
    if revision.scope == EVERYONE or published(revision):
        return (_("by an editor"),)
    if not revision.author.isdecimal():
        # Whose id was taken out, because they asked for it.
        return (_("by a moderator"),)
    by, _who, rest = _("by {person}").partition("{person}")
    return (by, Someone(revision.author), rest)


def day_of(revision: Revision) -> Day:
    """The day on which it was made, UTC."""
    return Day(datetime.fromtimestamp(revision.recorded_at, UTC).date())


def fact_seen(revision: Revision | None) -> Fact | None:
    """The fact as it is then shown; None for one that is not, because it was retracted or is not known."""
    seen = shown(revision)
    return seen.fact if seen is not None else None


def differences(before: Revision | None, after: Revision | None, known: Knowledge) -> tuple[Change, ...]:
    """What differs between two revisions of one fact, in words."""
    return changes(
        fact_seen(before),
        fact_seen(after),
        place_name=known.place_name,
        window_words=window_words,
        quantity_words=quantity_words,
    )


def change_words(found: tuple[Change, ...]) -> Text:
    """*Before → after*, the field named where it is not the number."""
    names = {Field.WINDOW: _("time"), Field.PLACE: _("place"), Field.NOTE: _("note")}
    parts: list[Text] = []
    for change in found:
        name = f"{names[change.field]}: " if change.field in names else ""
        parts.append((f"{name}{change.before} → ", Strong(change.after)))
    return join(parts)


def value_words(fact: Fact) -> str:
    """The number in words; without one, what happened."""
    return quantity_words(fact.quantity) if fact.quantity is not None else fact.summary or fact.id


def changed_words(revision: Revision, before: Revision | None, known: Knowledge) -> Text:
    """What a revision did to its fact: *before → after*; the value alone where it is the first, or left it as it
    was."""
    found = differences(before, revision, known) if before is not None else ()
    if found:
        return change_words(found)
    seen = fact_seen(revision)
    return (Strong(value_words(seen) if seen is not None else _("withdrawn")),)


def reason_apart(revision: Revision) -> str | None:
    """Why it was made; None where that stands in the change itself: a clarification is the note it became."""
    noted = revision.kind is CorrectionKind.CLARIFICATION and revision.reason == revision.fact.note
    return None if noted else revision.reason or None


def reason_words(revision: Revision) -> tuple[Text, ...]:
    """Why, and the evidence, a line each; nothing where neither was given."""
    found: list[Text] = []
    if (reason := reason_apart(revision)) is not None:
        found.append((reason,))
    if revision.evidence:
        words: list[Fragment] = [_("Evidence:") + " ", Link(revision.evidence)]
        found.append(tuple(words))
    return tuple(found)


def revision_entry(revision: Revision, before: Revision | None, known: Knowledge) -> Entry:
    """One line of a history."""
    detail = join([
        (_("revision {number}").format(number=revision.number),),
        (scope_words(revision),),
        (what_words(revision),),
        who(revision),
        (day_of(revision),),
    ])  # fmt: skip
    return Entry(changed_words(revision, before, known), detail, reason_words(revision))
