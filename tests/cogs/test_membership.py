"""Coming and going: nothing is deleted by it, and an outage is no going."""

import pytest
from simcord.backend import serializers
from simcord.builders import ChannelHandle
from simcord.env import Env

from bot.app import App
from bot.settings import Settings
from bot.store.keeping.servers import ServerSettings

LATER = 2**40
CHOSEN = ServerSettings(time_zone="Asia/Damascus")


async def marked(app: App) -> list[str]:
    return await app.servers.left_before(LATER, limit=9)


def remove_bot(env: Env, server: int) -> None:
    """As when a manager removes Sitrep."""
    env.backend.emit("GUILD_DELETE", {"id": str(server)})


@pytest.mark.parametrize("again", [{}, {"unavailable": False}])
async def test_being_removed_marks_the_server_and_being_invited_again_clears_it(
    app: App, simcord_env: Env, channel: ChannelHandle, again: dict[str, bool]
) -> None:
    assert channel.guild is not None
    server = channel.guild.id
    await app.servers.change(str(server), lambda _: CHOSEN)
    remove_bot(simcord_env, server)
    await simcord_env.settle()
    assert await marked(app) == [str(server)]
    assert await app.servers.read(str(server)) == CHOSEN

    simcord_env.backend.emit("GUILD_CREATE", guild_payload(simcord_env, server) | again)
    await simcord_env.settle()
    assert await marked(app) == []


async def test_an_outage_is_no_removal(app: App, simcord_env: Env, channel: ChannelHandle) -> None:
    assert channel.guild is not None
    await app.servers.change(str(channel.guild.id), lambda _: CHOSEN)
    simcord_env.backend.emit("GUILD_DELETE", {"id": str(channel.guild.id), "unavailable": True})
    await simcord_env.settle()
    assert await marked(app) == []


async def test_what_happened_while_it_was_not_connected_is_noticed_at_the_next_start(
    settings: Settings, app: App, simcord_env: Env, channel: ChannelHandle
) -> None:
    assert channel.guild is not None
    here, gone = str(channel.guild.id), "410987654321098765"
    for server in (here, gone):
        await app.servers.change(server, lambda _: CHOSEN)
    await app.servers.left(here, 1)
    async with App(settings) as again:
        await simcord_env.restart_bot(again.client)
        assert await marked(again) == [gone]


def guild_payload(env: Env, server: int) -> dict[str, object]:
    payload = dict(serializers.guild_create_payload(env.backend, env.backend.get_guild(server)))
    payload.pop("unavailable", None)
    return payload
