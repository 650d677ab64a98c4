"""Every button, list and form of a correction, found again by its id alone."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Self

import discord

from bot.answers.question import UnreadableQuestionError
from bot.chat import custom_ids
from bot.chat.correcting.confirming import confirm_everyone, confirm_here, propose
from bot.chat.correcting.ids import Step
from bot.chat.correcting.making import cancel, edit, fill, mend
from bot.chat.correcting.opening import choose, open_fact, pick
from bot.chat.correcting.screen import Interaction
from bot.chat.failures import report_failure
from bot.chat.modals import Filled
from bot.i18n import speaking

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


class Correction(discord.ui.DynamicItem[discord.ui.Item[Any]], template=custom_ids.of(custom_ids.CORRECTION)):
    """A button or list on the way of a correction."""

    def __init__(self, item: discord.ui.Item[Any], text: str) -> None:
        super().__init__(item)
        self._text = text

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: discord.ui.Item[Any], match: re.Match[str]
    ) -> Self:
        """Found again by its text alone."""
        return cls(item, match["text"])

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Take the step that its letter stands for."""
        with speaking(interaction.client.language_of(interaction)):
            try:
                step = PRESSES.get(self._text[:1])
                if step is None:
                    raise UnreadableQuestionError
                await step(interaction, self._text[1:])
            except Exception as error:
                await report_failure(interaction, error)


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
