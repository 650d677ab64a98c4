"""Long answers are read a page at a time, each reader at their own pace."""

import pytest
from simcord.env import Env

from tests.asking import Person, first_responses
from tests.reading import Seen, read


def entries(seen: Seen) -> list[str]:
    """The first lines of what a page lists."""
    return [line for line in seen.lines[2:] if not line.startswith("-# ")]


async def test_forward_and_back_in_the_same_message(reader: Person) -> None:
    answer = await reader.use("timeline")
    first = answer.seen
    assert "‹ Back" not in first.buttons, "nothing lies before the first page"
    second = await reader.turn(answer.message, "More ›")
    assert not set(entries(first)) & set(entries(second))
    again = await reader.turn(answer.message, "‹ Back")
    assert again.lines == first.lines


async def test_to_the_end_and_every_entry_once(reader: Person) -> None:
    answer = await reader.use("timeline")
    seen, listed = answer.seen, entries(answer.seen)
    while "More ›" in seen.buttons:
        seen = await reader.turn(answer.message, "More ›")
        listed += entries(seen)
    assert "‹ Back" in seen.buttons
    assert len(listed) == len(set(listed)) > 24


@pytest.mark.parametrize("command", ["control", "timeline", "sources"])
async def test_turning_is_one_response_that_edits(reader: Person, command: str) -> None:
    answer = await reader.use(command)
    await reader.turn(answer.message, "More ›")
    responses = first_responses(reader.env)
    assert [response["type"] for response in responses] == [4, 7], "a message, then its update"
    assert responses[1]["data"]["allowed_mentions"] == {"parse": []}


async def test_somebody_else_turns_a_copy_of_their_own(reader: Person) -> None:
    answer = await reader.use("timeline")
    other = reader.beside("other")
    copy = await other.press(answer.message, "More ›")
    assert copy.private
    assert copy.seen.lines != answer.seen.lines
    assert read(answer.message.components).lines == answer.seen.lines, "the message in the channel stays"
    back = await other.turn(copy.message, "‹ Back")
    assert back.lines == answer.seen.lines
    assert await other.turn(copy.message, "More ›") == copy.seen, "the copy is turned in place"


async def test_a_question_asked_anew_never_touches_the_answer(reader: Person) -> None:
    answer = await reader.use("casualties")
    pressed = await reader.press(answer.message, "Displaced")
    assert pressed.private
    assert pressed.seen.title == "Displaced"
    assert read(answer.message.components).lines == answer.seen.lines


async def test_sources_of_the_page_that_is_read(reader: Person) -> None:
    answer = await reader.use("control")
    second = await reader.turn(answer.message, "More ›")
    sources = await reader.press(answer.message, "Sources")
    for line in entries(second):
        if " · " in line and "**" not in line:
            assert line.split(" · ")[0] in sources.seen.text
    chosen = await reader.choose(sources.message, sources.seen.options[0].value)
    assert chosen.seen.title == "Record"
    assert chosen.private


async def test_a_filtered_list_keeps_its_filter_from_page_to_page(reader: Person) -> None:
    answer = await reader.use("timeline", place="east aleppo", source="afp")
    assert "More ›" in answer.seen.buttons
    second = await reader.turn(answer.message, "More ›")
    for part in ("in East Aleppo", "source: Agence France-Presse"):
        assert part in second.lines[1]
    assert "SOHR" not in second.text


async def test_page_past_the_end_says_so_and_leads_back(reader: Person, simcord_env: Env) -> None:
    answer = await reader.use("timeline")
    forged = await reader.forge(answer.message, "s1:t|||||||zz")
    assert forged.seen.line("There is nothing further on.")
    assert "Timeline" in forged.seen.buttons
