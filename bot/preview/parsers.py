"""Keeps what SimCord makes of the markup of messages.

For every copy of the channel SimCord makes a new parser for each text in it, some thousand, and reads the text with it,
which takes most of the time a click takes: with thirty answers in the channel more than a second. What it makes of a
text depends on that text alone, on what is allowed there, and on the people and channels that it names.

This leans on a private name of SimCord, which is pinned exactly; `tests/preview/test_session.py` fails when it changes.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from simcord.preview import _markdown

PARSERS = 64
"""Parsers that are kept; texts that name nobody, which nearly all are, need five."""
TEXTS = 4096
"""Texts that each parser keeps, about fifty full answers."""


class _Keeping:
    """A parser that reads a text once. Whoever asks gets a list of their own of tokens that nobody changes."""

    def __init__(self, parser: Any) -> None:
        self._parser = parser
        self._blocks: dict[str, list[Any]] = {}
        self._lines: dict[str, list[Any]] = {}

    def parse(self, text: str, env: Any) -> list[Any]:
        return self._kept(self._blocks, self._parser.parse, text, env)

    def parseInline(self, text: str, env: Any) -> list[Any]:  # noqa: N802 -- markdown-it's name
        return self._kept(self._lines, self._parser.parseInline, text, env)

    def _kept(self, kept: dict[str, list[Any]], read: Any, text: str, env: Any) -> list[Any]:
        if text not in kept:
            if len(kept) >= TEXTS:
                kept.clear()
            kept[text] = read(text, env)
        return list(kept[text])


@contextmanager
def kept_parsers() -> Iterator[None]:
    """Within, SimCord reads each text once."""
    make = _markdown._markdown_parser
    kept: dict[str, _Keeping] = {}

    def parser(policy: Mapping[str, bool | str], context: Mapping[str, Any]) -> _Keeping:
        key = repr((sorted(policy.items()), context))
        if key not in kept:
            if len(kept) >= PARSERS:
                kept.clear()
            kept[key] = _Keeping(make(policy, context))
        return kept[key]

    _markdown._markdown_parser = parser
    try:
        yield
    finally:
        _markdown._markdown_parser = make
