"""The standing picture, for a channel that is told something for the first time: the top of each list."""

from collections.abc import Sequence
from datetime import date

from bot.answers.changes import chosen_words
from bot.answers.header import TOPIC_OF, label
from bot.answers.knowledge import Knowledge
from bot.answers.once import named_once
from bot.answers.page import Day, Entry, Follow, Fragment, Page, Section, Text
from bot.answers.question import Question
from bot.answers.span import in_order
from bot.answers.sums import sum_note
from bot.answers.wording import entry
from bot.facts.topics import Topic, section
from bot.facts.vocabulary import Kind
from bot.i18n import _
from bot.store.lists.list_query import Selection
from bot.store.reading.facts import Shown

ENTRIES = 10
"""Entries of all topics together, at most."""
_ASKS = {topic: ask for ask, topic in TOPIC_OF.items()}


async def standing_page(known: Knowledge, topics: Sequence[str], places: Sequence[str], until: date | None) -> Page:
    """What holds now on each topic, in its place or places.

    Args:
        topics: values of `Topic`; empty for all.
        places: ids; empty for everywhere.
        until: publication day of the latest report that counts.
    """
    chosen = in_order(topics)
    room = max(2, ENTRIES // len(chosen))
    told: set[str] = set()
    sections: list[Section] = []
    rows: list[Shown] = []
    follow: list[Follow] = []
    for topic in chosen:
        found = await _top(known, topic, places or (known.area,), room + len(told))
        if found:
            follow.append(Follow(label(_ASKS[topic]), Question(_ASKS[topic], place=_only(places))))
        # What stands in two lists is told in the first.
        fresh = [row for row in found if row.fact.id not in told][:room]
        if fresh:
            sections.append(Section(label(_ASKS[topic]), tuple(_entry(row, known, topic) for row in fresh)))
            rows += fresh
            told.update(row.fact.id for row in fresh)
    words: list[Fragment] = [known.reference.conflict.name]
    if until is not None:
        words += [" · " + _("as of") + " ", Day(until)]
    words.extend(f" · {part}" for part in chosen_words(topics, places, known))
    return Page(
        "changes",
        _("Where things stand"),
        tuple(words),
        sections=named_once(sections, known),
        notes=_notes(rows, known),
        follow=tuple(follow[:5]),
    )


async def _top(known: Knowledge, topic: Topic, places: Sequence[str], room: int) -> list[Shown]:
    """The first of the list, or of the lists of several places put together in their order."""
    found: dict[str, Shown] = {}
    for place in dict.fromkeys(places):
        for row in await known.facts.select(Selection(topic, place), limit=room):
            found.setdefault(row.fact.id, row)
    if len(places) == 1:
        return list(found.values())
    return sorted(found.values(), key=lambda row: (*section(row.fact, topic, row.published.toordinal()), row.fact.id))


def _entry(row: Shown, known: Knowledge, topic: Topic) -> Entry:
    return entry(row, known, brief=topic is Topic.TIMELINE, most_below=1)


def _only(places: Sequence[str]) -> str | None:
    return places[0] if len(places) == 1 else None


def _notes(rows: Sequence[Shown], known: Knowledge) -> tuple[Text, ...]:
    figures = [row.fact for row in rows if row.fact.kind is Kind.FIGURE]
    if not rows:
        return ((_("No report that Sitrep has read says anything on this yet."),),)
    return (sum_note(figures, known, whole=False),) if len(figures) > 1 else ()
