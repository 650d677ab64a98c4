"""What a report tells later of what it told first: the place, the day and the speaker of a headline's figures."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.extraction.context import Context
from bot.extraction.draft import Draft
from bot.facts.fact import TraceStep
from bot.facts.vocabulary import Kind

_WIDE = 1  # a country or region, which a narrower place told later makes exact
_BUILDING = 4
LATER = "told_later"


def refined(drafts: Sequence[Draft], context: Context) -> tuple[Draft, ...]:
    """The drafts, each with the narrower place that was told later of its scene."""
    return tuple(_refined(draft, context) for draft in drafts)


def settle(drafts: Sequence[Draft], context: Context, headline: Sequence[tuple[int, int]]) -> tuple[Draft, ...]:
    """The drafts, the headline's figures with what the text below it tells of them, and days that were told later.

    Args:
        headline: the characters of the sentences that stand above the text.
    """
    settled = list(drafts)
    twins: dict[int, Draft] = {}
    for draft in settled:
        if draft.restates is not None and draft.sentence_span not in headline:
            twins.setdefault(draft.restates, draft)
    main = context.scenes.main
    members = frozenset(main.facts) if main is not None else frozenset()
    for k, draft in enumerate(settled):
        if draft.kind is not Kind.FIGURE or (draft.window_words is not None and draft.place_words is not None):
            continue
        if draft.sentence_span in headline:
            settled[k] = _from_twin(draft, twins.get(draft.index), context.levels)
            draft = settled[k]
            if draft.place is None and main is not None and main.place is not None and main.span is not None:
                settled[k] = _placed(draft, main.place, main.span, context)
                draft = settled[k]
        if draft.place is None and headline and draft.index in members and context.theatre is not None:
            settled[k] = _placed(draft, context.theatre, draft.span, context)
            draft = settled[k]
        first, mistaken = context.scenes.first_window, context.scenes.mistaken
        if first is not None and mistaken is not None and draft.window == mistaken and "window" in draft.inherited:
            draft = settled[k] = replace(
                draft, window=first[0], trace=(*draft.trace, TraceStep("window", LATER, first[1]))
            )
        day = (main.window, main.window_span) if main is not None and main.window is not None else None
        day = day or context.scenes.first_window
        if draft.window is None and day is not None and (draft.index in members or draft.sentence_span in headline):
            trace = (*draft.trace, TraceStep("window", LATER, day[1]))
            settled[k] = replace(draft, window=day[0], inherited=(*draft.inherited, "window"), trace=trace)
        whole = settled[draft.part_of] if draft.part_of is not None else None
        if settled[k].window is None and whole is not None and whole.window is not None:
            trace = (*settled[k].trace, TraceStep("window", "whole", whole.span))
            settled[k] = replace(settled[k], window=whole.window, inherited=(*draft.inherited, "window"), trace=trace)
    return tuple(settled)


def _wide(draft: Draft, levels: Mapping[int, int]) -> bool:
    return draft.place is None or "place" in draft.inherited or levels.get(draft.index, _WIDE + 1) <= _WIDE


def _refined(draft: Draft, context: Context) -> Draft:
    later = context.scenes.refined.get(draft.index)
    if later is None or not _wide(draft, context.levels):
        return draft
    return _placed(draft, *later, context)


def _placed(draft: Draft, name: str, span: tuple[int, int], context: Context) -> Draft:
    trace = tuple(step for step in draft.trace if step.field != "place")
    return replace(
        draft,
        place=name,
        place_id=context.resolve(context.gazetteer, name),
        inherited=(*(f for f in draft.inherited if f != "place"), "place"),
        trace=(*trace, TraceStep("place", LATER, span)),
    )


def _from_twin(draft: Draft, twin: Draft | None, levels: Mapping[int, int]) -> Draft:
    """A headline's figure with the place and day of the sentence that tells it again."""
    if twin is None:
        return draft
    exact = _wide(draft, levels) or levels.get(draft.index) == _BUILDING  # "gunmen kill 30 in mosque"
    if twin.place is not None and twin.place != draft.place and exact:
        trace = tuple(step for step in draft.trace if step.field != "place")
        draft = replace(
            draft,
            place=twin.place,
            place_id=twin.place_id,
            inherited=(*(f for f in draft.inherited if f != "place"), "place"),
            trace=(*trace, TraceStep("place", "restated_figure", twin.span)),
        )
    if twin.window is not None and draft.window_words is None:
        trace = tuple(step for step in draft.trace if step.field != "window")
        draft = replace(
            draft,
            window=twin.window,
            cumulative=twin.cumulative,
            inherited=(*(f for f in draft.inherited if f != "window"), "window"),
            trace=(*trace, TraceStep("window", "restated_figure", twin.span)),
        )
    return draft
