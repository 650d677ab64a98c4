"""/source: one fact's whole record – who said it, who printed it, where it stands, how it was read, its history."""

from datetime import date

from bot.answers.dates import day_words, window_words
from bot.answers.header import label
from bot.answers.history import no_such_fact, revision_entries, withdrawn_words
from bot.answers.knowledge import Knowledge
from bot.answers.page import Choice, Day, Entry, Follow, Page, Section, Strong
from bot.answers.question import Ask, Question
from bot.answers.wording import attribution, entry, fact_label, join, lead, marks, stance_words
from bot.facts.fact import OVERRULED, Fact
from bot.facts.vocabulary import RelationKind, Stance
from bot.i18n import _
from bot.store.reading.facts import Shown

HISTORY = 3
"""Revisions shown; a button leads to all of them."""
PARTS = 12
SERIES = 4


async def record_page(question: Question, known: Knowledge) -> Page:
    """Everything Sitrep knows about one fact.

    Raises:
        SitrepError: there is no such fact.
    """
    fact_id = question.fact or ""
    shown = await known.facts.get(fact_id)
    history = await known.facts.history(fact_id, limit=HISTORY + 1)
    if shown is None and not history:
        raise no_such_fact(fact_id)
    told = Section(_("History"), await revision_entries(history[:HISTORY], known))
    if shown is None:
        return _retracted(told, fact_id, several=len(history) > 1)
    sections = [Section(None, (entry(shown, known, most_below=PARTS), *await _origin(shown, known)))]
    steps = await known.facts.series(fact_id, limit=SERIES + 1)
    if len(steps) > 1:
        sections.append(
            Section(_("Its series, the latest first"), tuple(_step(step, known) for step in steps[:SERIES]))
        )
    told_already = {step.fact.id for step in steps[:SERIES]}
    instead = [one for one in await known.facts.replaced_by(fact_id, limit=SERIES) if one.fact.id not in told_already]
    if instead:
        sections.append(Section(_("Replaced by"), tuple(_step(one, known) for one in instead)))
    sections.append(told)
    related = await _related(shown, known)
    place = shown.fact.place
    return Page(
        accent="record",
        title=label(Ask.SOURCE),
        subtitle=(f"{shown.fact.id}",),
        sections=tuple(sections),
        follow=(
            *_history(fact_id, several=len(history) > 1),
            *((Follow(known.place_name(place), Question(Ask.DISTRICT, place=place)),) if place is not None else ()),
        ),
        choose=_("Facts it stands in relation to") if related else None,
        choices=related,
    )


async def _origin(shown: Shown, known: Knowledge) -> tuple[Entry, ...]:
    fact = shown.fact
    report = await known.facts.report(fact.locator.report)
    publisher = known.source(shown.publisher)
    about = report.about if report is not None else ""
    entries = [
        Entry((Strong(_("Report")), f" {publisher.name}, ", Day(shown.published)), (about,)),
        Entry((Strong(_("Stands in")), " " + locator_words(fact, None)), (_reading(fact),)),
    ]
    words = [f"“{part}”" for part in (fact.place_words, fact.window_words) if part]
    if words:
        said = _("Place and time as printed")
        read = [known.place_name(fact.place)] if fact.place is not None else []
        read.append(window_words(fact.window))
        entries.append(
            Entry(
                (Strong(said), " " + ", ".join(words)),
                (_("read as {place}").format(place=" · ".join(read)),),
            )
        )
    if fact.note:
        entries.append(Entry((Strong(_("Note")), f" {fact.note}")))
    if fact.stance is not Stance.ASSERTED:
        entries.append(Entry((Strong(_("Stance")), " " + stance_words(fact.stance))))
    counts = [known.source(source) for source in fact.sources]
    entries += [
        Entry((Strong(_("Counted by {source}").format(source=source.short or source.name)),), (source.counts,))
        for source in counts
        if source.counts
    ][:2]
    return tuple(entries)


def locator_words(fact: Fact, published: date | None) -> str:
    """`report of 3 Dec 2016, paragraph 9, sentence 1`."""
    where = _("paragraph {paragraph}, sentence {sentence}").format(
        paragraph=fact.locator.paragraph, sentence=fact.locator.sentence
    )
    if published is None:
        return where
    return _("report of {day}, {where}").format(day=day_words(published), where=where)


def _reading(fact: Fact) -> str:
    rules = sorted({step.rule for step in fact.trace if not step.rule.startswith(OVERRULED)})
    read = _("read by rule: {rules}").format(rules=", ".join(rules)[:120]) if rules else _("entered by hand")
    for step in fact.trace:
        if step.rule.startswith(OVERRULED):
            why = step.rule.removeprefix(OVERRULED)
            read += " · " + _("a person overruled the parser's {field}: {why}").format(field=step.field, why=why)
    if fact.locator.span is not None:
        start, end = fact.locator.span
        read += " · " + _("characters {start} to {end}").format(start=start, end=end)
    if fact.locator.sha256 is not None:
        read += " · " + _("hash {hash}").format(hash=fact.locator.sha256[:12])
    return read


def _step(step: Shown, known: Knowledge) -> Entry:
    said = join([(window_words(step.fact.window),), attribution(step, known, brief=True), *marks(step)])
    return Entry(lead(step.fact, known), said, facts=(step.fact.id,))


async def _related(shown: Shown, known: Knowledge) -> tuple[Choice, ...]:
    """What it is a part or another wording of, then its own parts and other wordings."""
    words = {
        RelationKind.PART_OF: _("the whole that this is a part of"),
        RelationKind.RESTATES: _("the same in other words"),
        RelationKind.SUPERSEDES: _("what this supersedes"),
    }
    choices: list[Choice] = []
    for relation in shown.fact.relations:
        other = await known.facts.get(relation.to)
        if other is not None:
            choices.append(
                Choice(fact_label(other.fact, known), words[relation.kind], Question(Ask.SOURCE, fact=relation.to))
            )
    for below in shown.attached:
        part = below.related(RelationKind.PART_OF)
        choices.append(
            Choice(
                fact_label(below, known),
                _("a part of this") if part else _("this in other words"),
                Question(Ask.SOURCE, fact=below.id),
            )
        )
    return tuple(choices)


def _history(fact_id: str, *, several: bool) -> tuple[Follow, ...]:
    """To the whole history, where there is more to it than its first reading."""
    return (Follow(label(Ask.HISTORY), Question(Ask.HISTORY, fact=fact_id)),) if several else ()


def _retracted(told: Section, fact_id: str, *, several: bool) -> Page:
    return Page(
        accent="record",
        title=label(Ask.SOURCE),
        subtitle=(fact_id,),
        sections=(told,),
        notes=((withdrawn_words(),),),
        follow=_history(fact_id, several=several),
    )
