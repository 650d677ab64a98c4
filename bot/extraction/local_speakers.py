"""Where speakers are who can only speak of their own town: "a doctor in Larkport said", "Larkport's mayor"."""

from bot.extraction import tags as tg
from bot.extraction.lexicon import Lexicon
from bot.extraction.place_mention import UNKNOWN_LEVEL, PlaceMention, Role
from bot.extraction.speaker_names import name_left
from bot.extraction.tokens import Tokens
from bot.extraction.words import word_set

OF_SPEAKER = "of_speaker"
_LOCAL = word_set(
    """hospital hospitals clinic morgue doctor doctors medic medics nurse nurses surgeon paramedic paramedics resident
    residents villager villagers police mayor governor council municipal district provincial regional rescuers
    ambulance firefighters shopkeeper elder elders"""
)
_BEFORE = word_set("in of at from")
_IN = word_set("in of near at from around inside outside across")
_SEATED = word_set("based located headquartered sits lives")
_HEDGES = word_set("some about around nearly almost approximately over estimated roughly")
_BETWEEN = word_set("region province district city town county state oblast main central")


def places_of_speakers(tokens: Tokens, lexicon: Lexicon, taken: list[tuple[int, int]]) -> list[PlaceMention]:
    """The towns in the names of local speakers, for facts whose sentence names no other place."""
    found = []
    for first, past in taken:
        if _LOCAL.isdisjoint(tokens.low[first:past]):
            continue
        k = first
        while k < past:
            end = _name_end(tokens, k, past, lexicon)
            if end > k:
                if _is_place(tokens, first, k, end, past):
                    name = " ".join(tokens.raw[k:end]).removesuffix("'s").removesuffix("’s")
                    found.append(PlaceMention(k, end, name, UNKNOWN_LEVEL, Role.AT, OF_SPEAKER))
                    break
                k = end
            k += 1
    return found


def own_words(tokens: Tokens, first: int, past: int, lexicon: Lexicon) -> tuple[int, int]:
    """The speaker at tokens [first, past) where lost commas have run his name into what stands before it.

    "In the province of Larkport state news agency Noon reported": without the place before him. "The monitor which is
    based in Larkport said": he, not his seat.
    """
    while past - first > 1 and (tokens.low[past - 1] in _HEDGES or tokens.tag[past - 1] & tg.DETERMINER):
        past -= 1  # "according to the army some 300 people"
    if first == 0 or tokens.low[first - 1] not in _IN or not tokens.tag[first] & tg.CAPITAL:
        return first, past
    which = next((k for k in range(first - 1, max(0, first - 6), -1) if tokens.low[k] in ("which", "who", "that")), 0)
    if which and any(tokens.low[k] in _SEATED for k in range(which, first)):
        return name_left(tokens, which, lexicon) or (first, past)
    k = first
    while k < past and tokens.tag[k] & (tg.CAPITAL | tg.PLACE_NOUN):
        k += 1
    speaker = any(tokens.tag[j] & tg.SPEAKER for j in range(k, past))
    return (k, past) if speaker and k < past else (first, past)


def _name_end(tokens: Tokens, at: int, past: int, lexicon: Lexicon) -> int:
    """The end of the run of capitalised words at token `at` that may be a place."""
    k = at
    other = tg.DETERMINER | tg.PERSON | tg.PERSON_SG | tg.SPEAKER | tg.NP_STOP | tg.WEEKDAY | tg.MONTH
    while k < past and tokens.tag[k] & tg.CAPITAL and not tokens.tag[k] & other:
        word = tokens.low[k].removesuffix("'s")
        if word in _LOCAL | _BETWEEN or tokens.tag[k] & tg.SPEAKER_ADJECTIVE:
            return at  # "Regional governor"
        nation = word in lexicon.countries or word in lexicon.sides or word in lexicon.not_places
        if nation or word.endswith(("ian", "ese", "ish", "ani", "eli", "aqi", "eni")):
            return at
        k += 1
        if tokens.low[k - 1].endswith("'s"):
            break
    return k


def _is_place(tokens: Tokens, first: int, at: int, end: int, past: int) -> bool:
    """A name after "in" or "of", or before the noun of a local speaker; not the speaker's own name."""
    low = tokens.low
    if at > first and low[at - 1] in _BEFORE:
        return True
    if at > first + 1 and low[at - 2] in _BEFORE and tokens.tag[at - 1] & tg.DETERMINER:
        return True  # "a nurse at the Larkport health centre"
    opens = at == first or (at == first + 1 and tokens.tag[first] & tg.DETERMINER)
    return bool(opens) and end < past and (low[end - 1].endswith("'s") or low[end] in _LOCAL | _BETWEEN)
