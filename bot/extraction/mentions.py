"""Who or what a quantity counts: the noun phrase to its right, its population and unit."""

from dataclasses import replace

from bot.extraction import tags as tg
from bot.extraction.indefinites import with_indefinites
from bot.extraction.lexicon import Lexicon
from bot.extraction.mention import LONGEST_NOUN_PHRASE, Counted, Mention, Mode, exceeded
from bot.extraction.quantities import Reading, scan
from bot.extraction.tokens import Tokens
from bot.extraction.vetoes import veto
from bot.extraction.words import word_set

__all__ = ["LONGEST_NOUN_PHRASE", "Counted", "Mention", "Mode", "exceeded", "mentions", "noun_head"]


_QUOTES = frozenset(('"', "“", "”", "'", "‘", "’"))
_BACK = word_set("them whom those these which us")
_PART_NOUNS = word_set(
    """dead victims wounded injured killed casualties fatalities deceased missing detained displaced detainees"""
)
_OWN = word_set("side ranks number own unit squad party group")  # "12 of his own side"
_FILLERS = word_set("more other additional further others different fellow whole new")
_MEMBERS = frozenset(["members", "member"])
_GROUPED = word_set("family group couple team crew convoy household")


def mentions(text: str, tokens: Tokens, lexicon: Lexicon) -> list[Mention]:
    """Every quantity of the sentence with its noun phrase, and every "a woman" between them."""
    found: list[Mention] = []
    for reading in scan(text, tokens):
        if _ordinal(tokens, reading) or _both_kinds(tokens, reading):
            continue
        found.append(_mention(tokens, reading, lexicon))
    return with_indefinites(tokens, _shares_of_numbers(tokens, found, lexicon), lexicon)


def _shares_of_numbers(tokens: Tokens, found: list[Mention], lexicon: Lexicon) -> list[Mention]:
    """ "nine of the 12 officers were freed", "17 of the country's 34 capitals": the first number is what is told, of
    the noun behind the second; the second is only what it is part of."""
    kept: list[Mention] = []
    for mention in found:
        part = kept[-1] if kept else None
        if part is not None and part.mode is Mode.NUMBER and _is_base(tokens, part, mention, lexicon):
            veto_named = mention.veto
            kept[-1] = replace(
                part,
                np_past=mention.np_past,
                head=mention.head,
                counted=mention.counted,
                veto=veto_named,
                whole=mention,
            )
        else:
            kept.append(mention)
    return kept


def _is_base(tokens: Tokens, part: Mention, base: Mention, lexicon: Lexicon) -> bool:
    low, tag = tokens.low, tokens.tag
    of, past = part.past, base.np_past
    if base.counted not in (Counted.PERSONS, Counted.UNKNOWN, Counted.THINGS) or not 1 <= base.first - of <= 6:
        return False
    directly = base.first == of + 1 and base.counted is Counted.PERSONS  # "33 of about 50 families"
    if low[of] != "of" or not (directly or tag[of + 1] & (tg.DETERMINER | tg.POSSESSIVE | tg.CAPITAL)):
        return False
    if any(tag[k] & (tg.PUNCTUATION | tg.VERB | tg.PREPOSITION | tg.CONJUNCTION) for k in range(of + 1, base.first)):
        return False
    bare = past < len(low) and low[past] in lexicon.triggers and low[past].endswith(("ed", "n"))
    return not bare  # "three of the 12 people killed": the second number has a verb of its own


def _both_kinds(tokens: Tokens, reading: Reading) -> bool:
    """ "both fighters and civilians" are two sorts of people, "both pilots" two people."""
    low, tag, past = tokens.low, tokens.tag, reading.past
    if low[reading.number] != "both":
        return False
    for k in range(past, min(len(low) - 1, past + 4)):
        if low[k] == "and":
            return k > past and any(
                tag[j] & (tg.PERSON | tg.PERSON_SG | tg.CAPITAL) for j in (k + 1, k + 2) if j < len(low)
            )
        if tag[k] & (tg.NP_STOP | tg.VERB):
            return False
    return False


def _ordinal(tokens: Tokens, reading: Reading) -> bool:
    """ "a third attacker" is an ordinal, "a third of" a fraction."""
    past = reading.past
    if not reading.quantity.share or tokens.low[past - 1] not in ("third", "quarter", "fifth"):
        return False
    return past < len(tokens.low) and tokens.low[past] != "of" and not tokens.tag[past] & tg.DETERMINER


def _mention(tokens: Tokens, reading: Reading, lexicon: Lexicon) -> Mention:
    low, tag, size = tokens.low, tokens.tag, len(tokens.low)
    mode = Mode.SHARE if reading.quantity.share else Mode.NUMBER
    at = reading.past
    if at + 1 < size and low[at] in _QUOTES and low[at + 1] == "of":
        at += 1  # "at least hundreds" of migrants
    if at < size and low[at] == "of" and at + 1 < size:
        if low[at + 1] in _BACK:
            return Mention(reading.first, reading.past, at + 2, None, reading.quantity, Counted.BACK, mode)
        if tag[at + 1] & tg.DETERMINER and at + 2 < size:
            head = noun_head(tokens, at + 2, lexicon)
            if low[at + 2] in _PART_NOUNS or (head is not None and low[head] in _PART_NOUNS):
                return Mention(reading.first, reading.past, at + 3, None, reading.quantity, Counted.BACK, mode)
            at += 2
        else:
            at += 1
    elif mode is Mode.SHARE and at < size and tag[at] & tg.DETERMINER:
        at += 1  # "half the country's population"
    elif at + 1 < size and low[at] in _QUOTES and tag[at + 1] & (tg.PERSON | tg.PERSON_SG):
        at += 1  # 160 "terrorists"
    head = noun_head(tokens, at, lexicon)
    head = _lives_of(tokens, head)
    named = veto(tokens, reading, head)
    first = reading.first
    group = _grouped(tokens, first, lexicon)
    if group is not None and named is None and (head is None or not tag[head] & tg.THING):
        return Mention(
            group,
            reading.past,
            head + 1 if head is not None else reading.past,
            head or group_head(tokens, first),
            reading.quantity,
            Counted.PERSONS,
            mode,
        )
    if head is None:
        past, counted = _unknown_run(tokens, at, lexicon)
        return Mention(first, reading.past, past, None, reading.quantity, counted, mode, named)
    if low[head] in _OWN and head > reading.past + 1 and low[reading.past] == "of":
        return Mention(first, reading.past, head + 1, None, reading.quantity, Counted.UNSAID, mode, named)
    if low[head] in lexicon.counted_nouns and named is None:
        return Mention(first, reading.past, head, head, reading.quantity, Counted.PERSONS, mode)
    if tag[head] & tg.THING and not tag[head] & (tg.PERSON | tg.PERSON_SG):
        why = named or lexicon.veto_of.get(low[head], "thing")
        return Mention(first, reading.past, head + 1, head, reading.quantity, Counted.THINGS, mode, why)
    quoted = low[at - 1] in _QUOTES and low[head + 1 : head + 2] != [] and low[head + 1] in _QUOTES
    past = head + 2 if quoted else head + 1
    return Mention(first, reading.past, past, head, reading.quantity, Counted.PERSONS, mode, named)


def noun_head(tokens: Tokens, at: int, lexicon: Lexicon) -> int | None:
    """The last noun the lexicon knows in the noun phrase that begins at token `at`."""
    low, tag, size = tokens.low, tokens.tag, len(tokens.low)
    head: int | None = None
    stop = min(size, at + LONGEST_NOUN_PHRASE)
    while at < stop:
        bits = tag[at]
        word = low[at]
        if bits & (tg.PERSON | tg.PERSON_SG | tg.THING):
            if word in ("killed", "wounded", "injured", "dead", "missing", "left") and not _noun_follows(tokens, at):
                if head is None and word in ("dead", "wounded", "injured") and not _is_state(tokens, at):
                    head = at
                break
            if (
                head is not None
                and word in ("shot", "prisoner", "hostage", "captive")
                and tag[head] & (tg.PERSON | tg.PERSON_SG)
            ):
                break  # "five hostages shot dead"
            head = at
            at += 1
            continue
        joined = _joined_people(tokens, at, head) if word == "and" else None
        if joined is not None:
            head = joined
            at = joined + 1
            continue
        last = word in ("last", "next", "first") and at + 1 < stop and tag[at + 1] & (tg.PERSON | tg.PERSON_SG)
        if bits & tg.NP_STOP and not last and (bits & tg.DETERMINER or word not in ("'s", "’s", "-")):
            break
        if bits & tg.QUANTITY and not bits & tg.CAPITAL:
            break
        if (
            head is not None
            and word != "and"
            and not (
                at + 1 < stop
                and tag[at + 1] & (tg.PERSON | tg.THING)
                and not bits & tg.CAPITAL
                and word not in lexicon.triggers
                and not bits & tg.VERB
            )
        ):
            break
        if word in lexicon.triggers and not _noun_follows(tokens, at):
            break
        if bits & tg.VERB and not _noun_follows(tokens, at):
            break
        at += 1
    return head


def _is_state(tokens: Tokens, at: int) -> bool:
    """ "23 wounded" at the end or before "in" is a state of those counted; "the 23 wounded were" is a noun."""
    return not (at + 1 < len(tokens.low) and tokens.tag[at + 1] & (tg.BE | tg.HAVE))


def _noun_follows(tokens: Tokens, at: int) -> bool:
    """ "15 wounded people", "300 displaced families": the participle is an adjective."""
    for k in (at + 1, at + 2):
        if k >= len(tokens.low):
            return False
        bits = tokens.tag[k]
        if bits & (tg.PERSON | tg.PERSON_SG) and tokens.low[k] not in ("wounded", "injured", "dead", "others", "local"):
            return True
        if bits & tg.NP_STOP or bits & tg.THING:
            return False
    return False


def _lives_of(tokens: Tokens, head: int | None) -> int | None:
    """ "1,400 soldiers' lives": what is counted are the lives."""
    if head is None or head + 2 >= len(tokens.low) or tokens.low[head + 1] not in ("'", "’"):
        return head
    return head + 2 if tokens.low[head + 2] == "lives" else head


_STATES = word_set("wounded injured dead missing others killed displaced")


def _joined_people(tokens: Tokens, at: int, head: int | None) -> int | None:
    """The second noun of "women and children", "Republican Guard and Fourth Division troops": one noun phrase."""
    tag, size = tokens.tag, len(tokens.low)
    if head is None or head != at - 1 or tag[head] & tg.THING:
        return None
    k = at + 1
    while k < size and k < at + 4 and tag[k] & tg.CAPITAL and not tag[k] & (tg.NP_STOP | tg.PERSON):
        k += 1
    return k if k < size and tag[k] & tg.PERSON and tokens.low[k] not in _STATES else None


def _unknown_run(tokens: Tokens, at: int, lexicon: Lexicon) -> tuple[int, Counted]:
    low, tag, size = tokens.low, tokens.tag, len(tokens.low)
    start = at
    while at < size and at - start < 4 and not tag[at] & tg.NP_STOP and not tag[at] & (tg.DIGIT | tg.QUANTITY):
        if low[at] in lexicon.triggers or tag[at] & tg.VERB:
            break
        if tag[at] & tg.ADVERB and low[at] not in _FILLERS:
            break
        at += 1
    run = [k for k in range(start, at) if low[k] not in _FILLERS]
    return (at, Counted.UNKNOWN) if run else (at, Counted.UNSAID)


def _grouped(tokens: Tokens, first: int, lexicon: Lexicon) -> int | None:
    """ "a family of eight": where it begins, if the number at `first` is one."""
    low = tokens.low
    if first >= 2 and low[first - 1] == "of" and low[first - 2] in _GROUPED:
        start = first - 2
        return start - 1 if start > 0 and tokens.tag[start - 1] & tg.DETERMINER else start
    return None


def group_head(tokens: Tokens, first: int) -> int:
    """The group noun before "of" and the number at `first`."""
    return first - 2
