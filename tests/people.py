"""Fixtures: a server with a channel, and a reader who may do nothing but read and use commands."""

import pytest
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle
from simcord.env import Env

from tests.asking import Person


@pytest.fixture
def channel(simcord_env: Env) -> ChannelHandle:
    """Where people ask."""
    return simcord_env.create_guild("Newsroom").create_text_channel("general")


@pytest.fixture
def member(simcord_env: Env, channel: ChannelHandle) -> MemberActor:
    """A member without a role."""
    return channel.guild.add_member(simcord_env.create_user("reader"))


@pytest.fixture
def reader(simcord_env: Env, channel: ChannelHandle, member: MemberActor) -> Person:
    """The member, in the channel."""
    return Person(simcord_env, member, channel)
