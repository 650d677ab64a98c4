"""Drafts as JSON Lines: every field of `Draft`, windows in their written form."""

from collections.abc import Iterator, Sequence

import msgspec

from bot.extraction.draft import Draft


def lines(drafts: Sequence[Draft]) -> Iterator[str]:
    """One JSON object a draft."""
    for draft in drafts:
        row = msgspec.to_builtins(draft)
        row["window"] = str(draft.window) if draft.window is not None else None
        row["doubtful"] = draft.doubtful
        yield msgspec.json.encode(row).decode()
