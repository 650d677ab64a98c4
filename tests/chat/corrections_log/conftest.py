"""A server with people of every rank, and a second server."""

from collections.abc import Callable
from dataclasses import replace

import discord
import pytest
from msgspec import structs
from simcord.builders import ChannelHandle
from simcord.env import Env

from bot.app import App
from tests.asking import Person


def ranked(env: Env, channel: ChannelHandle, name: str, **rights: bool) -> Person:
    """A member with these permissions."""
    role = channel.guild.create_role(f"Of {name}", permissions=discord.Permissions(**rights))
    return Person(env, channel.guild.add_member(env.create_user(name), roles=[role]), channel)


@pytest.fixture
def server(channel: ChannelHandle) -> str:
    """Id of the server."""
    return str(channel.guild.id)


@pytest.fixture
def moderator(simcord_env: Env, channel: ChannelHandle) -> Person:
    """Holds Manage Messages."""
    return ranked(simcord_env, channel, "mona", manage_messages=True)


@pytest.fixture
def second(simcord_env: Env, channel: ChannelHandle) -> Person:
    """Another one."""
    return ranked(simcord_env, channel, "nils", manage_messages=True)


@pytest.fixture
def manager(simcord_env: Env, channel: ChannelHandle) -> Person:
    """Holds Manage Server."""
    return ranked(simcord_env, channel, "max", manage_guild=True)


@pytest.fixture
def elsewhere(simcord_env: Env) -> ChannelHandle:
    """A channel of another server."""
    return simcord_env.create_guild("Another newsroom").create_text_channel("general")


@pytest.fixture
def stranger(simcord_env: Env, elsewhere: ChannelHandle) -> Person:
    """A moderator of the other server."""
    return ranked(simcord_env, elsewhere, "otto", manage_messages=True)


@pytest.fixture
def editor(simcord_env: Env, app: App, elsewhere: ChannelHandle) -> Person:
    """Trusted with what everyone sees; asks in the other server."""
    person = ranked(simcord_env, elsewhere, "edda")
    app.client.settings = replace(app.client.settings, editors=(person.member.id,))
    return person


@pytest.fixture
async def log(app: App, channel: ChannelHandle, server: str) -> Callable[[], list[str]]:
    """The lines in the log channel of the server, the oldest first."""
    room = channel.guild.create_text_channel("sitrep-log")
    await app.servers.change(server, lambda chosen: structs.replace(chosen, log_channel=str(room.id)))
    return lambda: [message.content.replace("\u00a0", " ") for message in room.history()]
