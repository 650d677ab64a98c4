"""Between which two states of knowledge somebody asks what changed, as short text for a button.

Text: `SINCE.UPTO.TOPICS.PLACES.OFFSET`, numbers to base 36, without what is empty at the end. Topics are one bit each.
25 ids of places fit no button, so each place is marked with three characters made from its id; should a gazetteer have
two places of one mark, both are meant, and the reader is told more rather than less.
"""

from base64 import urlsafe_b64encode
from collections.abc import Collection, Sequence
from hashlib import blake2b
from typing import Self

import msgspec

from bot.facts.topics import Topic

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_BITS = {
    Topic.CASUALTIES: 1,
    Topic.DISPLACED: 2,
    Topic.CONTROL: 4,
    Topic.TIMELINE: 8,
    Topic.STATEMENTS: 16,
}
"""Never give one away again."""
_MARK = 3
_HIGHEST = 2**62
_MOST_PLACES = 25


class Span(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is asked about changes.

    Attributes:
        since, upto: sequences of revisions: what came after the one and up to the other.
        topics: none for all; in the order of `Topic`.
        marks: of places, which hold what lies in them; none for everywhere.
    """

    since: int
    upto: int
    topics: tuple[Topic, ...] = ()
    marks: tuple[str, ...] = ()

    @classmethod
    def over(cls, since: int, upto: int, topics: Collection[str] = (), places: Collection[str] = ()) -> Self:
        """The span over these topics and places (ids), in whatever order they are named.

        Raises:
            ValueError: no topic is called so.
        """
        chosen = {Topic(topic) for topic in topics}
        # All topics are no choice.
        ordered = tuple(topic for topic in Topic if topic in chosen) if len(chosen) < len(Topic) else ()
        return cls(since, upto, ordered, tuple(sorted({mark(place) for place in places})))

    def places(self, known: Collection[str]) -> frozenset[str]:
        """The ids that the marks stand for."""
        return frozenset(place for place in known if mark(place) in self.marks)


def mark(place: str) -> str:
    """Three characters for the id of a place, the same in every run."""
    return urlsafe_b64encode(blake2b(place.encode(), digest_size=3).digest()).decode()[:_MARK]


def encode_span(span: Span, offset: int) -> str:
    """The text; at most 95 characters for 25 places and sequences below two billion."""
    fields = (
        base36(span.since),
        base36(span.upto),
        base36(sum(_BITS[topic] for topic in span.topics)) if span.topics else "",
        "".join(span.marks),
        base36(offset) if offset else "",
    )
    return ".".join(fields).rstrip(".")


def decode_span(text: str) -> tuple[Span, int]:
    """The span and the offset.

    Raises:
        ValueError: the text was not made by `encode_span`.
    """
    fields = text.split(".")
    if not 2 <= len(fields) <= 5:
        raise ValueError("not five fields")
    since, upto, topics, marks, offset = fields + [""] * (5 - len(fields))
    bits = _number(topics or "0")
    if bits >= 2 * max(_BITS.values()) or len(marks) % _MARK or len(marks) > _MARK * _MOST_PLACES:
        raise ValueError("no such topics or places")
    span = Span(
        _number(since),
        _number(upto),
        tuple(topic for topic in Topic if bits & _BITS[topic]),
        tuple(marks[start : start + _MARK] for start in range(0, len(marks), _MARK)),
    )
    if not span.since <= span.upto <= _HIGHEST:
        raise ValueError("it ends before it begins")
    return span, min(_number(offset or "0"), 10**6)


def base36(number: int) -> str:
    """A number in digits and small letters.

    Raises:
        ValueError: it is negative.
    """
    if number < 0:
        raise ValueError(f"{number} cannot stand on a button")
    text = ""
    while number:
        number, digit = divmod(number, 36)
        text = _DIGITS[digit] + text
    return text or "0"


def _number(text: str) -> int:
    if not text or not set(text) <= set(_DIGITS):
        raise ValueError(f"{text!r} is no number")
    return int(text, 36)


def in_order(topics: Sequence[str]) -> tuple[Topic, ...]:
    """The topics that are meant, all where none is named, in the order in which they are told."""
    chosen = {Topic(topic) for topic in topics} or set(Topic)
    return tuple(topic for topic in Topic if topic in chosen)
