"""The ids of what a correction is made with. Each is `c1:`, the letter of a step, and what that step needs to know."""

from enum import StrEnum
from typing import NamedTuple

from bot.answers.question import UnreadableQuestionError
from bot.chat.custom_ids import CORRECTION
from bot.store.revisions.recorded import Numbers


class Step(StrEnum):
    """What a component or form does. Never give a letter to something else."""

    PICK = "p"
    """A button under an answer: which of its figures? A question follows."""
    CHOOSE = "w"
    """The list of figures to choose from: opens the form for the one chosen."""
    OPEN = "o"
    """A button that opens the form. A fact follows."""
    FILL = "f"
    """The form of a new correction. What was seen, and the fact, follow."""
    MEND = "m"
    """The form of a correction that was typed before. A draft follows."""
    EDIT = "e"
    """A button that opens that form. A draft follows."""
    HERE = "s"
    """Confirmed for this server. A draft and its version follow."""
    EVERYONE = "a"
    """Confirmed for everyone, likewise."""
    CANCEL = "x"
    """No correction after all. A draft follows."""
    PROPOSE = "q"
    """Asks the editors to take a server's correction for everyone. Its number and the fact follow."""


def custom_id(step: Step, *parts: object) -> str:
    """The id, with the parts between bars."""
    return CORRECTION + step.value + "|".join(map(str, parts))


class Filled(NamedTuple):
    """What the id of a new correction's form says.

    Attributes:
        seen: what there was when the form was opened.
    """

    fact: str
    seen: Numbers


def form_id(fact: str, seen: Numbers) -> str:
    """The id of the form of a new correction."""
    return custom_id(Step.FILL, ".".join(map(str, seen)), fact)


def read_form(text: str) -> Filled:
    """The inverse of `form_id`, of what follows the letter.

    Raises:
        UnreadableQuestionError: it was not made by it.
    """
    numbers, _bar, fact = text.partition("|")
    try:
        seen = Numbers(*map(_number, numbers.split(".")))
    except (TypeError, ValueError):
        raise UnreadableQuestionError from None
    if not fact:
        raise UnreadableQuestionError
    return Filled(fact, seen)


def read_numbered(text: str) -> tuple[str, int]:
    """A name and a number, of `name|number`.

    Raises:
        UnreadableQuestionError: it is something else.
    """
    name, _bar, number = text.rpartition("|")
    try:
        return name, _number(number)
    except ValueError:
        raise UnreadableQuestionError from None


def _number(text: str) -> int:
    # int() takes signs, spaces, underscores and any script's digits, none of which stands in an id that we made.
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise ValueError(text)
    return int(text)
