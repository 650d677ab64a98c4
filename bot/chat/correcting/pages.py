"""What somebody who corrects is shown: what to confirm, what does not do, what changed meanwhile, what was made."""

from bot.answers.knowledge import Knowledge
from bot.answers.page import Entry, Link, Page, Section, Strong, Text
from bot.answers.revisions import (
    change_words,
    changed_words,
    day_of,
    fact_seen,
    kind_words,
    value_words,
    what_words,
    who,
)
from bot.answers.wording import join, lead, when
from bot.chat.correcting.sight import News, Sight
from bot.corrections.errors import CorrectionError, Field
from bot.corrections.proposal import Change, Proposal
from bot.facts.fact import Fact
from bot.facts.revision import EVERYONE, Revision
from bot.facts.vocabulary import CorrectionKind
from bot.i18n import _

ACCENT = "record"


def confirm_page(
    sight: Sight,
    proposal: Proposal,
    here: tuple[Change, ...] | None,
    everyone: tuple[Change, ...] | None,
    known: Knowledge,
    news: News | None = None,
) -> Page:
    """What would change, before it does.

    Args:
        here: what would change in the server; None for an editor who is no moderator there.
        everyone: what would change for everyone; None for moderators who are no editors.
        news: what somebody else has changed meanwhile.
    """
    notes: list[Text] = [(_("In this server only, until an editor publishes it for everyone."),)]
    if everyone is not None and here is not None:
        notes = [(_("You are an editor: confirm it for this server only, or for everyone."),)]
    elif everyone is not None:
        notes = [(_("You are an editor: this is what every server will see."),)]
    notes += [(note,) for note in proposal.notes]
    differs = here is not None and everyone is not None and everyone != here
    first = here if here is not None else everyone or ()
    sections = [
        *(_news(news, known) if news is not None else ()),
        Section(None, (_about(sight.fact, known),)),
        Section(_("In this server") if differs else _("Yours") if news else None, (_entry(first, proposal),)),
    ]
    if differs and everyone:
        sections.append(Section(_("For everyone"), (Entry(change_words(everyone)),)))
    title = _("Somebody else changed this figure") if news is not None else _("Correct it like this?")
    return Page(
        accent="error" if news is not None else ACCENT, title=title, sections=tuple(sections), notes=tuple(notes)
    )


def unfit_page(
    error: CorrectionError, fact: Fact, known: Knowledge, news: News | None = None, *, withdrawn: bool = False
) -> Page:
    """What cannot be taken as typed, why, and what could."""
    notes: list[Text] = [(_("Nothing you typed is lost: mend it, and go on."),)]
    if withdrawn:
        notes.append((_("The figure is withdrawn at the moment; /corrections undo brings it back as it was."),))
    lines: list[Text] = [(error.remedy,)] if error.remedy else []
    return Page(
        accent="error",
        title=_("Not yet: {field}").format(field=_field(error.field)),
        sections=(
            *(_news(news, known) if news is not None else ()),
            Section(None, (Entry((Strong(error.what),), (), tuple(lines)),)),
            Section(None, (_about(fact, known),)),
        ),
        notes=tuple(notes),
    )


def made_page(revision: Revision, before: Revision | None, known: Knowledge, *, own: bool = False) -> Page:
    """What was made, the same however often it is asked for.

    Args:
        own: the server goes on seeing a correction of its own.
    """
    everyone = revision.scope == EVERYONE
    small = join([(kind_words(revision.kind),), (revision.reason or "",)])
    note = _("Every server sees it from now on.") if everyone else _("Everybody in this server sees it from now on.")
    if own:
        note = _("Every server sees it from now on, but this one, which has a correction of its own.")
    return Page(
        accent=ACCENT,
        title=_("Corrected for everyone") if everyone else _("Corrected in this server"),
        sections=(Section(None, (Entry(changed_words(revision, before, known), small), _about(revision.fact, known))),),
        notes=((note,), (_("/corrections undo takes it back, and the figure’s history keeps both."),)),
    )


def log_line(revision: Revision, before: Revision | None, known: Knowledge) -> Text:
    """One line for the log channel of the server where a revision was made."""
    fact = fact_seen(before) or revision.fact
    parts: list[Text] = [
        (Strong(_("Correction")), " ", *who(revision)),
        lead(fact, known),
        changed_words(revision, before, known),
        (what_words(revision),),
    ]
    if revision.scope == EVERYONE:
        parts.append((_("for everyone"),))
    if revision.reason:
        parts.append((f"“{revision.reason}”",))
    if revision.evidence:
        parts.append((Link(revision.evidence),))
    return join(parts)


def cancelled_page() -> Page:
    """Nothing was changed."""
    return Page(accent=ACCENT, title=_("Nothing was corrected"), notes=((_("What you typed is deleted."),),))


def proposed_page(revision: Revision, before: Revision | None, known: Knowledge) -> Page:
    """The editors were asked."""
    return Page(
        accent=ACCENT,
        title=_("Proposed for everyone"),
        sections=(Section(None, (Entry(changed_words(revision, before, known)), _about(revision.fact, known))),),
        notes=((_("An editor publishes it, or declines with a reason. Until then it holds in this server."),),),
    )


def choose_page(words: str, *, more: bool) -> Page:
    """Before the list of figures."""
    notes: list[Text] = [(words,)]
    if more:
        notes.append((_("These are the first 25; /correct finds every other."),))
    return Page(accent="place", title=_("Correct a figure"), notes=tuple(notes))


def late_page(fact: Fact, known: Knowledge) -> Page:
    """The form could not be opened in time."""
    return Page(
        accent=ACCENT,
        title=_("Correct a figure"),
        sections=(Section(None, (_about(fact, known),)),),
        notes=((_("That took a little long for a form to open by itself."),),),
    )


def _about(fact: Fact, known: Knowledge) -> Entry:
    return Entry(lead(fact, known), (when(fact),))


def _entry(found: tuple[Change, ...], proposal: Proposal) -> Entry:
    """Before → after, then why."""
    below: list[Text] = [(proposal.reason,)]
    if proposal.kind is CorrectionKind.CLARIFICATION:
        below = []
    if proposal.evidence is not None:
        below.append((_("Evidence:") + " ", Link(proposal.evidence)))
    return Entry(change_words(found), (kind_words(proposal.kind),), tuple(below))


def _news(news: News, known: Knowledge) -> tuple[Section, ...]:
    """What they saw, then what came about since, the latest first."""
    then = fact_seen(news.then)
    said = _("withdrawn") if news.then is not None else _("a correction that the server's managers have wiped")
    entries = [Entry((_("When you looked:") + " ", Strong(value_words(then) if then is not None else said)))]
    for revision in news.since:
        after = fact_seen(revision)
        small = join([(_scope(revision),), (what_words(revision),), who(revision), (day_of(revision),)])
        words: Text = (_("Since then:") + " ", Strong(value_words(after) if after is not None else _("withdrawn")))
        entries.append(Entry(words, small, ((revision.reason,),) if revision.reason else ()))
    return (Section(None, tuple(entries)),)


def _scope(revision: Revision) -> str:
    return _("for everyone") if revision.scope == EVERYONE else _("in this server")


def _field(field: Field) -> str:
    return {
        Field.VALUE: _("the value"),
        Field.WINDOW: _("the time"),
        Field.PLACE: _("the place"),
        Field.KIND: _("the sort of correction"),
        Field.REASON: _("the reason"),
        Field.EVIDENCE: _("the evidence"),
        Field.NOTE: _("the note"),
    }[field]
