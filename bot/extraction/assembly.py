"""From links to drafts: fields from the sentence, then from what was said before, then the relations."""

import sys
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from bot.extraction.actors import ActorMention, actor_of
from bot.extraction.attach import choose_time, is_dateline
from bot.extraction.bare_counts import bare_counts
from bot.extraction.claims import claims, quoted_statement
from bot.extraction.clauses import part_marker
from bot.extraction.context import Context
from bot.extraction.draft import Draft
from bot.extraction.figures import Reading, figure_of, is_combined
from bot.extraction.mentions import Counted, Mode
from bot.extraction.pack import Pack
from bot.extraction.parts import names_parts, part_in_sentence, part_of_last, parts_without_verb
from bot.extraction.place_mention import PlaceMention, Role
from bot.extraction.placing import Placed, place_of
from bot.extraction.relations import of_same_event, relate, there_and_then
from bot.extraction.said import Said, covering, resolved
from bot.extraction.scene_cues import breadth
from bot.extraction.sentence import Sentence, Sentences
from bot.extraction.settling import refined, settle
from bot.extraction.slots import Link
from bot.extraction.sources import SourceBook
from bot.extraction.stance import stance_of
from bot.extraction.timing import past_perfect, window_of
from bot.extraction.windows import TimeMention
from bot.facts.fact import TraceStep
from bot.facts.vocabulary import Kind, Measure

Progress = Callable[[int, int], None]
_MEMORY = 60
_HEADLINES = 2  # a headline is among the first sentences, counted from 0, and has no full stop
_STOPS = (".", "!", "?")
_ONE_PERSON = (Measure.KILLED, Measure.INJURED, Measure.DETAINED, Measure.MISSING)


def assemble(
    text: str,
    read: Sentences,
    quotes: list[tuple[int, int]],
    report_date: date | None,
    pack: Pack,
    progress: Progress | None = None,
) -> tuple[Draft, ...]:
    """The drafts of a report."""
    book = SourceBook(pack.sources, pack.lexicon)
    context = Context(report_date, book, pack.gazetteer)
    drafts: list[Draft] = []
    headline: list[tuple[int, int]] = []
    counted: set[Measure | None] = set()
    for position in range(len(read)):
        sentence = read[position]
        if progress is not None and position % 500 == 0:
            progress(sentence.span.end, len(text))
        said = resolved(sentence, book)
        at = context.see(position, sentence, pack.lexicon)
        if position <= _HEADLINES and not text[sentence.span.start : sentence.span.end].rstrip('"”’').endswith(_STOPS):
            headline.append((sentence.span.start, sentence.span.end))
        times = sentence.times(text, report_date)
        if position <= _HEADLINES:
            times = [time for time in times if not is_dateline(sentence.tokens, time)]
        context.event_day(sentence, times, pack.lexicon)
        wholes: dict[int, int] = {}
        before = len(drafts)
        for told in _worth_keeping([*sentence.links, *bare_counts(sentence)], counted):
            link = _again(told, drafts, sentence) if told.trigger.measure == "again" else told
            if link is None:
                continue
            time = choose_time(sentence.tokens, link, times)
            reading = figure_of(sentence.tokens, link, pack.lexicon)
            if reading is None:
                continue
            placed = place_of(sentence, link, at, time, context, pack)
            draft = _draft(text, sentence, link, reading, len(drafts), at, time, placed, said, context, pack)
            if told is not link:
                draft = of_same_event(draft, drafts)
            if draft.source is None:
                draft = _from_quotation(text, draft, read, position, quotes, book)
            if link.whole is not None and id(link.whole) in wholes:
                whole = drafts[wholes[id(link.whole)]]
                draft = there_and_then(replace(draft, part_of=whole.index), whole)
            elif link.mention.counted is Counted.BACK or names_parts(link):
                draft = part_of_last(draft, drafts, sentence.tokens, link.mention)
            elif link.mention.first and part_marker(sentence.tokens, link.mention.first - 1) is not None:
                draft = part_in_sentence(draft, drafts)  # "2.5 million, including 550,000 who crossed"
            wholes[id(link.mention)] = draft.index
            drafts.append(draft)
            counted.add(draft.measure)
            level = breadth(sentence.tokens, placed.mention) if placed.mention is not None else None
            context.note(draft, level, placed.scene, before=past_perfect(sentence, link))
        drafts.extend(parts_without_verb(sentence, drafts, wholes, said, pack.lexicon, text))
        for claim in claims(text, sentence, at, times, said, quotes, context, pack):
            drafts.append(replace(claim, index=len(drafts)))
        if not any(d.kind is Kind.STATEMENT for d in drafts[before:]) and _within(quotes, sentence.span.start + 1):
            told_later = _from_quotation(text, quoted_statement(sentence, context), read, position, quotes, book)
            if told_later.source is not None:
                drafts.append(replace(told_later, index=len(drafts)))
        if not wholes:
            controls = any(d.kind is Kind.CONTROL and d.place_words for d in drafts[before:])
            context.pass_by(sentence, pack.lexicon, at, times, controls=controls)
        context.leave()
    if progress is not None:
        progress(len(text), len(text))
    return settle(relate(text, refined(drafts, context), headline), context, headline)


def _again(link: Link, drafts: list[Draft], sentence: Sentence) -> Link | None:
    """ "Police put the number at 12": the measure of the last figure told, None where none was close before."""
    told = [d for d in drafts[-_MEMORY:] if d.kind is Kind.FIGURE and d.part_of is None]
    last = told[-1] if told else None
    if last is not None and link.rule == "bare_count":  # of the dead and the wounded, the dead are what is counted
        beside = (d for d in told if d.sentence_span == last.sentence_span and d.measure is Measure.KILLED)
        last = next(beside, last)
    if last is None or last.measure is None or sentence.span.paragraph - last.paragraph > 1:
        return None
    entry = replace(link.trigger.entry, measure=last.measure.value)
    return replace(link, trigger=replace(link.trigger, entry=entry))


def _worth_keeping(links: list[Link], counted: set[Measure | None]) -> list[Link]:
    """Drops a weaker reading of the same mention ("shot" beside "killed") and one person told of again."""
    kept: list[Link] = []
    told: set[tuple[int, str]] = set()
    for link in links:
        if link.trigger.measure == "shot" and any(o is not link and o.mention is link.mention for o in links):
            continue
        if link.mention.mode is Mode.DEFINITE:
            measure = Measure.KILLED if link.trigger.measure == "shot" else link.trigger.measure
            if (
                measure not in _ONE_PERSON
                or measure in counted
                or any(
                    o.trigger.measure == link.trigger.measure
                    and o.mention.mode is not Mode.DEFINITE
                    and o.mention.first < link.mention.first
                    for o in links
                )
            ):
                continue
        key = id(link.mention), link.trigger.measure
        if key in told:
            continue
        told.add(key)
        kept.append(link)
    return (
        sorted(kept, key=lambda link: (link.whole is not None, link.mention.first))
        if any(k.whole for k in kept)
        else kept
    )


def _draft(
    text: str,
    sentence: Sentence,
    link: Link,
    reading: Reading,
    index: int,
    at: list[PlaceMention],
    time: TimeMention | None,
    placed: Placed,
    said: list[Said],
    context: Context,
    pack: Pack,
) -> Draft:
    tokens = sentence.tokens
    stance, stance_rule = stance_of(tokens, link.trigger, link.mention.first)
    speaker = covering(said, link.mention.first)
    actor = actor_of(tokens, link, pack.lexicon, sentence.taken)
    if actor is None and reading.measure is Measure.TROOPS:
        own = " ".join(tokens.raw[link.mention.past : link.mention.np_past])  # troops act for the side they are of
        actor = ActorMention(link.mention.past, link.mention.np_past, own, "troops") if own else None
    span = tokens.span(link.mention.first, link.mention.past)
    trace = [
        TraceStep("quantity", "grammar", span),
        TraceStep(
            "measure",
            f"{link.trigger.entry.slot.value}:{link.rule}:{link.trigger.entry.lemma}",
            tokens.span(link.trigger.first, link.trigger.past),
        ),
        TraceStep("stance", stance_rule),
    ]
    if link.mention.head is not None:
        trace.append(TraceStep("population", "noun_phrase", tokens.span(link.mention.head, link.mention.head + 1)))
    inherited: list[str] = []
    if placed.name is not None:
        trace.append(TraceStep("place", placed.rule, placed.span))
    if placed.inherited:
        inherited.append("place")
    place = placed.mention
    place_words = " ".join(tokens.raw[place.first : place.past]) if place is not None else None
    window, window_words, cumulative, told_at = window_of(sentence, time, context, link, placed.scene)
    if time is not None:
        trace.append(TraceStep("window", time.rule, (time.start, time.end)))
    elif window is not None:
        inherited.append("window")
        trace.append(TraceStep("window", "inherited", told_at))
    if speaker is not None:
        trace.append(TraceStep("source", speaker.rule, speaker.span))
    if actor is not None:
        trace.append(TraceStep("actor", actor.rule, tokens.span(actor.first, actor.past)))
    doubts = list(reading.doubts)
    confidence = reading.confidence
    if is_combined(tokens, link, sentence.links):
        doubts.append("killed and injured are counted together")
        confidence -= 0.5
    if "place" in inherited:
        confidence -= 0.05
    destination = next((p.name for p in at if p.role is Role.TO), None) if reading.moves else None
    origin = placed.name if reading.moves and place is not None and place.role is not Role.TO else None
    return Draft(
        index=index,
        kind=Kind.FIGURE,
        span=span,
        sentence_span=(sentence.span.start, sentence.span.end),
        paragraph=sentence.span.paragraph,
        sentence=sentence.span.number,
        measure=reading.measure,
        quantity=link.mention.quantity,
        population=reading.population,
        unit=reading.unit,
        unit_words=reading.unit_words,
        accounting=reading.accounting,
        of=reading.of,
        place=placed.name,
        place_id=context.resolve(pack.gazetteer, placed.name),
        place_words=place_words,
        origin=origin,
        destination=destination,
        window=window,
        window_words=window_words,
        cumulative=cumulative,
        source=speaker.name if speaker is not None else None,
        source_words=text[speaker.span[0] : speaker.span[1]] if speaker is not None else None,
        actor=actor.words if actor is not None else None,
        actor_words=actor.words if actor is not None else None,
        stance=stance,
        inherited=tuple(inherited),
        confidence=round(max(0.0, confidence), 2),
        doubts=tuple(doubts),
        trace=tuple(trace),
    )


def _within(quotes: list[tuple[int, int]], at: int) -> bool:
    """Whether character `at` stands inside a quotation; the quotations are in order."""
    k = bisect_right(quotes, (at, sys.maxsize)) - 1
    return k >= 0 and at < quotes[k][1]


def _from_quotation(
    text: str, draft: Draft, read: Sentences, position: int, quotes: list[tuple[int, int]], book: SourceBook
) -> Draft:
    """Inside a quotation of several sentences the speaker is named in a neighbouring one."""
    if not _within(quotes, draft.span[0]):
        return draft
    for step in (1, -1):
        other = position + step
        while 0 <= other < len(read) and read[other].span.paragraph == draft.paragraph and abs(other - position) <= 3:
            sentence = read[other]
            if sentence.attributions:
                attribution = sentence.attributions[0 if step == 1 else -1]
                name, rule = book.resolve(sentence.tokens, attribution.first, attribution.past)
                span = sentence.tokens.span(attribution.first, attribution.past)
                trace = (*draft.trace, TraceStep("source", f"quotation:{rule}", span))
                return replace(draft, source=name, source_words=text[span[0] : span[1]], trace=trace)
            other += step
    return draft
