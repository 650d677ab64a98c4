"""Places: names found by their pattern ("in …", "the … district", "northern …"), the gazetteer only resolves them."""

from bot.extraction import tags as tg
from bot.extraction.clauses import lost_full_stop
from bot.extraction.countries import CONTINENTS
from bot.extraction.definite_places import DEFINITE, DETERMINERS, definite_noun
from bot.extraction.lexicon import Lexicon
from bot.extraction.place_anchor import HELD, MOVES, NATIONS, anchor
from bot.extraction.place_mention import (
    PART_OF_COUNTRY,
    PART_OF_TOWN,
    UNKNOWN_LEVEL,
    WHOLE_COUNTRY,
    PlaceMention,
    Role,
)
from bot.extraction.tokens import Tokens
from bot.extraction.words import word_set

_COMPASS = word_set("north south east west northeast northwest southeast southwest north-east north-west south-east")
_PARTS = word_set("neighborhoods neighbourhoods districts parts quarters suburbs areas half side sector sectors")
_TOWNS = frozenset(("city", "town", "capital"))


_SITE_LEVEL = 4
_CITIES = word_set("city town village capital port hamlet suburb")
_LONGEST_NAME = 12
_NAMED_OF = word_set("republic city state gulf lake port mosque church university bay")  # "the Great Mosque of Kano"
# Sites that are named with their noun: "Aleppo airport" is not Aleppo, but "the Shaar district" is Shaar.
_SITES = word_set(
    """airport camp hospital market square mosque church base crossing checkpoint university hotel prison bridge gate
    junction roundabout stadium palace shrine temple cathedral bazaar monastery synagogue dam"""
)
_BEFORE_NAMES = word_set("in at near of neighbouring neighboring nearby")
_ADJECTIVES = word_set("old new green inner upper lower holy great")
_CAMP_WORDS = word_set("air naval army refugee displacement military international detention training transit idp")
_ALLEGIANCE = word_set("loyal allied faithful belonging opposed linked sympathetic affiliated according hostile")
_HAPPENED_TO = word_set("liberation recapture capture siege fall bombardment shelling encirclement")
_PERSON_TITLES = word_set(
    """mr mrs ms dr gen col lt capt sgt maj president minister general colonel sheikh king prince brigadier major
    captain"""
)


def places(tokens: Tokens, lexicon: Lexicon, taken: list[tuple[int, int]]) -> list[PlaceMention]:
    """The places named in the sentence; `taken` are the tokens of speakers, which name no place."""
    found: list[PlaceMention] = []
    tag, low, size = tokens.tag, tokens.low, len(tokens.low)
    at = 0
    while at < size:
        mention = None
        if tag[at] & tg.CAPITAL and not (at == 0 and tag[at] & ~tg.CAPITAL & (tg.NP_STOP | tg.VERB)):
            mention = _named(tokens, at, lexicon, taken)
        elif low[at] in lexicon.directions and at + 1 < size and low[at + 1] in _PARTS:
            mention = _parts_of_town(tokens, at)
        elif low[at] in lexicon.directions and at + 2 < size and low[at + 1] == "of" and is_part(tokens, at):
            mention = _part_of(tokens, at, lexicon)
        elif low[at] in _COMPASS and is_part(tokens, at) and (at + 1 == size or tag[at + 1] & (tg.NP_STOP | tg.VERB)):
            town = not _PARTS.isdisjoint(low[max(0, at - 4) : at])  # "rebel-held districts in the east"
            rule, level = (PART_OF_TOWN, UNKNOWN_LEVEL) if town else (PART_OF_COUNTRY, 1)
            mention = PlaceMention(at, at + 1, tokens.raw[at], level, Role.AT, rule)
        elif low[at] in ("nationwide", "countrywide") or (
            low[at] == "country" and low[max(0, at - 2) : at] in (["in", "the"], ["across", "the"], ["inside", "the"])
        ):
            mention = PlaceMention(at, at + 1, tokens.raw[at], 0, Role.AT, WHOLE_COUNTRY)
        elif low[at] in DETERMINERS and (noun := definite_noun(tokens, at)) is not None:
            word = low[noun].removesuffix("'s")
            _, role, _ = anchor(tokens, at, lexicon)
            mention = PlaceMention(at, noun + 1, word, lexicon.place_level[word], role, DEFINITE)
        if mention is None:
            at += 1
            continue
        found.append(mention)
        at = max(mention.past, at + 1)
    return found


def _parts_of_town(tokens: Tokens, at: int) -> PlaceMention | None:
    """ "eastern neighborhoods of the battered city", "the eastern districts": a part of the town told of."""
    low, size = tokens.low, len(tokens.low)
    past = at + 2
    if past < size and low[past] == "of":
        end = past + 1
        while end < size and end - past < 5 and low[end] not in _TOWNS:
            if tokens.tag[end] & (tg.PUNCTUATION | tg.VERB | tg.CAPITAL | tg.PREPOSITION):
                return None
            end += 1
        if end >= size or low[end] not in _TOWNS:
            return None
        past = end + 1
    elif at == 0 or low[at - 1] not in ("the", "in", "fled", "from", "across", "on", "all"):
        return None
    role = Role.FROM if at > 0 and low[at - 1] in ("fled", "from", "leave", "left") else Role.AT
    return PlaceMention(at, past, tokens.raw[at], UNKNOWN_LEVEL, role, PART_OF_TOWN)


def is_part(tokens: Tokens, at: int) -> bool:
    """Whether the direction at token `at` names a part ("in the government-held west of the city") and not a bearing
    ("30 km west of the city")."""
    low = tokens.low
    k = at - 1
    while k > 0 and ("-" in low[k] or low[k] in ("far", "extreme")):
        k -= 1
    return (
        k > 0 and low[k] == "the" and low[k - 1] in ("in", "on", "from", "into", "across", "to", "of", "over", "near")
    )


def _part_of(tokens: Tokens, at: int, lexicon: Lexicon) -> PlaceMention | None:
    """ "the west of the city", "the west of Aleppo city"."""
    low, raw = tokens.low, tokens.raw
    past = at + 3 if low[at + 2] == "the" else at + 2
    if past < len(low) and low[past] == "country":
        return PlaceMention(at, past + 1, raw[at], 1, Role.AT, "part_of_the_country")
    if past < len(low) and low[past] in ("city", "town", "capital", "province", "region"):
        first = at - 1 if "-" in low[at - 1] else at
        return PlaceMention(first, past + 1, " ".join(raw[first : past + 1]), 3, Role.AT, "part_of")
    end = _run(tokens, past, lexicon) if past < len(low) and tokens.tag[past] & tg.CAPITAL else past
    if end == past:
        return None
    level = 1 if all(low[k] in lexicon.countries for k in range(past, end)) else UNKNOWN_LEVEL
    if end < len(low) and low[end] in lexicon.place_level:
        level = min(level, lexicon.place_level[low[end]])
    role = Role.FROM if low[at - 2] == "from" else Role.AT
    return PlaceMention(at, end, " ".join([raw[at], *raw[past:end]]), level, role, "part_of")


def _named(tokens: Tokens, at: int, lexicon: Lexicon, taken: list[tuple[int, int]]) -> PlaceMention | None:
    past = _run(tokens, at, lexicon)
    if past == at:
        return None
    low, tag, size = tokens.low, tokens.tag, len(tokens.low)
    if any((first < past and at < end) or (end == at - 1 and low[end] == ",") for first, end in taken):
        return None  # a speaker, or the name after his office and a comma
    if low[at] in CONTINENTS and past == at + 1:
        return None
    if any(low[k].endswith(HELD) or low[k].startswith("mid-") for k in range(at, past)):
        return None
    if (
        low[past - 1].endswith(NATIONS)
        and past + 1 < size
        and low[past] in lexicon.place_level
        and _goes_on(tokens, past)
    ):
        return None  # "the eastern Ukrainian town of": the name follows
    if any(low[k].removesuffix("'s") in lexicon.not_places for k in range(at, past)) or low[at:past] == ["state"]:
        return None
    lost_comma = past + 1 < size and tag[past + 1] & tg.SPEECH  # "… in Larkport activists said"
    opens = at == 1 and low[0] == "in" and low[past - 1] not in lexicon.nations and low[past - 1] not in lexicon.sides
    whose = past < size and tag[past] & tg.PERSON and low[past] not in lexicon.place_level
    if whose and not lost_comma and not opens:
        return None  # "in Larkport residents' homes", but "In Larkport army units thwarted"
    if past < size and (tag[past] & tg.SPEECH or (low[past] == "-" and past + 1 < size)):
        return None
    if at > 1 and low[at - 1] == "to" and low[at - 2] in _ALLEGIANCE:
        return None
    if at > 0 and low[at - 1] == "," and low[past - 1].endswith("'s") and _tells_of(tokens, past):
        return None  # "In Larkport, Morland's main city,"
    left, role, anchored = anchor(tokens, at, lexicon)
    owner = low[at - 1] if at > 0 else ""
    if owner.endswith("'s") and owner.removesuffix("'s") in lexicon.countries and role is Role.AT:
        named = past >= size or not tag[past] & (tg.PERSON | tg.PERSON_SG | tg.SPEAKER | tg.CAPITAL)
        anchored = anchored or (named and not tag[past - 1] & (tg.SPEAKER | tg.THING))  # "Morland's Larkport"
    if (left > 0 and low[left - 1] in _PERSON_TITLES) or (
        left > 0
        and tag[left - 1] & tg.PERSON_SG
        and not tag[left - 1] & tg.PLACE_NOUN
        and low[left - 1] not in ("local",)
        and not (tag[left - 1] & tg.CAPITAL and low[left - 1] in lexicon.not_places)  # "Sunni", "Kurdish"
    ):
        return None
    level = UNKNOWN_LEVEL
    rule = "preposition"
    first = at
    if (
        all(low[k] in lexicon.countries for k in range(at, past))
        or low[past - 1].removesuffix("'s") in lexicon.countries
    ):
        level = 0
    following = low[past] if past < size else ""
    if following in _CAMP_WORDS and past + 1 < size:
        following = low[past + 1]
    of = at - 2 if at >= 1 and low[at - 1] in lexicon.directions else at - 1
    before_of = low[of - 1] if of >= 1 and low[of] == "of" else ""
    past_name = past
    if level != 0:
        if tag[past - 1] & tg.PLACE_NOUN and past - at > 1:
            level, rule = lexicon.place_level.get(low[past - 1].removesuffix("'s"), UNKNOWN_LEVEL), "place_noun"
            past_name = past if low[at] in _ADJECTIVES or low[past - 1] in _SITES else past - 1
        elif following in lexicon.place_level and _is_ethnic(tokens, at):
            return None
        elif following in lexicon.place_level:
            level, rule = lexicon.place_level[following], "place_noun"
            if level == UNKNOWN_LEVEL and low[past + 1 : past + 2] == ["of"]:
                level = 1  # "the Ituri town of Bunia"
        elif before_of in lexicon.place_level:
            level, rule = lexicon.place_level[before_of], "place_noun_of"
            if _apposed(tokens, of - 1):
                level, rule = 1, "apposition"
        elif at > 1 and low[at - 1] == "," and low[at - 2] in _CITIES and low[past : past + 1] in ([], [","], ["."]):
            anchored = True  # "the second-largest city, Larkport, was shelled"
        elif at > 0 and low[at - 1] in _CITIES:
            anchored = True  # "the second city Larkport"
        elif following in _HAPPENED_TO and low[past - 1].endswith("'s"):
            anchored = True  # "Larkport's liberation"
        elif not anchored:
            return None
    if (
        not anchored
        and rule == "preposition"
        and not low[past - 1].endswith("'s")
        and not (at > 0 and low[at - 1] in MOVES)
    ):
        return None
    if rule == "preposition" and past < size and not opens and _adjective(tokens, past - 1, past, lexicon):
        return None
    if level == _SITE_LEVEL and past_name == past and low[past : past + 1] and low[past] in _SITES:
        past_name = past + 1
    if first > 0 and low[first - 1] in lexicon.directions and not _in_country(tokens, first - 1, level, lexicon):
        first -= 1
        if level == 0:
            level = 1
    name = " ".join(tokens.raw[first:past_name]).replace(" - ", "-").removesuffix("'s").removesuffix("’s")
    if past_name > past or level == _SITE_LEVEL:
        name = name.replace("'s ", " ").replace("’s ", " ")  # "Larkport's airport"
    return PlaceMention(first, past, name, level, role, rule)


def _is_ethnic(tokens: Tokens, at: int) -> bool:
    """ "an ethnic Such village", "another Such village": whose village it is, not its name."""
    k = at - 1
    while k >= 0 and tokens.low[k] in _MOSTLY:
        k -= 1
    return k >= 0 and (k < at - 1 or tokens.low[k] in ("a", "an", "another", "two", "three"))


_MOSTLY = word_set("ethnic mainly mostly predominantly largely majority predominately")


_NO_NAME = tg.WEEKDAY | tg.MONTH | tg.PRONOUN


def _only_looks(tokens: Tokens, k: int, at: int, lexicon: Lexicon) -> bool:
    """Whether the word at token `k` only looks like a plural: "in Kilis", "del Carmen"."""
    before = tokens.low[k - 1] if k > 0 else ""
    return (tokens.low[k] not in lexicon.tags and before in _BEFORE_NAMES) or (k > at and before in lexicon.particles)


def _in_country(tokens: Tokens, direction: int, level: int, lexicon: Lexicon) -> bool:
    """ "Morland's northwestern Larkport region": the direction tells where in the country the region lies."""
    owner = tokens.low[direction - 1] if direction > 0 else ""
    return level == 1 and owner.endswith("'s") and owner.removesuffix("'s") in lexicon.countries


def _goes_on(tokens: Tokens, noun: int) -> bool:
    """Whether a name follows the place noun at token `noun`, with "of" or without."""
    return tokens.low[noun + 1] == "of" or bool(tokens.tag[noun + 1] & (tg.CAPITAL | tg.PLACE_NOUN))


def _tells_of(tokens: Tokens, at: int) -> bool:
    """Whether a place noun and then a comma follow within three words."""
    return any(
        tokens.tag[k] & tg.PLACE_NOUN and tokens.low[k + 1] == "," for k in range(at, min(len(tokens.low) - 1, at + 3))
    )


def _apposed(tokens: Tokens, noun: int) -> bool:
    """ "Bidi, a quiet suburb of Larkport": the place noun at token `noun` tells of the name before the comma."""
    k = noun - 1
    while k > 0 and noun - k < 4 and not tokens.tag[k] & tg.NP_STOP:
        k -= 1
    return k > 1 and tokens.low[k] in ("a", "an") and tokens.low[k - 1] == "," and bool(tokens.tag[k - 2] & tg.CAPITAL)


def _run(tokens: Tokens, at: int, lexicon: Lexicon) -> int:
    """The end of the run of capitalised words (with particles between them) that begins at `at`."""
    low, tag, size = tokens.low, tokens.tag, len(tokens.low)
    if tag[at] & (tg.WEEKDAY | tg.MONTH | tg.PRONOUN | tg.DETERMINER | tg.PUNCTUATION) or lost_full_stop(tokens, at):
        return at
    if tag[at] & (tg.BE | tg.HAVE | tg.CONJUNCTION | tg.SUBORDINATOR | tg.PREPOSITION) and not tag[at] & tg.PLACE_NOUN:
        return at
    k = at
    while k < size and k - at < _LONGEST_NAME:
        bits = tag[k]
        if bits & tg.CAPITAL and not bits & _NO_NAME and (not bits & tg.PERSON or _only_looks(tokens, k, at, lexicon)):
            if k > at and low[k - 1].endswith("'s"):
                break
            k += 1
            continue
        if (
            k > at
            and low[k] in lexicon.particles
            and k + 1 < size
            and tag[k + 1] & tg.CAPITAL
            and low[k] not in ("of", "new", "an")
        ) or (
            k > at
            and low[k] == "of"
            and k + 1 < size
            and tag[k + 1] & tg.CAPITAL
            and low[k - 1]
            in ("republic", "city", "state", "gulf", "lake", "port", "mosque", "church", "university", "bay")
        ):
            k += 1
            continue
        break
    return k


def _adjective(tokens: Tokens, last: int, past: int, lexicon: Lexicon) -> bool:
    """ "in Syrian air strikes", "by Russian forces": an adjective of nation before a noun is no place."""
    low, tag = tokens.low, tokens.tag
    word = low[last].removesuffix("'s")
    nation = word in lexicon.sides or word.endswith(("ian", "ese", "ish", "iya", "ani", "eli", "aqi"))
    lower_noun = (
        bool(tag[past] & (tg.PERSON | tg.PERSON_SG | tg.THING))
        or low[past] in lexicon.deeds
        or low[past] in lexicon.actors
    )
    if nation and not tag[past] & (tg.NP_STOP | tg.VERB | tg.MONTH):
        return True
    return lower_noun and low[past] in lexicon.actors and low[past] not in ("state",)
