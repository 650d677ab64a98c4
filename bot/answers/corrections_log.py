"""Pages about corrections that were made: the public log, one of them, and what an editor is asked to decide."""

from typing import NamedTuple

from bot.answers.dates import day_words
from bot.answers.knowledge import Knowledge
from bot.answers.page import Day, Entry, Page, Section, Strong, Text
from bot.answers.revisions import (
    change_words,
    changed_words,
    day_of,
    differences,
    fact_seen,
    published,
    reason_apart,
    reason_words,
    revision_entry,
    scope_words,
    value_words,
    what_words,
    who,
)
from bot.answers.wording import fact_label, join, lead, said_by, when
from bot.corrections.errors import Field
from bot.facts.fact import Fact
from bot.facts.revision import Revision
from bot.facts.vocabulary import Kind
from bot.i18n import _

ACCENT = "record"


class Told(NamedTuple):
    """A revision, with what its scope saw right before it."""

    revision: Revision
    before: Revision | None


def list_page(told: tuple[Told, ...], narrowed: tuple[str, ...], known: Knowledge) -> Page:
    """A page of the log, the latest first.

    Args:
        narrowed: what it was narrowed to, in words.
    """
    none = _("No correction answers this. With fewer options there may be more.")
    if not narrowed:
        none = _("Nothing was corrected yet. A correction made here stands in this list for everybody to read.")
    return Page(
        accent=ACCENT,
        title=_("Corrections"),
        subtitle=(" · ".join((*narrowed, _("the latest first"))),),
        sections=(Section(None, tuple(_listed(one, known) for one in told)),) if told else (),
        notes=() if told else ((none,),),
    )


def _listed(told: Told, known: Knowledge) -> Entry:
    revision = told.revision
    parts: list[Text] = [(what_words(revision),), who(revision), (day_of(revision),)]
    if not published(revision):  # which has said for whom
        parts.append((scope_words(revision),))
    small = join(parts)
    reason = reason_apart(revision)
    return Entry(told_words(told, known), small, ((reason,),) if reason is not None else ())


def told_words(told: Told, known: Knowledge) -> Text:
    """*Before → after*, and of which figure."""
    found = differences(told.before, told.revision, known) if told.before is not None else ()
    words = changed_words(told.revision, told.before, known)
    if not all(fact_seen(one) is not None for one in told):
        # "withdrawn" is no number that people could follow.
        return (*words, " ·", *about(told.revision.fact, known))
    if all(change.field is Field.VALUE for change in found):
        return (*words, *about(told.revision.fact, known))
    return (*words, " · ", fact_label(told.revision.fact, known))


def about(fact: Fact, known: Knowledge) -> Text:
    """Who, what happened and where, behind a number that stands there already."""
    words = lead(fact, known)
    if fact.kind is Kind.FIGURE:
        return words[1:]
    place = f" · {known.place_name(fact.place)}" if fact.place is not None else ""
    # Without a number, what happened is the value itself.
    return (place,) if fact.quantity is None else (f" · {fact.summary or ''}{place}",)


def told_label(told: Told, known: Knowledge) -> str:
    """One line of plain text for a list to choose from."""
    words = "".join(part if isinstance(part, str) else str(part[0]) for part in told_words(told, known))
    return f"{words} · {day_words(day_of(told.revision).day)}"


class Fate(NamedTuple):
    """What became of a correction.

    Attributes:
        latest: nothing came after it in its history.
        given_back: the revision that took it back.
        proposed: what became of its proposal to the editors, in words.
    """

    latest: bool
    given_back: Revision | None = None
    proposed: str | None = None


def correction_page(told: Told, fate: Fate, known: Knowledge) -> Page:
    """One correction with all that is kept of it."""
    revision = told.revision
    rows: list[tuple[str, Text]] = [
        (_("Kind"), (what_words(revision),)),
        (_("Holds"), (scope_words(revision),)),
        (_("Made"), (*who(revision), ", ", day_of(revision))),
    ]
    if (reason := reason_apart(revision)) is not None:
        rows.append((_("Reason"), (reason,)))
    if revision.evidence:
        rows.append((_("Evidence"), reason_words(revision)[-1][1:]))
    rows.append((_("Now"), _fate(fate, revision)))
    if fate.proposed is not None:
        rows.append((_("Proposed for everyone"), (fate.proposed,)))
    return Page(
        accent=ACCENT,
        title=_("A correction"),
        subtitle=(revision.fact.id, " · ", _("revision {number}").format(number=revision.number)),
        sections=(
            Section(
                None, (Entry(told_words(told, known), join([(when(revision.fact),), said_by(revision.fact, known)])),)
            ),
            Section(None, tuple(Entry((Strong(name), " ", *words)) for name, words in rows)),
        ),
    )


def _fate(fate: Fate, revision: Revision) -> Text:
    if fate.given_back is not None:
        back = fate.given_back
        number = _("revision {number}").format(number=back.number)
        why: Text = (f" · {back.reason}",) if back.reason and back.kind.value == "undo" else ()
        return join([(what_words(back),), (number,), who(back), (day_of(back),)]) + why
    if not fate.latest:
        return (_("followed by a later revision"),)
    return (_("the latest revision, for everyone"),) if not revision.scope else (_("what this server sees"),)


def undo_words(now: Revision, back: Revision | None, known: Knowledge) -> Text:
    """*Before → after* of an undo that is still to be made; the value alone where both say the same."""
    found = differences(now, back, known)
    if found:
        return change_words(found)
    seen = fact_seen(now)
    return (Strong(value_words(seen) if seen is not None else _("withdrawn")),)


def news_section(since: tuple[Told, ...], known: Knowledge) -> Section:
    """What came about since somebody looked."""
    return Section(_("Since you looked"), tuple(revision_entry(told.revision, told.before, known) for told in since))


class Waiting(NamedTuple):
    """A proposal as an editor sees it.

    Attributes:
        theirs: the server's revision, before it what everyone sees now.
        server: the name of the server.
        proposed: the day.
    """

    theirs: Told
    server: str
    proposed: Day


def proposal_entries(waiting: Waiting, known: Knowledge) -> tuple[Entry, ...]:
    """What would change for everyone, why, and who asks."""
    told = waiting.theirs
    fact = told.revision.fact
    small = join([(when(fact),), said_by(fact, known), (what_words(told.revision),)])
    asks = _("Proposed by {server}").partition("{server}")
    return (
        Entry(told_words(told, known), small, reason_words(told.revision)),
        Entry((asks[0], Strong(waiting.server), asks[2], ", ", waiting.proposed)),
    )
