"""A server with people of every rank, and a second server."""

import discord
import pytest
from simcord.builders import ChannelHandle
from simcord.env import Env

from tests.chat.correcting.forms import Corrector, person


@pytest.fixture
def moderator(simcord_env: Env, channel: ChannelHandle) -> Corrector:
    """Holds Manage Messages."""
    role = channel.guild.create_role("Moderators", permissions=discord.Permissions(manage_messages=True))
    return person(simcord_env, channel, "mona", role)


@pytest.fixture
def second(simcord_env: Env, channel: ChannelHandle) -> Corrector:
    """Another one."""
    role = channel.guild.create_role("More moderators", permissions=discord.Permissions(manage_messages=True))
    return person(simcord_env, channel, "nils", role)


@pytest.fixture
def elsewhere(simcord_env: Env) -> ChannelHandle:
    """A channel of another server."""
    return simcord_env.create_guild("Another newsroom").create_text_channel("general")


@pytest.fixture
def stranger(simcord_env: Env, elsewhere: ChannelHandle) -> Corrector:
    """A moderator of the other server."""
    role = elsewhere.guild.create_role("Moderators", permissions=discord.Permissions(manage_messages=True))
    return person(simcord_env, elsewhere, "otto", role)
