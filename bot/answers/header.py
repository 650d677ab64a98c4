"""The line under every title, and what a reader asks next."""

from collections.abc import Sequence

from bot.answers.dates import day_words
from bot.answers.knowledge import Knowledge
from bot.answers.page import Day, Follow, Fragment, Text
from bot.answers.people import population_words
from bot.answers.question import Ask, Question
from bot.facts.topics import Topic
from bot.i18n import _, ngettext, remembered

TOPIC_OF = {
    Ask.CASUALTIES: Topic.CASUALTIES,
    Ask.DISPLACED: Topic.DISPLACED,
    Ask.CONTROL: Topic.CONTROL,
    Ask.TIMELINE: Topic.TIMELINE,
    Ask.STATEMENTS: Topic.STATEMENTS,
}


@remembered
def label(ask: Ask) -> str:
    """The name of a question, as a title and on a button."""
    return {
        Ask.CASUALTIES: _("Casualties"),
        Ask.DISPLACED: _("Displaced"),
        Ask.DISTRICT: _("Place"),
        Ask.CONTROL: _("Control"),
        Ask.TIMELINE: _("Timeline"),
        Ask.STATEMENTS: _("Statements"),
        Ask.COMPARE: _("Compare"),
        Ask.SOURCES: _("All sources"),
        Ask.SOURCE: _("Record"),
        Ask.PROVENANCE: _("Sources"),
        Ask.HISTORY: _("History"),
        Ask.HELP: _("Help"),
        Ask.PRIVACY: _("Privacy"),
        Ask.CHANGES: _("What changed"),
    }[ask]


def subtitle(question: Question, known: Knowledge) -> Text:
    """Conflict · as of · reports · what the question was narrowed to."""
    words: list[Fragment] = [known.reference.conflict.name]
    latest = known.as_of()
    if latest is not None:
        words += [" · " + _("as of") + " ", Day(latest)]
        count = known.reference.reports
        words.append(" · " + ngettext("{count}\u00a0report", "{count}\u00a0reports", count).format(count=count))
    words.extend(f" · {part}" for part in filters(question, known))
    return tuple(words)


def filters(question: Question, known: Knowledge) -> list[str]:
    """What the question was narrowed to, each in words."""
    parts: list[str] = []
    if question.ask is Ask.COMPARE and question.of is not None:
        parts.append(label(question.of))
    if question.place is not None:
        parts.append(_("in {place}").format(place=known.place_name(question.place)))
    if question.source is not None:
        parts.append(_("source: {source}").format(source=known.source(question.source).name))
    if question.population is not None:
        parts.append(_("{people} only").format(people=population_words(question.population, None, 2)))
    if question.since is not None:
        parts.append(_("since {start}").format(start=day_words(question.since)))
    if question.until is not None:
        parts.append(_("until {end}").format(end=day_words(question.until)))
    return parts


ORDER = (Ask.PROVENANCE, Ask.CASUALTIES, Ask.DISPLACED, Ask.CONTROL, Ask.TIMELINE, Ask.STATEMENTS)


def follow(
    question: Question, known: Knowledge, *, shows_facts: bool, corrected: Sequence[str] = ()
) -> tuple[Follow, ...]:
    """What a reader asks next, in the same order everywhere, and nothing that leads nowhere.

    Args:
        corrected: ids of the facts on the page that are marked as corrected.
    """
    area = question.place or known.area
    topics = known.reference.topics.get(area, frozenset())
    found: list[Follow] = []
    for ask in ORDER:
        if ask is question.ask:
            continue
        if ask is Ask.PROVENANCE:
            if shows_facts and (question.ask in TOPIC_OF or question.ask is Ask.DISTRICT):
                found.append(Follow(label(ask), _about_page(question, ask)))
                if corrected:
                    found.append(Follow(label(Ask.HISTORY), _history(question, corrected)))
        elif TOPIC_OF[ask] in topics:
            found.append(Follow(label(ask), Question(ask, place=question.place)))
    return tuple(found[:5])


def _history(question: Question, corrected: Sequence[str]) -> Question:
    """Straight to the one fact, where there is but one."""
    if len(set(corrected)) == 1:
        return Question(Ask.HISTORY, fact=corrected[0])
    return _about_page(question, Ask.HISTORY)


def _about_page(question: Question, ask: Ask) -> Question:
    return Question(
        ask,
        question.place,
        question.source,
        question.since,
        question.until,
        question.population,
        offset=question.offset,
        of=question.ask,
    )
