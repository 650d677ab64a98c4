"""Every button, list and form under a page of corrections, found again by its id alone."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from bot.answers.question import UnreadableQuestionError
from bot.chat.corrections_log.browsing import open_chosen, show_pressed, turn_page
from bot.chat.corrections_log.deciding import ask_decline, ask_publish, decline, open_queue, publish
from bot.chat.corrections_log.ids import Step
from bot.chat.corrections_log.screen import Interaction
from bot.chat.corrections_log.undoing import ask_again, open_undo, submit_undo
from bot.chat.corrections_log.wiping import ask_wipe, submit_wipe
from bot.chat.modals import Filled

PRESSES: Mapping[str, Callable[[Interaction, str], Awaitable[None]]] = {
    Step.LIST: turn_page,
    Step.OPEN: open_chosen,
    Step.SHOW: show_pressed,
    Step.UNDO: open_undo,
    Step.UNDO_AGAIN: ask_again,
    Step.QUEUE: open_queue,
    Step.PUBLISH: ask_publish,
    Step.CONFIRM: publish,
    Step.DECLINE: ask_decline,
    Step.WIPE_FORM: ask_wipe,
}
"""What a component does, by the letter of its step. It asks itself whether the one who clicks may."""
FORMS: Mapping[str, Callable[[Interaction, str, Filled], Awaitable[None]]] = {
    Step.UNDO_FORM: submit_undo,
    Step.DECLINE_FORM: decline,
    Step.WIPE_FORM: submit_wipe,
}
"""What a form does that was sent off, likewise."""


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
    """Answer a form.

    Raises:
        UnreadableQuestionError: it belongs to another version of Sitrep.
    """
    form = FORMS.get(text[:1])
    if form is None:
        raise UnreadableQuestionError
    await form(interaction, text[1:], filled)
