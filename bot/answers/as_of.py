"""An answer as of an earlier time: what was known then, and beside every figure that differs what is known now."""

from datetime import UTC, date, datetime
from typing import NamedTuple, Protocol

from msgspec.structs import replace

from bot.answers.dates import day_words
from bot.answers.district import NEIGHBOURS
from bot.answers.header import TOPIC_OF, label
from bot.answers.knowledge import FactReader, Knowledge
from bot.answers.lists import selection
from bot.answers.numbers import quantity_words
from bot.answers.page import Entry, Follow, Fragment, Instant, Page, Strong, Text
from bot.answers.question import Ask, Question, as_known
from bot.answers.service import answer
from bot.answers.wording import lead, when
from bot.facts.fact import Fact
from bot.facts.topics import Topic
from bot.i18n import _, ngettext
from bot.store.lists.list_query import Selection
from bot.store.reading.facts import Shown
from bot.store.reading.reference import Reference

_MOST_BELOW = 4
"""Lines under one entry: the parts it had, and what is known now."""
_BUTTONS = 5
_SEVERAL = {
    Ask.DISTRICT: (Ask.CONTROL, Ask.CASUALTIES, Ask.DISPLACED, Ask.TIMELINE),
    Ask.COMPARE: (Ask.CASUALTIES, Ask.DISPLACED, Ask.CONTROL),
}
"""The lists of which a page is made."""


class _Became(Protocol):
    """What became of a fact: as it is shown now, and what stands in its place."""

    @property
    def shown(self) -> Shown | None: ...
    @property
    def instead(self) -> Shown | None: ...


class _Known(Protocol):
    """How much was known."""

    @property
    def reports(self) -> int: ...
    @property
    def latest(self) -> date | None: ...
    @property
    def since(self) -> int | None: ...


class PastReader(FactReader, Protocol):
    """Where facts of an earlier time come from."""

    @property
    def at(self) -> int:
        """The time, seconds since the epoch."""

    async def now(self, fact_id: str) -> _Became:
        """What became of a fact."""

    async def came_since(self, selection: Selection) -> tuple[int, bool]:
        """How many facts of a list came since, and whether there are more."""

    async def known(self, conflict: str) -> _Known:
        """How much was known."""

    async def publishers(self, conflict: str) -> frozenset[str]:
        """Ids of those whose reports had come in."""


class _Asked(NamedTuple):
    """What all steps of one answer need."""

    question: Question
    then: Knowledge
    past: PastReader
    known: _Known


async def answer_as_of(question: Question, now: Knowledge, past: PastReader) -> Page:
    """The page that answered `question` at the time of `past`, with what is known now beside it.

    Raises:
        SitrepError: as `answer` does.
    """
    known = await past.known(now.reference.conflict.id)
    then = now._replace(facts=past, reference=await _reference(question, now, past, known))
    if await _unheard_of(question, now, past):
        page = Page("record", label(Ask.SOURCE), (question.fact or "",), notes=((_("This was not known yet."),),))
    else:
        page = await answer(replace(question, as_of=None), then)
    asked = _Asked(question, then, past, known)
    sections = [
        part._replace(entries=tuple([await _beside(entry, asked) for entry in part.entries])) for part in page.sections
    ]
    return page._replace(
        subtitle=(_("As known on") + " ", Instant(past.at), " · ", *page.subtitle),
        sections=tuple(sections),
        notes=(*await _notes(asked, now), *page.notes),
        previous=_then(page.previous, past.at),
        next=_then(page.next, past.at),
        follow=_follow(page.follow, asked),
        # What is wrong now is corrected from what is known now.
        correct=None,
        changed=None,
        choices=tuple(choice._replace(question=as_known(choice.question, past.at)) for choice in page.choices),
    )


async def _unheard_of(question: Question, now: Knowledge, past: PastReader) -> bool:
    """Whether a fact is asked for of which nothing was known then, though something is now."""
    if question.ask is not Ask.SOURCE or question.fact is None or await past.history(question.fact, limit=1):
        return False
    return bool(await now.facts.history(question.fact, limit=1))


async def _reference(question: Question, now: Knowledge, past: PastReader, known: _Known) -> Reference:
    """The names as they are now, and what was known under them."""
    reference = now.reference
    places = {now.area, question.place or now.area}
    if question.ask is Ask.DISTRICT:
        places |= {near.id for near, _km in now.places.neighbours(question.place or now.area, limit=4 * NEIGHBOURS)}
    topics: dict[str, frozenset[Topic]] = {}
    for place in places & reference.topics.keys():
        found = [topic for topic in reference.topics[place] if await past.select(Selection(topic, place), limit=1)]
        if found:
            topics[place] = frozenset(found)
    quoted = reference.quoted
    if question.ask is Ask.SOURCES or (question.ask is Ask.PROVENANCE and question.of is None):
        publishers = await past.publishers(reference.conflict.id)
        quoted = frozenset([source for source in quoted if source in publishers or await _spoke(source, now, past)])
    return reference._replace(reports=known.reports, latest=known.latest, topics=topics, quoted=quoted)


async def _spoke(source: str, now: Knowledge, past: PastReader) -> bool:
    for topic in Topic:
        if await past.select(Selection(topic, now.area, source), limit=1):
            return True
    return False


async def _beside(entry: Entry, asked: _Asked) -> Entry:
    """The entry with a line for each of its facts that is another one now."""
    own: list[Text] = []
    parts: list[Text] = []
    for fact_id in entry.facts:
        then = await asked.past.get(fact_id)
        words = await _now_words(then, asked, part=fact_id != entry.facts[0]) if then is not None else None
        if words is not None:
            (parts if fact_id != entry.facts[0] else own).append((_("now:") + " ", *words))
    if not own and not parts:
        return entry
    # The number right under the number, what became of the parts under the parts; parts give way where it is too much.
    room = max(0, _MOST_BELOW - len(own) - len(parts))
    return entry._replace(below=(*own, *entry.below[:room], *parts))


async def _now_words(then: Shown, asked: _Asked, *, part: bool) -> Text | None:
    """What is known now in the place of a fact; None where that is the same. A part is named in full: its number alone
    would not say of what."""
    became = await asked.past.now(then.fact.id)
    before, known = then.fact, asked.then
    if became.shown is None:
        return (Strong(_("withdrawn")), *((": ", *lead(before, known)) if part else ()))
    if became.instead is not None:
        return (*lead(became.instead.fact, known), f" · {when(became.instead.fact)}")
    after = became.shown.fact
    if _visible(before) == _visible(after):
        return None
    if _visible(replace(before, quantity=after.quantity)) == _visible(after) and after.quantity is not None:
        return lead(after, known) if part else (Strong(quantity_words(after.quantity)),)
    return (*lead(after, known), f" · {when(after)}")


def _visible(fact: Fact) -> Fact:
    """The fact without what no list shows: how and where it was read."""
    return replace(fact, trace=(), locator=replace(fact.locator, span=None, sha256=None), relations=())


async def _notes(asked: _Asked, now: Knowledge) -> tuple[Text, ...]:
    """How many figures came since; and for a time before the first record, since when there is any."""
    question, since = asked.question, asked.known.since
    if since is not None and asked.past.at < since:
        words: list[Fragment] = [_("Sitrep had read nothing yet: its record begins on") + " ", Instant(since), "."]
        if question.ask in TOPIC_OF:
            words.append(" " + _("With `until` it tells what reports say up to a day."))
        return (tuple(words),)
    if question.ask in _SEVERAL:
        return await _came_by_list(asked, now)
    if question.ask not in TOPIC_OF:
        return ()
    count, more = await asked.past.came_since(selection(replace(question, as_of=None), now))
    if not count:
        return ()
    said = ngettext("{count} entry of this list came since.", "{count} entries of this list came since.", count)
    if more:
        said = _("More than {count} entries of this list came since.")
    return ((said.format(count=f"{count:,}"),),)


async def _came_by_list(asked: _Asked, now: Knowledge) -> tuple[Text, ...]:
    """How much came since on a page that is made of several lists; one fact may stand in two of them."""
    told: list[str] = []
    for ask in _SEVERAL[asked.question.ask]:
        if asked.question.of in (None, ask):
            count, more = await asked.past.came_since(selection(Question(ask, place=asked.question.place), now))
            number = _("more than {count}") if more else "{count}"
            if count:
                told.append(f"{label(ask)}\u00a0{number.format(count=f'{count:,}')}")
    return ((_("Came since, by list: {lists}.").format(lists=" · ".join(told)),),) if told else ()


def _follow(follow: tuple[Follow, ...], asked: _Asked) -> tuple[Follow, ...]:
    """First what is known now; before the record began what reports say up to that day; then as ever, at that time."""
    question = replace(asked.question, as_of=None)
    first = [Follow(_("What is known now"), question)]
    since = asked.known.since
    if since is not None and asked.past.at < since and question.ask in TOPIC_OF and question.until is None:
        day = datetime.fromtimestamp(asked.past.at, UTC).date()
        if question.since is None or question.since <= day:
            first.append(Follow(_("until {end}").format(end=day_words(day)), replace(question, until=day, offset=0)))
    # The history of a list's figures is that of today's.
    rest = [one for one in follow if one.question.ask is not Ask.HISTORY or one.question.fact is not None]
    return (*first, *(Follow(one.label, as_known(one.question, asked.past.at)) for one in rest))[:_BUTTONS]


def _then(question: Question | None, at: int) -> Question | None:
    return as_known(question, at) if question is not None else None
