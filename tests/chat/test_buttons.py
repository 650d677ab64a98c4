"""Buttons work after any restart; those of another version say so."""

import pytest

from bot.app import App
from bot.settings import Settings
from tests.asking import Person, first_responses


async def test_buttons_work_after_a_restart(reader: Person, app: App, settings: Settings) -> None:
    answer = await reader.use("timeline")
    district = await reader.use("district", name="Sheikh Saeed")
    await app.database.close()
    async with App(settings) as again:
        await reader.env.restart_bot(again.client)
        second = await reader.turn(answer.message, "More ›")
        assert second.lines[2:] != answer.seen.lines[2:]
        assert (await reader.press(answer.message, "Casualties")).seen.title == "Casualties"
        option = district.seen.options[0]
        assert (await reader.choose(district.message, option.value)).seen.title == option.label
        other = reader.beside("other")
        assert (await other.press(answer.message, "‹ Back")).private


FORGED = [
    "-",
    "s0:c",
    "s2:c",
    "s1",
    "S1:c",
    "x" * 100,
    "page:next",
    "s1:",
    "s1:>",
    "s1:?",
    "s1:z",
    "s1:c|||||||-8",
    "s1:c|||x!",
    "s1:c|||||nobody",
    "s1:c||||||||h",
    "s1:v||||||||h",
    "s1:v||||||||v",
    "s1:m||||||||t",
    "s1:c|a|b|c|d|e|f|g|h|i|j",
    "s1:c\n",
    "s1:c\nx",
    "other\nversion",
    "s1:\u202ec",
]


@pytest.mark.parametrize("custom_id", FORGED)
async def test_a_button_of_another_version_says_so(reader: Person, custom_id: str) -> None:
    answer = await reader.use("help")
    forged = await reader.forge(answer.message, custom_id)
    assert forged.private
    assert forged.seen.title == "That did not work"
    assert forged.seen.line("This button belongs to another version of Sitrep.")
    assert forged.seen.line("Ask the question again.")
    assert len(first_responses(reader.env)) == 2


@pytest.mark.parametrize("value", ["", "nonsense", "c|||||||-1", "\x00"])
async def test_a_list_of_another_version_says_so(reader: Person, value: str) -> None:
    answer = await reader.use("help")
    forged = await reader.forge(answer.message, "s1:?", value)
    assert forged.seen.line("This button belongs to another version of Sitrep.")


@pytest.mark.parametrize("custom_id", ["s1:p|atlantis", "s1:c|atlantis", "s1:>t|atlantis", "s1:m|atlantis"])
async def test_a_place_that_is_gone(reader: Person, custom_id: str) -> None:
    answer = await reader.use("help")
    forged = await reader.forge(answer.message, custom_id)
    assert forged.private
    assert forged.seen.line("no longer has the place “atlantis”")


async def test_a_fact_that_is_gone(reader: Person) -> None:
    answer = await reader.use("help")
    forged = await reader.forge(answer.message, "s1:f||||||afp-2016-12-03/99.9")
    assert forged.seen.line("Sitrep has no fact “afp-2016-12-03/99.9”.")


async def test_a_source_that_is_gone(reader: Person) -> None:
    answer = await reader.use("help")
    forged = await reader.forge(answer.message, "s1:c||reuters")
    assert "No report that Sitrep has read answers this" in forged.seen.text or "no longer" in forged.seen.text
