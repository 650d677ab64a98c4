"""Discord is told of the commands when they changed, once, for everywhere; and an old form of one is explained."""

from collections.abc import Iterator
from typing import Any

import pytest
from simcord.backend.errors import SetupError
from simcord.env import Env

from bot.app import App
from bot.settings import Settings
from tests.asking import Person

READING = {
    "casualties", "displaced", "district", "control", "timeline", "statements", "compare", "sources", "source",
    "status", "help", "privacy", "corrections",
}  # fmt: skip
IN_SERVERS = {"correct": None, "Correct a figure": None, "digest": 1 << 4, "settings": 1 << 5}
"""What is of use only where Sitrep is a member, with the permission whose holders alone Discord shows it to."""
COMMANDS = READING | set(IN_SERVERS)
MESSAGE_MENU = 3


def syncs(env: Env) -> list[Any]:
    """The bodies of what Discord was told, in order."""
    return [request.json for request in env.http_requests if request.method == "PUT" and "commands" in request.path]


async def test_the_first_start_tells_all_once_for_everywhere(simcord_env: Env) -> None:
    (sent,) = syncs(simcord_env)
    assert {command["name"] for command in sent} == COMMANDS
    (request,) = [request for request in simcord_env.http_requests if request.method == "PUT"]
    assert "/guilds/" not in request.path


async def test_every_command_and_option_is_described(simcord_env: Env) -> None:
    (sent,) = syncs(simcord_env)
    for command in sent:
        if command["type"] == MESSAGE_MENU:
            continue  # Discord allows them no description
        assert 10 <= len(command["description"]) <= 100
        for option in described(command):
            assert 10 <= len(option["description"]) <= 100, f"{command['name']} {option['name']}"


def described(command: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The options, those of subcommands included."""
    for option in command.get("options", []):
        yield option
        yield from described(option)


async def test_every_reading_command_works_everywhere_for_everyone(simcord_env: Env) -> None:
    (sent,) = syncs(simcord_env)
    for command in sent:
        if command["name"] in READING:
            assert set(command["contexts"]) == {0, 1, 2}, "servers, direct messages, other conversations"
            assert set(command["integration_types"]) == {0, 1}, "servers and users"
            assert command.get("default_member_permissions") is None


async def test_the_others_stand_in_servers_that_have_sitrep(simcord_env: Env) -> None:
    (sent,) = syncs(simcord_env)
    found = {command["name"]: command for command in sent if command["name"] in IN_SERVERS}
    for name, permission in IN_SERVERS.items():
        assert set(found[name]["contexts"]) == {0}, name
        assert set(found[name]["integration_types"]) == {0}, name
        shown_to = found[name].get("default_member_permissions")
        assert (int(shown_to) if shown_to is not None else None) == permission, name


async def test_a_second_start_tells_nothing(simcord_env: Env, app: App, settings: Settings) -> None:
    await app.database.close()
    async with App(settings) as again:
        await simcord_env.restart_bot(again.client)
        assert len(syncs(simcord_env)) == 1


async def test_a_changed_command_is_told(simcord_env: Env, app: App, settings: Settings) -> None:
    await app.database.close()
    async with App(settings) as again:
        again.client._extensions = tuple(name for name in again.client._extensions if name != "cogs.record")
        await simcord_env.restart_bot(again.client)
        assert len(syncs(simcord_env)) == 2
        assert {command["name"] for command in syncs(simcord_env)[1]} == COMMANDS - {"timeline", "statements"}


async def test_a_command_that_sitrep_has_no_more_is_explained(reader: Person, app: App, settings: Settings) -> None:
    """Discord still shows `/timeline` to those whose client has not noticed."""
    await app.database.close()
    async with App(settings, sync=False) as again:
        again.client._extensions = tuple(name for name in again.client._extensions if name != "cogs.record")
        await reader.env.restart_bot(again.client)
        answer = await reader.use("timeline")
        assert reader.env.errors, "SimCord counts it"
        assert answer.private
        assert answer.seen.line("Discord still shows an older form of this command.")
        assert not await reader.type("timeline", "place", "sha"), "answered, with nothing"
        assert reader.env.errors


async def test_a_command_whose_options_changed_is_explained(reader: Person, app: App) -> None:
    older = {"name": "district", "description": "An older form, which needed no name"}
    assert app.client.application_id is not None
    await app.client.http.bulk_upsert_global_commands(app.client.application_id, [older])  # type: ignore[list-item]
    answer = await reader.use("district")
    assert reader.env.errors
    assert answer.private
    assert answer.seen.line("Discord still shows an older form of this command.")


@pytest.fixture
async def unsynced(settings: Settings) -> Any:
    """Sitrep that tells Discord nothing."""
    async with App(settings, sync=False) as opened:
        env = Env(opened.client, strict_sync=True)
        await env.start()
        yield env
        await env.shutdown()


async def test_a_command_that_was_never_told_cannot_be_used(unsynced: Env) -> None:
    channel = unsynced.create_guild().create_text_channel("general")
    reader = Person(unsynced, channel.guild.add_member(unsynced.create_user("reader")), channel)
    with pytest.raises(SetupError, match="never synced"):
        await reader.use("casualties")
    assert not syncs(unsynced)
