"""Evidence leads where it says, to a web page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.corrections.errors import UnfitError
from bot.corrections.link import LINK_LIMIT, read_link


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("https://example.org/a?b=c&d=%20e#f", "https://example.org/a?b=c&d=%20e#f"),
        ("  http://example.org  ", "http://example.org"),
        ("HTTPS://Example.ORG:8443/A", "https://example.org:8443/A"),
        ("https://example.org/a_(b)", "https://example.org/a_%28b%29"),
        ('https://example.org/a**b**|c`<>"[x]', "https://example.org/a%2A%2Ab%2A%2A%7Cc%60%3C%3E%22%5Bx%5D"),
        ("https://example.org/حلب", "https://example.org/%D8%AD%D9%84%D8%A8"),
        ("https://ex\u0430mple.org/a", "https://xn--exmple-4nf.org/a"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
    ],
)
def test_links_are_kept_as_they_lead(typed: str, kept: str) -> None:
    assert read_link(typed) == kept
    assert read_link(kept) == kept


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("ftp://example.org/a", "begins with https"),
        ("javascript:alert(1)", "begins with https"),
        ("data:text/html,x", "begins with https"),
        ("file:///etc/passwd", "begins with https"),
        ("discord://-/channels/1", "begins with https"),
        ("//example.org/a", "begins with https"),
        ("example.org/a", "begins with https"),
        ("see page 4", "no spaces"),
        ("https://example.org/a b", "no spaces"),
        ("https://example.org/\u202egro.live", "no invisible"),
        ("https://bank.example@evil.example/", "another site"),
        ("https://a:b@evil.example/", "another site"),
        ("https://evil.example\\@bank.example/", "another site"),
        ("https://", "names no site"),
        ("https://localhost/a", "names no site"),
        ("https://a..b/", "names no site"),
        ("https://-a.org/", "names no site"),
        ("https://<@123>.org/", "no"),
        ("https://[::1]/", "names no site"),
        ("https://[::1", "no address"),
        ("https://example.org:99999/", "no address"),
        ("https://example.org/" + "ا" * 400, f"at most {LINK_LIMIT} fit"),
    ],
)
def test_what_is_no_such_link_is_refused(typed: str, why: str) -> None:
    with pytest.raises(UnfitError, match=why):
        read_link(typed)


@given(st.text().map("https://example.org/{}".format) | st.text())
def test_no_link_can_leave_its_place_in_a_message(text: str) -> None:
    try:
        link = read_link(text)
    except UnfitError:
        return
    assert link.isascii()
    assert link.isprintable()
    assert not set(link) & set(' <>()[]|*`"\\')
