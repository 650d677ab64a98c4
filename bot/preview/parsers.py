"""Keeps the parsers with which SimCord reads the markup of messages.

For every copy of the channel SimCord makes a new parser for each text in it, some thousand, which takes most of the
time a click takes: with thirty answers in the channel more than a second. A parser has no memory of what it read, so
one does for all texts that allow the same and name the same people and channels.

This leans on a private name of SimCord, which is pinned exactly; `tests/preview/test_session.py` fails when it changes.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from simcord.preview import _markdown

MOST = 64
"""Parsers that are kept; texts that name nobody, which nearly all are, need five."""


@contextmanager
def kept_parsers() -> Iterator[None]:
    """Within, SimCord uses the same parser again."""
    make = _markdown._markdown_parser
    kept: dict[str, Any] = {}

    def parser(policy: Mapping[str, bool | str], context: Mapping[str, Any]) -> Any:
        key = repr((sorted(policy.items()), context))
        if key not in kept:
            if len(kept) >= MOST:
                kept.clear()
            kept[key] = make(policy, context)
        return kept[key]

    _markdown._markdown_parser = parser
    try:
        yield
    finally:
        _markdown._markdown_parser = make
