"""Victims to the right of a verb: its object, the list it opens and the parts of it."""

from bot.extraction import tags as tg
from bot.extraction.clauses import is_boundary, list_join, part_marker
from bot.extraction.definites import definite_object
from bot.extraction.mentions import Counted, Mention
from bot.extraction.slots import Link, Slots
from bot.extraction.tokens import Tokens
from bot.extraction.triggers import Trigger
from bot.extraction.words import word_set

REACH = 60
_GAP_REACH = 16
_HOW = word_set("by critically seriously severely gravely badly fatally")  # "60 were hurt, 11 by live rounds"
_DASHES = ("-", "–", "—", "(")


def objects(slots: Slots, trigger: Trigger, at: int, rule: str) -> list[Link]:
    """The victims that follow token `at`: the first noun phrase, its list and its parts."""
    first = slots.object_start(at)
    if first is not None:
        return [Link(first, trigger, rule), *chain(slots, trigger, first, first.np_past, rule)]
    found = definite_object(slots.tokens, at, slots.lexicon)
    if found is None:
        return parts_of_unsaid(slots, trigger, at, rule)
    mention, past = found
    return [Link(mention, trigger, f"{rule}_definite"), *chain(slots, trigger, mention, past, rule)]


def parts_of_unsaid(slots: Slots, trigger: Trigger, at: int, rule: str) -> list[Link]:
    """ "killed civilians, including five children": the whole has no number, the part has."""
    tokens, low, size = slots.tokens, slots.tokens.low, len(slots.tokens.low)
    if not slots.noun_phrase_at(at):
        return []
    for k in range(at + 1, min(size - 1, at + 10)):
        if part_marker(tokens, k) is not None and k + 1 in slots.starts:
            mention = slots.starts[k + 1]
            if slots.counts(mention):
                return [Link(mention, trigger, f"{rule}_part")]
        joined = list_join(tokens, k) if low[k] in ("and", "along", "as") else None
        if joined is not None and joined in slots.starts:
            mention = slots.starts[joined]
            if mention.counted is not Counted.PERSONS or slots.has_own_verb(mention) or mention.veto:
                return []
            return [Link(mention, trigger, f"{rule}_list"), *chain(slots, trigger, mention, mention.np_past, rule)]
        if is_boundary(tokens, k) or k in slots.trigger_at or k in slots.starts:
            break
    return []


def chain(slots: Slots, trigger: Trigger, whole: Mention, at: int, rule: str) -> list[Link]:
    """The list and the parts that follow `whole`, from token `at` to the end of the clause."""
    tokens, low, size = slots.tokens, slots.tokens.low, len(slots.tokens.low)
    links: list[Link] = []
    head = whole
    in_part = False
    stop = min(size, at + REACH)
    while at < stop:
        mention = slots.starts.get(at)
        before = slots.before(mention) if mention is not None else at - 1
        if mention is not None and mention.first >= whole.np_past:
            if not slots.counts(mention):
                at = mention.np_past
                continue
            if mention.counted is Counted.BACK or part_marker(tokens, before) is not None:
                if slots.has_other_verb(mention, trigger):
                    break
                links.append(Link(mention, trigger, f"{rule}_part", head))
                in_part = True
            elif (
                low[before] in _DASHES or tokens.raw[before][0] == "_"
            ) and mention.quantity.size <= head.quantity.size:
                links.append(Link(mention, trigger, f"{rule}_breakdown", head))
                in_part = True
            elif low[before] in (",", "and", "or", "&", "plus", "as", "with", "also") or tokens.raw[before][0] == "_":
                if slots.has_own_verb(mention):
                    break
                links.append(Link(mention, trigger, f"{rule}_list", head if in_part else None))
                if not in_part:
                    head = mention
            at = mention.np_past
            continue
        if low[at] == ")":
            in_part = False
        if at in slots.trigger_at and at >= whole.np_past and at not in slots.over:
            break
        if is_boundary(tokens, at) and low[at] != "whom":
            break
        at += 1
    return links


def after_verb(slots: Slots, trigger: Trigger, head: Mention, rule: str) -> list[Link]:
    """What a subject is told more exactly with after its verb: "52 were killed, five of them children", "the mayor was
    killed along with eight others"."""
    tokens, low, size = slots.tokens, slots.tokens.low, len(slots.tokens.low)
    at = trigger.past
    if at + 1 >= size:
        return []
    spoken = _past_speaker(tokens, at)
    joints = ("as", "with") if spoken == at else ("as", "with", "and")
    at = spoken
    joined = list_join(tokens, at)
    if joined is not None and joined > at + 1 and low[joined - 1] in joints and joined in slots.starts:
        mention = slots.starts[joined]
        if low[joined - 1] == "and" and not _ends_clause(tokens, mention.np_past):
            return []
        if mention.counted is Counted.PERSONS and mention.veto is None and not slots.has_own_verb(mention):
            return [Link(mention, trigger, f"{rule}_list"), *chain(slots, trigger, mention, mention.np_past, rule)]
    for k in range(at, min(size - 2, at + 12)):
        joined = list_join(tokens, k) if low[k] in ("along", "together") else None
        if joined is not None:
            one = slots.starts.get(joined)
            if one is None or not slots.counts(one) or slots.has_own_verb(one):
                break
            return [Link(one, trigger, f"{rule}_list"), *chain(slots, trigger, one, one.np_past, rule)]
        if is_boundary(tokens, k) or k in slots.trigger_at:
            break
    gapped = _gapped(slots, trigger, at, rule)
    if gapped:
        return gapped
    for k in range(at, min(size, at + 4)):
        part = slots.starts.get(k)
        if part is not None:
            if k == at or not slots.counts(part) or slots.has_other_verb(part, trigger):
                return []
            how = part.counted is Counted.UNSAID and part.past < size and low[part.past] in _HOW and low[k - 1] == ","
            if part.counted is not Counted.BACK and part_marker(tokens, k - 1) is None and not how:
                return []
            return [Link(part, trigger, f"{rule}_part", head), *_part_list(slots, trigger, head, part, rule)]
        opening = low[k] in (",", *_DASHES) or tokens.raw[k][0] == "_" or low[k] in ("them", "whom")
        if not opening and not tokens.tag[k] & (tg.INCLUDE | tg.ADVERB):
            return []
    return []


def _ends_clause(tokens: Tokens, at: int) -> bool:
    return at >= len(tokens.low) or tokens.low[at] in (".", ";", ",")


_LONGEST_SPEAKER = 8


def _past_speaker(tokens: Tokens, at: int) -> int:
    """The comma after ", the army said", where that stands at token `at` before "along with" or "as well as"; else
    `at`."""
    low, tag = tokens.low, tokens.tag
    if low[at] != ",":
        return at
    for k in range(at + 1, min(len(low) - 3, at + _LONGEST_SPEAKER)):
        if tag[k] & tg.SPEECH and low[k + 1] == "," and low[k + 2] in ("along", "together", "as", "and"):
            return k + 1
        if tag[k] & (tg.QUANTITY | tg.PUNCTUATION | tg.CONJUNCTION):
            return at
    return at


def _gapped(slots: Slots, trigger: Trigger, at: int, rule: str) -> list[Link]:
    """ "a million were displaced in Lebanon and 300,000 in Israel": the verb is told once."""
    tokens, low, size = slots.tokens, slots.tokens.low, len(slots.tokens.low)
    links: list[Link] = []
    for k in range(at, min(size, at + _GAP_REACH)):
        joined = list_join(tokens, k)
        mention = slots.starts.get(joined) if joined is not None else None
        if mention is not None and mention.counted is Counted.UNSAID and slots.counts(mention):
            if mention.past < size and low[mention.past] in ("in", "near", "at"):
                links.append(Link(mention, trigger, f"{rule}_gapped"))
            continue
        if is_boundary(tokens, k) or k in slots.trigger_at:
            break
    return links


def _part_list(slots: Slots, trigger: Trigger, head: Mention, part: Mention, rule: str) -> list[Link]:
    """The rest of a list of parts: "including two women and a child"."""
    links: list[Link] = []
    at = part.np_past
    while (after := list_join(slots.tokens, at)) is not None and after in slots.starts:
        mention = slots.starts[after]
        if not slots.counts(mention) or slots.has_own_verb(mention):
            break
        links.append(Link(mention, trigger, f"{rule}_part", head))
        at = mention.np_past
    return links
