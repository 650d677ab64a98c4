"""/district: one place – who is reported to hold it, what happened there, what is counted there, what lies near."""

from msgspec.structs import replace

from bot.answers.header import follow
from bot.answers.knowledge import Knowledge
from bot.answers.page import Choice, Day, Follow, Fragment, Page, Section, Text
from bot.answers.question import Ask, Question
from bot.answers.wording import corrected, entry
from bot.facts.topics import Topic
from bot.i18n import _
from bot.places.place import Place
from bot.store.lists.list_query import Selection
from bot.store.reading.facts import Shown

PER_SECTION = 3
NEIGHBOURS = 5


async def district_page(question: Question, known: Knowledge) -> Page:
    """What is known of the place `question.place`; what lies near, where that is nothing."""
    place = known.places[question.place or known.area]
    found, more = await district_facts(place.id, known)
    sections = [
        Section(heading(topic), tuple(entry(row, known, brief=True) for row in rows)) for topic, rows in found.items()
    ]
    near = _near(place, known)
    return Page(
        accent="place",
        title=place.name,
        subtitle=_subtitle(place, known),
        aside=place.name_ar,
        sections=tuple(sections),
        notes=_notes(place, known, silent=not sections, more=more, near=bool(near)),
        follow=follow(
            question,
            known,
            shows_facts=bool(sections),
            corrected=[fact for rows in found.values() for row in rows for fact in corrected(row)],
        ),
        choose=_("Places nearby") if near else None,
        choices=near,
    )


async def district_facts(place: str, known: Knowledge) -> tuple[dict[Topic, list[Shown]], bool]:
    """The facts a place's page shows, each once, and whether there are more of any kind."""
    found: dict[Topic, list[Shown]] = {}
    seen: set[str] = set()
    more = False
    for topic in (Topic.CONTROL, Topic.CASUALTIES, Topic.DISPLACED, Topic.TIMELINE):
        rows = await known.facts.select(Selection(topic, place), limit=PER_SECTION + 1 + len(seen))
        rows = [row for row in rows if row.fact.id not in seen]
        more = more or len(rows) > PER_SECTION
        if rows:
            found[topic] = rows[:PER_SECTION]
            seen.update(row.fact.id for row in found[topic])
    return found, more


def heading(topic: Topic) -> str:
    """What a topic is called on the page of a place."""
    return {
        Topic.CONTROL: _("Control"),
        Topic.CASUALTIES: _("Casualties"),
        Topic.DISPLACED: _("Displaced"),
        Topic.TIMELINE: _("Events"),
        Topic.STATEMENTS: _("Statements"),
    }[topic]


def _subtitle(place: Place, known: Knowledge) -> Text:
    words: list[Fragment] = []
    inside = known.places.ancestors(place.id)[1:]
    if inside:
        words.append(_("{kind} in {place}").format(kind=_(place.kind), place=known.place_name(inside[0])))
    else:
        words.append(_(place.kind))
    latest = known.as_of()
    if latest is not None:
        words += [" · " + _("as of") + " ", Day(latest)]
    return tuple(words)


def _notes(place: Place, known: Knowledge, *, silent: bool, more: bool, near: bool) -> tuple[Text, ...]:
    notes: list[Text] = []
    if silent:
        said = _("No report that Sitrep has read mentions {place}.").format(place=place.name)
        notes.append((said + (" " + _("Nearby there may be more: choose below.") if near else ""),))
    if more:
        notes.append((_("There is more: the buttons open each list for this place."),))
    return tuple(notes)


def _near(place: Place, known: Knowledge) -> tuple[Choice, ...]:
    """Its neighbours, those that reports mention first: a silent place leads to where something is known."""
    topics = known.reference.topics
    around = known.places.neighbours(place.id, limit=4 * NEIGHBOURS)
    ordered = sorted(around, key=lambda pair: (pair[0].id not in topics, pair[1]))[:NEIGHBOURS]
    return tuple(
        Choice(
            other.name,
            _("{distance} km away").format(distance=f"{km:.1f}")
            + ("" if other.id in topics else " · " + _("no report mentions it")),
            Question(Ask.DISTRICT, place=other.id),
        )
        for other, km in sorted(ordered, key=lambda pair: pair[1])
    )


def unknown_place_page(text: str, nearest: tuple[Place, ...], question: Question, *, ambiguous: bool) -> Page:
    """A name that means no place, or several: the nearest names to choose from, never a guess.

    Args:
        question: what was asked, still without a place.
    """
    if ambiguous:
        said = _("“{name}” may mean several places. Which one?").format(name=text)
    elif nearest:
        said = _("The gazetteer has no place called “{name}”. Was one of these meant?").format(name=text)
    else:
        said = _("The gazetteer has no place called “{name}”, nor one that sounds like it.").format(name=text)
    notes: tuple[Text, ...] = ((said,),)
    if not nearest:
        notes += ((_("Try another spelling or the Arabic name, and choose one of those offered while you type."),),)
    title = _("Which place?") if nearest else _("No such place")
    buttons = tuple(Follow(place.name, replace(question, place=place.id)) for place in nearest[:5])
    return Page(accent="place", title=title, notes=notes, follow=buttons, asks_back=True)
