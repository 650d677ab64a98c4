"""People who ask."""

import pytest
from simcord.builders import ChannelHandle
from simcord.env import Env

from tests.cogs.managing import Manager, who
from tests.people import channel, member, reader

__all__ = ["channel", "member", "reader"]


@pytest.fixture
def manager(simcord_env: Env, channel: ChannelHandle) -> Manager:
    """A member with Manage Server and nothing more."""
    return Manager(simcord_env, who(channel, simcord_env, "manager", manage_guild=True), channel)
