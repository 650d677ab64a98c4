"""One session of the preview: a bot inside SimCord, and the page that shows it."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from discord.ext import commands
from simcord import ChannelHandle, Env, MemberActor, Preview, SetupError, UserHandle
from tzlocal import get_localzone_name

from bot.errors import SitrepError
from bot.preview.clock import PresentClock
from bot.preview.live import live
from bot.preview.page import SitrepPage
from bot.preview.parsers import kept_parsers
from bot.preview.world import READER, VIEWERS, World, build_world


@dataclass(frozen=True, slots=True)
class Session:
    """What runs.

    Attributes:
        address: of the page. It carries the key to it: whoever knows it can use the page.
        viewers: the names one can look under.
        commands: how many commands there are.
        world: the server.
        env: SimCord's environment.
        preview: SimCord's page.
    """

    address: str
    viewers: tuple[str, ...]
    commands: int
    world: World
    env: Env
    preview: Preview


class Discord(Env):
    """SimCord's Discord, to which an error of the bot is none of its own.

    The bot tells the person, in the channel. SimCord would end the preview with it besides, and call the command
    failed: the page then keeps it in the composer, as if it had never been run.
    """

    def _record_error(self, error: BaseException) -> None:
        pass


@asynccontextmanager
async def open_session(client: commands.Bot, port: int, *, direct: bool = False) -> AsyncIterator[Session]:
    """Start `client` inside SimCord and serve the page on 127.0.0.1.

    Args:
        client: the bot, not started.
        port: of the page; 0 takes any free one.
        direct: show the reader's direct messages with the bot instead of the channel of the server.

    Raises:
        SitrepError: the port cannot be had.
    """
    env = Discord(client, check_errors=False)
    world = build_world(env)
    env.backend.clock = PresentClock()
    await env.start()
    try:
        # This Discord forgets the commands with every run, whatever the database says was sent to it.
        count = len(await client.tree.fetch_commands() or await client.tree.sync())
        channel: ChannelHandle = world.reader.dm_channel if direct else world.channel
        viewers: tuple[MemberActor | UserHandle, ...] = (world.reader,) if direct else tuple(world.viewers)
        preview = env.preview(channel, viewers=viewers, layout="channel", timezone=_local_zone(), port=port)
        preview._server = SitrepPage(preview, port)
        with _port_told(port):
            await preview.__aenter__()
        with kept_parsers():
            async with live(env, preview):
                yield Session(preview.url, (READER,) if direct else VIEWERS, count, world, env, preview)
    finally:
        # Closes the page too.
        await env.shutdown()


@contextmanager
def _port_told(port: int) -> Iterator[None]:
    try:
        yield
    except SetupError as error:
        if not isinstance(error.__cause__, OSError):
            raise
        raise SitrepError(
            f"The preview cannot have port {port} ({error.__cause__.strerror}).",
            "Stop what uses it, or set PREVIEW_PORT to another one; 0 takes any that is free.",
        ) from error


def _local_zone() -> str:
    """The zone of this machine, because Discord shows times in the reader's own; UTC where nobody set one."""
    try:
        return ZoneInfo(get_localzone_name() or "UTC").key
    except (ZoneInfoNotFoundError, ValueError):
        return "UTC"
