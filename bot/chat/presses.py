"""Buttons and lists that carry a whole question, so that they work after any restart."""

from __future__ import annotations

from typing import Any, cast

import discord

from bot.answers.question import Question, UnreadableQuestionError, decode
from bot.chat import custom_ids
from bot.chat.client import SitrepClient
from bot.chat.rendering import CHOOSE, TURN
from bot.chat.respond import replace, respond
from bot.chat.scope import scope_of

_TURN = TURN.removeprefix(custom_ids.QUESTION)


async def press(interaction: discord.Interaction[Any], text: str) -> None:
    """Answer the question that the component carries."""
    view = await interaction.client.library.answer(_question(interaction, text), scope_of(interaction))
    if text.startswith(_TURN) and _own(interaction):
        await replace(interaction, view)
    else:
        await respond(interaction, view, private=True)


def _question(interaction: discord.Interaction[Any], text: str) -> Question:
    if custom_ids.QUESTION + text != CHOOSE:
        return decode(text.removeprefix(_TURN))
    values = cast(dict[str, Any], interaction.data or {}).get("values")
    if not values:
        raise UnreadableQuestionError
    return decode(str(values[0]))


def _own(interaction: discord.Interaction[SitrepClient]) -> bool:
    """Whether the message may change for this person: nobody's answer changes under their eyes by another's hand."""
    message = interaction.message
    if message is None:
        return False
    asked = message.interaction_metadata
    return message.flags.ephemeral or (asked is not None and asked.user.id == interaction.user.id)
