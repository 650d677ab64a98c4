"""/sources: who is quoted and what each counts. The Sources button: where each figure of an answer comes from."""

from bot.answers.district import district_page
from bot.answers.header import follow, label, subtitle
from bot.answers.knowledge import Knowledge
from bot.answers.lists import PAGE_SIZE, nothing_page
from bot.answers.page import Choice, Entry, Page, Section, Strong, Text
from bot.answers.question import Ask, Question
from bot.answers.record import locator_words
from bot.answers.shown_by import shown_by
from bot.answers.wording import attribution, counts_words, fact_label, join, lead, marks, when
from bot.facts.fact import Source
from bot.i18n import _
from bot.store.reading.facts import Shown


async def sources_page(question: Question, known: Knowledge) -> Page:
    """Everybody whose figures or words Sitrep has, in the order of their names."""
    everyone = known.quoted_sources()
    here = everyone[question.offset : question.offset + PAGE_SIZE]
    more = len(everyone) > question.offset + PAGE_SIZE
    return Page(
        accent="sources",
        title=_("Sources"),
        subtitle=subtitle(question, known),
        sections=(Section(None, tuple(_source_entry(source, known) for source in here)),),
        notes=((_("A source says so; a publisher prints it. Both stand beside every figure."),),),
        previous=question.at(max(0, question.offset - PAGE_SIZE)) if question.offset else None,
        next=question.at(question.offset + PAGE_SIZE) if more else None,
        follow=follow(question, known, shows_facts=False),
    )


def _source_entry(source: Source, known: Knowledge) -> Entry:
    name = f" ({source.short})" if source.short and source.short != source.name else ""
    parts: list[Text] = [(source.sort,)]
    if source.party is not None:
        parts.append((Strong(_("party to the conflict: {actor}").format(actor=known.actor_name(source.party))),))
    below: tuple[Text, ...] = ()
    if source.counts:
        below = ((_("Counts: {what}").format(what=counts_words(source.counts)),),)
    return Entry((Strong(source.name), name), join(parts), below)


async def provenance_page(question: Question, known: Knowledge) -> Page:
    """The figures of one page of an answer, each with its source, publisher, report and paragraph."""
    if question.of is None:
        return await sources_page(Question(Ask.SOURCES), known)
    rows = await shown_by(question, known)
    if not rows and question.of is Ask.DISTRICT:
        return await district_page(Question(Ask.DISTRICT, place=question.place), known)
    if not rows:
        return nothing_page(Question(question.of, place=question.place), known)
    return Page(
        accent="sources",
        title=_("Sources · {topic}").format(topic=_about(question, known)),
        subtitle=subtitle(question, known),
        sections=(Section(None, tuple(_provenance_entry(row, known) for row in rows)),),
        choose=_("Open the full record of one"),
        choices=tuple(
            Choice(fact_label(row.fact, known), row.fact.id, Question(Ask.SOURCE, fact=row.fact.id)) for row in rows
        ),
    )


def _about(question: Question, known: Knowledge) -> str:
    if question.of is Ask.DISTRICT or question.of is None:
        return known.place_name(question.place or known.area)
    return label(question.of)


def _provenance_entry(row: Shown, known: Knowledge) -> Entry:
    return Entry(
        lead(row.fact, known),
        join([(when(row.fact),), attribution(row, known), (locator_words(row.fact, row.published),), *marks(row)]),
        facts=(row.fact.id,),
    )
