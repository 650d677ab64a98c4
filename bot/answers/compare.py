"""/compare: rival sources on one question side by side, with what each of them counts."""

from collections.abc import Sequence

from bot.answers.header import follow, label, subtitle
from bot.answers.knowledge import Knowledge
from bot.answers.page import Entry, Page, Quiet, Section, Text
from bot.answers.people import measure_words, population_words
from bot.answers.question import Ask, Question
from bot.answers.wording import counts_words, detail, lead
from bot.facts.fact import Fact
from bot.facts.topics import Topic
from bot.facts.vocabulary import CASUALTIES, Kind
from bot.i18n import _, ngettext
from bot.store.lists.list_query import Selection
from bot.store.reading.facts import Shown

EXAMINED = 60
"""Facts of each topic that are looked at: the ones that stand first in its list."""
GROUPS_PER_PAGE = 2
PER_GROUP = 4


async def compare_page(question: Question, known: Knowledge) -> Page:
    """Every question on which two sources speak, within the place asked for."""
    area = question.place or known.area
    rows: list[Shown] = []
    for topic in (Topic.CASUALTIES, Topic.DISPLACED, Topic.CONTROL):
        if question.of is None or question.of.name.lower() == topic.value:
            rows += await known.facts.select(Selection(topic, area), limit=EXAMINED)
    groups = rivals(rows)
    here = groups[question.offset : question.offset + GROUPS_PER_PAGE]
    notes: tuple[Text, ...] = ((_("Rival figures stand side by side. They are never averaged or added up."),),)
    if not here:
        notes = ((_("Nothing to set side by side: on no question here has Sitrep read figures from two sources."),),)
    more = len(groups) > question.offset + GROUPS_PER_PAGE
    return Page(
        accent="compare",
        title=label(Ask.COMPARE),
        subtitle=subtitle(question, known),
        sections=tuple(_section(group, known) for group in here),
        notes=notes,
        previous=question.at(max(0, question.offset - GROUPS_PER_PAGE)) if question.offset else None,
        next=question.at(question.offset + GROUPS_PER_PAGE) if more else None,
        follow=follow(question, known, shows_facts=False),
    )


def rivals(rows: Sequence[Shown]) -> list[list[Shown]]:
    """The facts grouped by what they are about, as far as two sources speak on it; the latest first in a group."""
    groups: dict[tuple[str | None, ...], list[Shown]] = {}
    for row in rows:
        key = _about(row.fact)
        if key is not None:
            groups.setdefault(key, []).append(row)
    found = [group for group in groups.values() if len({_speakers(row) for row in group}) > 1]
    for group in found:
        group.sort(key=lambda row: row.published, reverse=True)
    return found


def _about(fact: Fact) -> tuple[str | None, ...] | None:
    """What is counted of whom, where and since when; None for what has no rivals, such as a single event."""
    if fact.kind is Kind.CONTROL:
        return ("control", fact.place) if fact.quantity is not None and fact.quantity.share else None
    if fact.measure is None or not (fact.cumulative or fact.accounting == "stock"):
        return None
    # Deaths since two different days are two questions; how many fled is one, however each source counts since when.
    dated = fact.cumulative and fact.measure in CASUALTIES
    start = str(fact.window.start).rstrip("~") if dated and fact.window.start is not None else None
    return (fact.measure, fact.population, fact.place, start)


def _speakers(row: Shown) -> tuple[str, ...]:
    return tuple(sorted(row.fact.sources)) or (row.publisher,)


def _section(group: Sequence[Shown], known: Knowledge) -> Section:
    fact = group[0].fact
    if fact.measure is not None and fact.population is not None:
        about = f"{population_words(fact.population, fact.unit, 2)} {measure_words(fact.measure)}"
    else:
        about = _("who holds how much")
    where = known.place_name(fact.place) if fact.place is not None else ""
    told: set[str] = set()
    entries = [_entry(row, known, told) for row in group[:PER_GROUP]]
    if (hidden := len(group) - len(entries)) > 0:
        more = ngettext("and {count} earlier figure", "and {count} earlier figures", hidden).format(count=hidden)
        entries.append(Entry((Quiet(more),)))
    return Section(f"{about[:1].upper()}{about[1:]} · {where}", tuple(entries))


def _entry(row: Shown, known: Knowledge, told: set[str]) -> Entry:
    """One of the rivals; what its source counts is told where the source comes first."""
    below: list[Text] = []
    for source_id in _speakers(row):
        source = known.source(source_id)
        if source.counts and source_id not in told:
            told.add(source_id)
            words = _("Counted by {source}: {what}")
            said = words.format(source=source.short or source.name, what=counts_words(source.counts))
            below.append((Quiet(said),))
    return Entry(lead(row.fact, known), detail(row, known), tuple(below[:2]), (row.fact.id,))
