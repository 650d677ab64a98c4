"""The evidence of a correction: a link to a web page."""

import re
from urllib.parse import quote, urlsplit, urlunsplit

from bot.corrections.errors import UnfitError
from bot.corrections.text import at_most, without_invisible
from bot.i18n import _

LINK_LIMIT = 1000
"""Longest link kept, in characters, once its letters are encoded."""
EXAMPLE = "https://example.org/report"
_HOST = re.compile(r"[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+")
# What an address may hold besides letters and digits (RFC 3986) without ending the link, or formatting, in a message.
_SAFE = "/%:@!$&',;=+-._~?"


def read_link(text: str) -> str:
    """The address in `text`, with everything encoded that could end the link early or show another address.

    Raises:
        UnfitError: it is no address, not of http or https, or shows a name and password before the host.
    """
    plain, removed = without_invisible(text)
    if removed or " " in plain:
        raise UnfitError(_("A link holds no spaces and no invisible characters; paste one address alone."), EXAMPLE)
    try:
        parts = urlsplit(plain)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise UnfitError(_("“{link}” is no address of a web page.").format(link=plain[:60]), EXAMPLE) from None
    if parts.scheme not in ("http", "https"):
        raise UnfitError(_("Evidence is a link that begins with https:// or http://."), EXAMPLE)
    if parts.username is not None or parts.password is not None or "\\" in plain:
        raise UnfitError(
            _("What stands before “@” in a link can make it look like another site; give it without."), EXAMPLE
        )
    try:
        # What is shown is where it leads: letters that look like others become visible.
        host = host.encode("idna").decode("ascii")
    except UnicodeError:
        host = ""
    if _HOST.fullmatch(host) is None:
        raise UnfitError(_("“{link}” names no site.").format(link=plain[:60]), EXAMPLE)
    link = urlunsplit((
        parts.scheme,
        host if port is None else f"{host}:{port}",
        quote(parts.path, safe=_SAFE),
        quote(parts.query, safe=_SAFE),
        quote(parts.fragment, safe=_SAFE),
    ))  # fmt: skip
    at_most(link, LINK_LIMIT)
    return link
