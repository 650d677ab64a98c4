"""A page can be kept and comes back the same."""

from datetime import date

import msgspec
import pytest
from hypothesis import given, settings

from bot.answers.page import Day, Entry, Instant, Link, Page, Quiet, Section, Someone, Strong, Struck
from bot.answers.page_json import dump, load
from bot.answers.question import Ask, Question
from bot.facts.vocabulary import Population
from tests.strategies import pages


@settings(max_examples=25)
@given(pages)
def test_every_page_comes_back_the_same(page: Page) -> None:
    assert load(dump(page)) == page


def test_every_sort_of_fragment_comes_back() -> None:
    lead = (
        "a", Strong("b"), Quiet("c"), Struck("d"), Day(date(2016, 12, 3)), Instant(1480752000), Someone("7"),
        Link("https://a.example/b"),
    )  # fmt: skip
    page = Page(
        accent="digest", title="t", sections=(Section(None, (Entry(lead, facts=("r/1.1",)),)),),
        next=Question(Ask.CASUALTIES, population=Population.PILOTS, offset=3),
    )  # fmt: skip
    assert load(dump(page)) == page


@pytest.mark.parametrize("text", ["", "[]", '{"accent": 1, "title": "t"}', '{"accent": "a"}'])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(msgspec.DecodeError):
        load(text)
