"""A page at rest: as JSON and back, so that what was shown can be shown again with a correction in it."""

from datetime import date
from typing import Any

import msgspec

from bot.answers.page import (
    Choice,
    Day,
    Entry,
    Follow,
    Fragment,
    Instant,
    Link,
    Page,
    Quiet,
    Section,
    Someone,
    Strong,
    Struck,
    Text,
)
from bot.answers.question import Question

# One letter for each sort of fragment; never reuse one.
_LETTERS: dict[type, str] = {Strong: "b", Quiet: "q", Struck: "s", Day: "d", Instant: "i", Someone: "p", Link: "l"}
_SORTS: dict[str, type] = {letter: sort for sort, letter in _LETTERS.items()}


class _Entry(msgspec.Struct, array_like=True, frozen=True):
    lead: list[Any]
    detail: list[Any]
    below: list[list[Any]]
    facts: tuple[str, ...]


class _Section(msgspec.Struct, array_like=True, frozen=True):
    heading: str | None
    entries: list[_Entry]


class _Page(msgspec.Struct, omit_defaults=True, frozen=True):
    accent: str
    title: str
    subtitle: list[Any] = []
    aside: str | None = None
    sections: list[_Section] = []
    notes: list[list[Any]] = []
    previous: Question | None = None
    next: Question | None = None
    follow: list[tuple[str, Question]] = []
    correct: Question | None = None
    asks_back: bool = False
    choose: str | None = None
    choices: list[tuple[str, str, Question]] = []
    changed: tuple[str, Question] | None = None


_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(_Page).decode


def dump(page: Page) -> str:
    """The page as JSON. Inverse of `load`."""
    return _encode(
        _Page(
            accent=page.accent,
            title=page.title,
            subtitle=_flat(page.subtitle),
            aside=page.aside,
            sections=[_Section(part.heading, list(map(_entry, part.entries))) for part in page.sections],
            notes=list(map(_flat, page.notes)),
            previous=page.previous,
            next=page.next,
            follow=[(one.label, one.question) for one in page.follow],
            correct=page.correct,
            asks_back=page.asks_back,
            choose=page.choose,
            choices=[(one.label, one.description, one.question) for one in page.choices],
            changed=(page.changed.label, page.changed.question) if page.changed is not None else None,
        )
    ).decode()


def load(text: str) -> Page:
    """The page that `dump` made the text of.

    Raises:
        msgspec.DecodeError: the text was not made by it.
    """
    kept = _decode(text)
    return Page(
        accent=kept.accent,
        title=kept.title,
        subtitle=_text(kept.subtitle),
        aside=kept.aside,
        sections=tuple(
            Section(
                part.heading,
                tuple(
                    Entry(_text(one.lead), _text(one.detail), tuple(map(_text, one.below)), one.facts)
                    for one in part.entries
                ),
            )
            for part in kept.sections
        ),
        notes=tuple(map(_text, kept.notes)),
        previous=kept.previous,
        next=kept.next,
        follow=tuple(Follow(*one) for one in kept.follow),
        correct=kept.correct,
        asks_back=kept.asks_back,
        choose=kept.choose,
        choices=tuple(Choice(*one) for one in kept.choices),
        changed=Follow(*kept.changed) if kept.changed is not None else None,
    )


def _entry(entry: Entry) -> _Entry:
    return _Entry(_flat(entry.lead), _flat(entry.detail), list(map(_flat, entry.below)), entry.facts)


def _flat(text: Text) -> list[Any]:
    return [one if isinstance(one, str) else [_LETTERS[type(one)], one[0]] for one in text]


def _text(kept: list[Any]) -> Text:
    return tuple(one if isinstance(one, str) else _fragment(*one) for one in kept)


def _fragment(letter: str, value: Any) -> Fragment:
    if letter == "d":
        return Day(date.fromisoformat(value))
    found: Fragment = _SORTS[letter](value)
    return found
