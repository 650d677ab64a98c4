"""Who somebody is, as Discord tells it with the click: each row of the table through a command of their own."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import discord
import msgspec
import pytest
from discord import app_commands
from simcord import interactions
from simcord.actors import MemberActor
from simcord.backend.models import Overwrite
from simcord.builders import ChannelHandle, RoleHandle, UserHandle
from simcord.enums import OverwriteType
from simcord.env import Env

from bot.app import App
from bot.chat.client import SitrepClient
from bot.chat.people import NotHereError, managing, person_of, require
from bot.chat.permission_names import permission_names
from bot.corrections.permission import Person
from tests.asking import Person as Asker

Interaction = discord.Interaction[SitrepClient]
WhoIs = Callable[[MemberActor | UserHandle], Awaitable[Person]]


@pytest.fixture
def who_is(app: App, channel: ChannelHandle) -> WhoIs:
    """Whom Sitrep takes somebody for who uses a command in the channel, or in a direct message."""
    found: list[Person] = []

    async def note(interaction: Interaction) -> None:
        found.append(await person_of(interaction))

    app.client.add_listener(note, "on_interaction")

    async def ask(somebody: MemberActor | UserHandle) -> Person:
        found.clear()
        if isinstance(somebody, MemberActor):
            await somebody.slash(channel, "help")
        else:
            await somebody.slash("help")
        (person,) = found
        return person

    return ask


def authorized_by(owners: Callable[[dict[str, Any]], dict[str, str]], monkeypatch: pytest.MonkeyPatch) -> None:
    """Let Discord name who installed Sitrep, as it does; SimCord names nobody."""
    plain = interactions.base_payload

    def with_owners(*args: Any, **kwargs: Any) -> Any:
        record, payload = plain(*args, **kwargs)
        payload["authorizing_integration_owners"] = owners(payload)
        return record, payload

    monkeypatch.setattr(interactions, "base_payload", with_owners)


def by_the_server(payload: dict[str, Any]) -> dict[str, str]:
    return {"0": payload.get("guild_id", "0")}


def by_the_person(payload: dict[str, Any]) -> dict[str, str]:
    return {"1": (payload.get("user") or payload["member"]["user"])["id"]}


def member(env: Env, channel: ChannelHandle, name: str, *roles: RoleHandle, **permissions: bool) -> MemberActor:
    if permissions:
        roles = (*roles, channel.guild.create_role("theirs", permissions=discord.Permissions(**permissions)))
    return channel.guild.add_member(env.create_user(name), roles=roles)


# The table


@pytest.mark.parametrize(
    ("held", "manage_messages", "server_manager"),
    [
        ({}, False, False),
        ({"manage_messages": True}, True, False),
        ({"manage_guild": True}, False, True),
        ({"administrator": True}, True, True),
        ({"manage_channels": True, "manage_roles": True, "kick_members": True}, False, False),
    ],
)
@pytest.mark.parametrize("installed", ["nothing said", "by the server"])
async def test_permissions_by_role(
    simcord_env: Env, channel: ChannelHandle, who_is: WhoIs, monkeypatch: pytest.MonkeyPatch,
    held: dict[str, bool], manage_messages: bool, server_manager: bool, installed: str,
) -> None:  # fmt: skip
    if installed == "by the server":
        authorized_by(by_the_server, monkeypatch)
    person = await who_is(member(simcord_env, channel, "somebody", **held))
    assert person == Person(
        server=str(channel.guild.id), manage_messages=manage_messages, server_manager=server_manager
    )
    assert person.moderator == manage_messages


async def test_the_owner_of_the_server(simcord_env: Env, who_is: WhoIs, channel: ChannelHandle) -> None:
    owner = MemberActor(simcord_env, channel.guild, channel.guild.owner)
    person = await who_is(owner)
    assert person.moderator
    assert person.server_manager


async def test_a_channel_can_give_the_permission_and_take_it(
    simcord_env: Env, channel: ChannelHandle, who_is: WhoIs
) -> None:
    given, taken = member(simcord_env, channel, "given"), member(simcord_env, channel, "taken", manage_messages=True)
    bit = discord.Permissions(manage_messages=True).value
    for target, allow, deny in ((given, bit, 0), (taken, 0, bit)):
        simcord_env.backend.set_overwrite(
            channel.id, Overwrite(target_id=target.id, type=OverwriteType.MEMBER, allow=allow, deny=deny)
        )
    assert (await who_is(given)).moderator
    assert not (await who_is(taken)).moderator


async def test_the_role_that_the_server_chose(
    app: App, simcord_env: Env, channel: ChannelHandle, who_is: WhoIs
) -> None:
    chosen, other = channel.guild.create_role("Fact checkers"), channel.guild.create_role("Others")
    checker, stranger = member(simcord_env, channel, "checker", chosen), member(simcord_env, channel, "x", other)
    assert not (await who_is(checker)).moderator
    await app.servers.change(
        str(channel.guild.id), lambda s: msgspec.structs.replace(s, corrections_role=str(chosen.id))
    )
    assert await who_is(checker) == Person(server=str(channel.guild.id), corrections_role=True)
    assert not (await who_is(stranger)).moderator
    simcord_env.backend.remove_member_role(channel.guild.id, checker.id, chosen.id)
    assert not (await who_is(checker)).moderator, "taken away a moment ago"
    await app.servers.change("1", lambda s: msgspec.structs.replace(s, corrections_role=str(other.id)))
    assert not (await who_is(stranger)).moderator, "another server's choice"


async def test_a_deleted_role_makes_nobody_a_moderator(
    app: App, simcord_env: Env, channel: ChannelHandle, who_is: WhoIs
) -> None:
    role = channel.guild.create_role("Fact checkers")
    checker = member(simcord_env, channel, "checker", role)
    await app.servers.change(str(channel.guild.id), lambda s: msgspec.structs.replace(s, corrections_role=str(role.id)))
    simcord_env.backend.delete_role(channel.guild.id, role.id)
    assert not (await who_is(checker)).moderator


async def test_nobody_is_anything_in_a_direct_message(simcord_env: Env, who_is: WhoIs) -> None:
    assert await who_is(simcord_env.create_user("alone")) == Person(server=None)


async def test_an_administrator_who_brought_sitrep_along_moderates_nothing(
    app: App, simcord_env: Env, channel: ChannelHandle, who_is: WhoIs, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a server that has not installed Sitrep, the person's rights there are worth nothing here."""
    role = channel.guild.create_role("Fact checkers")
    await app.servers.change(str(channel.guild.id), lambda s: msgspec.structs.replace(s, corrections_role=str(role.id)))
    administrator = member(simcord_env, channel, "traveller", role, administrator=True)
    authorized_by(by_the_person, monkeypatch)
    assert await who_is(administrator) == Person(server=None)
    authorized_by(lambda payload: by_the_person(payload) | by_the_server(payload), monkeypatch)
    assert (await who_is(administrator)).moderator, "both have installed it"


# Editors


async def test_an_editor_by_account_is_one_wherever_they_click(
    app: App, simcord_env: Env, channel: ChannelHandle, who_is: WhoIs
) -> None:
    editor, other = simcord_env.create_user("editor"), simcord_env.create_user("other")
    app.client.settings = replace(app.client.settings, editors=(1, editor.id))
    assert await who_is(editor) == Person(server=None, editor=True)
    assert await who_is(channel.guild.add_member(editor)) == Person(server=str(channel.guild.id), editor=True)
    assert not (await who_is(channel.guild.add_member(other))).editor


@pytest.mark.parametrize("where", ["in the editors' server", "elsewhere", "without the role", "brought along"])
async def test_an_editor_by_role_is_one_only_in_the_editors_server(
    app: App, simcord_env: Env, channel: ChannelHandle, who_is: WhoIs, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    role, other = channel.guild.create_role("Editors"), channel.guild.create_role("Others")
    server = simcord_env.create_guild("Another").id if where == "elsewhere" else channel.guild.id
    app.client.settings = replace(app.client.settings, editors_server=server, editors_role=role.id)
    if where == "brought along":
        authorized_by(by_the_person, monkeypatch)
    somebody = member(simcord_env, channel, "somebody", other if where == "without the role" else role)
    assert (await who_is(somebody)).editor == (where == "in the editors' server")


# Commands for managers


class Vault(app_commands.Group):
    @app_commands.command()
    async def open(self, interaction: Interaction) -> None:
        await interaction.response.send_message("open")


@managing("manage_guild", "manage_channels")
class ManagedVault(Vault):
    """A group."""


async def test_discord_hides_what_is_kept_to_managers() -> None:
    group = ManagedVault(name="vault", description="x")
    assert group.default_permissions == discord.Permissions(manage_guild=True, manage_channels=True)
    assert group.guild_only
    assert group.allowed_installs is not None
    assert not group.allowed_installs.user


@pytest.mark.simcord(check_errors=False)
async def test_it_is_asked_again_where_an_administrator_shows_the_command_to_everybody(
    app: App, reader: Asker, simcord_env: Env, monkeypatch: pytest.MonkeyPatch
) -> None:
    app.client.tree.add_command(ManagedVault(name="vault", description="x"))
    (command,) = [one for one in await app.client.tree.sync() if one.name == "vault"]
    guild = reader.channel.guild
    guild.set_command_permissions(command, {guild.default_role: True})

    answer = await reader.use("vault open")
    assert answer.private
    assert "You need the permissions Manage Server and Manage Channels" in answer.seen.text

    half = Asker(simcord_env, member(simcord_env, reader.channel, "half", manage_guild=True), reader.channel)
    assert "You need the permission Manage Channels for" in (await half.use("vault open")).seen.text

    manager = member(simcord_env, reader.channel, "all", administrator=True)
    assert (await manager.slash(reader.channel, "vault open")).response.content == "open"

    authorized_by(by_the_person, monkeypatch)
    refused = await Asker(simcord_env, manager, reader.channel).use("vault open")
    assert "Sitrep is not a member of this server" in refused.seen.text


async def test_in_a_direct_message_there_is_nothing_to_manage(app: App, simcord_env: Env) -> None:
    found: list[BaseException] = []

    async def note(interaction: Interaction) -> None:
        try:
            require(interaction, "manage_guild")
        except (app_commands.CheckFailure, NotHereError) as error:
            found.append(error)

    app.client.add_listener(note, "on_interaction")
    await simcord_env.create_user("alone").slash("help")
    assert isinstance(found[0], app_commands.NoPrivateMessage)


def test_permissions_are_named_as_discord_names_them() -> None:
    assert permission_names(["manage_guild"]) == "the permission Manage Server"
    assert permission_names(["view_channel", "send_messages", "add_reactions"]) == (
        "the permissions View Channel, Send Messages and Add Reactions"
    )
