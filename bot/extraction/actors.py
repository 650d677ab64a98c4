"""Who did it, where the sentence says so; never guessed."""

from dataclasses import dataclass

from bot.extraction import tags as tg
from bot.extraction.clauses import is_boundary
from bot.extraction.inflection import Form
from bot.extraction.lexicon import Lexicon
from bot.extraction.mentions import Counted
from bot.extraction.slots import Link
from bot.extraction.tokens import Tokens
from bot.extraction.triggers import Trigger, Voice
from bot.extraction.words import word_set

_UNKNOWN = word_set("unidentified unknown unnamed suspected-unknown")
_HELD = ("-held", "-controlled", "-based", "-ruled", "-occupied", "-dominated", "-populated")
LONGEST = 12
_LONGEST_NAME = 9


@dataclass(frozen=True, slots=True)
class ActorMention:
    """The actor's words at tokens [first, past)."""

    first: int
    past: int
    words: str
    rule: str


def actor_of(tokens: Tokens, link: Link, lexicon: Lexicon, taken: list[tuple[int, int]]) -> ActorMention | None:
    """The actor of a link: its agent ("by …"), its subject when it is active, or the side whose deed it was in."""
    trigger = link.trigger
    past = trigger.past
    if link.mention.counted is not Counted.THINGS and link.mention.first >= past:
        past = link.mention.np_past
    if trigger.voice in (Voice.PASSIVE, Voice.BARE):
        agent = _agent(tokens, past, lexicon, taken)
        if agent is not None:
            return agent
    if trigger.voice is Voice.ACTIVE or trigger.voice is Voice.BARE:
        subject = _subject(tokens, trigger.group, lexicon, taken, participle=trigger.entry.form is Form.ING)
        if subject is not None:
            return subject
    return _deed(tokens, trigger, past, lexicon, taken)


def _agent(tokens: Tokens, at: int, lexicon: Lexicon, taken: list[tuple[int, int]]) -> ActorMention | None:
    low, size = tokens.low, len(tokens.low)
    for k in range(at, min(size - 1, at + LONGEST)):
        if low[k] == "by":
            return _phrase_right(tokens, k + 1, lexicon, taken, "agent")
        if is_boundary(tokens, k) or low[k] == ",":
            return None
    return None


def _phrase_right(
    tokens: Tokens, at: int, lexicon: Lexicon, taken: list[tuple[int, int]], rule: str
) -> ActorMention | None:
    low, tag, size = tokens.low, tokens.tag, len(tokens.low)
    k = at
    while k < size and k - at < LONGEST:
        bits = tag[k]
        if bits & tg.DETERMINER and k == at:
            k += 1
            continue
        if low[k] == "and" and k + 1 < size and tag[k + 1] & (tg.CAPITAL | tg.PERSON) and k > at:
            k += 1
            continue
        if bits & (tg.NP_STOP | tg.SPEECH) and low[k] not in ("'s", "’s", "-"):
            break
        k += 1
    return _checked(tokens, at, k, lexicon, taken, rule)


def _subject(
    tokens: Tokens, group: int, lexicon: Lexicon, taken: list[tuple[int, int]], *, participle: bool
) -> ActorMention | None:
    """The first side or actor before an active verb; a participle ("killing seven") has the subject of another."""
    tag = tokens.tag
    k = group - 1
    start = group
    while k >= 0 and group - k < 40:
        if is_boundary(tokens, k) and not (tag[k] & tg.VERB and participle):
            break
        if tag[k] & tg.SPEECH:
            break
        start = k
        k -= 1
    for j in range(start, group):
        if _names_side(tokens, j, lexicon) and not _only_place(tokens, j):
            first, past = _around(tokens, j, start, group)
            return _checked(tokens, first, past, lexicon, taken, "subject")
    return None


def _around(tokens: Tokens, at: int, floor: int, stop: int) -> tuple[int, int]:
    tag, low = tokens.tag, tokens.low
    first = at
    while first > floor and not tag[first - 1] & (tg.NP_STOP | tg.VERB | tg.PLACE_NOUN) and at - first < 5:
        first -= 1
    past = at + 1
    while past < stop and not tag[past] & (tg.NP_STOP | tg.VERB) and past - at < 6 and low[past] not in ("reportedly",):
        past += 1
    return first, past


def _deed(
    tokens: Tokens, trigger: Trigger, after: int, lexicon: Lexicon, taken: list[tuple[int, int]]
) -> ActorMention | None:
    """ "in rebel rocket attacks", "in the government's assault": a side before a deed, in the trigger's clause."""
    low, size = tokens.low, len(tokens.low)
    right = range(after, min(size, after + 22))
    left = range(trigger.group - 1, max(-1, trigger.group - 26), -1)
    for reach in (right, left):
        for k in reach:
            if (is_boundary(tokens, k) and not tokens.tag[k] & tg.VERB) or tokens.tag[k] & tg.SPEECH:
                break
            if reach is right and tokens.tag[k] & tg.QUANTITY:
                break  # a further count has a deed of its own
            found = None
            if _names_side(tokens, k, lexicon) and not _only_place(tokens, k):
                if any(low[j] in lexicon.deeds for j in range(k + 1, min(size, k + 5))):
                    first, past = _around(tokens, k, max(0, k - 3), min(size, k + 5))
                    found = _checked(tokens, first, past, lexicon, taken, "deed")
            elif low[k] == "by" and k > trigger.past and _after_deed(low, k, lexicon):
                found = _phrase_right(tokens, k + 1, lexicon, taken, "agent_of_deed")
            if found is not None:
                return found
    return None


def _after_deed(low: list[str], k: int, lexicon: Lexicon) -> bool:
    """ "an attack carried out by", "an incursion by"."""
    return any(low[j] in lexicon.deeds or low[j] == "out" for j in range(max(0, k - 4), k))


def _names_side(tokens: Tokens, at: int, lexicon: Lexicon) -> bool:
    word = tokens.low[at].removesuffix("'s")
    if tokens.low[at].endswith("'s"):  # "Syria's army" acts, "Syria's city" does not
        after = tokens.low[at + 1 : at + 4]
        return word in lexicon.sides | lexicon.actors and any(w in lexicon.actors or w in lexicon.deeds for w in after)
    if word in lexicon.sides or word in lexicon.actors:
        return True
    return word.endswith(lexicon.side_suffixes)


def _only_place(tokens: Tokens, at: int) -> bool:
    low = tokens.low[at]
    return low.endswith(_HELD) or (
        at > 0
        and tokens.tag[at - 1] & tg.PREPOSITION != 0
        and tokens.low[at - 1] in ("on", "of", "against", "from", "with", "among", "near", "into", "over")
    )


def _checked(
    tokens: Tokens, first: int, past: int, lexicon: Lexicon, taken: list[tuple[int, int]], rule: str
) -> ActorMention | None:
    low, tag = tokens.low, tokens.tag
    while first < past and tag[first] & (tg.DETERMINER | tg.POSSESSIVE):
        first += 1
    if past <= first or any(a < past and first < b for a, b in taken):
        return None
    if past - first > _LONGEST_NAME or any(tag[k] & tg.SPEECH or low[k].endswith(_HELD) for k in range(first, past)):
        return None
    if any(low[k] in _UNKNOWN for k in range(first, past)):
        return None
    if not any(
        _names_side(tokens, k, lexicon) or tag[k] & (tg.CAPITAL | tg.PERSON | tg.PERSON_SG) for k in range(first, past)
    ):
        return None
    return ActorMention(first, past, " ".join(tokens.raw[first:past]), rule)
