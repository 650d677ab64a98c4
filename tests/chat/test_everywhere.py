"""In servers, in direct messages, as an app of one's own, without any rights, and asking Discord for nothing."""

from typing import Any

import discord
import pytest
from simcord import interactions
from simcord.enums import InteractionType
from simcord.env import Env

from bot.app import App
from tests.asking import Person, answer_of, first_responses
from tests.reading import read


async def test_in_a_direct_message(simcord_env: Env) -> None:
    user = simcord_env.create_user("alone")
    answer = answer_of(await user.slash("casualties"))
    assert "**About 310**" in answer.seen.text
    pressed = answer_of(await user.click(answer.message, label="Sources"))
    assert pressed.seen.title == "Sources · Casualties"
    offered = await user.autocomplete("district", "name", "sheikh sa")
    assert offered[0]["name"] == "Sheikh Saeed"


async def test_pages_in_a_direct_message(simcord_env: Env) -> None:
    user = simcord_env.create_user("alone")
    answer = answer_of(await user.slash("timeline"))
    await user.click(answer.message, label="More ›")
    assert "‹ Back" in read(answer.message.components).buttons


async def test_every_command_is_there_without_any_right(reader: Person) -> None:
    assert not reader.member.member or not reader.member.member.guild_permissions.manage_messages
    alone = set(reader.member.user.available_commands())
    assert len({name.partition(" ")[0] for name in alone}) == 13
    in_server = set(reader.member.available_commands(reader.channel))
    assert alone <= in_server
    # Made in servers only, and shown to everybody there; who may is asked with every click.
    assert in_server - alone <= {"correct"}


@pytest.mark.parametrize("command", ["casualties", "displaced", "control", "timeline", "statements", "compare",
                                     "sources", "status", "help", "privacy"])  # fmt: skip
async def test_every_command_answers_a_reader_without_rights(reader: Person, command: str) -> None:
    assert (await reader.ask(command)).lines
    assert len(first_responses(reader.env)) == 1


@pytest.mark.parametrize("context", [1, 2])
async def test_brought_along_by_a_user_where_sitrep_is_no_member(simcord_env: Env, context: int) -> None:
    """Another server, or a conversation of others: Discord sends the user, and no server that Sitrep knows."""
    user = simcord_env.create_user("traveller")
    command = simcord_env.backend.find_command("casualties", None, type=1)
    assert command is not None
    data: dict[str, Any] = {"id": command["id"], "name": "casualties", "type": 1, "options": []}
    record, payload = interactions.base_payload(
        simcord_env.backend, type=InteractionType.APPLICATION_COMMAND, channel_id=user.dm_channel.id, guild_id=None,
        user_id=user.id, data=data,
    )  # fmt: skip
    payload |= {"context": context, "authorizing_integration_owners": {"1": str(user.id)}}
    simcord_env.backend.emit("INTERACTION_CREATE", payload)
    await simcord_env.settle()
    assert record.responded
    (response,) = first_responses(simcord_env)
    assert "About 310" in str(response)


async def test_nothing_privileged_is_asked_for(app: App) -> None:
    assert app.client.intents == discord.Intents(guilds=True)


async def test_answering_asks_discord_for_nothing_else(reader: Person) -> None:
    before = len(reader.env.http_requests)
    await reader.ask("casualties")
    await reader.ask("district", name="Shaar")
    requests = reader.env.http_requests[before:]
    assert [(request.method, request.path.rsplit("/", 1)[-1]) for request in requests] == [("POST", "callback")] * 2
