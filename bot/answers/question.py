"""A question a reader can ask, and the short text of it that a button carries."""

from datetime import date
from enum import StrEnum

import msgspec

from bot.answers.span import Span, base36, decode_span, encode_span
from bot.errors import SitrepError
from bot.facts.vocabulary import Population

MAX_LENGTH = 96
"""Longest text of a question: a component's custom id has 100 characters, four of which mark ours."""
_SEPARATOR = "|"


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

    def at(self, offset: int) -> "Question":
        """The same question, further on."""
        return msgspec.structs.replace(self, offset=offset)


class UnreadableQuestionError(SitrepError):
    """The text of a button is not a question of this version."""

    def __init__(self) -> None:
        super().__init__("This button belongs to another version of Sitrep.", "Ask the question again.")


_LISTS = (Ask.CASUALTIES, Ask.DISPLACED, Ask.CONTROL, Ask.TIMELINE, Ask.STATEMENTS)
_MAY_BE_OF: dict[Ask, tuple[Ask | None, ...]] = {
    Ask.PROVENANCE: (None, Ask.DISTRICT, *_LISTS),
    Ask.HISTORY: (None, Ask.DISTRICT, *_LISTS),
    Ask.COMPARE: (None, Ask.CASUALTIES, Ask.DISPLACED, Ask.CONTROL),
}
"""Which lists a question may be about; all others are about none."""


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
        question.population.value if question.population else "",
        question.fact or "",
        base36(question.offset) if question.offset else "",
        question.of.value if question.of else "",
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
    if len(fields) > 9:
        raise UnreadableQuestionError
    ask, place, source, since, until, population, fact, offset, of = fields + [""] * (9 - len(fields))
    try:
        question = Question(
            ask=Ask(ask),
            place=place or None,
            source=source or None,
            since=date.fromordinal(int(since, 36)) if since else None,
            until=date.fromordinal(int(until, 36)) if until else None,
            population=Population(population) if population else None,
            fact=fact or None,
            offset=min(int(offset, 36), 10**6) if offset else 0,
            of=Ask(of) if of else None,
        )
    except (ValueError, OverflowError):
        raise UnreadableQuestionError from None
    if question.offset < 0 or question.of not in _MAY_BE_OF.get(question.ask, (None,)):
        raise UnreadableQuestionError
    return question
