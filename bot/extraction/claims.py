"""Control claims, events and statements as drafts: the same fields as figures have, where a claim has them."""

from bisect import bisect_right
from dataclasses import replace

from bot.extraction.actors import actor_of
from bot.extraction.attach import choose_place, choose_time
from bot.extraction.context import Context
from bot.extraction.control import ControlClaim, control_claims
from bot.extraction.draft import Draft
from bot.extraction.driven import driven
from bot.extraction.events import EventMention, events
from bot.extraction.holding import holdings
from bot.extraction.mentions import Counted, Mention, Mode
from bot.extraction.pack import Pack
from bot.extraction.place_mention import PlaceMention
from bot.extraction.said import Said, covering
from bot.extraction.sentence import Sentence
from bot.extraction.slots import Link
from bot.extraction.stance import stance_of
from bot.extraction.statements import statements
from bot.extraction.told_otherwise import contested, did_so, lies, losses
from bot.extraction.triggers import Trigger, Voice
from bot.extraction.windows import TimeMention
from bot.facts.fact import TraceStep
from bot.facts.quantity import exact
from bot.facts.vocabulary import ControlStatus, EventType, Kind
from bot.facts.window import Window

_SINCE = frozenset(("since", "since_event", "since_start"))


def claims(
    text: str,
    sentence: Sentence,
    places: list[PlaceMention],
    times: list[TimeMention],
    said: list[Said],
    quotes: list[tuple[int, int]],
    context: Context,
    pack: Pack,
) -> list[Draft]:
    """Everything in the sentence besides its figures, with index 0: the assembly numbers them."""
    tokens = sentence.tokens
    controls = control_claims(tokens, sentence.mentions, places, pack.lexicon)
    controls += [
        claim
        for claim in driven(tokens, sentence.mentions, places, pack.lexicon)
        if not any(c.first < claim.past and claim.first < c.past for c in controls)
    ]
    found = [_control(text, sentence, claim, places, times, said, context, pack) for claim in controls]
    told = events(tokens, pack.lexicon)
    for event in [*told, *lies(tokens), *did_so(tokens, sentence.mentions, told)]:
        if any(claim.first <= event.trigger.first < claim.past for claim in controls):
            continue
        found.append(_event(text, sentence, event, places, times, said, context, pack))
    found += [
        _control(text, sentence, claim, places, [], said, context, pack)
        for claim in [
            *holdings(tokens, places, pack.lexicon),
            *contested(tokens, sentence.mentions, places, pack.lexicon),
            *losses(tokens, places),
        ]
        if not any(c.first <= claim.first < c.past for c in controls)
    ]
    after = bisect_right(quotes, (sentence.span.end, 0))
    quoted = after > 0 and quotes[after - 1][1] > sentence.span.start
    for statement in statements(tokens, sentence.attributions, quoted, pack.lexicon):
        name, rule = context.book.resolve(tokens, *statement.speaker)
        span = tokens.span(*statement.speaker)
        found.append(
            Draft(
                index=0,
                kind=Kind.STATEMENT,
                span=tokens.span(statement.first, statement.past),
                sentence_span=(sentence.span.start, sentence.span.end),
                paragraph=sentence.span.paragraph,
                sentence=sentence.span.number,
                window=context.days.today,
                source=name,
                source_words=text[span[0] : span[1]],
                confidence=0.7,
                trace=(TraceStep("kind", statement.rule), TraceStep("source", rule, span)),
            )
        )
    return found


def quoted_statement(sentence: Sentence, context: Context) -> Draft:
    """A sentence of a longer quotation as a statement, its speaker still to be found in a neighbouring sentence."""
    span = (sentence.span.start, sentence.span.end)
    return Draft(
        index=0,
        kind=Kind.STATEMENT,
        span=span,
        sentence_span=span,
        paragraph=sentence.span.paragraph,
        sentence=sentence.span.number,
        window=context.days.today,
        confidence=0.7,
        trace=(TraceStep("kind", "quotation"),),
    )


def _link(tokens_first: int, tokens_past: int, trigger: Trigger) -> Link:
    """A link without victims, so that places, times and actors are chosen as they are for figures."""
    mention = Mention(tokens_first, tokens_past, tokens_past, None, exact(1), Counted.THINGS, Mode.NUMBER)
    return Link(mention, trigger, "claim")


def _control(
    text: str,
    sentence: Sentence,
    claim: ControlClaim,
    places: list[PlaceMention],
    times: list[TimeMention],
    said: list[Said],
    context: Context,
    pack: Pack,
) -> Draft:
    tokens = sentence.tokens
    link = _link(claim.trigger.first, claim.trigger.past, claim.trigger)
    place = claim.place or (None if claim.passing else choose_place(tokens, link, places))
    vague = claim.trigger.voice is Voice.PASSIVE and not claim.named and claim.counted is None
    draft = _common(text, sentence, link, None if vague else place, [] if vague else times, said, context, pack)
    if vague or (claim.passing and place is None):
        draft = _without_place(draft)
    doubts: list[str] = []
    confidence = 0.85
    if claim.passing:
        draft = replace(draft, actor=claim.holder, actor_words=claim.holder, window_words=None)
        confidence -= 0.3
        doubts.append("said in passing")
    elif vague:
        confidence -= 0.05 if claim.trigger.measure == "passive" else 0.2
    if not claim.named:
        confidence -= 0.15
        doubts.append("the area is not named by the verb's own object")
    if claim.status in (ControlStatus.HELD, ControlStatus.ENTERED) and claim.counted is None and not claim.named:
        confidence -= 0.2
    counted = claim.counted
    return _replaced(
        draft,
        kind=Kind.CONTROL,
        span=tokens.span(claim.first, max(claim.past, claim.trigger.past)),
        status=claim.status,
        place_words=claim.words or draft.place_words,
        stance=claim.stance or draft.stance,
        quantity=counted.quantity if counted is not None else None,
        of=" ".join(tokens.raw[counted.past : counted.np_past]).removeprefix("of ") or None
        if counted is not None
        else None,
        confidence=confidence,
        doubts=tuple(doubts),
        rule=f"control:{claim.status.value}:{claim.trigger.entry.lemma}",
        trigger_span=tokens.span(claim.trigger.first, claim.trigger.past),
    )


def _event(
    text: str,
    sentence: Sentence,
    event: EventMention,
    places: list[PlaceMention],
    times: list[TimeMention],
    said: list[Said],
    context: Context,
    pack: Pack,
) -> Draft:
    tokens = sentence.tokens
    link = _link(event.trigger.first, event.trigger.past, event.trigger)
    at_place = event.place or choose_place(tokens, link, places)
    draft = _common(text, sentence, link, at_place, times, said, context, pack)
    if event.event is EventType.OTHER and "place" in draft.inherited:
        draft = _without_place(draft)
    otherwise = event.place is not None or event.counted is not None
    at = tokens.start[event.trigger.first]
    began = next((t for t in times if t.rule in _SINCE and t.start <= at < t.end), None)
    if began is not None and began.window is not None and began.window.start is not None:
        draft = replace(draft, window=Window(began.window.start, began.window.start))  # "since the conflict erupted in"
    return _replaced(
        draft,
        kind=Kind.EVENT,
        span=tokens.span(event.first, event.past),
        event=event.event,
        quantity=event.counted.quantity if event.counted is not None else None,
        confidence=0.5 if otherwise else 0.7,
        doubts=("told without a verb of its own",) if otherwise else (),
        rule=f"event:{event.event.value}",
        trigger_span=tokens.span(event.trigger.first, event.trigger.past),
    )


def _common(
    text: str,
    sentence: Sentence,
    link: Link,
    place: PlaceMention | None,
    times: list[TimeMention],
    said: list[Said],
    context: Context,
    pack: Pack,
) -> Draft:
    tokens = sentence.tokens
    time = choose_time(tokens, link, times)
    speaker = covering(said, link.trigger.first)
    actor = actor_of(tokens, link, pack.lexicon, sentence.taken)
    stance, stance_rule = stance_of(tokens, link.trigger, link.trigger.first)
    trace = [TraceStep("stance", stance_rule)]
    inherited: list[str] = []
    window: Window | None = context.days.today if time is None else time.window
    if time is not None and time.rule == "same_period":
        window = context.days.any_window
    if time is not None:
        trace.append(TraceStep("window", time.rule, (time.start, time.end)))
    if place is not None:
        trace.append(TraceStep("place", place.rule, tokens.span(place.first, place.past)))
    elif context.place is not None:
        inherited.append("place")
        trace.append(TraceStep("place", "inherited", context.place_span))
    if speaker is not None:
        trace.append(TraceStep("source", speaker.rule, speaker.span))
    if actor is not None:
        trace.append(TraceStep("actor", actor.rule, tokens.span(actor.first, actor.past)))
    name = context.named(place) if place is not None else context.place
    return Draft(
        index=0,
        kind=Kind.EVENT,
        span=tokens.span(link.trigger.first, link.trigger.past),
        sentence_span=(sentence.span.start, sentence.span.end),
        paragraph=sentence.span.paragraph,
        sentence=sentence.span.number,
        place=name,
        place_id=context.resolve(pack.gazetteer, name),
        place_words=" ".join(tokens.raw[place.first : place.past]) if place is not None else None,
        window=window,
        window_words=time.words if time is not None else None,
        source=speaker.name if speaker is not None else None,
        source_words=text[speaker.span[0] : speaker.span[1]] if speaker is not None else None,
        actor=actor.words if actor is not None else None,
        actor_words=actor.words if actor is not None else None,
        stance=stance,
        inherited=tuple(inherited),
        trace=tuple(trace),
    )


def _without_place(draft: Draft) -> Draft:
    """What is told in passing, or of the whole conflict, is not of the place last told of."""
    trace = tuple(step for step in draft.trace if step.field != "place")
    return replace(draft, place=None, place_id=None, inherited=(), trace=trace)


def _replaced(draft: Draft, *, rule: str, trigger_span: tuple[int, int], **fields: object) -> Draft:
    trace = (TraceStep("kind", rule, trigger_span), *draft.trace)
    return replace(draft, trace=trace, **fields)  # type: ignore[arg-type]
