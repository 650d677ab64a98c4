"""The ids of what stands under a page of corrections. Each is `c2:`, the letter of a step, and what that step needs.

No id names a server: a correction is one "of this server", wherever the component is used, or one for everyone. So
none, however it was made up, leads to another server's.
"""

import re
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from bot.answers.question import UnreadableQuestionError
from bot.answers.span import base36
from bot.chat.custom_ids import CORRECTIONS_LOG
from bot.facts.vocabulary import CorrectionKind
from bot.store.correcting.correction_log import Cursor
from bot.store.revisions.recorded import Numbers


class Step(StrEnum):
    """What a component or form does. Never give a letter to something else."""

    LIST = "l"
    """Another page of the list. Its filters and where it goes on follow."""
    OPEN = "o"
    """The list to choose a correction from."""
    SHOW = "v"
    """One correction. It follows."""
    UNDO = "u"
    """Opens the form of an undo. What is undone follows."""
    UNDO_FORM = "f"
    """That form. What was seen, the request and what is undone follow."""
    UNDO_AGAIN = "g"
    """Opens either form with what was typed before. A draft follows."""
    GIVE_BACK = "b"
    """Opens the form that gives back an earlier value. Which one follows."""
    EARLIER = "e"
    """The list of earlier values to choose one from."""
    GIVE_BACK_FORM = "k"
    """That form. What was seen, the request and what is given back follow."""
    QUEUE = "q"
    """The next proposal. The one before it follows."""
    PUBLISH = "p"
    """Asks whether to publish. The proposal follows."""
    CONFIRM = "c"
    """Publishes. The proposal, what everyone saw and the request follow."""
    DECLINE = "d"
    """Opens the form of a refusal. The proposal follows."""
    DECLINE_FORM = "r"
    """That form. The proposal and the request follow."""
    WIPE_FORM = "w"
    """The form of a wipe. How much there was to wipe follows."""


_KINDS = {
    CorrectionKind.READING: "r",
    CorrectionKind.SOURCE: "s",
    CorrectionKind.LATER_REPORT: "l",
    CorrectionKind.CLARIFICATION: "c",
    CorrectionKind.RETRACTION: "x",
    CorrectionKind.UNDO: "u",
}
_FACT = re.compile(r"[a-z0-9-]{1,30}/[0-9.]{1,9}")
_WORD = re.compile(r"[a-z0-9-]{1,40}")


def custom_id(step: Step, *parts: object) -> str:
    """The id, with the parts between bars."""
    return CORRECTIONS_LOG + step.value + "|".join(map(str, parts))


class Reference(NamedTuple):
    """One revision, seen from a server: its own, or everyone's. Of its own, 0 stands for what everyone sees."""

    own: bool
    number: int
    fact: str

    def __str__(self) -> str:
        return f"{'s' if self.own else 'e'}{self.number}|{self.fact}"


def read_reference(text: str) -> Reference:
    """The inverse of `str`.

    Raises:
        UnreadableQuestionError: it was not made by it.
    """
    head, _bar, fact = text.partition("|")
    if head[:1] not in ("s", "e") or not _FACT.fullmatch(fact):
        raise UnreadableQuestionError
    return Reference(head[0] == "s", number(head[1:]), fact)


class Chosen(NamedTuple):
    """What a list is narrowed to. None leaves a filter out."""

    place: str | None = None
    kind: CorrectionKind | None = None
    person: int | None = None
    since: date | None = None


class Turn(NamedTuple):
    """Where a list goes on: right after a correction, or up to right before it."""

    cursor: Cursor
    back: bool


def list_id(chosen: Chosen, turn: Turn) -> str:
    """The id of a button that turns the page."""
    where = ("b" if turn.back else "a") + ".".join(base36(part) for part in turn.cursor)
    return custom_id(
        Step.LIST,
        chosen.place or "",
        _KINDS[chosen.kind] if chosen.kind else "",
        base36(chosen.person) if chosen.person else "",
        base36(chosen.since.toordinal()) if chosen.since else "",
        where,
    )


def read_list(text: str) -> tuple[Chosen, Turn]:
    """The inverse of `list_id`, of what follows the letter.

    Raises:
        UnreadableQuestionError: it was not made by it.
    """
    parts = text.split("|")
    if len(parts) != 5 or parts[4][:1] not in ("a", "b"):
        raise UnreadableQuestionError
    place, kind, person, since, where = parts
    kinds = {letter: one for one, letter in _KINDS.items()}
    if (place and not _WORD.fullmatch(place)) or (kind and kind not in kinds):
        raise UnreadableQuestionError
    at, _dot, sequence = where[1:].partition(".")
    try:
        day = date.fromordinal(_small(since)) if since else None
    except (ValueError, OverflowError):
        raise UnreadableQuestionError from None
    chosen = Chosen(place or None, kinds.get(kind), _small(person) if person else None, day)
    return chosen, Turn(Cursor(_small(at), _small(sequence)), where[0] == "b")


def numbers_text(numbers: Numbers) -> str:
    """What somebody saw, in an id."""
    return ".".join(base36(one) for one in numbers)


def read_numbers(text: str) -> Numbers:
    """The inverse of `numbers_text`.

    Raises:
        UnreadableQuestionError: it was not made by it.
    """
    parts = text.split(".")
    if len(parts) != 3:
        raise UnreadableQuestionError
    return Numbers(*map(_small, parts))


def number(text: str) -> int:
    """A number as it stands in an id.

    Raises:
        UnreadableQuestionError: it is none that we wrote.
    """
    # int() takes signs, spaces, underscores and any script's digits.
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise UnreadableQuestionError
    return int(text)


def request_text(interaction_id: int) -> str:
    """What stands for one opening of a form: the same form sent off twice asks for one thing."""
    return base36(interaction_id)


def read_request(text: str) -> str:
    """A request as it stands in an id.

    Raises:
        UnreadableQuestionError: it is none.
    """
    return base36(_small(text))


def _small(text: str) -> int:
    if not (text.isascii() and text.isalnum() and text == text.lower() and len(text) <= 14):
        raise UnreadableQuestionError
    return int(text, 36)
