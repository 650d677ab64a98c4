"""Who holds what, said in passing: "rebel-held districts", "areas under army control", "still in rebel hands"."""

from bot.extraction import tags as tg
from bot.extraction.control import ControlClaim
from bot.extraction.lexicon import Lexicon
from bot.extraction.place_mention import PlaceMention
from bot.extraction.tokens import Tokens
from bot.extraction.trigger_table import Slot, TriggerEntry
from bot.extraction.triggers import Trigger, Voice
from bot.facts.vocabulary import ControlStatus

_SUFFIXES = ("-held", "-controlled", "-ruled", "-occupied", "-run")
_REACH = 6
_HOLDERS = 4
_ENDS = {"under": "control", "in": "hands"}


def holdings(tokens: Tokens, places: list[PlaceMention], lexicon: Lexicon) -> list[ControlClaim]:
    """The claims of the sentence; none twice for the same words."""
    found: list[ControlClaim] = []
    for k, word in enumerate(tokens.low):
        if word.endswith(_SUFFIXES):
            claim = _adjective(tokens, k, places, lexicon)
        elif word in _ENDS and k > 0:
            claim = _phrase(tokens, k, places, lexicon)
        else:
            continue
        if claim is not None:
            found.append(claim)
    return found


def _claim(tokens: Tokens, first: int, past: int, place: PlaceMention | None, holder: str | None) -> ControlClaim:
    entry = TriggerEntry("held", Slot.STATE, None, tokens.low[first])
    trigger = Trigger(first, past, first, entry, Voice.NOUN)
    words = " ".join(tokens.raw[first:past])
    named = place is not None
    return ControlClaim(
        first, past, trigger, ControlStatus.HELD, None, place, named, words, passing=True, holder=holder
    )


def _adjective(tokens: Tokens, at: int, places: list[PlaceMention], lexicon: Lexicon) -> ControlClaim | None:
    """ "regime-held west Larkport", "the last rebel-held districts"."""
    holder = tokens.raw[at].rpartition("-")[0]
    for place in places:
        if at <= place.first <= at + 1:
            return _claim(tokens, at, place.past, place, holder)
    for k in range(at + 1, min(len(tokens.low), at + _REACH)):
        if tokens.low[k] in lexicon.control_areas:
            return _claim(tokens, at, k + 1, None, holder)
        if tokens.tag[k] & tg.NP_STOP:
            return None
    return None


def _phrase(tokens: Tokens, at: int, places: list[PlaceMention], lexicon: Lexicon) -> ControlClaim | None:
    """ "areas under army control", "the last parts of Larkport still in rebel hands"."""
    low, tag = tokens.low, tokens.tag
    last = _ENDS[low[at]]
    end = next((k for k in range(at + 2, min(len(low), at + 2 + _HOLDERS)) if low[k] == last), None)
    if end is None or not any(low[k] in lexicon.sides or low[k] in lexicon.actors for k in range(at + 1, end)):
        return None
    holders = [low[k] for k in range(at + 1, end)]
    holder = " ".join(tokens.raw[at + 1 : end]) if not {"or", "and"} & set(holders) else None
    for k in range(at - 1, max(-1, at - _REACH), -1):
        place = next((p for p in places if p.past == k + 1), None)
        if place is not None or low[k] in lexicon.control_areas:
            first = place.first if place is not None else k
            return _claim(tokens, first, end + 1, place, holder)
        if tag[k] & (tg.PUNCTUATION | tg.VERB | tg.SUBORDINATOR):
            return None
    return None
