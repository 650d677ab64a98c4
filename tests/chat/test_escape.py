"""Text made harmless is still the same text to read."""

import re

import pytest
from hypothesis import given

from bot.chat.escape import escape, label, line_start, link
from tests import strategies


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("government- or Kurdish-held", "government- or Kurdish-held"),
        ("the army's advance", "the army's advance"),
        ("الشيخ سعيد", "الشيخ سعيد"),
        ("a*b_c", "a\\*b\\_c"),
        ("line\nbreak", "line break"),
        ("@everyone", "@\u200beveryone"),
        ("\u202eabc", "abc"),
    ],
)
def test_what_is_shown(text: str, shown: str) -> None:
    assert escape(text) == shown


@given(strategies.texts(200))
def test_one_line_without_overrides_or_pings(text: str) -> None:
    safe = line_start(escape(text))
    assert not re.search("[\r\n\u2028\u2029\u202a-\u202e\u2066-\u2069\x00-\x1f]", safe)
    assert not re.search(r"@(?!\u200b)", safe)
    assert not re.search(r"(?<!\\)(?:\\\\)*[*_~|`\[<]", safe)
    assert not re.match(r"\s*(#|>|\+|-|\d+[.)])", safe)


@given(strategies.texts(200))
def test_letters_and_digits_survive(text: str) -> None:
    kept = [character for character in text if character.isascii() and character.isalnum()]
    assert [character for character in escape(text) if character.isascii() and character.isalnum()] == kept


@given(strategies.texts(300))
def test_a_label_fits_and_is_never_empty(text: str) -> None:
    short = label(text, 80)
    assert 1 <= len(short) <= 80
    assert short.strip()
    assert not re.search("[\r\n\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]", short)


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://example.org/a?b=1%29", "[example.org](https://example.org/a?b=1%29)"),
        ("http://sub.example.org:8080/", "[sub.example.org](http://sub.example.org:8080/)"),
        ("https://example.org/" + "a" * 100, "example.org"),
        ("https://example.org/a) **b", "example.org"),
        ("https://example.org/<@1>", "example.org"),
        ("https://example.org/é", "example.org"),
        ("javascript:alert(1)", "…"),
        ("https://exa_mple.org/`", "exa\\_mple.org"),
    ],
)
def test_a_link_shows_where_it_leads_or_is_none(url: str, shown: str) -> None:
    assert link(url, 60) == shown


@given(strategies.texts(200))
def test_no_link_ends_early(text: str) -> None:
    found = link("https://example.org/" + text, 500)
    assert found == "example.org" or re.fullmatch(r"\[example\.org\]\([^()\s<>\[\]]+\)", found)
