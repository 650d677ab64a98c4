"""Exactly one first response to every interaction, whatever happens.

Discord forgets an interaction that is not answered within 3 s (its documentation, "Receiving and responding").
`Attendance` notes each one as it arrives; one still unanswered after `PATIENCE` is told that the answer is on its way.
"""

import asyncio
import contextlib
import logging
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import aiohttp
import discord

from bot.chat.rendering import Prepared
from bot.logs import log_event

_log = logging.getLogger(__name__)

PATIENCE = 1.8
"""Seconds after which an answer is announced as still coming: 3 s, less the way to Discord and back twice."""

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


def announced_privately(interaction: discord.Interaction[Any]) -> bool:
    """Whether a slow answer is announced to the asker alone: that to a component, and to a command whose `extras` say
    that its answer is `private`."""
    command = interaction.command
    return command is None or bool(command.extras.get("private"))


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


class Attendance:
    """The interactions that wait for their first response, and how many were dealt with.

    Attributes:
        answered: messages, changes and offers sent in answer, by the kind of interaction.
        failed: interactions that failed, by how: refused, gone, unexpected.
    """

    def __init__(self) -> None:
        self.answered: Counter[str] = Counter()
        self.failed: Counter[str] = Counter()
        self._waiting: dict[int, tuple[discord.Interaction, asyncio.TimerHandle]] = {}
        self._announcements: dict[int, asyncio.Task[None]] = {}
        self._answering: set[int] = set()

    def note(self, interaction: discord.Interaction) -> None:
        """An interaction has arrived."""
        if interaction.id not in self._answering and not interaction.response.is_done():
            watch = asyncio.get_running_loop().call_later(PATIENCE, self._look, interaction.id)
            self._waiting[interaction.id] = interaction, watch

    @contextlib.asynccontextmanager
    async def answering(self, interaction: discord.Interaction) -> AsyncIterator[None]:
        """An answer is being sent. It is no longer watched, and an announcement under way gets there before it:
        discord.py counts a response only when Discord has taken it, and Discord refuses the second of two."""
        number = interaction.id
        if (noted := self._waiting.pop(number, None)) is not None:
            noted[1].cancel()
        self._answering.add(number)
        try:
            if (announcement := self._announcements.get(number)) is not None:
                await asyncio.wait([announcement])
            yield
            self.answered[interaction.type.name] += 1
        finally:
            self._answering.discard(number)

    def _look(self, number: int) -> None:
        interaction, _ = self._waiting.pop(number, (None, None))
        if interaction is None or interaction.response.is_done():
            return
        task = self._announcements[number] = asyncio.create_task(self._announce(interaction))
        task.add_done_callback(lambda _: self._announcements.pop(number))

    async def _announce(self, interaction: discord.Interaction) -> None:
        log_event(_log, logging.WARNING, "interaction.slow", type=interaction.type.name)
        with contextlib.suppress(discord.HTTPException, discord.InteractionResponded):
            if interaction.type is discord.InteractionType.autocomplete:
                await interaction.response.autocomplete([])
            else:
                await interaction.response.defer(ephemeral=announced_privately(interaction))

    async def settle(self, seconds: float) -> None:
        """Wait until everyone has been answered, `seconds` at most: before the program stops."""
        deadline = asyncio.get_running_loop().time() + seconds
        while asyncio.get_running_loop().time() < deadline:
            waiting = any(not interaction.response.is_done() for interaction, _ in self._waiting.values())
            if not waiting and not self._announcements and not self._answering:
                # A response counts as done once it is on its way; give the last one the time to get there.
                await asyncio.sleep(0.1)
                return
            await asyncio.sleep(0.02)
