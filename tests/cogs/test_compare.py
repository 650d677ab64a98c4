"""/compare, as a reader uses it."""

import pytest

from tests.asking import Person


async def test_rivals_stand_side_by_side_with_what_they_count(reader: Person) -> None:
    seen = await reader.ask("compare")
    assert seen.line("Who holds how much · East Aleppo")
    assert seen.line("**More than half** of the former rebel stronghold")
    assert seen.line("**About 60 percent**")
    assert seen.line("Counted by SOHR: deaths, with civilians")
    assert seen.line("never averaged or added up")
    assert "55" not in seen.text, "no mean of the two"


@pytest.mark.parametrize("topic", ["casualties", "displaced", "control"])
async def test_of_one_topic(reader: Person, topic: str) -> None:
    choices = next(
        option["choices"]
        for command in reader.env.backend.visible_commands(user_id=reader.member.id, channel_id=reader.channel.id)
        if command["name"] == "compare"
        for option in command["options"]
        if option["name"] == "topic"
    )
    value = next(choice["value"] for choice in choices if choice["name"] == topic)
    seen = await reader.ask("compare", topic=value)
    assert ("About 60 percent" in seen.text) == (topic == "control")
    if topic != "control":
        assert seen.line("Nothing to set side by side")


async def test_of_a_place_without_rivals(reader: Person) -> None:
    seen = await reader.ask("compare", place="Shaar")
    assert "in Shaar" in seen.lines[1]
    assert seen.line("Nothing to set side by side")


async def test_of_an_unknown_place(reader: Person) -> None:
    answer = await reader.use("compare", place="Sheikh Saqqar Town")
    assert "no place called" in answer.seen.text
    assert answer.seen.buttons
