"""Text of readers is shown back harmless: it neither pings, nor formats, nor breaks the layout."""

import re

import pytest

from tests.asking import Person, first_responses
from tests.strategies import HARMFUL

pytestmark = pytest.mark.simcord(check_errors=False)

ATTACKS = [
    "@everyone",
    "@here <@1> <@&1> <#1>",
    "**bold** __line__ ~~gone~~ ||spoiler|| `code`",
    "[a bank](https://bad.example)",
    "https://bad.example/invite",
    "\u202egnp.exe\u202c",
    "line\nbreak\r\n# heading\n> quotation\n- list",
    "# heading",
    "```\nblock",
    "\x00\x07\x1b[31m",
    "e" + "\u0301" * 200,
    "<t:0:R>",
    "</casualties:1>",
    "x" * 4000,
    "@everyone " * 400,
    "حلب" * 1000,
    "{what} {0} %s %(x)s",
]
ECHOES = [("district", "name"), ("casualties", "source"), ("casualties", "since"), ("source", "fact")]


@pytest.mark.parametrize("attack", ATTACKS)
async def test_what_a_reader_types_comes_back_harmless(reader: Person, attack: str) -> None:
    for command, option in ECHOES:
        seen = await reader.ask(command, **{option: attack})
        text = seen.text
        assert len(text) < 700, f"{command} echoes too much"
        assert len(seen.lines) <= 4, f"{command} has its layout broken: {seen.lines}"
        assert not re.search(r"@(?!\u200b)", text)
        assert not re.search(r"(?<!\\)[<\[`|~*_](?!t:\d+:D>)", text.replace("**", "")), text
        assert not re.search("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\x00-\x09\x0b-\x1f]", text)
        assert not re.search(r"https?://", text)
        assert not any(re.match(r"(# |> |- )", line) for line in seen.lines[1:])
    responses = first_responses(reader.env)
    assert len(responses) == len(ECHOES)
    assert all(response["data"]["allowed_mentions"] == {"parse": []} for response in responses)


@pytest.mark.parametrize("attack", HARMFUL)
async def test_in_what_is_offered_while_typing(reader: Person, attack: str) -> None:
    for command, option in (("district", "name"), ("casualties", "source"), ("source", "fact")):
        for name in await reader.type(command, option, attack):
            assert "\n" not in name
            assert "\u202e" not in name


async def test_a_name_too_long_to_be_a_place_is_not_looked_for(reader: Person) -> None:
    seen = await reader.ask("district", name="sheikh saeed " * 300)
    assert not seen.buttons
    assert "…”" in seen.text, "the echo is cut and says so"
