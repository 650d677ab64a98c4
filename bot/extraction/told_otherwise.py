"""What is told without a verb of its own: fighting that goes on somewhere, a loss or fall told of by its noun, where a
place lies, what others "had done so". All of it is doubtful, for a person to look at."""

from bot.extraction import tags as tg
from bot.extraction.areas import object_area
from bot.extraction.control import ControlClaim
from bot.extraction.events import EventMention
from bot.extraction.lexicon import Lexicon
from bot.extraction.mention import Counted, Mention, Mode
from bot.extraction.place_mention import UNKNOWN_LEVEL, PlaceMention, Role
from bot.extraction.tokens import Tokens
from bot.extraction.trigger_table import Slot, TriggerEntry
from bot.extraction.triggers import Trigger, Voice
from bot.extraction.words import word_set
from bot.facts.vocabulary import ControlStatus, EventType, Stance

_FIGHTING = word_set("fighting clashes battles combat gunfights firefights skirmishes")
_GOES_ON = word_set("continued continue continues raged rages rage raging persisted persists ongoing underway way on")
_IN = word_set("in for over around inside near")
_LOSSES = {
    "loss": ControlStatus.LOST,
    "fall": ControlStatus.CAPTURED,
    "capture": ControlStatus.CAPTURED,
    "seizure": ControlStatus.CAPTURED,
    "recapture": ControlStatus.RECAPTURED,
}
_POSSIBLE = word_set("would could might may")
_NEAR = (["close", "to"], ["next", "to"], ["adjacent", "to"], ["near"])
_REACH = 4
_LONGEST_NAME = 4


def _trigger(at: int, past: int, name: str, word: str) -> Trigger:
    return Trigger(at, past, at, TriggerEntry(name, Slot.STATE, None, word), Voice.NOUN)


def contested(
    tokens: Tokens, mentions: list[Mention], places: list[PlaceMention], lexicon: Lexicon
) -> list[ControlClaim]:
    """ "fighting continued in a third", "clashes are under way in Larkport": nobody holds it for certain."""
    low, size = tokens.low, len(tokens.low)
    found: list[ControlClaim] = []
    if _FIGHTING.isdisjoint(low):
        return found
    for at, word in enumerate(low):
        if word not in _FIGHTING:
            continue
        verb = next((k for k in range(at + 1, min(size - 2, at + _REACH)) if low[k] in _GOES_ON), None)
        if verb is None or low[verb + 1] not in _IN:
            continue
        first = verb + 2
        counted = next((m for m in mentions if m.first == first and _further(tokens, m, lexicon)), None)
        end = counted.np_past if counted is not None else object_area(tokens, first, lexicon, mentions, places)
        if end is not None:
            place = next((p for p in places if first <= p.first < end), None)
            words = " ".join(tokens.raw[first:end])
            trigger = _trigger(at, verb + 1, "contested", word)
            status = ControlStatus.CONTESTED
            claim = ControlClaim(at, end, trigger, status, counted, place, place is not None, words, passing=True)
            found.append(claim)
    return found


def _further(tokens: Tokens, mention: Mention, lexicon: Lexicon) -> bool:
    """ "a third" after districts that were counted before: one more of them."""
    unsaid = mention.mode is Mode.INDEFINITE and mention.counted is Counted.UNSAID
    return unsaid and not lexicon.control_areas.isdisjoint(tokens.low[: mention.first])


def losses(tokens: Tokens, places: list[PlaceMention]) -> list[ControlClaim]:
    """ "its loss would be a blow", "the fall of Larkport": of the place named last before, or after "of"."""
    low, size = tokens.low, len(tokens.low)
    found: list[ControlClaim] = []
    if _LOSSES.keys().isdisjoint(low):
        return found
    for at, word in enumerate(low):
        if word not in _LOSSES or at == 0:
            continue
        if low[at - 1] == "its":
            place = next((p for p in reversed(places) if p.past < at and p.role is Role.AT), None)
            past = at + 1
        elif low[at - 1] == "the" and low[at + 1 : at + 2] == ["of"]:
            place = next((p for p in places if at + 2 <= p.first <= at + 3), None)
            past = place.past if place is not None else at + 1
        else:
            continue
        if place is None:
            continue
        possible = past < size and low[past] in _POSSIBLE
        stance = Stance.HYPOTHETICAL if possible else None
        trigger = _trigger(at, at + 1, _LOSSES[word].value, word)
        claim = ControlClaim(at - 1, past, trigger, _LOSSES[word], None, place, True, passing=True, stance=stance)
        found.append(claim)
    return found


def lies(tokens: Tokens) -> list[EventMention]:
    """ "Larkport is close to the front": where the place lies that the sentence begins with."""
    tag, low, size = tokens.tag, tokens.low, len(tokens.low)
    past = 0
    while past < size and past < _LONGEST_NAME and tag[past] & tg.CAPITAL and not tag[past] & tg.NP_STOP:
        past += 1
    if past == 0 or past + 2 >= size or low[past] not in ("is", "lies", "stands"):
        return []
    if not any(low[past + 1 : past + 1 + len(near)] == near for near in _NEAR):
        return []
    name = " ".join(tokens.raw[:past])
    place = PlaceMention(0, past, name, UNKNOWN_LEVEL, Role.AT, "opening_name")
    end = next((k for k in range(past + 2, size) if tag[k] & tg.PUNCTUATION), size)
    return [EventMention(0, end, _trigger(past, past + 1, "other", low[past]), EventType.OTHER, place=place)]


def did_so(tokens: Tokens, mentions: list[Mention], before: list[EventMention]) -> list[EventMention]:
    """ "only a handful had done so": the verb told last, by people who are counted."""
    low = tokens.low
    for mention in mentions:
        at = mention.np_past
        counts = mention.counted in (Counted.UNSAID, Counted.PERSONS) and mention.mode is Mode.NUMBER
        if counts and low[at : at + 3] in (["had", "done", "so"], ["have", "done", "so"]):
            told = [event for event in before if event.trigger.first < mention.first]
            if told:
                trigger = _trigger(at, at + 3, told[-1].event.value, "do so")
                return [EventMention(mention.first, at + 3, trigger, told[-1].event, counted=mention)]
    return []
