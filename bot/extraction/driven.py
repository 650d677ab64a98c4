"""What is taken by driving others out of it: "pushed the rebels out of three villages", "cleared the town of
militants", "raised their flag over the citadel", "brought 30 villages under their control"."""

from bot.extraction import tags as tg
from bot.extraction.areas import object_area
from bot.extraction.clauses import is_boundary
from bot.extraction.control import ControlClaim
from bot.extraction.lexicon import Lexicon
from bot.extraction.mentions import Mention, Mode
from bot.extraction.place_mention import PlaceMention
from bot.extraction.tokens import Tokens
from bot.extraction.trigger_table import Slot, TriggerEntry
from bot.extraction.triggers import Trigger, Voice, verb_group
from bot.extraction.words import word_set
from bot.facts.vocabulary import ControlStatus

_DRIVES = word_set(
    """drove driven driving drives push pushed pushing forced forcing expelled expelling evicted evicting ousted
    ousting dislodged dislodging ejected ejecting flushed flushing chased chasing routed routing threw throwing kicked
    kicking cleared clearing swept sweeping"""
)
_CLEARS = word_set("cleared clearing cleansed cleansing rid ridding purged purging swept sweeping")
_RAISES = word_set("raised raising hoisted hoisting planted planting")
_BRINGS = word_set("brought bringing brings placed placing put putting")
_VERBS = _DRIVES | _CLEARS | _RAISES | _BRINGS
_FLAGS = frozenset(("flag", "flags", "banner", "banners"))
_LONGEST = 7
_UNARMED = word_set("men man group groups crowd crowds mob mobs youths settlers clans suspects tribesmen")


def driven(tokens: Tokens, mentions: list[Mention], places: list[PlaceMention], lexicon: Lexicon) -> list[ControlClaim]:
    """The claims of the sentence that are made this way."""
    low = tokens.low
    found: list[ControlClaim] = []
    if _VERBS.isdisjoint(low):
        return found
    for at, word in enumerate(low):
        claim = None
        if word in _DRIVES:
            claim = _out_of(tokens, at, mentions, places, lexicon)
        if claim is None and word in _CLEARS:
            claim = _clears(tokens, at, mentions, places, lexicon)
        if word in _RAISES:
            claim = _raises(tokens, at, mentions, places, lexicon)
        elif word in _BRINGS:
            claim = _brings(tokens, at, mentions, places, lexicon)
        if claim is not None:
            found.append(claim)
    return found


def _enemy(tokens: Tokens, first: int, past: int, lexicon: Lexicon) -> bool:
    return any(tokens.low[k] in lexicon.actors and tokens.low[k] not in _UNARMED for k in range(first, past))


def _out_of(
    tokens: Tokens, at: int, mentions: list[Mention], places: list[PlaceMention], lexicon: Lexicon
) -> ControlClaim | None:
    """ "drove the rebels out of three villages", "had been pushed out of the town"."""
    low, size = tokens.low, len(tokens.low)
    be = verb_group(tokens, at)[1]
    for k in range(at + 1, min(size - 1, at + _LONGEST)):
        out = low[k] == "from" or (low[k] == "of" and low[k - 1] == "out")
        if out:
            armed = be or _enemy(tokens, at + 1, k, lexicon)
            if not armed or (be and not _enemy(tokens, max(0, at - _LONGEST), at, lexicon)):
                return None
            end = object_area(tokens, k + 1, lexicon, mentions, places)
            by = be and end is not None and low[end : end + 1] == ["by"]
            status = ControlStatus.LOST if be and not by else ControlStatus.CAPTURED
            return None if end is None else _claim(tokens, at, k + 1, end, status, mentions, places, passive=be)
        if is_boundary(tokens, k) or low[k] == ",":
            return None
    return None


def _clears(
    tokens: Tokens, at: int, mentions: list[Mention], places: list[PlaceMention], lexicon: Lexicon
) -> ControlClaim | None:
    """ "cleared 12 villages of militants"."""
    low, size = tokens.low, len(tokens.low)
    end = object_area(tokens, at + 1, lexicon, mentions, places)
    if end is None:
        return None
    of = next((k for k in range(at + 2, min(size - 1, end + 2)) if low[k] == "of"), None)
    while of is not None and not _enemy(tokens, of + 1, min(size, of + 4), lexicon):
        of = next((k for k in range(of + 1, min(size - 1, end + 2)) if low[k] == "of"), None)
    if of is None:
        return None
    return _claim(tokens, at, at + 1, min(end, of), ControlStatus.RECAPTURED, mentions, places)


def _raises(
    tokens: Tokens, at: int, mentions: list[Mention], places: list[PlaceMention], lexicon: Lexicon
) -> ControlClaim | None:
    """ "raised their black flag over the citadel"."""
    low, size = tokens.low, len(tokens.low)
    flag = next((k for k in range(at + 1, min(size - 2, at + 5)) if low[k] in _FLAGS), None)
    if flag is None or low[flag + 1] not in ("over", "above", "in", "at", "on", "atop"):
        return None
    end = object_area(tokens, flag + 2, lexicon, mentions, places)
    return None if end is None else _claim(tokens, at, flag + 2, end, ControlStatus.CAPTURED, mentions, places)


def _brings(
    tokens: Tokens, at: int, mentions: list[Mention], places: list[PlaceMention], lexicon: Lexicon
) -> ControlClaim | None:
    """ "brought 30 villages under its control"."""
    low, size = tokens.low, len(tokens.low)
    end = object_area(tokens, at + 1, lexicon, mentions, places)
    if end is None or low[end : end + 1] != ["under"] or "control" not in low[end + 1 : min(size, end + 5)]:
        return None
    return _claim(tokens, at, at + 1, end, ControlStatus.CAPTURED, mentions, places)


def _claim(
    tokens: Tokens,
    at: int,
    first: int,
    end: int,
    status: ControlStatus,
    mentions: list[Mention],
    places: list[PlaceMention],
    *,
    passive: bool = False,
) -> ControlClaim:
    """The claim that the verb at token `at` makes of the area at tokens [first, end)."""
    entry = TriggerEntry(status.value, Slot.OBJECT, None, tokens.low[at])
    voice = Voice.PASSIVE if passive else Voice.ACTIVE
    trigger = Trigger(at, end, verb_group(tokens, at)[0], entry, voice)
    counted = next(
        (
            m
            for m in mentions
            if first <= m.first < end and m.mode in (Mode.NUMBER, Mode.SHARE) and m.veto in (None, "place_noun")
        ),
        None,
    )
    place = next((p for p in places if first <= p.first < end), None)
    named = place is not None or bool(tokens.tag[first] & tg.CAPITAL)
    words = " ".join(tokens.raw[first:end]) if place is None else None
    return ControlClaim(at, end, trigger, status, counted, place, named, words)
