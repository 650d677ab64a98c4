"""Whatever a page holds, Discord takes it."""

import re

from hypothesis import HealthCheck, example, given, settings
from simcord.components import validate_components

from bot.answers.page import Choice, Entry, Follow, Page, Section, Strong
from bot.answers.question import MAX_LENGTH, Ask, Question, decode, encode
from bot.chat.rendering import render
from tests import strategies
from tests.reading import TEXT, Component, read, walk

V2 = 1 << 15
_entry = Entry((Strong("*" * 120), "*" * 400), ("*" * 800,), (("*" * 400,),) * 4)


def check_limits(components: list[Component]) -> None:
    """That Discord takes the message.

    Raises:
        AssertionError: too many components, too much text, or a custom id twice.
    """
    validate_components(components, flags=V2)
    flat = list(walk(components))
    assert len(flat) <= 40
    assert sum(len(part["content"]) for part in flat if part["type"] == TEXT) <= 4000
    assert all(part["content"].strip() for part in flat if part["type"] == TEXT)
    custom_ids = [part["custom_id"] for part in flat if "custom_id" in part]
    assert len(set(custom_ids)) == len(custom_ids)
    assert all(len(custom_id) <= 100 for custom_id in custom_ids)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(strategies.pages)
@example(Page("error", "*" * 300, sections=(Section("*" * 200, (_entry,) * 10),) * 12))
@example(Page("error", "", sections=(Section(None, (Entry(()),)),), notes=((), ("",), ("  ",))))
@example(Page("error", "x", previous=Question(Ask.HELP), next=Question(Ask.HELP)))
@example(Page("error", "x", choose="", choices=(Choice("", "", Question(Ask.HELP)),) * 30))
@example(Page("error", "x", follow=(Follow("a", Question(Ask.HELP)), Follow("b", Question(Ask.HELP)))))
def test_no_page_exceeds_what_discord_takes(page: Page) -> None:
    check_limits(render(page))


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(strategies.pages)
def test_nothing_in_a_page_pings_links_or_turns_the_direction(page: Page) -> None:
    text = read(render(page)).text
    assert not re.search(r"(?<!\\)<(?!t:-?\d+:D>)", text), "no mention, command, emoji or time that is not ours"
    assert not re.search(r"@(?!\u200b)", text)
    assert not re.search(r"(?i)https?://", text)
    assert not re.search(r"(?<!\\)(?:\\\\)*\[", text), "no link with a mask"
    assert not re.search("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]", text)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]", text)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(strategies.pages)
def test_only_the_renderer_makes_headings_quotations_and_lists(page: Page) -> None:
    lines = read(render(page)).lines
    assert lines[0].startswith("## ")
    for line in lines[1:]:
        assert not re.match(r"\s*(#{1,3} |>|\*  ?|\+ |\d+[.)] |- )", line), line


@given(strategies.questions)
def test_a_button_carries_its_question_there_and_back(question: Question) -> None:
    text = encode(question)
    assert len(text) <= MAX_LENGTH
    assert decode(text) == question


def test_a_page_that_is_too_long_says_what_it_leaves_out() -> None:
    page = Page("casualties", "Casualties", sections=(Section(None, (_entry,) * 10),), notes=(("Not added up.",),))
    seen = read(render(page))
    assert re.search(r"^(-# )?\d+ entries are too long for Discord and left out here\.$", seen.text, re.MULTILINE)
    assert "Not added up." in seen.text


def test_an_ordinary_page_leaves_nothing_out() -> None:
    entry = Entry((Strong("About 310"), " civilians killed · East Aleppo"), ("15 Nov – 3 Dec 2016 · SOHR, via AFP",))
    seen = read(render(Page("casualties", "Casualties", sections=(Section(None, (entry,) * 8),))))
    assert seen.text.count("**About 310** civilians killed · East Aleppo") == 8
    assert "…" not in seen.text
