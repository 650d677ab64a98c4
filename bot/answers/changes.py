"""What changed between two states of knowledge: an edition of a digest, and what its buttons open."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import NamedTuple

from bot.answers.change_blocks import Block, arrange
from bot.answers.change_wording import change_entry, plain_words
from bot.answers.header import ORDER, TOPIC_OF, label
from bot.answers.knowledge import Knowledge
from bot.answers.once import named_once, reasons_once
from bot.answers.page import Day, Entry, Follow, Fragment, Page, Section, Text
from bot.answers.question import Ask, Question, UnreadableQuestionError
from bot.answers.span import Span, in_order
from bot.answers.sums import sum_note
from bot.facts.fact import Fact
from bot.facts.topics import topics
from bot.facts.vocabulary import Kind
from bot.i18n import _, ngettext, remembered
from bot.store.revisions.changes import Changes, Group

FIRST = 10
"""Entries of an edition at most: two screens of a phone."""
EACH = 2
"""Entries that a group gets before an earlier one may take all the room, so that no correction is pushed out."""
PAGE_SIZE = 8
ROOM = 3000
"""Characters of an edition's entries, of the 4,000 that Discord takes in all: what is beyond stands behind a button."""
ESCAPED = "\\*_~|`[]<@#>-"
"""Characters that take two."""
TOGETHER = 3
"""New entries that stand under one heading; more are parted by what they tell of."""
NAMED = 3
"""Places that are named under the title; more are counted."""
LISTS = 4
"""Buttons for lists: the fifth is for what is not on the page."""


async def changes_page(question: Question, known: Knowledge) -> Page:
    """What changed between two sequences, a page at a time; the first page is the edition itself."""
    span = question.span
    if span is None:
        raise UnreadableQuestionError
    # Places that are gone leave nothing to tell; no place at all means everywhere.
    places = span.places([place.id for place in known.places]) if span.marks else None
    changes = await known.facts.changes(
        known.reference.conflict.id, span.since, span.upto, about(known, span.topics, places)
    )
    return page_of(changes, span, known, places=places or (), offset=question.offset)


def about(known: Knowledge, chosen: Collection[str], places: Collection[str] | None) -> Callable[[Fact], bool]:
    """Whether a fact belongs to one of the topics, none meaning all, and lies in one of the places, None meaning
    everywhere. What names no place belongs to the whole conflict."""
    wanted = frozenset(chosen)
    within = None if places is None else frozenset(places)

    def ask(fact: Fact) -> bool:
        if wanted and not wanted.intersection(topics(fact)):
            return False
        if within is None:
            return True
        named = [place for place in (fact.place, fact.origin, fact.destination) if place is not None] or [known.area]
        return any(within.intersection(_around(place, known)) for place in named)

    return ask


def _around(place: str, known: Knowledge) -> Sequence[str]:
    return known.places.ancestors(place) if place in known.places else (place,)


class _Row(NamedTuple):
    """An entry and where it belongs."""

    group: Group
    block: Block
    entry: Entry


def page_of(changes: Changes, span: Span, known: Knowledge, *, places: Collection[str] = (), offset: int = 0) -> Page:
    """A page of the changes.

    Args:
        places: ids that the span's marks stand for, as far as they are known.
        offset: 0 for the edition itself, else how many entries to pass over.
    """
    question = Question(Ask.CHANGES, span=span)
    first, rest = _parted(arrange(changes), known)
    page = Page(
        "changes", label(Ask.CHANGES), _subtitle(changes, span, known, places), correct=question.at(offset)
    )  # fmt: skip
    if not changes.total:
        return page._replace(notes=((_("Nothing changed in that time."),),), correct=None)
    if offset == 0:
        more = changes.total - sum(1 for row in first for _change in row.block.changes())
        return page._replace(
            sections=_sections(first, known),
            notes=_notes(first, known),
            follow=(*_more(question.at(len(first)), more), *_lists(span, known, places)),
        )
    pages = _pages(rest, known)
    starts = [len(first) + sum(map(len, pages[:number])) for number in range(len(pages) + 1)]
    number = next((n for n in range(len(pages)) if starts[n] <= max(offset, len(first)) < starts[n + 1]), len(pages))
    rows = pages[number] if number < len(pages) else []
    beyond = changes.total - sum(map(len, changes.kept.values()))
    last = number >= len(pages) - 1
    notes = _notes(rows, known)
    if not rows:
        notes = ((_("There is nothing further on."),),)
    elif last and beyond:
        words = ngettext("and {count} more, less important", "and {count} more, less important", beyond)
        notes = (*notes, (words.format(count=f"{beyond:,}"),))
    return page._replace(
        sections=_sections(rows, known),
        notes=notes,
        previous=question.at(starts[number - 1] if number else 0),
        next=None if last else question.at(starts[number + 1]),
        follow=_lists(span, known, places) if last else (),
        correct=question.at(offset) if rows else None,
    )


def _parted(groups: Mapping[Group, Sequence[Block]], known: Knowledge) -> tuple[list[_Row], list[tuple[Group, Block]]]:
    """What stands in the edition, and what behind its button; both by group, the most important first."""
    ordered = [(group, block) for group in Group for block in groups.get(group, ())]
    # Those that every group may have whatever the others bring, then all in turn.
    early = [(group, block) for group in Group for block in groups.get(group, ())[:EACH]]
    chosen: dict[str, _Row] = {}
    room = ROOM
    for group, block in (*early, *ordered):
        key = block.change.fact.id
        if len(chosen) >= FIRST or key in chosen:
            continue
        row = _Row(group, block, change_entry(block, known))
        room -= _length(row.entry)
        if chosen and room < 0:
            break
        chosen[key] = row
    first = [chosen[block.change.fact.id] for _group, block in ordered if block.change.fact.id in chosen]
    return first, [pair for pair in ordered if pair[1].change.fact.id not in chosen]


def _pages(rest: Sequence[tuple[Group, Block]], known: Knowledge) -> list[list[_Row]]:
    """What stands behind the button, parted so that each page has room for all of its entries."""
    pages: list[list[_Row]] = []
    room = 0
    for group, block in rest:
        row = _Row(group, block, change_entry(block, known))
        length = _length(row.entry)
        if not pages or length > room or len(pages[-1]) >= PAGE_SIZE:
            pages.append([])
            room = ROOM
        pages[-1].append(row)
        room -= length
    return pages


def _length(entry: Entry) -> int:
    """About how many characters it takes once everything that formats is escaped."""
    lines = [plain_words(text) for text in (entry.lead, entry.detail, *entry.below)]
    return sum(len(line) + sum(map(line.count, ESCAPED)) + 10 for line in lines)


def _sections(rows: Sequence[_Row], known: Knowledge) -> tuple[Section, ...]:
    sections: list[Section] = []
    for group in Group:
        here = [row for row in rows if row.group is group]
        if group is Group.NEW and len(here) > TOGETHER:
            sections += _by_list(here)
        elif here:
            entries = tuple(row.entry for row in here)
            sections.append(Section(heading(group), reasons_once(entries) if group is Group.CORRECTED else entries))
    return named_once(sections, known)


def _by_list(rows: Sequence[_Row]) -> list[Section]:
    """What is new, under the names of the lists in which it stands: many lines are found sooner that way."""
    lists: dict[Ask, list[Entry]] = {ask: [] for ask in TOPIC_OF}
    for row in rows:
        found = topics(row.block.change.fact)
        ask = next((ask for ask, topic in TOPIC_OF.items() if topic in found), Ask.TIMELINE)
        lists[ask].append(row.entry)
    return [Section(f"{heading(Group.NEW)} · {label(ask)}", tuple(part)) for ask, part in lists.items() if part]


def _subtitle(changes: Changes, span: Span, known: Knowledge, places: Collection[str]) -> Text:
    """Conflict · as of · since · what the channel chose."""
    words: list[Fragment] = [known.reference.conflict.name]
    if changes.until is not None:
        words += [" · " + _("as of") + " ", Day(changes.until)]
    if changes.told is not None and changes.told != changes.until:
        words += [" · " + _("new since") + " ", Day(changes.told)]
    words.extend(f" · {part}" for part in chosen_words(span.topics, places, known))
    return tuple(words)


def chosen_words(chosen: Collection[str], places: Collection[str], known: Knowledge) -> list[str]:
    """What was chosen of topics and places, in words; empty for everything."""
    parts: list[str] = []
    if chosen:
        parts.append(", ".join(label(ask) for ask, topic in TOPIC_OF.items() if topic in chosen))
    if places:
        names = sorted(known.place_name(place) for place in places)
        listed = ", ".join(names[:NAMED])
        if len(names) > NAMED:
            listed = _("{places} and {count} more").format(places=listed, count=len(names) - NAMED)
        parts.append(_("in {place}").format(place=listed))
    return parts


def _notes(rows: Sequence[_Row], known: Knowledge) -> tuple[Text, ...]:
    """Why nothing is added up, as soon as there are two figures that might be."""
    facts = [row.block.change.fact for row in rows if row.block.change.after.answers]
    figures = [fact for fact in facts if fact.kind is Kind.FIGURE]
    return (sum_note(figures, known, whole=False),) if len(figures) > 1 else ()


def _more(question: Question, count: int) -> tuple[Follow, ...]:
    if not count:
        return ()
    words = ngettext("and {count} more", "and {count} more", count)
    return (Follow(words.format(count=f"{count:,}"), question),)


def _lists(span: Span, known: Knowledge, places: Collection[str]) -> tuple[Follow, ...]:
    """The lists behind the changes: of the one place that was chosen, else of everywhere."""
    [place] = places if len(places) == 1 else [None]
    there = known.reference.topics.get(place or known.area, frozenset())
    wanted = in_order(span.topics)
    asks = [ask for ask in ORDER if ask in TOPIC_OF and TOPIC_OF[ask] in there and TOPIC_OF[ask] in wanted]
    return tuple(Follow(label(ask), Question(ask, place=place)) for ask in asks[:LISTS])


@remembered
def heading(group: Group) -> str:
    """Above the changes of one group."""
    return {
        Group.MOVED: _("Figures that moved"),
        Group.NEW: _("New"),
        Group.CORRECTED: _("Corrections"),
        Group.LATE: _("Late reports for earlier days"),
    }[group]
