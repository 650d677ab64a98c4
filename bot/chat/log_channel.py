"""What Sitrep tells a server, or a person, without having been asked: one short line, and no failure of it matters
to what it tells of."""

import logging
from collections.abc import Awaitable, Callable
from typing import Protocol

import aiohttp
import discord

from bot.answers.page import Page, Text
from bot.chat.escape import line_start
from bot.chat.rendering import Prepared, markup, render
from bot.chat.respond import NO_MENTIONS
from bot.errors import SitrepError
from bot.i18n import DEFAULT, speaking
from bot.logs import log_event
from bot.store.keeping.servers import Servers

_log = logging.getLogger(__name__)

LONGEST = 1000
"""Most characters of a line, before what markup adds; Discord takes 2,000 for a message."""

Said = Page | Text
Saying = Said | Callable[[], Said]
"""A page or a line; or what makes one, asked in the language of whom it is for."""


class Pace(Protocol):
    """Waits until the next call may go out."""

    def __call__(self) -> Awaitable[object]: ...


async def at_once() -> None:
    """No pace at all."""


class Announcer:
    """Tells things. Never raises: whoever announces has done what it announces."""

    def __init__(self, client: discord.Client, servers: Servers, pace: Pace = at_once) -> None:
        self._client = client
        self._servers = servers
        self._pace = pace

    async def tell(self, server: str, said: Saying) -> bool:
        """Tell the server in its log channel; whether it arrived. False where it has chosen no such channel."""
        try:
            settings = await self._servers.read(server)
            if settings.log_channel is None:
                return False
            await self._send(self._client.get_partial_messageable(int(settings.log_channel)), said, settings.language)
        except Exception as error:
            _note("log_channel.failed", error, server=server)
            return False
        return True

    async def tell_person(self, person: str, said: Saying, language: str = DEFAULT) -> bool:
        """Tell one person in a direct message; whether it arrived. Many people take none from apps."""
        try:
            await self._pace()
            channel = await self._client.create_dm(discord.Object(int(person)))
            await self._send(channel, said, language)
        except Exception as error:
            _note("direct_message.failed", error)
            return False
        return True

    async def _send(self, channel: discord.abc.Messageable, said: Saying, language: str) -> None:
        with speaking(language):
            what = said() if callable(said) else said
            await self._pace()
            if isinstance(what, Page):
                await channel.send(view=Prepared(render(what)), allowed_mentions=NO_MENTIONS)
            else:
                line = line_start(markup(what, LONGEST))
                await channel.send(line, allowed_mentions=NO_MENTIONS, suppress_embeds=True)


def _note(event: str, error: Exception, server: str | None = None) -> None:
    """What can happen is a line; what nobody expected has its traceback."""
    known = isinstance(error, discord.DiscordException | SitrepError | aiohttp.ClientError | OSError)
    log_event(
        _log,
        logging.WARNING if known else logging.ERROR,
        event,
        error=None if known else error,
        server=server,
        failure=type(error).__name__,
        code=getattr(error, "code", None),
    )
