"""One person without a number: "the mayor", "Colonel Such-and-such, a district chief", "he". Counted as one, and only
when nobody was counted for the same thing before; the assembly decides that."""

from bot.extraction import tags as tg
from bot.extraction.indefinites import person_head
from bot.extraction.lexicon import Lexicon
from bot.extraction.mention import LONGEST_NOUN_PHRASE, Counted, Mention, Mode
from bot.extraction.slots import Slots
from bot.extraction.tokens import Tokens
from bot.extraction.triggers import Trigger
from bot.extraction.words import word_set
from bot.facts.quantity import exact

_NOBODY = word_set("no any all each every these those some many most such few")
_MANY_PEOPLE = word_set("wounded injured dead sick missing displaced")
_SINGULAR = word_set("was is has 's")
_PLURAL = frozenset(["were", "are", "have"])


def _one(first: int, past: int, head: int | None) -> Mention:
    return Mention(first, past, past, head, exact(1), Counted.PERSONS, Mode.DEFINITE)


def definite_object(tokens: Tokens, at: int, lexicon: Lexicon) -> tuple[Mention, int] | None:
    """The one person that the noun phrase beginning at token `at` names, and the token after it."""
    low, tag, size = tokens.low, tokens.tag, len(tokens.low)
    if at >= size or low[at] in _NOBODY:
        return None
    start = at
    if low[at] == "him" or (low[at] == "her" and at + 1 < size and tag[at + 1] & tg.NP_STOP):
        return _one(at, at + 1, None), at + 1  # "killing him and his wife"
    if tag[at] & (tg.DETERMINER | tg.POSSESSIVE):
        at += 1
    elif not tag[at] & (tg.CAPITAL | tg.PERSON_SG) or tag[at] & (tg.WEEKDAY | tg.MONTH):
        return None
    head = person_head(tokens, at, lexicon)
    if head is not None and low[head] in _MANY_PEOPLE:
        return None  # "the wounded"
    if head is not None:
        return _one(start, head + 1, head), head + 1
    past = _name_end(tokens, start, lexicon)
    return (_one(start, past, None), past) if past is not None else None


def _name_end(tokens: Tokens, at: int, lexicon: Lexicon) -> int | None:
    """The end of a person's name at token `at`: two to five capitalised words that are nothing else."""
    tag, low, size = tokens.tag, tokens.low, len(tokens.low)
    k = at
    while (
        k < size
        and k - at < 5
        and tag[k] & tg.CAPITAL
        and not tag[k] & (tg.NP_STOP | tg.MONTH | tg.THING | tg.PLACE_NOUN | tg.PERSON | tg.SPEAKER)
    ):
        if low[k] in lexicon.countries or low[k] in lexicon.not_places or low[k] in lexicon.sides:
            return None
        k += 1
    return k if 2 <= k - at <= 5 and not (k < size and tag[k] & (tg.PERSON | tg.THING | tg.PLACE_NOUN)) else None


def leading_person(slots: Slots, start: int, trigger: Trigger) -> Mention | None:
    """The one person who is the subject of the clause between token `start` and the verb group, if it begins with one:
    "The traditional leader of the area has been killed"."""
    tokens, lexicon = slots.tokens, slots.lexicon
    low, tag = tokens.low, tokens.tag
    group = trigger.group
    if any(low[k] in _PLURAL for k in range(group, trigger.first)):
        return None
    while start < group and (
        tag[start] & (tg.PUNCTUATION | tg.CONJUNCTION | tg.ADVERB) or low[start] in ("that", "when", "after", "said")
    ):
        start += 1
    if start > 1 and tag[start - 1] & tg.VERB and tag[start - 2] & tg.DETERMINER:
        start -= 2
    elif start > 1 and (start - 1) in slots.trigger_tokens and tag[start - 2] & tg.DETERMINER:
        start -= 2  # "The kidnapped king"
    if start >= group or low[start] in _NOBODY:
        return None
    if low[start] in ("he", "she") and group - start <= 1:
        return _one(start, start + 1, None)
    first = start
    if tag[start] & (tg.DETERMINER | tg.POSSESSIVE):
        start += 1
    elif not tag[start] & (tg.CAPITAL | tg.PERSON_SG | tg.SPEAKER_ADJECTIVE):
        return None
    head = person_head(tokens, start, lexicon)
    if head is not None and head < group:
        return _one(first, head + 1, head)
    if first == start:
        past = _name_end(tokens, start, lexicon)
        if past is not None and past <= group:
            return _one(start, past, None)
    return None


def _owns(tokens: Tokens, k: int) -> bool:
    """The apostrophe of "the journalists' union"."""
    return tokens.low[k] in ("'", "’") and k > 0 and tokens.low[k - 1].endswith("s")


def blocks_subject(slots: Slots, at: int, group: int) -> bool:
    """Whether a noun phrase without a number ends at token `at`, next to the verb group, and is its subject: what
    stands further left is not."""
    tokens = slots.tokens
    low, tag = tokens.low, tokens.tag
    if at < group - 1:
        return False
    start = at
    while (
        start >= 0
        and at - start < LONGEST_NOUN_PHRASE
        and (not tag[start] & (tg.NP_STOP | tg.VERB | tg.QUANTITY) or _owns(tokens, start))
        and start not in slots.over
    ):
        start -= 1
    if start == at:
        return bool(tag[at] & tg.PRONOUN and not tag[at] & tg.RELATIVE)
    if start < 0:
        return True
    if start in slots.over or tag[start] & (tg.PREPOSITION | tg.RELATIVE | tg.BE):
        return False
    if low[start] in ("and", "or"):
        return not bool(tag[at] & tg.PERSON) and not slots.item_left(start - 1)
    if tag[start] & tg.DETERMINER:
        return not (start > 0 and tag[start - 1] & tg.PREPOSITION)
    return low[start] != ")"
