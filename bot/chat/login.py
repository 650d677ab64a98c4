"""Getting in: to Discord itself, to a proxy in front of it, or to a stand-in under test."""

import asyncio
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

import discord
from discord.ext import commands
from yarl import URL

from bot.chat.sync import CommandSync, send_to
from bot.errors import SitrepError

FIRST_WAIT = 1.0
"""Seconds before the first new attempt to connect; doubled for each further one."""
LONGEST_WAIT = 300.0
"""Seconds between two attempts at most."""

_log = logging.getLogger(__name__)

# Sitrep never speaks: that discord.py's voice libraries are missing is no news to an operator.
discord.VoiceClient.warn_nacl = False
discord.VoiceClient.warn_dave = False


async def connect(client: discord.Client, token: str) -> None:
    """Log in and stay connected until the client is closed.

    discord.py comes back by itself from what Discord is known to do. An event that it cannot read, or a gateway
    that answers nonsense, ends its loop: that loop is begun again here, ever more slowly, since Discord allows
    1,000 sessions a day.

    Raises:
        SitrepError: Discord refuses the token, or cannot be reached at the start.
    """
    with _told():
        await client.login(token)
    wait = FIRST_WAIT
    while not client.is_closed():
        begun = monotonic()
        try:
            with _refused():
                await client.connect()
        except SitrepError:
            raise
        except Exception:
            _log.exception("the connection failed; next attempt in %d s", wait)
            if client.ws is not None:
                await client.ws.close(code=4000)
            if monotonic() - begun > LONGEST_WAIT:
                wait = FIRST_WAIT
            await asyncio.sleep(wait)
            wait = min(2 * wait, LONGEST_WAIT)


async def look(token: str) -> str:
    """The name under which `token` logs in.

    Raises:
        SitrepError: Discord refuses the token, or cannot be reached.
    """
    client = discord.Client(intents=discord.Intents(guilds=True))
    with _told():
        async with client:
            await client.login(token)
            return str(client.user)


async def send_commands(
    client: commands.Bot, token: str, sync: CommandSync, *, guild: int | None = None, clear: bool = False
) -> int:
    """Log in, send the commands to one server or to all, and leave. The number sent.

    Args:
        clear: take the copy that one server has away again, so that nobody sees a command twice.

    Raises:
        SitrepError: Discord refuses the token or the server, or cannot be reached.
    """
    with _told():
        async with client:
            await client.login(token)
            try:
                return await sync.send(client) if guild is None else await send_to(client, guild, clear=clear)
            except discord.NotFound:
                said = f"Discord knows no server {guild} with this bot in it."
                raise SitrepError(said, "Copy the server's id again, and invite the bot there first.") from None


@contextmanager
def _refused() -> Iterator[None]:
    """Refusals that no patience mends, in words that help."""
    try:
        yield
    except discord.LoginFailure:
        raise SitrepError("Discord refuses DISCORD_TOKEN.", "Copy it again from the application's Bot page.") from None
    except discord.PrivilegedIntentsRequired:
        raise SitrepError("Discord refuses the intents.", "Sitrep needs none that are privileged; report it.") from None


@contextmanager
def _told() -> Iterator[None]:
    """Discord's refusals in words that help."""
    try:
        with _refused():
            yield
    except discord.Forbidden as error:
        raise SitrepError(f"Discord forbids it ({error.text}).", "Invite the bot to that server first.") from None
    except discord.HTTPException as error:
        raise SitrepError(f"Discord answered {error.status} ({error.text}).", "Try again in a few minutes.") from error
    except (OSError, TimeoutError) as error:
        raise SitrepError(f"Discord cannot be reached ({error}).", "Look at the network, then start again.") from error


def point_at(api: str | None, gateway: str | None) -> None:
    """Send discord.py elsewhere: to a rate-limit proxy that several processes share, or to a stand-in under test."""
    if api is not None:
        discord.http.Route.BASE = api
    if gateway is not None:
        discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = URL(gateway)
