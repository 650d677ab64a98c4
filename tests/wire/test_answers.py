"""Every command, button and page of the real bot over the wire, under Discord's limits. One bot serves all tests."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from .conftest import SPEC, loopback
from .driver import Discord
from .replies import Reply
from .standin.objects import COMPONENTS_V2
from .standin.scene import Scene

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.xdist_group("one bot serves all")]

COMMANDS = {
    *("casualties", "displaced", "district", "control", "timeline", "statements"),
    *("compare", "sources", "source", "status", "help", "privacy"),
}
HOSTILE = ("@everyone", "<@1> <@&1> <#1>", "\u202ereversed", "# Title\n- **x**", "x" * 6000, " ")
FAILED = "That did not work"
CORRECT = "Correct a figure"
"""The one button that is not for every reader."""
REQUIRED: dict[str, dict[str, Any]] = {"district": {"name": "Sheikh Saeed"}, "source": {"fact": "310"}}


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def discord(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Discord]:
    spec = {"spec": str(SPEC)} if SPEC.exists() else {}
    async with loopback(tmp_path_factory.mktemp("wire"), rates=False, **spec) as (discord, start):
        await start()
        await discord.connected()
        yield discord


@pytest_asyncio.fixture(loop_scope="module", autouse=True)
async def nothing_breaks_a_limit(discord: Discord) -> AsyncIterator[None]:
    """Whatever a test asks for: no payload may break a documented limit (or the OpenAPI schema, where it lies by)."""
    yield
    assert await discord.violations() == []


def sound(reply: Reply) -> Reply:
    """One answer, readable, that cannot ping anybody."""
    assert reply.answered
    assert len(reply.events) == 1
    assert reply.text
    assert reply.message["flags"] & COMPONENTS_V2
    mentions = reply.first.data.get("allowed_mentions")
    assert mentions is not None
    assert not any(mentions.get(key) for key in ("parse", "users", "roles", "replied_user"))
    return reply


async def ask(discord: Discord, name: str, scene: Scene | None = None) -> Reply:
    return sound(await discord.command(f"/{name}", scene, **REQUIRED.get(name, {})))


async def test_all_commands_are_registered_everywhere(discord: Discord) -> None:
    registered = {c["name"]: c for c in await discord.commands()}
    assert set(registered) >= COMMANDS
    for command in (registered[name] for name in COMMANDS):
        assert sorted(command["contexts"]) == [0, 1, 2], command["name"]
        assert sorted(command["integration_types"]) == [0, 1], command["name"]


@pytest.mark.parametrize("name", sorted(COMMANDS))
async def test_every_command_answers(discord: Discord, name: str) -> None:
    reply = await ask(discord, name)
    assert FAILED not in reply.text
    assert reply.first.type == 4


@pytest.mark.parametrize("name", sorted(COMMANDS))
async def test_no_button_leads_nowhere(discord: Discord, name: str) -> None:
    reply = await ask(discord, name)
    for label, custom_id in reply.buttons.items():
        if label == CORRECT:
            continue
        further = sound(await discord.press(reply.message, custom_id))
        assert FAILED not in further.text, label
        reply = await ask(discord, name)  # turning the page has changed the message


@pytest.mark.parametrize("where", ["dm", "installed", "private"])
@pytest.mark.parametrize("name", ["casualties", "district", "source", "help"])
async def test_answers_outside_of_the_servers_it_is_in(discord: Discord, name: str, where: str) -> None:
    assert FAILED not in (await ask(discord, name, Scene(where=where))).text


@pytest.mark.parametrize(
    ("command", "option", "typed", "expected"),
    [
        ("district", "name", "Sh", "Sheikh Saeed"),
        ("district", "name", "شيخ", "Sheikh Saeed"),
        ("casualties", "place", "west al", "West Aleppo"),
        ("casualties", "source", "obs", "Syrian Observatory for Human Rights"),
        ("source", "fact", "310", "310"),
    ],
)
async def test_autocomplete(discord: Discord, command: str, option: str, typed: str, expected: str) -> None:
    reply = await discord.complete(f"/{command}", option, typed)
    assert reply.first.type == 8
    names = [choice["name"] for choice in reply.choices]
    assert any(expected in name for name in names), names
    chosen = next(choice for choice in reply.choices if expected in choice["name"])
    answer = sound(await discord.command(f"/{command}", **{option: chosen["value"]}))
    assert FAILED not in answer.text


@pytest.mark.parametrize("typed", ["", "x" * 100, "@everyone", "\u202e", "zzzz", "%_'\""])
async def test_autocomplete_takes_whatever_is_typed(discord: Discord, typed: str) -> None:
    for command, option in (("district", "name"), ("statements", "source"), ("source", "fact")):
        assert (await discord.complete(f"/{command}", option, typed)).first.type == 8


@pytest.mark.parametrize("typed", HOSTILE)
async def test_text_of_people_neither_pings_nor_breaks_the_answer(discord: Discord, typed: str) -> None:
    for command, option in (("district", "name"), ("source", "fact")):
        options: dict[str, Any] = {option: typed}
        reply = sound(await discord.command(f"/{command}", **options))
        assert "\u202e" not in reply.text
        assert "\n# Title" not in reply.text


async def test_a_turned_page_is_put_in_place_for_its_owner_only(discord: Discord) -> None:
    first = await ask(discord, "control")
    stranger = sound(await discord.press(first.message, first.buttons["More ›"], Scene(user="bob")))
    assert (stranger.first.type, stranger.first.ephemeral) == (4, True)
    before = first.text
    turned = sound(await discord.press(first.message, first.buttons["More ›"]))
    assert turned.first.type == 7
    assert turned.text != before
    back = sound(await discord.press(turned.message, turned.buttons["‹ Back"]))
    assert back.text == before


@pytest.mark.parametrize("custom_id", ["s1:", "s1:???", "s0:c", "page:2", "s1:f|||||||||||", "s1:>c|||||||999999"])
async def test_a_component_of_another_version_gets_an_answer(discord: Discord, custom_id: str) -> None:
    channel = (await discord.guilds())[0]["channels"][0]["id"]
    button = {"type": 2, "style": 2, "label": "Old", "custom_id": custom_id}
    message = await discord.plant(channel, flags=COMPONENTS_V2, components=[{"type": 1, "components": [button]}])
    reply = sound(await discord.press(message, custom_id))
    assert (reply.first.type, reply.first.ephemeral) == (4, True)


async def test_a_form_and_a_command_of_another_version_get_an_answer(discord: Discord) -> None:
    assert FAILED in sound(await discord.submit_stray("correct:17")).text
    await discord.register(name="forecast")
    assert FAILED in sound(await discord.command("/forecast")).text


async def test_payloads_match_the_openapi_document(discord: Discord) -> None:
    if not SPEC.exists():
        pytest.skip("Discord's OpenAPI document does not lie in ../shared/spec")
    # The autouse fixture compares every payload of this module; here one known to be wrong shows that it would see it.
    from .standin.openapi import validator

    check = validator(SPEC)
    wrong: dict[str, Any] = {"type": 4, "data": {"embeds": [{"title": 7}]}}
    assert check("POST", "/interactions/1/token/callback", wrong)
    assert not check("POST", "/interactions/1/token/callback", {"type": 4, "data": {"content": "x"}})
