"""/casualties, /displaced, /control, /timeline, /statements: the facts of a topic, a page at a time."""

from collections.abc import Sequence

from bot.answers.header import TOPIC_OF, follow, label, subtitle
from bot.answers.knowledge import Knowledge
from bot.answers.page import Entry, Follow, Page, Section, Text
from bot.answers.question import Ask, Question
from bot.answers.sums import sum_note
from bot.answers.wording import corrected, entry
from bot.facts.topics import is_total
from bot.facts.vocabulary import Kind
from bot.i18n import _
from bot.store.lists.list_query import Selection
from bot.store.reading.facts import Shown

PAGE_SIZE = 8
"""Entries on a page: what a phone shows in two screens, and what always fits Discord's 40 components."""


async def list_page(question: Question, known: Knowledge) -> Page:
    """A page of the topic that `question.ask` names."""
    rows = await known.facts.select(selection(question, known), limit=PAGE_SIZE + 1, offset=question.offset)
    shown, more = rows[:PAGE_SIZE], len(rows) > PAGE_SIZE
    title = label(question.ask)
    if not shown:
        return nothing_page(question, known)
    whole = question.offset == 0 and not more
    return Page(
        accent=TOPIC_OF[question.ask].value,
        title=title,
        subtitle=subtitle(question, known),
        sections=_sections(question.ask, shown, known),
        notes=_notes(question.ask, shown, known, whole=whole),
        previous=question.at(max(0, question.offset - PAGE_SIZE)) if question.offset else None,
        next=question.at(question.offset + PAGE_SIZE) if more else None,
        follow=follow(question, known, shows_facts=True, corrected=[fact for row in shown for fact in corrected(row)]),
    )


def selection(question: Question, known: Knowledge) -> Selection:
    """Which facts the question means."""
    return Selection(
        TOPIC_OF[question.of or question.ask],
        question.place or known.area,
        question.source,
        question.population,
        question.since.toordinal() if question.since else None,
        question.until.toordinal() if question.until else None,
    )


def _sections(ask: Ask, shown: Sequence[Shown], known: Knowledge) -> tuple[Section, ...]:
    if ask not in (Ask.CASUALTIES, Ask.DISPLACED):
        return (Section(None, tuple(entry(row, known, brief=ask is Ask.TIMELINE) for row in shown)),)
    totals: list[Entry] = []
    events: list[Entry] = []
    for row in shown:
        if is_total(row.fact, TOPIC_OF[ask]):
            totals.append(entry(row, known))
        else:
            events.append(entry(row, known, brief=True))
    found: list[Section] = []
    if totals:
        found.append(Section(None, tuple(totals)))
    if events:
        found.append(Section(_("Single events"), tuple(events)))
    return tuple(found)


def _notes(ask: Ask, shown: Sequence[Shown], known: Knowledge, *, whole: bool) -> tuple[Text, ...]:
    if ask is Ask.TIMELINE:
        return ((_("The latest day comes first."),),)
    if ask is Ask.CONTROL:
        return ((_("Each line is one claim on its date; later claims do not erase earlier ones."),),)
    figures = [row.fact for row in shown if row.fact.kind is Kind.FIGURE]
    if ask is Ask.STATEMENTS or len(figures) < 2:
        return ()
    return (sum_note(figures, known, whole=whole),)


def nothing_page(question: Question, known: Knowledge) -> Page:
    """Nothing answers the question: say so, and what is known instead."""
    further = question.offset > 0
    narrowed = question.source or question.population or question.since or question.until
    if further:
        notes: Text = (_("There is nothing further on."),)
    elif narrowed:
        notes = (_("No report that Sitrep has read answers this. With fewer options there may be more."),)
    else:
        notes = (_("No report that Sitrep has read says anything on this."),)
    wider: list[Question] = []
    if narrowed or further:
        wider.append(Question(question.ask, place=question.place))
    elif question.place is not None:
        wider.append(Question(question.ask))
    buttons = follow(question, known, shows_facts=False)
    first = tuple(_wider(other, known, whole=question.place is None) for other in wider)
    return Page(
        accent=TOPIC_OF[question.ask].value,
        title=label(question.ask),
        subtitle=subtitle(question, known),
        notes=(notes,),
        follow=(*first, *buttons)[:5],
    )


def _wider(question: Question, known: Knowledge, *, whole: bool) -> Follow:
    """The whole list is called by its name alone where no place was named."""
    if whole:
        return Follow(label(question.ask), question)
    where = known.place_name(question.place or known.area)
    return Follow(_("{topic} in {place}").format(topic=label(question.ask), place=where)[:80], question)
