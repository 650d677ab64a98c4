"""How the drafts of one report stand to each other: part of, restates."""

import re
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.extraction.draft import Draft
from bot.facts.fact import TraceStep
from bot.facts.quantity import Modifier
from bot.facts.vocabulary import Kind, Measure, Population, Stance, wider

_LIKE = {Measure.BODIES: Measure.KILLED, Measure.EVACUATED: Measure.DISPLACED, Measure.SHELTERING: Measure.DISPLACED}
_AMONG = (
    "among those",
    "among them",
    "among the ",
    "amongst th",
    "of them",
    "of those",
    "of whom",
    "of the dead",
    "of the victims",
    "the dead",
    "the victims",
    "the wounded",
    "the injured",
    "the fatalities",
)
_OF_WHOM = re.compile(r"\b(?:of|among) (?:whom|them|those)\W*(?:\w+\W+)?$")  # "…, of whom nearly 530 crossed"
_AMONG_AFTER = re.compile(r"^(?: [\w-]+){0,4} (?:was|were|is|are) (?:also )?among(?:st)? th(?:e|ose)\b")
_OF_THOSE = (
    "of the ",
    "of those ",
    "of these",
    "of them",
    "out of the ",
    "among them",
    "among these",
    "of that number",
)
_GRAVELY = re.compile(r" (?:critically|seriously|severely|badly|gravely|in (?:a )?(?:critical|serious) condition)\b")
_TOLL_PUT = re.compile(
    r"\b(?:put|puts|set|sets|gave|raised)\b[^.;]{0,40}\b(?:dead|wounded|injured|victims) (?:at|to|as) $"
)
_PART_REACH = 60


def relate(text: str, drafts: tuple[Draft, ...], headline: Sequence[tuple[int, int]] = ()) -> tuple[Draft, ...]:
    """The drafts with their relations. A later draft points at an earlier one.

    Args:
        headline: the characters of the sentences above the text, which tell widely what the text tells exactly.
    """
    related: list[Draft] = []
    recent: dict[Measure | None, deque[Draft]] = {}
    for draft in drafts:
        earlier = recent.setdefault(like(draft.measure), deque(maxlen=_MEMORY))
        if draft.kind is Kind.FIGURE and draft.part_of is None:
            draft = _part_across_sentences(text, draft, earlier)
        if draft.kind is Kind.FIGURE and draft.part_of is None:
            draft = _restating(draft, earlier, headline)
        related.append(draft)
        earlier.append(draft)
    told_again: dict[int, Draft] = {}
    for draft in related:
        if draft.restates is not None and draft.source is not None:
            told_again.setdefault(draft.restates, draft)
    return tuple(_source_of_twin(draft, related, told_again) for draft in related)


def of_same_event(draft: Draft, before: Sequence[Draft]) -> Draft:
    """ "Monitors put that number at 40": what was counted last, there and then, unless the sentence says otherwise."""
    last = next((d for d in reversed(before) if d.measure is draft.measure and d.part_of is None), None)
    return there_and_then(draft, last) if last is not None else draft


def there_and_then(draft: Draft, other: Draft) -> Draft:
    """The draft at the place and in the window of another, unless its own words tell them."""
    if draft.place_words is None and other.place is not None:
        draft = replace(draft, place=other.place, place_id=other.place_id, inherited=_with(draft, "place"))
    if draft.window_words is None and other.window is not None:
        draft = replace(draft, window=other.window, cumulative=other.cumulative, inherited=_with(draft, "window"))
    return draft


def _with(draft: Draft, field: str) -> tuple[str, ...]:
    return (*(f for f in draft.inherited if f != field), field)


def _source_of_twin(draft: Draft, related: list[Draft], told_again: Mapping[int, Draft]) -> Draft:
    """A headline names no source; the sentence that tells the same figure again may."""
    if draft.source is not None or draft.kind is not Kind.FIGURE:
        return draft
    if draft.restates is not None:
        twin = related[draft.restates]
    else:
        found = told_again.get(draft.index)
        if found is None:
            return draft
        twin = found
    if twin.source is None:
        return draft
    trace = (*draft.trace, TraceStep("source", "restated_figure", twin.span))
    return replace(draft, source=twin.source, inherited=(*draft.inherited, "source"), trace=trace)


# A headline may run into the first sentence without a full stop; within this many characters a number tells of itself.
_HEADLINE = 150
_MEMORY = 60  # figures of one measure; a text that tells more is no report, and time must stay linear


def like(measure: Measure | None) -> Measure | None:
    """Measures that count the same people under another name."""
    return _LIKE.get(measure, measure) if measure is not None else None


def _part_across_sentences(text: str, draft: Draft, before: Sequence[Draft]) -> Draft:
    """ "Five children were among those killed", "the dead included three women"."""
    sentence = text[slice(*draft.sentence_span)].lower()
    at = draft.span[0] - draft.sentence_span[0]
    near = sentence[max(0, at - 60) : at + 80]
    told = sentence[at + draft.span[1] - draft.span[0] :][:_PART_REACH]
    comma, them = told.find(","), told.find("among them")
    if 0 <= comma < them:
        near = near[: near.rfind("among them")]  # "three people, a child among them": the child is
    of_those = sentence.startswith(_OF_THOSE)  # "Of the 200 people held, 13 remain"
    gravely = draft.population is None and _GRAVELY.match(told) is not None
    if not gravely and not of_those and not any(word in near for word in _AMONG):
        return draft
    if _TOLL_PUT.search(sentence[:at]):
        return draft
    said_so = gravely or of_those or _AMONG_AFTER.search(told) or _OF_WHOM.search(sentence[:at][-_PART_REACH:])
    if not said_so and any(
        other.sentence_span == draft.sentence_span
        and other.part_of is None
        and like(other.measure) == like(draft.measure)
        for other in before
    ):
        return draft
    for other in reversed(before):
        if like(other.measure) == like(draft.measure) and other.part_of is None and _size(other) > _size(draft):
            trace = (*draft.trace, TraceStep("part_of", "among_those", other.span))
            if "window" in draft.inherited or draft.window is None:
                draft = replace(draft, window=other.window, cumulative=other.cumulative)
            if "place" in draft.inherited:
                draft = replace(draft, place=other.place, place_id=other.place_id)
            return replace(draft, part_of=other.index, trace=trace)
    return draft


def _restating(draft: Draft, before: Sequence[Draft], headline: Sequence[tuple[int, int]]) -> Draft:
    if draft.quantity is None or draft.stance is not Stance.ASSERTED:
        return draft
    first = all(other.sentence_span in headline for other in before)  # the text's first figure of this sort
    for other in before:
        above = other.sentence_span in headline
        if other.restates is None and _same_figure(draft, other, headline=above, first=first):
            trace = (*draft.trace, TraceStep("restates", "same_figure", other.span))
            return replace(draft, restates=other.index, trace=trace)
    return draft


def _same_figure(draft: Draft, other: Draft, *, headline: bool, first: bool) -> bool:
    if other.quantity is None or draft.quantity is None or like(draft.measure) != like(other.measure):
        return False
    near = other.sentence_span == draft.sentence_span and draft.span[0] - other.span[1] < _HEADLINE
    if near or other.quantity.share != draft.quantity.share:
        return False
    if other.part_of is not None:
        return False
    if _size(draft) < 2:
        return False
    vague = other.quantity.modifier is Modifier.VAGUE and draft.quantity.modifier is not Modifier.VAGUE
    if vague:
        headline = headline or (other.paragraph == 1 and other.sentence == 1)
        apart = not (headline and first) and not _compatible(draft.place, other.place, headline=headline)
        if apart or (draft.cumulative != other.cumulative and not headline):
            return False
        if not _size(other) <= _size(draft) < 10 * _size(other):
            return False
    elif _size(draft) != _size(other) and not (headline and _rounded(other, draft)):
        return False
    if _disjoint(draft.population, other.population):
        return False
    if draft.place and other.place and "place" not in draft.inherited + other.inherited and not headline:
        a, b = set(draft.place.lower().split()), set(other.place.lower().split())
        if not a & b and _size(draft) < 20:
            return False
    told = draft.window and other.window and "window" not in draft.inherited + other.inherited
    if told and draft.window and other.window and not draft.window.shares_days(other.window):
        return False
    return draft.quantity.modifier is not Modifier.VAGUE or other.quantity.modifier is Modifier.VAGUE


_ROUNDING = 0.12


def _rounded(headline: Draft, draft: Draft) -> bool:
    """Whether a headline's "over 40" may be the text's 43: a round number, and the exact one where it points."""
    told, exact = _size(headline), _size(draft)
    if headline.quantity is None or told < _LEAST_ROUND or told % 5 or abs(exact - told) > _ROUNDING * told:
        return False
    modifier = headline.quantity.modifier
    more = modifier in (Modifier.MORE_THAN, Modifier.AT_LEAST) and exact > told
    return more or modifier is Modifier.ABOUT or (modifier is Modifier.NEARLY and exact < told)


_LEAST_ROUND = 20


def _compatible(place: str | None, other: str | None, *, headline: bool) -> bool:
    """Whether two places may be the same: equal, one within the other by its words, or none in a headline."""
    if place is None or other is None:
        return place == other or headline
    one, two = set(place.lower().split()), set(other.lower().split())
    return one <= two or two <= one


def _size(draft: Draft) -> int:
    return draft.quantity.size if draft.quantity is not None else 0


def _disjoint(one: Population | None, other: Population | None) -> bool:
    """Whether the two count different people for certain."""
    return one is not None and other is not None and one not in wider(other) and other not in wider(one)
