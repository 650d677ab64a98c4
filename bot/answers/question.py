"""A question a reader can ask, and the short text of it that a button carries."""

from datetime import date
from enum import StrEnum

import msgspec.structs

from bot.answers.span import Span, base36, decode_span, encode_span
from bot.errors import SitrepError
from bot.facts.vocabulary import Population

MAX_LENGTH = 96
"""Longest text of a question: a component's custom id has 100 characters, four of which mark ours."""
_SEPARATOR = "|"
_FIELDS = 10
LATEST = 36**7 - 1
"""The last second that can be asked about, in the year 4453: seven digits to base 36."""


class Ask(StrEnum):
    """What is asked. The value is the letter a button carries: never reuse one."""

    CASUALTIES = "c"
    DISPLACED = "d"
    DISTRICT = "p"
    CONTROL = "o"
    TIMELINE = "t"
    STATEMENTS = "s"
    COMPARE = "m"
    SOURCES = "r"
    SOURCE = "f"
    PROVENANCE = "v"
    HISTORY = "i"
    HELP = "h"
    PRIVACY = "y"
    CHANGES = "g"


class Question(msgspec.Struct, frozen=True, omit_defaults=True):
    """One question, complete: the same question gives the same answer for the same data.

    Attributes:
        place, source, fact: ids.
        offset: how many entries of the answer to pass over.
        of: for PROVENANCE, and HISTORY without a fact, the list whose figures are meant.
        span: for CHANGES, which needs it, since when and up to when.
        as_of: seconds since the epoch: the answer is what was known then. None for now.
    """

    ask: Ask
    place: str | None = None
    source: str | None = None
    since: date | None = None
    until: date | None = None
    population: Population | None = None
    fact: str | None = None
    offset: int = 0
    of: Ask | None = None
    span: Span | None = None
    as_of: int | None = None

    def at(self, offset: int) -> "Question":
        """The same question, further on."""
        return msgspec.structs.replace(self, offset=offset)


class UnreadableQuestionError(SitrepError):
    """The text of a button is not a question of this version."""

    def __init__(self) -> None:
        super().__init__("This button belongs to another version of Sitrep.", "Ask the question again.")


# Two letters each, so that the longest question fits; buttons of old messages have the whole word. Never give one away
# again.
_GROUPS: dict[Population, str] = {
    Population.PEOPLE: "pe",
    Population.CIVILIANS: "ci",
    Population.CHILDREN: "ch",
    Population.WOMEN: "wo",
    Population.MEN: "me",
    Population.RESIDENTS: "re",
    Population.PATIENTS: "pa",
    Population.JOURNALISTS: "jo",
    Population.MEDICS: "md",
    Population.AID_WORKERS: "ai",
    Population.COMBATANTS: "co",
    Population.REBELS: "rb",
    Population.TROOPS: "tr",
    Population.PILOTS: "pi",
    Population.COMMANDERS: "cm",
}
_GROUP_OF = {letters: group for group, letters in _GROUPS.items()}


def _group(text: str) -> Population:
    return _GROUP_OF.get(text) or Population(text)


_LISTS = (Ask.CASUALTIES, Ask.DISPLACED, Ask.CONTROL, Ask.TIMELINE, Ask.STATEMENTS)
_MAY_BE_OF: dict[Ask, tuple[Ask | None, ...]] = {
    Ask.PROVENANCE: (None, Ask.DISTRICT, *_LISTS),
    Ask.HISTORY: (None, Ask.DISTRICT, *_LISTS),
    Ask.COMPARE: (None, Ask.CASUALTIES, Ask.DISPLACED, Ask.CONTROL),
}
"""Which lists a question may be about; all others are about none."""
READING = frozenset({*_LISTS, Ask.DISTRICT, Ask.COMPARE, Ask.SOURCES, Ask.SOURCE, Ask.PROVENANCE})
"""What can be asked as of an earlier time."""


def as_known(question: Question, at: int) -> Question:
    """The same question as of a time, in seconds since the epoch; as it is where there is no such thing."""
    return msgspec.structs.replace(question, as_of=at) if question.ask in READING else question


def encode(question: Question) -> str:
    """At most `MAX_LENGTH` characters for every question whose ids keep to the seed format.

    Raises:
        ValueError: an id is longer than the seed format allows.
    """
    fields = (
        question.ask.value,
        question.place or "",
        question.source or "",
        base36(question.since.toordinal()) if question.since else "",
        base36(question.until.toordinal()) if question.until else "",
        _GROUPS[question.population] if question.population else "",
        question.fact or "",
        base36(question.offset) if question.offset else "",
        question.of.value if question.of else "",
        base36(question.as_of) if question.as_of is not None else "",
    )
    text = _SEPARATOR.join(fields).rstrip(_SEPARATOR)
    if question.span is not None:
        text = question.ask.value + encode_span(question.span, question.offset)
    if len(text) > MAX_LENGTH:
        raise ValueError(f"a question of {len(text)} characters does not fit a button")
    return text


def decode(text: str) -> Question:
    """The inverse of `encode`.

    Raises:
        UnreadableQuestionError: the text was not made by it.
    """
    if text.startswith(Ask.CHANGES.value):
        try:
            span, passed_over = decode_span(text[1:])
        except ValueError:
            raise UnreadableQuestionError from None
        return Question(Ask.CHANGES, span=span, offset=passed_over)
    fields = text.split(_SEPARATOR)
    if len(fields) > _FIELDS:
        raise UnreadableQuestionError
    ask, place, source, since, until, population, fact, offset, of, as_of = fields + [""] * (_FIELDS - len(fields))
    try:
        question = Question(
            ask=Ask(ask),
            place=place or None,
            source=source or None,
            since=date.fromordinal(int(since, 36)) if since else None,
            until=date.fromordinal(int(until, 36)) if until else None,
            population=_group(population) if population else None,
            fact=fact or None,
            offset=min(int(offset, 36), 10**6) if offset else 0,
            of=Ask(of) if of else None,
            as_of=min(int(as_of, 36), LATEST) if as_of else None,
        )
    except (ValueError, OverflowError):
        raise UnreadableQuestionError from None
    early = question.as_of is not None and (question.as_of < 0 or question.ask not in READING)
    if question.offset < 0 or early or question.of not in _MAY_BE_OF.get(question.ask, (None,)):
        raise UnreadableQuestionError
    return question
