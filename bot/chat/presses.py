"""Buttons and lists that carry a whole question, so that they work after any restart."""

from __future__ import annotations

import re
from typing import Any, Self, cast

import discord

from bot.answers.question import Question, UnreadableQuestionError, decode
from bot.chat import custom_ids
from bot.chat.client import SitrepClient
from bot.chat.failures import report_failure
from bot.chat.rendering import CHOOSE, TURN
from bot.chat.respond import replace, respond
from bot.chat.scope import scope_of
from bot.i18n import speaking

_TURN = TURN.removeprefix(custom_ids.QUESTION)


class Press(discord.ui.DynamicItem[discord.ui.Item[Any]], template=custom_ids.of(custom_ids.QUESTION)):
    """A button or a list under an answer of this version."""

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
        """Answer the question that the component carries."""
        with speaking(interaction.client.language_of(interaction)):
            try:
                await self._press(interaction)
            except Exception as error:
                await report_failure(interaction, error)

    def _question(self, interaction: discord.Interaction[Any]) -> Question:
        if custom_ids.QUESTION + self._text != CHOOSE:
            return decode(self._text.removeprefix(_TURN))
        values = cast(dict[str, Any], interaction.data or {}).get("values")
        if not values:
            raise UnreadableQuestionError
        return decode(str(values[0]))

    async def _press(self, interaction: discord.Interaction[SitrepClient]) -> None:
        view = await interaction.client.library.answer(self._question(interaction), scope_of(interaction))
        if self._text.startswith(_TURN) and _own(interaction):
            await replace(interaction, view)
        else:
            await respond(interaction, view, private=True)


def _own(interaction: discord.Interaction[SitrepClient]) -> bool:
    """Whether the message may change for this person: nobody's answer changes under their eyes by another's hand."""
    message = interaction.message
    if message is None:
        return False
    asked = message.interaction_metadata
    return message.flags.ephemeral or (asked is not None and asked.user.id == interaction.user.id)


class Stale(discord.ui.DynamicItem[discord.ui.Item[Any]], template=custom_ids.NOT_OURS):
    """A component of another version of Sitrep."""

    def __init__(self, item: discord.ui.Item[Any]) -> None:
        super().__init__(item)

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: discord.ui.Item[Any], match: re.Match[str]
    ) -> Self:
        """Whatever it says."""
        return cls(item)

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Say so."""
        with speaking(interaction.client.language_of(interaction)):
            await report_failure(interaction, UnreadableQuestionError())
