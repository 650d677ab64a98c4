"""Every button, list and form of Sitrep, found again by its id alone: nothing waits in memory, so a restart loses none.

The prefix of the id (`custom_ids`) says which module answers. It is imported with the first use: most readers never
correct a figure, and a start that waited for all of it would take a fifth longer.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from importlib import import_module
from typing import Any, Final, Self

import discord

from bot.answers.question import UnreadableQuestionError
from bot.chat import custom_ids
from bot.chat.failures import report_failure
from bot.chat.modals import Filled, filled_in
from bot.i18n import speaking

HANDLERS: Final = {
    custom_ids.QUESTION: "bot.chat.presses",
    custom_ids.CORRECTION: "bot.chat.correcting.press",
    custom_ids.CORRECTIONS_LOG: "bot.chat.corrections_log.press",
    custom_ids.DIGEST_DESK: "bot.chat.digesting.presses",
    custom_ids.SETTING: "bot.chat.settings_press",
}
"""Each module has a `press` (`Press`), and a `submit` (`Submit`) where it shows forms. Either is told what follows the
prefix, and asks itself whether the one who clicked may."""
Press = Callable[[discord.Interaction[Any], str], Awaitable[None]]
"""Does what a button or a list stands for."""
Submit = Callable[[discord.Interaction[Any], str, Filled], Awaitable[None]]
"""Takes a form that was sent off."""


class Component(discord.ui.DynamicItem[discord.ui.Item[Any]], template=r"(?P<id>(?s:.*))"):
    """Any button or list. Whatever goes wrong is told to the one who clicked, in their language."""

    def __init__(self, item: discord.ui.Item[Any], custom_id: str) -> None:
        super().__init__(item)
        self._known_by = custom_id

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: discord.ui.Item[Any], match: re.Match[str]
    ) -> Self:
        """Found again."""
        return cls(item, match["id"])

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Do what it stands for."""
        with speaking(interaction.client.language_of(interaction)):
            try:
                press, text = _handler(self._known_by, "press")
                await press(interaction, text)
            except Exception as error:
                await report_failure(interaction, error)


async def submit(interaction: discord.Interaction[Any]) -> None:
    """Answer a form that was sent off; whatever goes wrong is told likewise."""
    with speaking(interaction.client.language_of(interaction)):
        try:
            data: dict[str, Any] = dict(interaction.data or {})
            take, text = _handler(str(data.get("custom_id", "")), "submit")
            await take(interaction, text, filled_in(data.get("components", ())))
        except Exception as error:
            await report_failure(interaction, error)


def _handler(custom_id: str, does: str) -> tuple[Callable[..., Awaitable[None]], str]:
    """What answers the id, and what follows its prefix.

    Raises:
        UnreadableQuestionError: it belongs to another version of Sitrep.
    """
    prefix, colon, text = custom_id.partition(":")
    name = HANDLERS.get(prefix + colon)
    handler: Callable[..., Awaitable[None]] | None = getattr(import_module(name), does, None) if name else None
    if handler is None:
        raise UnreadableQuestionError
    return handler, text
