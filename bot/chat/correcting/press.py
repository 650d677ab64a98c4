"""Every button, list and form of a correction, found again by its id alone."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from bot.answers.question import UnreadableQuestionError
from bot.chat.correcting.confirming import confirm_everyone, confirm_here, propose
from bot.chat.correcting.ids import Step
from bot.chat.correcting.making import cancel, edit, fill, mend
from bot.chat.correcting.opening import choose, open_fact, pick
from bot.chat.correcting.screen import Interaction
from bot.chat.modals import Filled

Pressed = Callable[[Interaction, str], Awaitable[None]]

PRESSES: Mapping[str, Pressed] = {
    Step.PICK: pick,
    Step.CHOOSE: choose,
    Step.OPEN: open_fact,
    Step.EDIT: edit,
    Step.HERE: confirm_here,
    Step.EVERYONE: confirm_everyone,
    Step.CANCEL: cancel,
    Step.PROPOSE: propose,
}
"""What a component does, by the letter of its step. It asks itself whether the one who clicks may."""


async def press(interaction: Interaction, text: str) -> None:
    """Take the step that a component's letter stands for.

    Raises:
        UnreadableQuestionError: it belongs to another version of Sitrep.
    """
    step = PRESSES.get(text[:1])
    if step is None:
        raise UnreadableQuestionError
    await step(interaction, text[1:])


async def submit(interaction: Interaction, text: str, filled: Filled) -> None:
    """Answer a form of a correction.

    Raises:
        UnreadableQuestionError: it belongs to another version of Sitrep.
    """
    if text[:1] == Step.FILL:
        await fill(interaction, text[1:], filled)
    elif text[:1] == Step.MEND:
        await mend(interaction, text[1:], filled)
    else:
        raise UnreadableQuestionError
