"""Victims to the left of a verb group: the head of its subject, the list it closes, the parts named in between."""

from dataclasses import dataclass, field

from bot.extraction import tags as tg
from bot.extraction.clauses import part_marker
from bot.extraction.definites import blocks_subject, leading_person
from bot.extraction.inflection import Form
from bot.extraction.mentions import Counted, Mention
from bot.extraction.objects import after_verb
from bot.extraction.slots import Link, Slots
from bot.extraction.trigger_table import Slot
from bot.extraction.triggers import Trigger, Voice
from bot.extraction.words import word_set

REACH = 60
_DASHES = ("-", "–", "—", "(")


@dataclass(slots=True)
class _Walk:
    """What was met on the way left."""

    heads: list[Mention] = field(default_factory=list)
    parts: list[Mention] = field(default_factory=list)
    joined: bool = False
    antecedent: bool = False
    inside: bool = False
    stopped: int = -1
    blocked: bool = False


def subjects(slots: Slots, trigger: Trigger, rule: str) -> list[Link]:
    """The victims that precede the verb group of `trigger`."""
    adjacent = slots.ends.get(trigger.group)
    if trigger.voice is Voice.BARE and adjacent is not None and slots.counts(adjacent):
        among = _among(slots, trigger, adjacent, rule)
        if among:
            return among
    walk = _walk(slots, trigger, trigger.group - 1)
    if not walk.heads and not walk.parts and not walk.blocked:
        person = leading_person(slots, walk.stopped + 1, trigger)
        if person is not None:
            return [Link(person, trigger, f"{rule}_definite"), *after_verb(slots, trigger, person, rule)]
    return _links(slots, trigger, walk, rule)


def _links(slots: Slots, trigger: Trigger, walk: _Walk, rule: str) -> list[Link]:
    links = [Link(mention, trigger, rule) for mention in sorted(walk.heads, key=lambda mention: mention.first)]
    whole = walk.heads[-1] if walk.heads else None
    links += [Link(mention, trigger, f"{rule}_part", whole) for mention in walk.parts]
    return links + after_verb(slots, trigger, walk.heads[0], rule) if walk.heads else links


def _among(slots: Slots, trigger: Trigger, adjacent: Mention, rule: str) -> list[Link]:
    """ "Three officers were among five people killed": the five are the whole, the three a part."""
    low, tag = slots.tokens.low, slots.tokens.tag
    at = slots.before(adjacent)
    if at < 1 or low[at] not in ("among", "amongst") or not tag[at - 1] & tg.BE:
        return []
    walk = _walk(slots, trigger, at - 2)
    parts = [Link(mention, trigger, f"{rule}_part", adjacent) for mention in walk.heads]
    return [Link(adjacent, trigger, rule), *parts]


def _walk(slots: Slots, trigger: Trigger, at: int) -> _Walk:
    low = slots.tokens.low
    walk = _Walk()
    walk.inside = at >= 0 and low[at] in (",", "-", "–", "—")
    if walk.inside:
        at -= 1
    at = _over_apposition(slots, at)
    walk.stopped = -1
    stop = max(-1, at - REACH)
    while at > stop:
        if low[at] == ")":
            at = _over_parenthesis(slots, walk, at)
            continue
        mention = slots.over.get(at)
        if mention is not None:
            left = _meet(slots, trigger, walk, mention)
            if left is None:
                return walk
            at = left
            continue
        if low[at] in (",", "-", "–", "—"):
            walk.inside = False
        elif slots.ends_clause(at):
            crossed = _cross(slots, walk, at)
            if crossed is None:
                walk.stopped = at
                return walk
            at = crossed
            continue
        elif not walk.inside and not walk.heads and not walk.parts and blocks_subject(slots, at, trigger.group):
            walk.blocked = at >= trigger.group - 2
            walk.stopped = at
            if walk.blocked:
                person = leading_person(slots, _phrase_start(slots, at), trigger)
                walk.blocked = person is None
                walk.stopped = _phrase_start(slots, at) - 1
            return walk
        at -= 1
    walk.stopped = at
    return walk


_BEFORE_STATE = frozenset(("of", "with", "at", "to", "as", "among"))
_MANY_OF = word_set("most many some half all both several")
_LONGEST_APPOSITION = 8


def _over_apposition(slots: Slots, at: int) -> int:
    """The token before "most of them children", where that ends at token `at`; else `at`."""
    low = slots.tokens.low
    for k in range(at, max(1, at - _LONGEST_APPOSITION), -1):
        if low[k] in ("them", "whom") and low[k - 1] == "of" and low[k - 2] in _MANY_OF:
            return k - 4 if k > 3 and low[k - 3] == "," else k - 3
        if slots.tokens.tag[k] & (tg.PUNCTUATION | tg.BE | tg.HAVE | tg.QUANTITY):
            return at
    return at


def _phrase_start(slots: Slots, at: int) -> int:
    tag = slots.tokens.tag
    while at > 0 and not tag[at - 1] & (tg.NP_STOP | tg.VERB):
        at -= 1
    return at - 1 if at > 0 and tag[at - 1] & tg.DETERMINER else at


def _over_parenthesis(slots: Slots, walk: _Walk, at: int) -> int:
    """Jumps over "( … )"; what it says is included becomes a part."""
    low = slots.tokens.low
    first = at - 1
    while first >= 0 and low[first] != "(" and at - first < 40:
        first -= 1
    if first < 0 or low[first] != "(":
        return at - 1
    for k in range(first + 1, at):
        mention = slots.starts.get(k)
        if (
            mention is not None
            and slots.counts(mention)
            and (part_marker(slots.tokens, k - 1) is not None or mention.counted is Counted.BACK)
        ):
            walk.parts.append(mention)
    return first - 1


def _cross(slots: Slots, walk: _Walk, at: int) -> int | None:
    """The token to go on with when a clause boundary at `at` may be crossed, else None."""
    low, tag = slots.tokens.low, slots.tokens.tag
    if walk.inside and tag[at] & (tg.VERB | tg.RELATIVE | tg.SUBORDINATOR):
        return at - 1
    if tag[at] & tg.RELATIVE and low[at] not in ("whose", "that") and not walk.heads and at > 0:
        walk.antecedent = True
        left = at - 1
        if tag[left] & tg.PREPOSITION:  # "in which": the subject stands inside the clause
            return None
        return left - 1 if low[left] == "," else left
    if (tag[at] & tg.VERB or at in slots.trigger_tokens) and not walk.heads and not walk.parts:
        who = _relative_before(slots, at)
        if who is not None:
            walk.antecedent = True
            return who - 1 if low[who - 1] != "," else who - 2
    described = slots.ends.get(at)
    if described is not None and described.counted is Counted.PERSONS and not walk.heads and not walk.parts:
        after = tag[at + 1] & (tg.PREPOSITION | tg.ADVERB) or low[at + 1] in ("of", "to", "as")
        if tag[at] & tg.VERB and low[at].endswith("ed") and low[at] not in slots.lexicon.triggers and after:
            walk.antecedent = True  # "three women accused of witchcraft were killed"
            return at - 1
    trigger_here = slots.trigger_at.get(at)
    if trigger_here is not None and trigger_here.entry.form is Form.ING and not walk.heads and not walk.parts:
        walk.antecedent = True  # "more than 70 people sheltering in basements had died"
        return at - 1
    if low[at] == "that" and at > 0 and tag[at - 1] & (tg.PERSON | tg.PERSON_SG) and at > 0 and not walk.heads:
        walk.antecedent = True
        return at - 1
    return None


def _relative_before(slots: Slots, at: int) -> int | None:
    """The "who" of a relative clause whose verb stands at token `at`: "The mayor, who had been accused of it, was"."""
    low, tag = slots.tokens.low, slots.tokens.tag
    for k in range(at - 1, max(0, at - 6), -1):
        if low[k] == "who":
            return k
        if not tag[k] & (tg.ADVERB | tg.BE | tg.HAVE | tg.MODAL | tg.VERB):
            return None
    return None


def _meet(slots: Slots, trigger: Trigger, walk: _Walk, mention: Mention) -> int | None:
    """Takes a mention met on the way; the token to go on with, or None when the subject is complete."""
    low, tag = slots.tokens.low, slots.tokens.tag
    before = slots.before(mention)
    if not slots.counts(mention):
        return min(before, mention.first - 1)
    missing = trigger.entry.slot is Slot.STATE and trigger.measure == "missing" and mention.counted is Counted.PERSONS
    if missing and mention.np_past == trigger.group and before >= 0 and low[before] == "for":
        walk.heads.append(mention)
        return None  # "the search for 200 people still missing"
    stated = trigger.entry.slot is Slot.STATE and mention.counted is Counted.UNSAID
    if mention.np_past == trigger.group and stated and before >= 0 and low[before] in _BEFORE_STATE:
        walk.heads.append(mention)
        return None
    if mention.np_past == trigger.group and (
        trigger.voice is Voice.BARE or low[trigger.group] == "being" or (before >= 0 and low[before] == "with")
    ):
        walk.heads.append(mention)
        if before >= 0 and (left := slots.list_before(before)) is not None and trigger.voice is not Voice.BARE:
            return left
        if before >= 0 and part_marker(slots.tokens, before) is not None and _own_number(slots, trigger):
            return None  # "40 patients, among them 18 wounded, were"
        if part_marker(slots.tokens, before) is None and (
            before < 0 or low[before] not in ("and", ",") or _own_number(slots, trigger)
        ):
            return None
        walk.heads.pop()
    if walk.antecedent:
        walk.heads.append(mention)
        return slots.list_before(before) if before >= 0 else None
    if slots.is_object(mention) and trigger.entry.slot is not Slot.STATE:
        return None
    marker = part_marker(slots.tokens, before) if before >= 0 else None
    if marker is not None or mention.counted is Counted.BACK:
        if walk.joined:
            walk.parts += walk.heads
            walk.heads = []
        walk.parts.append(mention)
        if mention.counted is Counted.BACK and marker is None and not (before >= 0 and low[before] in (",", *_DASHES)):
            return None
        return (marker if marker is not None else mention.first) - 1
    if before >= 0 and low[before] in _DASHES:
        walk.parts += [mention, *(walk.heads if walk.joined else [])]
        walk.heads = [] if walk.joined else walk.heads
        walk.inside = False
        return before - 1
    if before >= 0 and (left := slots.list_before(before)) is not None:
        walk.heads.append(mention)
        if _list_is_closed(slots, before, left):
            return None
        walk.joined = True
        return left
    if before >= 0 and tag[before] & tg.PREPOSITION and not _joins(low, before):
        return before
    walk.heads.append(mention)
    return None


def _list_is_closed(slots: Slots, before: int, left: int) -> bool:
    """ "two women and a child, and 30 were hurt": a list that had its "and" ends before the comma."""
    low = slots.tokens.low
    item = slots.over.get(left)
    if item is None or low[before] != "and" or low[before - 1] != ",":
        return False
    first = slots.before(item)
    if item.counted is Counted.BACK or (first > 0 and part_marker(slots.tokens, first) is not None):
        mention = slots.starts.get(before + 1)
        return mention is not None and mention.counted is Counted.UNSAID  # "…, including 22 foreigners, and 327 were"
    return first > 0 and low[first] == "and" and slots.item_left(first - 1)


def _own_number(slots: Slots, trigger: Trigger) -> bool:
    """ "six were killed and 15 injured": the participle has a number of its own."""
    return trigger.voice is Voice.BARE


def _joins(low: list[str], before: int) -> bool:
    return low[before] == "with" and before > 0 and low[before - 1] in ("along", "together")
