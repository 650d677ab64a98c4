"""/status, /help and /privacy, as a reader uses them."""

import pytest

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
    seen = await reader.ask("help")
    named = {word.strip("*/") for line in seen.lines for word in line.split() if word.startswith("**/")}
    assert named | {"help"} == set(reader.member.available_commands(reader.channel))


async def test_every_button_of_help_answers(reader: Person) -> None:
    answer = await reader.use("help")
    assert answer.seen.buttons
    for label in answer.seen.buttons:
        pressed = await reader.press(answer.message, label)
        assert pressed.private
        assert "That did not work" not in pressed.seen.text


async def test_privacy_says_what_is_kept(reader: Person) -> None:
    seen = await reader.ask("privacy")
    for part in ("Your questions", "Messages", "Logs", "Servers"):
        assert seen.line(f"**{part}**")
