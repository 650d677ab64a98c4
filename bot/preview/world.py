"""The server the preview shows: its channels and the people one can be."""

from collections.abc import Sequence
from dataclasses import dataclass

import discord
from simcord import ChannelHandle, Env, MemberActor, UserHandle

SERVER = "Sitrep preview"
CHANNEL = "sitrep"
UPDATES = "updates"
READER = "reader"
CHANNEL_MANAGER = "channel manager"
MODERATOR = "moderator"
SERVER_MANAGER = "server manager"
EDITOR = "editor"
VIEWERS = (READER, CHANNEL_MANAGER, MODERATOR, SERVER_MANAGER, EDITOR)
TO_TRY = ("/casualties", "/displaced", "/district Sheikh Saeed")
LATER = "later/2016-12-07-morning-star.toml"
"""A report of the conflict shown first that moves a figure, to be brought in while one watches."""


@dataclass(frozen=True, slots=True)
class World:
    """What the page can show.

    Attributes:
        channel: where one types.
        viewers: who one can be there, in the order of `VIEWERS`.
        reader: the reader outside the server; owns the direct messages.
        editor: whom the operator trusts with what every server sees; in this server a reader like any other.
    """

    channel: ChannelHandle
    viewers: Sequence[MemberActor]
    reader: UserHandle
    editor: UserHandle


def build_world(env: Env) -> World:
    """Make the server.

    To be called before the bot starts and before the clock moves: ids are counted from the time, so every run
    has the same ones, and what the database keeps of a channel or a person still fits after a restart. A server
    that is there when the bot arrives is also none that it was just invited to.
    """
    env.backend.edit_bot_profile("Sitrep")
    guild = env.create_guild(SERVER)
    channel = guild.create_text_channel(CHANNEL, topic="Try " + " · ".join(TO_TRY))
    guild.create_text_channel(UPDATES, topic="A second channel, to send digests to")
    managers = guild.create_role("Channel managers", permissions=discord.Permissions(manage_channels=True))
    moderators = guild.create_role("Moderators", permissions=discord.Permissions(manage_messages=True))
    bosses = guild.create_role("Server managers", permissions=discord.Permissions(manage_guild=True))
    reader = env.create_user("reader", global_name=READER)
    viewers = (
        guild.add_member(reader),
        guild.add_member(env.create_user("channel_manager", global_name=CHANNEL_MANAGER), roles=[managers]),
        guild.add_member(env.create_user("moderator", global_name=MODERATOR), roles=[moderators]),
        guild.add_member(env.create_user("server_manager", global_name=SERVER_MANAGER), roles=[bosses]),
        guild.add_member(editor := env.create_user("editor", global_name=EDITOR)),
    )
    return World(channel, viewers, reader, editor)
