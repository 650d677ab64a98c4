"""Events: that something of a known type happened, told by the verb or noun that says so."""

from dataclasses import dataclass

from bot.extraction import tags as tg
from bot.extraction.clauses import is_boundary
from bot.extraction.lexicon import Lexicon
from bot.extraction.mention import Mention
from bot.extraction.place_mention import PlaceMention
from bot.extraction.tokens import Tokens
from bot.extraction.trigger_table import Slot, TriggerEntry
from bot.extraction.triggers import Trigger, Voice, verb_group
from bot.facts.vocabulary import EventType


@dataclass(frozen=True, slots=True)
class EventMention:
    """An event told of at tokens [first, past): its trigger's clause as far as it is on one side of the trigger; its
    place and the people counted where its own rule found them."""

    first: int
    past: int
    trigger: Trigger
    event: EventType
    place: PlaceMention | None = None
    counted: Mention | None = None


def events(tokens: Tokens, lexicon: Lexicon) -> list[EventMention]:
    """The events of the sentence, one of each type in a clause."""
    found: list[EventMention] = []
    seen: dict[EventType, int] = {}
    low, size = tokens.low, len(tokens.low)
    firsts = lexicon.events.first_words()
    at = 0
    while at < size:
        if low[at] not in firsts:
            at += 1
            continue
        hit = lexicon.events.find(low, at)
        if hit is None:
            at += 1
            continue
        (name, is_verb), past = hit
        event = EventType(name)
        if at >= seen.get(event, 0) and not (is_verb and at > 0 and tokens.tag[at - 1] & tg.DETERMINER):
            group, be, *_ = verb_group(tokens, at)
            voice = Voice.PASSIVE if be and is_verb else Voice.ACTIVE if is_verb else Voice.NOUN
            entry = TriggerEntry(name, Slot.OBJECT if is_verb else Slot.STATE, None, low[at])
            trigger = Trigger(at, past, group, entry, voice)
            mention = EventMention(_clause_start(tokens, group), _clause_end(tokens, past), trigger, event)
            seen[event] = mention.past
            found.append(mention)
        at = past
    return found


def _clause_start(tokens: Tokens, at: int) -> int:
    first = at
    while (
        first > 0
        and at - first < 20
        and tokens.low[first - 1] != ","
        and not (is_boundary(tokens, first - 1) and not tokens.tag[first - 1] & tg.VERB)
    ):
        first -= 1
    return first


def _clause_end(tokens: Tokens, at: int) -> int:
    past = at
    while (
        past < len(tokens.low)
        and past - at < 20
        and tokens.low[past] not in (",", ".")
        and not is_boundary(tokens, past)
    ):
        past += 1
    return past
