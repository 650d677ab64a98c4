"""What a sentence says of the scene: where it tells of, whether it tells of something else than before."""

from bot.extraction import tags as tg
from bot.extraction.lexicon import Lexicon
from bot.extraction.place_mention import PlaceMention, Role
from bot.extraction.tokens import Tokens
from bot.extraction.words import word_set

# Where people meet and speak is not where it happened.
_MEETINGS = word_set(
    """conference talks summit meeting speaking told reporters briefing interview hearing session visit negotiations
    parliament congress based headquartered"""
)
_BACKGROUND = word_set("has have since decades years")  # what has been so for long is not what the report tells of
_ONE_OF_SEVERAL = word_set("deadliest worst bloodiest biggest heaviest")  # of several attacks
WARS = word_set(
    """conflict war uprising revolt insurgency invasion coup crackdown rebellion unrest genocide takeover protests
    violence"""
)
CAMPAIGNS = word_set("offensive operation assault campaign battle siege onslaught push blitz advance")
_FIGHTING = frozenset(("fighting", "crisis"))
_BEGINNINGS = word_set("erupted began started broke launched")
_SITE = 4
_BUILDINGS = word_set(
    """airport hospital market square mosque church base crossing checkpoint university hotel prison bridge school
    airfield barracks gate junction roundabout stadium palace shrine temple cathedral bazaar monastery synagogue dam"""
)
_DENIALS = word_set("denied denies dismissed rejected untrue")
_HAPPENINGS = word_set(
    """fighting clashes clash battle battles violence killing killings massacre landed fell fired firing hit struck
    shelled bombed stormed attacked raided torched targeted exploded detonated blew broke erupted happened
    occurred took ambushed besieged burned looted crossfire gunmen captured seized blown went derailed collapsed
    overran rammed opened dragged rounded executed abducted"""
)


def tells_of_war_beginning(tokens: Tokens) -> bool:
    """ "The war between the army and the rebels erupted in April"."""
    low = tokens.low
    if "not" in low or _BEGINNINGS.isdisjoint(low):
        return False
    if not (WARS | CAMPAIGNS | _FIGHTING).isdisjoint(low[:4]):
        return True
    # "forces began their push to retake the town"
    return any(word in _BEGINNINGS and not CAMPAIGNS.isdisjoint(low[k : k + 4]) for k, word in enumerate(low))


def dateline(tokens: Tokens, lexicon: Lexicon) -> PlaceMention | None:
    """ "LARKPORT, Morland (AP) —": where the report was written, if it is no agency's office; with its country."""
    past = 0
    while past < min(3, len(tokens.low)) and tokens.raw[past].isupper() and len(tokens.raw[past]) > _SHORTEST_TOWN:
        past += 1
    if not 0 < past < len(tokens.low) - 2 or tokens.low[past] not in (",", "("):
        return None
    if not lexicon.bureaus.isdisjoint(tokens.low[:past]) or tokens.low[past + 1] not in lexicon.countries:
        return None
    return PlaceMention(0, past + 2, " ".join(tokens.raw[:past]).title(), _TOWN, Role.AT, tokens.raw[past + 1])


_SHORTEST_TOWN = 2
_TOWN = 3


def breadth(tokens: Tokens, place: PlaceMention) -> int:
    """How narrow a place is told: "a town near Larkport" is no narrower than the region around it."""
    near = place.first > 0 and tokens.low[place.first - 1] in ("near", "outside", "around")
    return min(place.level, _REGION) if near and place.level == _TOWN else place.level


_REGION = 1


def is_building(place: PlaceMention) -> bool:
    """Whether the place is one building or the like, which the next scene need not be in."""
    return place.level == _SITE and place.name.lower().split()[-1] in _BUILDINGS


def narrowest(tokens: Tokens, places: list[PlaceMention]) -> PlaceMention | None:
    """The narrowest place where something may have happened; None where it is one of a list."""
    at = [place for place in places if place.role is Role.AT and place.level >= 1]
    best = max(at, key=lambda place: place.level, default=None)
    if best is not None and tokens.low[best.past : best.past + 1] in ([","], ["and"]):
        listed = any(
            other.level == best.level and 0 < other.first - best.past <= 2 and other.rule == "preposition"
            for other in at
        )
        return None if listed else best
    return best


def landmark(places: list[PlaceMention]) -> PlaceMention | None:
    """ "a gas plant southwest of Larkport": where only a landmark is named, that is the place."""
    near = [place for place in places if place.role is not Role.TO]
    return near[0] if len(near) == 1 and near[0].role is Role.NEAR_OTHER else None


def headline_topic(tokens: Tokens) -> str | None:
    """ "Larkport: shelling kills nine": what a headline names before its colon."""
    colon = next((k for k, word in enumerate(tokens.low[:14]) if word == ":"), 0)
    first = colon
    while first > 0 and tokens.tag[first - 1] & tg.CAPITAL and colon - first < 4:
        first -= 1
    opens = first == 0 or tokens.tag[first - 1] & tg.PUNCTUATION
    if not opens or first == colon:
        return None
    topic = " ".join(tokens.raw[first:colon]).replace(" - ", "-")
    return topic.title() if topic.isupper() else topic


def is_apart(tokens: Tokens) -> bool:
    """ "Elsewhere", "in a separate attack", "in another incident": something else than what was told before."""
    low = tokens.low[:8]
    if low[:2] == ["one", "of"] or (low[0] == "the" and not _ONE_OF_SEVERAL.isdisjoint(low[1:4])):
        return True
    return "elsewhere" in low or "separate" in low or "separately" in low or low[:2] == ["in", "another"]


def noun_of(tokens: Tokens, place: PlaceMention, lexicon: Lexicon) -> str | None:
    """The noun a place is told with: "the besieged enclave of Larkport", "Larkport town", "Larkport, a port in"."""
    low, size = tokens.low, len(tokens.low)
    if place.past - 1 >= 0 and low[place.past - 1] in lexicon.place_level:
        return low[place.past - 1]
    if place.past < size and low[place.past] in lexicon.place_level:
        return low[place.past]
    k = place.first - 1
    if k > 0 and low[k] == "of":
        k -= 1
    if k >= 0 and low[k] in lexicon.place_level:
        return low[k]
    if low[place.past : place.past + 1] == [","] and low[place.past + 1 : place.past + 2] in (["a"], ["an"], ["the"]):
        for k in range(place.past + 2, min(size, place.past + 6)):
            if low[k] in lexicon.place_level:
                return low[k]
            if tokens.tag[k] & (tg.NP_STOP | tg.CAPITAL):
                break
    return None


def happens(tokens: Tokens, place: PlaceMention, lexicon: Lexicon) -> bool:
    """Whether a sentence that counts nobody tells of something that happened at its place."""
    low = tokens.low
    before = low[: place.first]
    if not (_BACKGROUND | _DENIALS).isdisjoint(before) or not _MEETINGS.isdisjoint(before[-8:]):
        return False
    opens = low[0] in ("in", "at", "near") and place.first <= 4
    return opens or is_eventful(tokens, lexicon)


def is_eventful(tokens: Tokens, lexicon: Lexicon) -> bool:
    """Whether the sentence tells of something that happened."""
    return not lexicon.deeds.isdisjoint(tokens.low) or not _HAPPENINGS.isdisjoint(tokens.low)


def is_denied(tokens: Tokens) -> bool:
    """Whether the sentence denies something."""
    return not _DENIALS.isdisjoint(tokens.low)
