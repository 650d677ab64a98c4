"""What is taken, held or lost: the noun phrases around a verb of control that name an area or a place."""

from bot.extraction import tags as tg
from bot.extraction.clauses import is_boundary
from bot.extraction.lexicon import Lexicon
from bot.extraction.mentions import Mention, Mode
from bot.extraction.place_mention import UNKNOWN_LEVEL, PlaceMention, Role
from bot.extraction.tokens import Tokens
from bot.extraction.words import word_set

_REACH = 14
_NATION_ENDS = ("ian", "ians", "ese", "ish", "ani", "anis", "eli", "elis", "aqi", "aqis")
_SQUARE = frozenset(("square", "sq"))
_BUILDINGS = word_set("hospital building buildings prison parts")


def object_area(
    tokens: Tokens, at: int, lexicon: Lexicon, mentions: list[Mention], places: list[PlaceMention]
) -> int | None:
    """The end of the noun phrase at token `at` if it names an area or a place, else None."""
    low, tag, size = tokens.low, tokens.tag, len(tokens.low)
    starts = {place.first: place for place in places}
    area: int | None = None
    counted = {k for m in mentions if m.mode in (Mode.SHARE, Mode.NUMBER) for k in range(m.first, m.past)}
    k = at
    while k < min(size, at + _REACH):
        if k in starts:
            return starts[k].past
        if low[k] == "ground" and k == at:
            return None  # "losing ground"
        if low[k] in lexicon.control_areas:
            if low[k] in _BUILDINGS and low[at] in ("a", "an"):
                return None  # "overran a hospital": a raid, and nothing on the map
            area = k + 1
            k += 1
            continue
        if (low[k - 1] in _SQUARE and k > at) or low[k] in ("hectares", "acres"):
            area = k + 1  # "10 square kilometres"
            k += 1
            continue
        bits = tag[k]
        if k in counted:
            k += 1
            continue
        if bits & (tg.PERSON | tg.PERSON_SG) and low[k] not in (
            "rebel",
            "militant",
            "insurgent",
            "opposition",
            "former",
            "population",
            "local",
        ):
            break
        if bits & tg.PREPOSITION and not (
            low[k] in ("of", "in", "around", "on", "over") and (area is not None or low[k] == "of")
        ):
            break
        if (
            bits & (tg.PUNCTUATION | tg.SUBORDINATOR | tg.RELATIVE | tg.BE | tg.HAVE | tg.CONJUNCTION | tg.WEEKDAY)
            and low[k] != "'s"
        ):
            break
        if bits & tg.VERB and area is not None:
            break
        k += 1
    return area


def share_of_name(tokens: Tokens, at: int, mentions: list[Mention]) -> PlaceMention | None:
    """ "70 per cent of Larkport": the name after a share that begins at token `at`."""
    share = next((m for m in mentions if m.first == at and m.mode is Mode.SHARE), None)
    return name_after(tokens, share.past) if share is not None else None


def name_before(tokens: Tokens, end: int, floor: int, lexicon: Lexicon) -> PlaceMention | None:
    """ "the Omar oilfield in the east": the name before the first noun for an area at tokens [floor, end)."""
    tag, low = tokens.tag, tokens.low
    area = next((k for k in range(floor, end) if low[k] in lexicon.control_areas), None)
    if area is None:
        return None
    first, end = area, area + 1
    other = tg.PERSON | tg.SPEAKER | tg.NP_STOP | tg.MONTH
    while first > floor and tag[first - 1] & tg.CAPITAL and not tag[first - 1] & other:
        first -= 1
    word = low[first] if first < end - 1 else ""
    if not word or word in lexicon.sides or word in lexicon.nations or word.endswith(_NATION_ENDS):
        return None
    return PlaceMention(first, end, " ".join(tokens.raw[first:end]), UNKNOWN_LEVEL, Role.AT, "name_of_area")


def name_after(tokens: Tokens, at: int) -> PlaceMention | None:
    """The name after "of" at token `at`, which only what stands before makes a place."""
    if tokens.low[at : at + 1] != ["of"]:
        return None
    tag, size = tokens.tag, len(tokens.low)
    first = past = at + 1
    if past < size and tokens.low[past].endswith(("ern", "central")):
        past += 1  # "all of eastern Larkport"
    name_first = past
    other = tg.PERSON | tg.PERSON_SG | tg.SPEAKER | tg.NP_STOP | tg.MONTH
    while (
        past < size
        and past - first < 4
        and (
            (tag[past] & tg.CAPITAL and not tag[past] & other)
            or (tokens.low[past] in ("des", "de", "al", "el", "la") and past > name_first)
        )
    ):
        past += 1
    if past == name_first:
        return None
    name = " ".join(tokens.raw[first:past]).removesuffix("'s").removesuffix("’s")
    return PlaceMention(first, past, name, UNKNOWN_LEVEL, Role.AT, "share_of")


def bare_name(tokens: Tokens, group: int) -> PlaceMention | None:
    """ "Larkport was captured": a name alone, which only the verb makes a place."""
    other = tg.PERSON | tg.PERSON_SG | tg.SPEAKER | tg.NP_STOP | tg.MONTH
    first = group
    while first > 0 and group - first < 4 and tokens.tag[first - 1] & tg.CAPITAL and not tokens.tag[first - 1] & other:
        first -= 1
    common = first == 0 and group == 1 and (tokens.tag[0] & tg.THING or tokens.low[0].endswith("s"))
    if common or first == group or (first > 0 and tokens.tag[first - 1] & (tg.PERSON_SG | tg.DETERMINER)):
        return None
    name = " ".join(tokens.raw[first:group])
    return PlaceMention(first, group, name, UNKNOWN_LEVEL, Role.AT, "captured_name")


_CERTAIN = word_set(
    """overran overrun overrunning recaptured recapturing retook retaken retaking reconquered liberated liberating
    occupied annexed of over"""
)
_ARMED = word_set(
    """forces troops army soldiers fighters militants militiamen rebels insurgents gunmen jihadists guerrillas taliban
    militia militias paramilitaries peshmerga separatists"""
)


def bare_object(tokens: Tokens, at: int, past: int, lexicon: Lexicon) -> PlaceMention | None:
    """ "troops took Larkport": a name alone, which the verb makes a place. Verbs that people can be the object of too
    need an army for a subject and a name of one word."""
    low, tag, size = tokens.low, tokens.tag, len(tokens.low)
    other = tg.PERSON | tg.PERSON_SG | tg.SPEAKER | tg.NP_STOP | tg.MONTH | tg.THING
    end = past
    while end < size and end - past < 4 and tag[end] & tg.CAPITAL and not tag[end] & other:
        end += 1
    if end == past or low[end - 1].endswith(("'s", "’s")):
        return None
    if low[past] in lexicon.sides or low[past] in lexicon.not_places or low[past].endswith(_NATION_ENDS):
        return None
    if end < size and not tag[end] & (tg.NP_STOP | tg.WEEKDAY | tg.TIME | tg.ADVERB):
        return None
    certain = low[past - 1] in _CERTAIN
    if not certain and (end - past > 1 or _ARMED.isdisjoint(low[max(0, at - 12) : at])):
        return None
    return PlaceMention(past, end, " ".join(tokens.raw[past:end]), UNKNOWN_LEVEL, Role.AT, "captured_name")


def subject_area(tokens: Tokens, group: int, lexicon: Lexicon, places: list[PlaceMention]) -> int | None:
    """The beginning of the noun phrase before the verb group, if it names an area or a place."""
    ends = {place.past: place for place in places}
    k = group
    while k > 0 and group - k < 8:
        if k in ends:
            return ends[k].first
        if tokens.low[k - 1] in lexicon.control_areas:
            first = k - 1
            while first > 0 and not tokens.tag[first - 1] & (tg.NP_STOP | tg.VERB):
                first -= 1
            return first
        if is_boundary(tokens, k - 1) or tokens.low[k - 1] == ",":
            return None
        k -= 1
    return None
