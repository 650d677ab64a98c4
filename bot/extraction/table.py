"""Drafts as a table for the terminal."""

from collections.abc import Sequence

from bot.extraction.draft import Draft
from bot.extraction.wording import amount, relation, when, where

_COLUMNS = ("no", "what", "how many", "where", "when", "who says so", "by whom", "stands to", "sure")
_WIDEST = (4, 14, 38, 28, 36, 30, 24, 12, 5)


def table(drafts: Sequence[Draft]) -> str:
    """One line a draft; a doubtful one is marked with a question mark and followed by its doubts."""
    rows = [_COLUMNS, *(_row(draft) for draft in drafts)]
    widths = [min(most, max(len(row[k]) for row in rows)) for k, most in enumerate(_WIDEST)]
    lines = []
    for number, row in enumerate(rows):
        lines.append("  ".join(_fit(cell, width) for cell, width in zip(row, widths, strict=True)).rstrip())
        if number and drafts[number - 1].doubts:
            lines.append(" " * (widths[0] + 2) + "doubt: " + "; ".join(drafts[number - 1].doubts))
    doubtful = sum(draft.doubtful for draft in drafts)
    lines.append(f"{len(drafts)} read, {doubtful} doubtful")
    return "\n".join(lines)


def _row(draft: Draft) -> tuple[str, ...]:
    mark = "?" if draft.doubtful else ""
    what = draft.title.replace("_", " ")
    if draft.stance.value != "asserted":
        what = f"{what}, {draft.stance.value}"
    return (
        f"{draft.index + 1}{mark}",
        what,
        amount(draft),
        where(draft),
        when(draft),
        draft.source or "",
        draft.actor or "",
        relation(draft),
        f"{draft.confidence:.2f}",
    )


def _fit(cell: str, width: int) -> str:
    plain = " ".join(cell.split())
    return (plain[: width - 1] + "…" if len(plain) > width else plain).ljust(width)
