"""Captives told of by their noun alone: "239 hostages are in the city", "about 160 captives are believed to be still
there". Prisoners and detainees may be anywhere; who is called a hostage is held."""

from bot.extraction import tags as tg
from bot.extraction.mentions import Counted, Mention, Mode
from bot.extraction.slots import Link
from bot.extraction.tokens import Tokens
from bot.extraction.trigger_table import Slot, TriggerEntry
from bot.extraction.triggers import Trigger, Voice
from bot.extraction.words import word_set

_CAPTIVES = word_set("hostage hostages captive captives abductees abductee")
_BE = word_set("are is were was remain remains remained")
_BETWEEN = word_set("still believed thought to be alive currently now also known presumed reported all feared")
_WHERE = word_set("in inside at there within among")
_STATES = word_set("good bad poor fair stable better need hospital hospitals shock danger")
_HELD = TriggerEntry("detained", Slot.STATE, None, "captives")
_LONGEST = 8


def captives(tokens: Tokens, mentions: list[Mention], links: list[Link]) -> list[Link]:
    """The links of captives that no other word says to be held, freed or dead."""
    found: list[Link] = []
    if _CAPTIVES.isdisjoint(tokens.low):
        return found
    linked = {id(link.mention) for link in links}
    for mention in mentions:
        if mention.head is None or tokens.low[mention.head] not in _CAPTIVES or id(mention) in linked:
            continue
        if mention.counted is not Counted.PERSONS or mention.mode is not Mode.NUMBER or mention.veto is not None:
            continue
        where = _where(tokens, mention.np_past)
        if where is not None:
            trigger = Trigger(where, where + 1, mention.np_past, _HELD, Voice.SUBJECT)
            found.append(Link(mention, trigger, "captives"))
    return found


def _where(tokens: Tokens, at: int) -> int | None:
    """The word of place that the captives "are" at; None where something else is said of them."""
    low, size = tokens.low, len(tokens.low)
    if at >= size or low[at] not in _BE:
        return None
    for k in range(at + 1, min(size, at + _LONGEST)):
        if low[k : k + 1] == ["in"] and low[k + 1 : k + 2] and low[k + 1] in _STATES:
            return None  # "were in good health"
        if low[k] in _WHERE or (low[k - 1] == "alive" and tokens.tag[k] & tg.PUNCTUATION):
            return k
        if low[k] not in _BETWEEN:
            return None
    return None
