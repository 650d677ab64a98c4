"""Remembers which public answers stand where, so that corrections find them. The answer itself never waits for it."""

import asyncio
import logging
from collections.abc import Callable
from hashlib import sha256
from typing import Any

import discord

from bot.answers.page_json import dump
from bot.answers.question import encode
from bot.answers.service import answer
from bot.chat.library import Library
from bot.chat.people import is_here
from bot.chat.rendering import Answered
from bot.errors import SitrepError
from bot.i18n import speaking
from bot.logs import log_event
from bot.store.database import Database
from bot.store.digests.shown import Sighting, known_pages, record

_log = logging.getLogger(__name__)

SOON = 0.25
"""Seconds that answers are gathered before they are written down together."""


class Witness:
    """Writes down what was shown. `close` writes the last of it."""

    def __init__(self, database: Database, library: Library, clock: Callable[[], float]) -> None:
        self._database = database
        self._library = library
        self._clock = clock
        self._waiting: list[tuple[Sighting, Answered]] = []
        self._task: asyncio.Task[None] | None = None

    def note(self, interaction: discord.Interaction[Any], message: int | None, answered: Answered | None) -> None:
        """A public answer stands in a channel.

        Only those in servers that Sitrep is a member of are kept: elsewhere it could not edit them.
        """
        if answered is None or not answered.facts or message is None or not is_here(interaction):
            return
        sighting = Sighting(
            message=str(message),
            channel=str(interaction.channel_id),
            server=str(interaction.guild_id),
            scope=answered.scope,
            language=answered.language,
            question=encode(answered.question),
            upto=answered.sequence,
            facts=answered.facts,
            page=_key(answered),
            shown_at=int(self._clock()),
        )
        self._waiting.append((sighting, answered))
        if self._task is None:
            self._task = asyncio.create_task(self._soon())

    async def settled(self) -> None:
        """Until everything noted so far is written down."""
        while self._task is not None:
            await asyncio.wait([self._task])

    async def close(self) -> None:
        """Write down what is still waiting."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])
        await self._write()

    async def _soon(self) -> None:
        try:
            await asyncio.sleep(SOON)
            await self._write()
        finally:
            self._task = None
            if self._waiting and not _cancelled():
                self._task = asyncio.create_task(self._soon())

    async def _write(self) -> None:
        batch, self._waiting = self._waiting, []
        if not batch:
            return
        try:
            there = await known_pages(self._database, [sighting.page for sighting, _answered in batch])
            wanted = {sighting.page: answered for sighting, answered in batch if sighting.page not in there}
            pages = {key: await self._page(answered) for key, answered in wanted.items()}
            await record(self._database, [sighting for sighting, _answered in batch], pages)
        except SitrepError as error:
            # Tried again with the next ones: a correction must find them.
            self._waiting = [*batch, *self._waiting]
            log_event(_log, logging.ERROR, "witness.waits", why=error.what, answers=len(self._waiting))
            await asyncio.sleep(SOON)

    async def _page(self, answered: Answered) -> str:
        known = await self._library.known_in(answered.scope)
        with speaking(answered.language):
            return dump(await answer(answered.question, known))


def _cancelled() -> bool:
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0


def _key(answered: Answered) -> str:
    """The same for messages that show the same page."""
    parts = (encode(answered.question), answered.scope, answered.language, str(answered.sequence))
    return sha256("\n".join(parts).encode()).hexdigest()[:32]
