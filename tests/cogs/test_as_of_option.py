"""The option `as_of`, as a reader uses it."""

import re

import pytest

from tests.asking import Person

COMMANDS = ("casualties", "displaced", "control", "timeline", "statements", "compare", "sources")


@pytest.mark.parametrize("command", COMMANDS)
async def test_as_of_today_every_command_tells_what_is_known_now(reader: Person, command: str) -> None:
    now, then = await reader.ask(command), await reader.ask(command, as_of="today")
    assert then.lines[1].startswith("-# As known on <t:")
    assert re.sub(r"As known on <t:\d+:f> · ", "", then.text) == now.text
    assert "What is known now" in then.buttons
    assert "Correct a figure" not in then.buttons


async def test_a_place_and_a_record_as_of_today(reader: Person) -> None:
    for command, options in (("district", {"name": "Shaar"}), ("source", {"fact": "afp-2016-12-03/21.1"})):
        now, then = await reader.ask(command, **options), await reader.ask(command, as_of="today", **options)
        assert re.sub(r"As known on <t:\d+:f> · ", "", then.text) == now.text != then.text


async def test_before_the_record_began_it_says_so_and_leads_on(reader: Person) -> None:
    answer = await reader.use("casualties", as_of="2016-12-05 14:00")
    assert answer.seen.line("Sitrep had read nothing yet: its record begins on <t:")
    until = await reader.press(answer.message, "until 5 Dec 2016")
    assert until.seen.line("**About 310**")
    now = await reader.press(answer.message, "What is known now")
    assert now.seen.lines == (await reader.ask("casualties")).lines


async def test_a_button_keeps_the_time(reader: Person) -> None:
    answer = await reader.use("casualties", place="East Aleppo", as_of="today")
    sources = await reader.press(answer.message, "Sources")
    assert "As known on <t:" in sources.seen.text
    record = await reader.choose(sources.message, sources.seen.options[0].value)
    assert "As known on <t:" in record.seen.text


async def test_a_place_that_is_asked_back_keeps_the_time(reader: Person) -> None:
    answer = await reader.use("casualties", place="sheik", as_of="today")
    label = next(iter(answer.seen.buttons))
    assert "As known on <t:" in (await reader.turn(answer.message, label)).text


async def test_several_facts_to_choose_from_keep_the_time(reader: Person) -> None:
    answer = await reader.use("source", fact="civilians killed", as_of="today")
    chosen = await reader.choose(answer.message, answer.seen.option("About 310").value)
    assert "As known on <t:" in chosen.seen.text


@pytest.mark.simcord(check_errors=False)
@pytest.mark.parametrize(
    ("typed", "said"),
    [("31 Dec 9999", "lies in the future"), ("soon", "is not a time that I can read"), ("@everyone", "is not a time")],
)
async def test_a_time_that_will_not_do_says_why(reader: Person, typed: str, said: str) -> None:
    answer = await reader.use("casualties", as_of=typed)
    assert answer.private
    assert answer.seen.line(said)
