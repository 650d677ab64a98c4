"""/status, /help and /privacy, as a reader uses them."""

import pytest
from simcord.actors import MemberActor

from tests.asking import Person


@pytest.mark.parametrize("command", ["status", "help", "privacy"])
async def test_only_the_one_who_asks_sees_them(reader: Person, command: str) -> None:
    assert (await reader.use(command)).private


async def test_status_tells_how_fresh_the_data_is(reader: Person) -> None:
    seen = await reader.ask("status")
    assert seen.line("**Working** · Sitrep ")
    assert seen.line("**Data** ").endswith("1 report, 150 places")
    assert "<t:1480766400:D>" in seen.line("**Latest report**")


async def test_help_names_every_command_there_is_and_no_other(reader: Person) -> None:
    """Every one that an administrator sees, groups by the name of the group."""
    seen = await reader.ask("help")
    named = {word.strip("*/") for line in seen.lines for word in line.split() if word.startswith("**/")}
    owner = MemberActor(reader.env, reader.channel.guild, reader.channel.guild.owner)
    there = {command.partition(" ")[0] for command in owner.available_commands(reader.channel)}
    assert named | {"help"} == there


async def test_every_button_of_help_answers(reader: Person) -> None:
    answer = await reader.use("help")
    assert answer.seen.buttons
    for label in answer.seen.buttons:
        pressed = await reader.press(answer.message, label)
        assert pressed.private
        assert "That did not work" not in pressed.seen.text


async def test_privacy_says_what_is_kept_how_long_and_how_it_is_deleted(reader: Person) -> None:
    seen = await reader.ask("privacy")
    for part in ("Your questions", "Messages", "Logs", "Corrections", "Digests", "Settings", "Your own id"):
        assert seen.line(f"**{part}**")
    assert "90 days" in seen.line("**Posts with figures**")
    assert "30 days later" in seen.line("**When Sitrep leaves a server**")
