"""What a reader typed into the options of a command, understood or refused with a reason."""

from datetime import datetime
from typing import TypedDict, Unpack

from msgspec.structs import replace

from bot.answers.district import unknown_place_page
from bot.answers.knowledge import Knowledge
from bot.answers.moment import ECHO, read_day, read_moment
from bot.answers.page import Page
from bot.answers.question import Ask, Question
from bot.errors import SitrepError
from bot.facts.fact import Source
from bot.facts.vocabulary import Population
from bot.i18n import _
from bot.places.place import Place
from bot.places.resolution import Ambiguous, Found


class Typed(TypedDict, total=False):
    """The options as they were typed; None for those left out."""

    place: str | None
    source: str | None
    since: str | None
    until: str | None
    population: str | None
    of: Ask | None
    as_of: str | None


def read_question(known: Knowledge, ask: Ask, now: datetime | None = None, **typed: Unpack[Typed]) -> Question | Page:
    """The question, or the page that asks which place was meant.

    Args:
        now: with its zone; needed where `as_of` was typed, which lies before it.

    Raises:
        SitrepError: a source, day, time or group of people that cannot be understood.
    """
    first, last = read_day(typed.get("since")), read_day(typed.get("until"))
    if first is not None and last is not None and first > last:
        raise SitrepError(_("The time you ask for ends before it begins."), _("Swap since and until."))
    source, population = typed.get("source"), typed.get("population")
    question = Question(
        ask,
        source=find_source(source, known).id if source and source.strip() else None,
        since=first,
        until=last,
        population=Population(population) if population else None,
        of=typed.get("of"),
        as_of=read_moment(typed.get("as_of"), now) if now is not None else None,
    )
    place = typed.get("place")
    return at_place(question, place, known) if place and (place.strip() or ask is Ask.DISTRICT) else question


def at_place(question: Question, text: str, known: Knowledge) -> Question | Page:
    """The question about the place that `text` names, or the page that offers the nearest names."""
    found = known.lookup.resolve(text)
    if isinstance(found, Found):
        return replace(question, place=found.place.id)
    shown = text if len(text) <= ECHO else text[:ECHO] + "…"
    if isinstance(found, Ambiguous):
        return unknown_place_page(shown, found.candidates, question, ambiguous=True)
    return unknown_place_page(shown, found.nearest, question, ambiguous=False)


def find_source(text: str, known: Knowledge) -> Source:
    """The source with this id, name or short name, in any case.

    Raises:
        SitrepError: none, or several, are called so.
    """
    wanted = text.strip().casefold()
    sources = known.reference.sources.values()
    exact = [source for source in sources if wanted in _names(source)]
    near = exact or [source for source in sources if any(wanted in name for name in _names(source))]
    if len(near) == 1:
        return near[0]
    names = ", ".join(sorted((source.short or source.name) for source in (near or sources))[:8])
    if near:
        raise SitrepError(
            _("Several sources are called “{name}”.").format(name=text[:ECHO]),
            _("Choose one: {names}.").format(names=names),
        )
    raise SitrepError(
        _("No source is called “{name}”.").format(name=text[:ECHO]),
        _("Choose one of those offered: {names} …").format(names=names),
    )


def _names(source: Source) -> tuple[str, ...]:
    return (source.id, source.name.casefold(), (source.short or source.name).casefold())


def suggest_sources(typed: str, known: Knowledge, limit: int = 25) -> list[Source]:
    """The sources whose names hold what was typed, those that begin with it first."""
    wanted = typed.strip().casefold()
    found = [source for source in known.quoted_sources() if any(wanted in name for name in _names(source))]
    found.sort(key=lambda source: (not any(name.startswith(wanted) for name in _names(source)), source.name.casefold()))
    return found[:limit]


def suggest_places(typed: str, known: Knowledge, limit: int = 25) -> list[Place]:
    """Places for what was typed so far; before the first letter, those that reports say most about."""
    if typed.strip():
        return list(known.lookup.suggest(typed, limit))
    return list(known.mentioned[:limit])
