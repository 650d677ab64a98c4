"""Text from data and people, made harmless: it can neither ping, nor format, nor hide behind direction overrides."""

import re
from functools import lru_cache
from urllib.parse import urlsplit

_ZERO_WIDTH_SPACE = "\u200b"
# Direction embeddings, overrides, isolates and marks; other control characters become spaces.
_DIRECTIONS = "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_PLAIN: dict[int, str | None] = {
    **dict.fromkeys(range(0x20), " "),
    **dict.fromkeys(range(0x7F, 0xA0), " "),
    **dict.fromkeys((0x2028, 0x2029), " "),
    **{ord(character): None for character in _DIRECTIONS},
}
_TABLE: dict[int, str | None] = {
    **_PLAIN,
    **{ord(character): "\\" + character for character in "\\*_~|`[]<"},
    ord("@"): "@" + _ZERO_WIDTH_SPACE,
}
_LINK = re.compile(r"(?i)(https?:)(//)")
_MARKS = r"[\u0300-\u036f\u0483-\u0489\u064b-\u065f\u0e31-\u0e4e\u20d0-\u20ff]"
_PILE_OF_MARKS = re.compile(f"({_MARKS}{{3}}){_MARKS}+")
_ADDRESS = re.compile(r"https?://[^\s<>()\[\]`*|\\\u0080-\uffff]+")
_LINE_START = re.compile(r"^(\s*)([#>+-]|\d+(?=[.)]))")


@lru_cache(maxsize=8192)
def escape(text: str) -> str:
    """`text` as it shall be read, on one line, in Discord's markdown."""
    plain = _PILE_OF_MARKS.sub(r"\1", text).translate(_TABLE)
    return _LINK.sub(r"\1" + _ZERO_WIDTH_SPACE + r"\2", plain) if "//" in plain else plain


def line_start(rendered: str) -> str:
    """A rendered line that begins no heading, list or quotation."""
    return _LINE_START.sub(_harmless, rendered, count=1)


def _harmless(match: re.Match[str]) -> str:
    space, first = match[1], match[2]
    return f"{space}{first}{_ZERO_WIDTH_SPACE}" if first.isdigit() else f"{space}\\{first}"


def link(url: str, limit: int) -> str:
    """The name of the site as a link to `url`; the name alone where the link would take more than `limit` characters,
    or holds what could end it early."""
    site = escape(urlsplit(url).hostname or "…")
    linked = f"[{site}]({url})"
    return linked if len(linked) <= limit and _ADDRESS.fullmatch(url) else site


def label(text: str, limit: int) -> str:
    """`text` for a button or option, where Discord renders no markdown; at most `limit` characters."""
    # Nothing that is taken away below is printable, and of white space only the space is.
    if text.isprintable() and 0 < len(text) <= limit and "  " not in text and text[0] != " " != text[-1]:
        return text
    plain = " ".join(text.translate(_PLAIN).split()) or "…"
    return plain if len(plain) <= limit else plain[: limit - 1] + "…"
