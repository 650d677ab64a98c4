"""A draft in the fields of the shared scorers."""

from collections.abc import Sequence
from typing import Any

from bot.extraction.draft import Draft
from bot.facts.quantity import BASIS_POINTS_PER_PERCENT, Modifier, Quantity
from bot.facts.vocabulary import ControlStatus, Kind, Measure, Stance

_KINDS = {
    Measure.KILLED: "killed",
    Measure.BODIES: "killed",
    Measure.INJURED: "injured",
    Measure.MISSING: "missing_or_detained",
    Measure.DETAINED: "missing_or_detained",
    Measure.DISPLACED: "displaced",
    Measure.EVACUATED: "displaced",
    Measure.SHELTERING: "displaced",
    Measure.BESIEGED: "besieged",
    Measure.TROOPS: "troops",
}
_MODIFIERS = {Modifier.ABOUT: "around", Modifier.LESS_THAN: "up_to"}


def kind_of(draft: Draft) -> str | None:
    """The scorers' kind, None where they know none."""
    if draft.kind is Kind.CONTROL:
        return "territory"
    return _KINDS.get(draft.measure) if draft.measure is not None else None


def _told(draft: Draft) -> bool:
    if draft.stance not in (Stance.ASSERTED, Stance.ALLEGED) or kind_of(draft) is None:
        return False
    if draft.kind is Kind.CONTROL:
        taken = draft.status in (ControlStatus.CAPTURED, ControlStatus.RECAPTURED, ControlStatus.LOST)
        return not draft.doubtful and (draft.quantity is not None or (taken and draft.place_words is not None))
    if draft.kind is Kind.FIGURE and (draft.quantity is None or draft.quantity.share or draft.quantity.high == 0):
        return False
    return not draft.doubtful


def _bounds(quantity: Quantity | None) -> tuple[float | None, float | None]:
    if quantity is None:
        return None, None
    scale = BASIS_POINTS_PER_PERCENT if quantity.share else 1
    return (
        quantity.low / scale if quantity.share and quantity.low is not None else quantity.low,
        quantity.high / scale if quantity.share and quantity.high is not None else quantity.high,
    )


def predictions(drafts: Sequence[Draft]) -> list[dict[str, Any]]:
    """The asserted figures and control claims, as the scorers read them."""
    spans = {draft.index: list(draft.span) for draft in drafts}
    return [
        {
            "kind": kind_of(draft),
            "value_min": _bounds(draft.quantity)[0],
            "value_max": _bounds(draft.quantity)[1],
            "modifier": _MODIFIERS.get(draft.quantity.modifier, draft.quantity.modifier.value)
            if draft.quantity
            else "none",
            "unit": draft.unit_words,
            "place": _place(draft),
            "window": draft.window_words,
            "window_start": _day(draft, start=True),
            "window_end": _day(draft, start=False),
            "source": draft.source,
            "perpetrator": draft.actor,
            "actor": draft.actor,
            "span": list(draft.span),
            "subset": draft.part_of is not None,
            "subset_of_span": spans.get(draft.part_of) if draft.part_of is not None else None,
            "repeat_of_span": spans.get(draft.restates) if draft.restates is not None else None,
            "cumulative": draft.cumulative,
        }
        for draft in drafts
        if _told(draft)
    ]


def _place(draft: Draft) -> str | None:
    """A control claim whose own words name no place, or only a part of the country, is of the area in its words."""
    words = draft.place_words
    unnamed = draft.place is None or "place" in draft.inherited
    if draft.kind is Kind.CONTROL and words is not None and (unnamed or words.endswith(" country")):
        return words
    if draft.destination is not None and words is None and unnamed:
        return draft.destination  # where they went is told, where they came from is not
    return draft.place


def _day(draft: Draft, *, start: bool) -> str | None:
    if draft.window is None:
        return None
    moment = draft.window.start if start else draft.window.end
    if moment is None:
        return None
    return (moment.first if start else moment.last).isoformat()


def totals(drafts: Sequence[Draft]) -> dict[str, int]:
    """What the passage says in all, per kind: within a sentence figures that are no part and no repetition of another
    are added up ("a judge and seven guards"), of several sentences the largest counts: most tell of the same event."""
    sums: dict[tuple[str, tuple[int, int]], int] = {}
    for draft in drafts:
        kind = kind_of(draft)
        if not _told(draft) or draft.part_of is not None or kind is None or draft.quantity is None:
            continue
        if draft.quantity.modifier is not Modifier.VAGUE:
            key = kind, draft.sentence_span
            sums[key] = sums.get(key, 0) + draft.quantity.size
    largest: dict[str, int] = {}
    for (kind, _), value in sums.items():
        largest[kind] = max(value, largest.get(kind, 0))
    return largest
