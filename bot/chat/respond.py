"""Answering: as the first response to an interaction, or in the place that was announced for it.

Whoever sends a first response does so within `Attendance.answering`, so that there is exactly one.
"""

import contextlib
import logging
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
import discord

from bot.chat.rendering import Prepared

_log = logging.getLogger(__name__)

ALREADY_ANSWERED = 40060
"""Discord's code for a second first response."""

NO_MENTIONS = discord.AllowedMentions.none()


async def respond(interaction: discord.Interaction[Any], view: Prepared, *, private: bool = False) -> None:
    """Answer with `view`: as the first response, or in the place that was announced for it."""
    async with interaction.client.attendance.answering(interaction):
        response = interaction.response
        if not response.is_done():
            sent = await _once(
                lambda: response.send_message(view=view, ephemeral=private, allowed_mentions=NO_MENTIONS)
            )
            if not private:
                await _witness(interaction, view, getattr(sent, "message_id", None))
        elif response.type is discord.InteractionResponseType.deferred_channel_message:
            # Discord shows it to whom it was announced, whatever is asked for now.
            message = await interaction.edit_original_response(view=view, allowed_mentions=NO_MENTIONS)
            if not message.flags.ephemeral:
                await _witness(interaction, view, message.id)
        else:
            await interaction.followup.send(view=view, ephemeral=private, allowed_mentions=NO_MENTIONS)


async def replace(interaction: discord.Interaction[Any], view: Prepared) -> None:
    """Put `view` in place of the message whose component was used."""
    async with interaction.client.attendance.answering(interaction):
        if not interaction.response.is_done():
            await _once(lambda: interaction.response.edit_message(view=view, allowed_mentions=NO_MENTIONS))
        else:
            await interaction.edit_original_response(view=view, allowed_mentions=NO_MENTIONS)
        message = interaction.message
        if message is not None and not message.flags.ephemeral:
            await _witness(interaction, view, message.id)


async def _witness(interaction: discord.Interaction[Any], view: Prepared, message: int | None) -> None:
    """Have it remembered that figures stand in a channel."""
    if view.answered is None or not view.answered.facts:
        return
    if message is None:
        # Discord's answer was lost on the way, and only that.
        with contextlib.suppress(discord.HTTPException, aiohttp.ClientError, OSError):
            message = (await interaction.original_response()).id
    interaction.client.witness.note(interaction, message, view.answered)


async def _once(send: Callable[[], Awaitable[object]]) -> object:
    """Send a first response, and once more where the connection broke: Discord says if the first one had arrived."""
    try:
        return await send()
    except (aiohttp.ClientError, OSError):
        try:
            return await send()
        except discord.HTTPException as error:
            if error.code != ALREADY_ANSWERED:
                raise
    return None
