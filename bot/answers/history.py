"""History: every revision of a fact; and, under an answer with several corrected figures, which one is meant."""

from bot.answers.header import label, subtitle
from bot.answers.knowledge import Knowledge
from bot.answers.lists import PAGE_SIZE
from bot.answers.page import Choice, Entry, Follow, Page, Section, Strong
from bot.answers.question import Ask, Question
from bot.answers.revisions import changed_words, day_of, revision_entry, what_words
from bot.answers.shown_by import shown_by
from bot.answers.wording import corrected, entry, fact_label, join
from bot.errors import SitrepError
from bot.facts.revision import Revision
from bot.i18n import _

REVISIONS = 5
"""Revisions on a page."""


async def history_page(question: Question, known: Knowledge) -> Page:
    """Every revision of the fact that is asked for; without one, the corrected figures of the list that is.

    Raises:
        SitrepError: there is no such fact.
    """
    if question.fact is None:
        return await _corrected_page(question, known)
    found = await known.facts.history(question.fact, limit=REVISIONS + 1, offset=question.offset)
    if not found:
        raise no_such_fact(question.fact)
    now = await known.facts.get(question.fact)
    sections = [Section(_("History, the latest first"), await revision_entries(found[:REVISIONS], known))]
    if now is not None:
        sections.insert(0, Section(None, (entry(now, known),)))
    return Page(
        accent="record",
        title=label(Ask.HISTORY),
        subtitle=(question.fact,),
        sections=tuple(sections),
        notes=((withdrawn_words(),),) if now is None else (),
        previous=question.at(max(0, question.offset - REVISIONS)) if question.offset else None,
        next=question.at(question.offset + REVISIONS) if len(found) > REVISIONS else None,
        follow=(Follow(label(Ask.SOURCE), Question(Ask.SOURCE, fact=question.fact)),),
    )


async def revision_entries(found: list[Revision], known: Knowledge) -> tuple[Entry, ...]:
    """Revisions as lines, each with what there was before it."""
    return tuple([revision_entry(revision, await known.facts.before(revision), known) for revision in found])


def withdrawn_words() -> str:
    """Said of a fact that was retracted."""
    return _("This fact was retracted and answers no question any more.")


def no_such_fact(fact_id: str) -> SitrepError:
    """For an id that no fact has."""
    return SitrepError(
        _("Sitrep has no fact “{fact}”.").format(fact=fact_id[:60]),
        _("Start typing a place or a number, and choose one of the facts offered."),
    )


async def _corrected_page(question: Question, known: Knowledge) -> Page:
    """The corrected figures of one page of an answer, with what was done to each last."""
    wanted = dict.fromkeys(fact for row in await shown_by(question, known) for fact in corrected(row))
    entries: list[Entry] = []
    choices: list[Choice] = []
    for fact_id in list(wanted)[:PAGE_SIZE]:
        now, latest = await known.facts.get(fact_id), await known.facts.history(fact_id, limit=1)
        if now is None or not latest:
            continue
        changed = changed_words(latest[0], await known.facts.before(latest[0]), known)
        what = join([(what_words(latest[0]),), (day_of(latest[0]),)])
        shown = entry(now, known, most_below=0)
        entries.append(shown._replace(below=((Strong(_("Last change")), " ", *changed, " · ", *what),)))
        choices.append(Choice(fact_label(now.fact, known), fact_id, Question(Ask.HISTORY, fact=fact_id)))
    return Page(
        accent="record",
        title=label(Ask.HISTORY),
        subtitle=subtitle(question, known),
        sections=(Section(None, tuple(entries)),) if entries else (),
        notes=() if entries else ((_("Nothing here was corrected."),),),
        choose=_("Open the history of one") if choices else None,
        choices=tuple(choices),
    )
