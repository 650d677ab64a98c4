"""*What changed*, offered under an answer whose list changed within the last days, and under no other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from bot.answers.header import TOPIC_OF, label
from bot.answers.knowledge import Knowledge
from bot.answers.page import Follow
from bot.answers.question import Ask, Question
from bot.answers.span import Span
from bot.facts.fact import Fact
from bot.facts.topics import Topic, topics

if TYPE_CHECKING:
    from bot.store.revisions.changes import Changes

DAYS = 7
"""How long a change counts as recent."""
OPEN = 36**7 - 1
"""Up to whatever there is when the button is pressed: under an old post it tells what came after it as well."""


class Recent(NamedTuple):
    """What changed lately.

    Attributes:
        since: the sequence before the first of it.
        topics: on which topics anything changed, by place and every place around it.
    """

    since: int
    topics: Mapping[str, frozenset[Topic]]


def recent_of(changes: Changes, since: int, known: Knowledge) -> Recent:
    """Where the changes after `since` are told of."""
    found: dict[str, set[Topic]] = {}
    for kept in changes.kept.values():
        for change in kept:
            for seen in (change.before, change.after):
                if seen is not None and seen.answers:
                    for place in _places(seen.fact, known):
                        found.setdefault(place, set()).update(topics(seen.fact))
    return Recent(since, {place: frozenset(here) for place, here in found.items()})


def _places(fact: Fact, known: Knowledge) -> set[str]:
    """Where the page of changes looks for it; what names no place belongs to the whole conflict."""
    named = [place for place in (fact.place, fact.origin, fact.destination) if place is not None] or [known.area]
    around = {other for place in named for other in (known.places.ancestors(place) if place in known.places else ())}
    return {*named, *around, known.area}


def whats_changed(question: Question, known: Knowledge) -> Follow | None:
    """The button under the answer to `question`; None where nothing changed that it would tell of."""
    narrowed = question.source or question.population or question.since or question.until
    if known.recent is None or narrowed or question.ask not in (*TOPIC_OF, Ask.DISTRICT):
        return None
    wanted = {TOPIC_OF[question.ask]} if question.ask in TOPIC_OF else set(Topic)
    if not wanted & known.recent.topics.get(question.place or known.area, frozenset()):
        return None
    places = (question.place,) if question.place is not None else ()
    span = Span.over(known.recent.since, OPEN, wanted, places)
    return Follow(label(Ask.CHANGES), Question(Ask.CHANGES, span=span))
