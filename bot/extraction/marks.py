"""The text cut into stretches that carry the same marks, so that overlapping spans can be shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.extraction.draft import Draft


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters [start, end) and the marks over them: (kind of mark, index of the draft)."""

    start: int
    end: int
    marks: tuple[tuple[str, int], ...]


def stretches(size: int, drafts: Sequence[Draft]) -> list[Stretch]:
    """The whole text [0, size) in stretches, marked with every span the drafts were read from."""
    spans: list[tuple[int, int, str, int]] = []
    for draft in drafts:
        spans.append((*draft.span, draft.kind.value, draft.index))
        spans += [
            (*step.span, step.field, draft.index)
            for step in draft.trace
            if step.span is not None and step.field in ("place", "window", "source", "actor", "measure")
        ]
    cuts = sorted({0, size, *(s[0] for s in spans), *(s[1] for s in spans)})
    opening: dict[int, list[tuple[str, int]]] = {}
    closing: dict[int, list[tuple[str, int]]] = {}
    for start, end, kind, index in spans:
        opening.setdefault(start, []).append((kind, index))
        closing.setdefault(end, []).append((kind, index))
    found: list[Stretch] = []
    active: dict[tuple[str, int], int] = {}
    for start, end in pairwise(cuts):
        for mark in closing.get(start, ()):
            active[mark] -= 1
            if not active[mark]:
                del active[mark]
        for mark in opening.get(start, ()):
            active[mark] = active.get(mark, 0) + 1
        found.append(Stretch(start, end, tuple(active)))
    return found
