"""The client: what Discord is told about Sitrep, and what Sitrep does when something arrives."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import cached_property
from time import time
from typing import TYPE_CHECKING, Any, TypeAlias

import aiohttp
import discord
from discord import app_commands
from discord.ext import commands

from bot.chat.attendance import Attendance
from bot.chat.components import Component, submit
from bot.chat.failures import report_failure
from bot.chat.library import Library
from bot.chat.log_channel import Announcer, Pace, at_once
from bot.chat.pulse import Pulse
from bot.chat.respond import NO_MENTIONS
from bot.chat.sync import CommandSync
from bot.chat.translation import CatalogueTranslator
from bot.chat.witness import Witness
from bot.i18n import DEFAULT, has_catalogue, use
from bot.lazy import lazily
from bot.logs import log_event
from bot.settings import Settings
from bot.store.database import Database
from bot.store.keeping.servers import Servers

if TYPE_CHECKING:
    from bot.chat.corrections_log import telling
    from bot.chat.digesting import desk
else:
    telling = lazily("bot.chat.corrections_log.telling")
    desk = lazily("bot.chat.digesting.desk")

_log = logging.getLogger(__name__)


class Tree(app_commands.CommandTree["SitrepClient"]):
    """The commands; every failure of one goes to the same place."""

    async def interaction_check(self, interaction: discord.Interaction["SitrepClient"], /) -> bool:
        """Note the language before anything is said. Everyone may ask."""
        use(self.client.language_of(interaction))
        return True

    async def on_error(
        self, interaction: discord.Interaction["SitrepClient"], error: app_commands.AppCommandError, /
    ) -> None:
        """Told once: discord.py asks here even after a handler of its own."""
        if interaction.type is discord.InteractionType.autocomplete:
            _log.error("autocomplete failed", exc_info=error)
            if not interaction.response.is_done():
                await interaction.response.autocomplete([])
            return
        await report_failure(interaction, error)


class SitrepClient(commands.Bot):
    """Sitrep on Discord. Needs the `guilds` intent alone, reads no messages and mentions nobody."""

    def __init__(
        self,
        library: Library,
        extensions: Sequence[str],
        sync: CommandSync | None = None,
        *,
        database: Database,
        settings: Settings,
        servers: Servers,
        pace: Pace = at_once,
        clock: Callable[[], float] = time,
        trace: aiohttp.TraceConfig | None = None,
    ) -> None:
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            intents=discord.Intents(guilds=True),
            allowed_mentions=NO_MENTIONS,
            tree_cls=Tree,
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            http_trace=trace or aiohttp.TraceConfig(),
            # What has to wait for longer is told to its asker, instead of holding him up for up to an hour.
            max_ratelimit_timeout=30.0,
        )
        self.library = library
        self.database = database
        self.settings = settings
        self.servers = servers
        self.announcer = Announcer(self, servers, pace)
        self.attendance = Attendance()
        self._forms: set[asyncio.Task[None]] = set()
        self._answering: aiohttp.ClientSession | None = None
        self.connected = asyncio.Event()
        self.arrived = asyncio.Event()
        self.online = False
        self.pulse = Pulse()
        self._clock = clock
        self.started = self.now()
        self.witness = Witness(database, library, clock)
        self._sync = sync
        self._extensions = extensions

    def now(self) -> datetime:
        """The time, aware, in UTC. Ask here, not the machine: tests and the preview have times of their own."""
        return datetime.fromtimestamp(self._clock(), UTC)

    @cached_property
    def teller(self) -> "telling.Teller":
        """Who tells servers what editors decided."""
        return telling.Teller(self.database, self.library, self.servers, self.announcer, self.now)

    @cached_property
    def digests(self) -> "desk.Desk":
        """Where channel managers subscribe."""
        limit = self.settings.subscriptions_per_server
        return desk.Desk(self.database, self.library, self.servers, limit, self.now)

    async def setup_hook(self) -> None:
        """Commands, components, and the one sync where the commands changed."""
        if isinstance(self.http.connector, aiohttp.BaseConnector):
            # Answers are outside the pace that `trace` keeps: without it each takes a tenth less time.
            self._answering = aiohttp.ClientSession(
                connector=self.http.connector, connector_owner=False, cookie_jar=aiohttp.DummyCookieJar()
            )
        await self.tree.set_translator(CatalogueTranslator())
        for extension in self._extensions:
            await self.load_extension(extension)
        self.add_dynamic_items(Component)
        if self._sync is not None:
            await self._sync.ensure(self)
            # Its work is done. discord.py would ask it for every choice that is offered while somebody types.
            await self.tree.set_translator(None)

    async def close(self) -> None:
        """Leave Discord."""
        if self._answering is not None:
            await self._answering.close()
        await super().close()

    async def on_connect(self) -> None:
        """The session with Discord stands; its servers are still being told."""
        self.connected.set()

    async def on_ready(self) -> None:
        """May come again after every reconnection, and says nothing about the cache."""
        self.arrived.set()
        self.online = True
        log_event(_log, logging.INFO, "discord.ready", servers=len(self.guilds))

    async def on_resumed(self) -> None:
        """The same session goes on."""
        self.online = True

    async def on_disconnect(self) -> None:
        """May come several times until the connection stands again."""
        self.online = False

    def dispatch(self, event: str, /, *args: Any, **kwargs: Any) -> None:
        """Whatever arrives is answered, be it by a watch alone: from here on, before anybody else looks at it. An event
        handler would come after it, and at the price of a task for every key that somebody presses."""
        if event == "interaction":
            self.attendance.note(args[0])
            if self._answering is not None:
                args[0]._session = self._answering
            if args[0].type is discord.InteractionType.modal_submit:
                form = self.loop.create_task(submit(args[0]))
                self._forms.add(form)
                form.add_done_callback(self._forms.discard)
        super().dispatch(event, *args, **kwargs)

    def language_of(self, interaction: discord.Interaction[Any]) -> str:
        """The reader's own language where there is a catalogue for it."""
        tag = interaction.locale.value
        return tag if tag != DEFAULT and has_catalogue(tag) else DEFAULT

    async def on_error(self, event_method: str, /, *args: Any, **kwargs: Any) -> None:
        """A failure in an event that nobody waits for."""
        _log.exception("failure in the event %s", event_method)


Interaction: TypeAlias = discord.Interaction[SitrepClient]
"""Somebody uses a command, a button, a list or a form."""
