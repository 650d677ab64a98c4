"""Exactly one first response to every interaction, whatever happens.

Discord forgets an interaction that is not answered within 3 s (its documentation, "Receiving and responding"). Each one
is noted as it arrives; one still unanswered after `PATIENCE` is told that the answer is on its way.
"""

import asyncio
import contextlib
import logging
from collections import Counter
from types import TracebackType
from typing import Any

import discord

from bot.logs import log_event

_log = logging.getLogger(__name__)

PATIENCE = 1.8
"""Seconds after which an answer is announced as still coming: 3 s, less the way to Discord and back twice."""


def announced_privately(interaction: discord.Interaction[Any]) -> bool:
    """Whether a slow answer is announced to the asker alone: that to a component, and to a command whose `extras` say
    that its answer is `private`."""
    command = interaction.command
    return command is None or bool(command.extras.get("private"))


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
        """An interaction has arrived; nobody has begun to answer it yet."""
        watch = asyncio.get_running_loop().call_later(PATIENCE, self._look, interaction.id)
        self._waiting[interaction.id] = interaction, watch

    def answering(self, interaction: discord.Interaction) -> "_Answering":
        """An answer is being sent. It is no longer watched, and an announcement under way gets there before it:
        discord.py counts a response only when Discord has taken it, and Discord refuses the second of two."""
        return _Answering(self, interaction)

    async def _begin(self, number: int) -> None:
        if (noted := self._waiting.pop(number, None)) is not None:
            noted[1].cancel()
        self._answering.add(number)
        if (announcement := self._announcements.get(number)) is not None:
            try:
                await asyncio.wait([announcement])
            except BaseException:  # cancelled while it waited: nobody is answering now
                self._answering.discard(number)
                raise

    def _end(self, number: int, answered: str | None) -> None:
        self._answering.discard(number)
        if answered is not None:
            self.answered[answered] += 1

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


class _Answering:
    """The time during which a first response is on its way. A generator would do the same in twice the time, and this
    is done at every key that somebody presses."""

    __slots__ = ("_attendance", "_interaction")

    def __init__(self, attendance: Attendance, interaction: discord.Interaction) -> None:
        self._attendance = attendance
        self._interaction = interaction

    async def __aenter__(self) -> None:
        await self._attendance._begin(self._interaction.id)

    async def __aexit__(
        self, kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._attendance._end(self._interaction.id, self._interaction.type.name if kind is None else None)
