"""/settings is for those who manage a server, at the moment of the click."""

from typing import Any

import pytest
from simcord.actors import MemberActor
from simcord.backend.errors import SetupError
from simcord.builders import ChannelHandle
from simcord.env import Env

from bot.app import App
from bot.chat.settings_page import DECISIONS, FIND, LOG, REPEAT, ROLE, ZONE
from bot.store.keeping.servers import NOTHING_CHOSEN
from tests.asking import Person, answer_of
from tests.cogs.managing import Manager, kept, who
from tests.reading import read


@pytest.mark.parametrize("held", [{}, {"manage_messages": True}, {"manage_channels": True, "manage_roles": True}])
async def test_discord_shows_it_to_managers_alone(
    simcord_env: Env, channel: ChannelHandle, held: dict[str, bool]
) -> None:
    somebody = who(channel, simcord_env, "somebody", **held)
    assert "settings" not in somebody.available_commands(channel)
    with pytest.raises(SetupError, match="not visible"):
        await somebody.slash(channel, "settings")


async def test_there_is_none_in_a_direct_message(simcord_env: Env) -> None:
    assert "settings" not in simcord_env.create_user("alone").available_commands()


async def test_administrators_and_the_owner_may(simcord_env: Env, channel: ChannelHandle) -> None:
    administrator = who(channel, simcord_env, "administrator", administrator=True)
    owner = MemberActor(simcord_env, channel.guild, channel.guild.owner)
    for member in (administrator, owner):
        assert (await Manager(simcord_env, member, channel).open()).seen.title == "Settings"


@pytest.mark.simcord(check_errors=False)
async def test_shown_to_everybody_by_an_administrator_it_still_refuses(
    app: App, reader: Person, channel: ChannelHandle
) -> None:
    (command,) = [one for one in await app.client.tree.fetch_commands() if one.name == "settings"]
    channel.guild.set_command_permissions(command, {channel.guild.default_role: True})
    answer = await reader.use("settings")
    assert answer.private
    assert "You need the permission Manage Server" in answer.seen.text


@pytest.mark.parametrize("use", [ROLE, LOG, DECISIONS, ZONE, REPEAT, FIND, "the form"])
async def test_who_lost_the_permission_meanwhile_changes_nothing(
    app: App, manager: Manager, channel: ChannelHandle, use: str
) -> None:
    values: dict[str, Any] = {
        ROLE: channel.guild.create_role("Fact checkers"),
        LOG: channel,
        DECISIONS: "proposer",
        ZONE: "Asia/Damascus",
        REPEAT: "repeat",
    }
    message = (await manager.open()).message
    asked = await manager.member.click(message, custom_id=FIND) if use == "the form" else None
    for role in list(channel.guild.roles.values()):
        if role.name == "role of manager":
            manager.env.backend.remove_member_role(channel.guild.id, manager.member.id, role.id)
    if asked is not None:
        refused = answer_of(await manager.member.submit_modal(asked, {"zone": "Damascus"}))
    elif use == FIND:
        refused = answer_of(await manager.member.click(message, custom_id=FIND))
    else:
        refused = await manager.refused(message, use, values[use])
    assert "You need the permission Manage Server" in refused.seen.text
    assert refused.private
    assert await kept(app, channel) == NOTHING_CHOSEN


@pytest.mark.parametrize("forged", ["g1:role", "g1:zone", "g1:find", "g1:nothing", "g1:"])
async def test_a_forged_control_does_nothing_for_a_reader(
    app: App, reader: Person, channel: ChannelHandle, forged: str
) -> None:
    message = (await reader.use("casualties")).message
    answer = await reader.forge(message, forged)
    assert answer.private
    assert "You need the permission Manage Server" in answer.seen.text
    assert await kept(app, channel) == NOTHING_CHOSEN


@pytest.mark.parametrize(
    ("forged", "value"),
    [
        ("g1:nothing", "x"),
        ("g1:zone", "Atlantis"),
        ("g1:decisions", "nowhere"),
        ("g1:repeat", ""),
        ("g1:language", "xx"),
    ],
)
async def test_a_control_of_another_version_says_so_and_changes_nothing(
    app: App, manager: Manager, channel: ChannelHandle, forged: str, value: str
) -> None:
    answer = await manager.forge((await manager.use("casualties")).message, forged, value)
    assert "another version" in answer.seen.text
    assert await kept(app, channel) == NOTHING_CHOSEN


async def test_a_control_under_a_public_message_leaves_that_message_alone(
    app: App, manager: Manager, channel: ChannelHandle
) -> None:
    public = (await manager.use("casualties")).message
    answer = await manager.forge(public, ZONE, "Asia/Damascus")
    assert answer.private
    assert answer.message.id != public.id
    assert read(public.components).title.startswith("Casualties")
