"""Parts of figures told of before: "five of them are children", "two of the dead were women"."""

from dataclasses import replace

from bot.extraction import tags as tg
from bot.extraction.clauses import part_marker
from bot.extraction.draft import Draft
from bot.extraction.lexicon import Lexicon
from bot.extraction.mentions import Counted, Mention, Mode
from bot.extraction.relations import like
from bot.extraction.said import Said, covering
from bot.extraction.sentence import Sentence
from bot.extraction.slots import Link
from bot.extraction.tokens import Tokens
from bot.facts.fact import TraceStep
from bot.facts.vocabulary import Kind, Measure

_MEMORY = 60
_FAR = 6  # paragraphs that "of the dead" may look back


def parts_without_verb(
    sentence: Sentence, drafts: list[Draft], wholes: dict[int, int], said: list[Said], lexicon: Lexicon, text: str
) -> list[Draft]:
    """ "Nearly 20,000 of them are children": the part of a figure told of before, with its measure, place and time."""
    found: list[Draft] = []
    tokens = sentence.tokens
    for mention in sentence.mentions:
        counted = _of_counted(sentence, mention, wholes)
        if counted is not None:
            span = tokens.span(mention.first, mention.past)
            found.append(_part(drafts[counted], len(drafts) + len(found), mention, span))
            continue
        if id(mention) in wholes or mention.mode is Mode.SHARE or not _may_be_part(tokens, mention):
            continue
        past = mention.np_past
        if _closer_whole(sentence, mention, wholes):
            continue  # "31 were killed and 12, two of them babies, are in hospital": part of the twelve
        besides = _counted_besides(tokens, mention)
        if past >= len(tokens.low) or not (besides or tokens.tag[past] & (tg.BE | tg.PERSON | tg.PERSON_SG)):
            continue
        own = _among_them(tokens, mention) or (besides and mention.counted is not Counted.BACK)
        words = tokens.low[mention.past : past] if own else tokens.low[past : past + 5]
        population = next((lexicon.population_of[word] for word in words if word in lexicon.population_of), None)
        named = _named_measure(tokens, mention)
        apart = mention.counted is not Counted.BACK and _said_between(tokens, mention)
        whole = next(
            (
                d
                for d in reversed(drafts[-_MEMORY:])
                if d.kind is Kind.FIGURE
                and d.part_of is None
                and sentence.span.paragraph - d.paragraph <= (_FAR if named is not None else 1)
                and d.span[0] < tokens.start[mention.first]
                and (named is None or like(d.measure) is named)
                and (not apart or d.sentence_span[0] == sentence.span.start)
            ),
            None,
        )
        if (
            (population is None and not besides and not _describes(tokens, mention) and not _apposed(tokens, mention))
            or whole is None
            or whole.quantity is None
            or whole.quantity.size <= mention.quantity.size
        ):
            continue
        span = tokens.span(mention.first, mention.past)
        predicate = tokens.span(mention.first, min(past + 5, len(tokens.low)))
        speaker = covering(said, mention.first)
        found.append(
            replace(
                whole,
                index=len(drafts) + len(found),
                span=span,
                sentence_span=(sentence.span.start, sentence.span.end),
                paragraph=sentence.span.paragraph,
                sentence=sentence.span.number,
                quantity=mention.quantity,
                population=population or whole.population,
                unit_words=population.value if population is not None else None,
                part_of=whole.index,
                restates=None,
                place_words=None,
                window_words=None,
                source=speaker.name if speaker is not None else whole.source,
                source_words=text[slice(*speaker.span)] if speaker is not None else None,
                inherited=("measure", "place", "window", "actor"),
                trace=(
                    TraceStep("quantity", "grammar", span),
                    TraceStep("population", "predicate", predicate),
                    TraceStep("part_of", "of_them", whole.span),
                    TraceStep("measure", "inherited", whole.span),
                ),
            )
        )
    return found


_FAR_PREDICATE = 16


def _of_counted(sentence: Sentence, mention: Mention, wholes: dict[int, int]) -> int | None:
    """ "Thirty-nine of the 51 people killed there were children": the figure whose part the number is."""
    low, tag, past = sentence.tokens.low, sentence.tokens.tag, mention.past
    if id(mention) in wholes or mention.mode is not Mode.NUMBER or low[past : past + 2] != ["of", "the"]:
        return None
    base = next((m for m in sentence.mentions if m.first == past + 2), None)
    if base is None or id(base) not in wholes or base.quantity.size <= mention.quantity.size:
        return None
    for k in range(base.np_past, min(len(low) - 1, base.np_past + _FAR_PREDICATE)):
        if tag[k] & tg.BE and tag[k + 1] & (tg.PERSON | tg.CAPITAL):
            return wholes[id(base)]
        if low[k] in (",", ";", "."):
            return None
    return None


def _part(whole: Draft, index: int, mention: Mention, span: tuple[int, int]) -> Draft:
    """The number as a part of `whole`, with all that is told of that."""
    trace = (
        TraceStep("quantity", "grammar", span),
        TraceStep("part_of", "of_counted", whole.span),
        *(step for step in whole.trace if step.field not in ("quantity", "part_of", "population")),
    )
    return replace(whole, index=index, span=span, quantity=mention.quantity, part_of=whole.index, trace=trace)


_MOST_WORDS_BEFORE = 3
_NAMED = {
    word: measure
    for measure, words in (
        (Measure.KILLED, "dead victims fatalities deceased killed slain"),
        (Measure.INJURED, "wounded injured"),
        (Measure.DISPLACED, "displaced"),
        (Measure.DETAINED, "detainees captives hostages"),
    )
    for word in words.split()
}


def _named_measure(tokens: Tokens, part: Mention) -> Measure | None:
    """What the whole was counted as, where the part says it: "three of the victims"."""
    if part.counted is not Counted.BACK and _included(tokens, part):
        include = next(k for k in range(part.first - 1, 0, -1) if tokens.low[k] in ("include", "includes", "included"))
        return _NAMED[tokens.low[include - 1]]
    if part.counted is not Counted.BACK:
        return None
    return next((_NAMED[word] for word in tokens.low[part.past : part.np_past] if word in _NAMED), None)


def _among_them(tokens: Tokens, mention: Mention) -> bool:
    """ "30 children were among them": a part of whatever was counted last."""
    low, past = tokens.low, mention.np_past
    if mention.mode not in (Mode.NUMBER, Mode.INDEFINITE) or past >= len(low) or not tokens.tag[past] & tg.BE:
        return False
    return low[past + 1 : past + 2] == ["among"] and low[past + 2 : past + 3] in (["them"], ["those"])


def _describes(tokens: Tokens, mention: Mention) -> bool:
    """ "three of the victims were Syrians", "two of them were from Larkport": who they are, not what became of them."""
    past = mention.np_past
    if mention.counted is not Counted.BACK or past + 1 >= len(tokens.low) or not tokens.tag[past] & tg.BE:
        return False
    word, bits = tokens.low[past + 1], tokens.tag[past + 1]
    return word in ("from", "aged", "under") or bool(bits & tg.CAPITAL and word.endswith(("s", "ese", "ish", "an")))


def _apposed(tokens: Tokens, mention: Mention) -> bool:
    """ "…, 16 of them students from one school,"."""
    back = mention.counted is Counted.BACK and mention.first > 0 and tokens.low[mention.first - 1] == ","
    return back and bool(tokens.tag[mention.np_past] & tg.PERSON)


def _counted_besides(tokens: Tokens, mention: Mention) -> bool:
    """ "…, of which 1,050,000 were caused by", "…, 30 of them since June": a part whatever its verb."""
    low, first = tokens.low, mention.first
    if mention.counted is not Counted.BACK and (
        _said_between(tokens, mention) or _included(tokens, mention) or _shares_predicate(tokens, mention)
    ):
        return True
    if mention.counted is Counted.BACK:
        past = mention.np_past
        joint = tg.PREPOSITION | tg.SUBORDINATOR
        return first > 0 and low[first - 1] == "," and past < len(low) and bool(tokens.tag[past] & joint)
    return first > 1 and low[first - 2] == "of" and low[first - 1] in ("which", "whom")


def _shares_predicate(tokens: Tokens, mention: Mention) -> bool:
    """ "of whom five were women and four small children": the verb and the whole are told once."""
    low, tag, past = tokens.low, tokens.tag, mention.np_past
    k = mention.first - 1
    if mention.counted is not Counted.PERSONS or mention.veto is not None or k < _LEAST_BEFORE_PART or low[k] != "and":
        return False
    if past < len(low) and not tag[past] & (tg.PUNCTUATION | tg.SUBORDINATOR):
        return False
    k -= 1
    while k > 1 and not tag[k] & tg.BE:
        if tag[k] & (tg.NP_STOP | tg.VERB):
            return False
        k -= 1
    return bool(tag[k - 1] & tg.QUANTITY) and low[k - 2] in ("whom", "which", "them")


_LEAST_BEFORE_PART = 4


def _said_between(tokens: Tokens, mention: Mention) -> bool:
    """ "…, the ministry said, including 6,000 Americans": the part stands far from its verb."""
    first = mention.first
    if first < _LEAST_BEFORE_PART or mention.counted is Counted.THINGS or mention.veto is not None:
        return False
    marker = part_marker(tokens, first - 1)
    return marker is not None and marker > 0 and tokens.low[marker - 1] in (",", "but")


def _included(tokens: Tokens, mention: Mention) -> bool:
    """ "The dead include 12 women and four children"."""
    low, tag = tokens.low, tokens.tag
    for k in range(mention.first - 1, max(0, mention.first - _LONGEST_LIST), -1):
        if low[k] in ("include", "includes", "included"):
            return low[k - 1] in _NAMED
        if tag[k] & (tg.BE | tg.HAVE | tg.VERB | tg.SUBORDINATOR | tg.RELATIVE):
            return False
    return False


_LONGEST_LIST = 12


def _may_be_part(tokens: Tokens, mention: Mention) -> bool:
    """ "five of them are children", and with the whole just told of "nine were children"."""
    if mention.counted is Counted.BACK or _counted_besides(tokens, mention):
        return mention.counted is not Counted.THINGS and mention.veto is None
    at = mention.past
    if _among_them(tokens, mention):
        return mention.counted is not Counted.THINGS and mention.veto is None
    if mention.counted is not Counted.UNSAID or mention.veto is not None or mention.mode is not Mode.NUMBER:
        return False
    if at + 1 >= len(tokens.low) or not tokens.tag[at] & tg.BE:
        return False
    k = at + 1
    while k < len(tokens.low) and k - at <= _MOST_WORDS_BEFORE and tokens.tag[k] & (tg.ADVERB | tg.DETERMINER):
        k += 1
    return k < len(tokens.low) and bool(tokens.tag[k] & tg.PERSON)


def _closer_whole(sentence: Sentence, part: Mention, wholes: dict[int, int]) -> bool:
    """Whether a number of people that is no fact stands just before the part, large enough to be its whole."""
    before = [m for m in sentence.mentions if m.first < part.first and m.counted is not Counted.BACK]
    last = before[-1] if before else None
    return (
        last is not None
        and id(last) not in wholes
        and last.counted in (Counted.PERSONS, Counted.UNSAID)
        and last.veto is None
        and last.mode is Mode.NUMBER
        and last.quantity.size > part.quantity.size
    )


def names_parts(link: Link) -> bool:
    """ "The dead include 12 women", "among the wounded were": who is named is a part of those told of before."""
    inverted = link.rule.startswith("inverted")
    return inverted or (
        link.rule.startswith("toll") and ("includ" in link.trigger.entry.lemma or " were" in link.trigger.entry.lemma)
    )


def part_of_last(draft: Draft, drafts: list[Draft], tokens: Tokens, part: Mention) -> Draft:
    """ "nine of them": a part of the last figure that is large enough and stands close enough."""
    named = _named_measure(tokens, part) if part.counted is Counted.BACK else like(draft.measure)
    for other in reversed(drafts[-_MEMORY:]):
        if draft.paragraph - other.paragraph > (_FAR if named is not None else 1):
            break
        if (
            (named is None or like(other.measure) is named)
            and other.quantity is not None
            and draft.quantity is not None
            and other.part_of is None
            and other.quantity.size > draft.quantity.size
            and (part.counted is Counted.BACK or other.sentence_span != draft.sentence_span)
        ):
            trace = (*draft.trace, TraceStep("part_of", "of_them", other.span))
            return replace(draft, part_of=other.index, trace=trace)
    return draft


def part_in_sentence(draft: Draft, drafts: list[Draft]) -> Draft:
    """A part with a verb of its own: the last larger figure of its sentence that counts the like."""
    for other in reversed(drafts[-_MEMORY:]):
        if other.sentence_span != draft.sentence_span or other.quantity is None or draft.quantity is None:
            break
        if like(other.measure) is like(draft.measure) and other.quantity.size > draft.quantity.size:
            trace = (*draft.trace, TraceStep("part_of", "including", other.span))
            return replace(draft, part_of=other.part_of if other.part_of is not None else other.index, trace=trace)
    return draft
