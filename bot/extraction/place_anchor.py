"""What holds a name in its sentence: the preposition or verb before it, and so the place's role."""

from bot.extraction import tags as tg
from bot.extraction.lexicon import Lexicon
from bot.extraction.place_mention import Role
from bot.extraction.tokens import Tokens
from bot.extraction.words import word_set

HELD = ("-held", "-controlled", "-based", "-backed", "-led", "-ruled", "-occupied")
NATIONS = ("ian", "ese", "ish", "ani", "eli", "aqi", "eni", "ican", "ghan")
_FROM = frozenset(["from", "leaving", "fleeing"])
_TO = word_set("to into toward towards onto for")
MOVES = word_set("left leave leaves leaving fled flee fleeing escaped entered enter abandoned")
_STRIKES = word_set(
    """struck hit rocked shook shelled bombed pounded raided bombarded stormed storm seize capture retake reach seized
    captured retook recaptured overran taking seizing capturing retaking storming liberated besieged attacked"""
)
_FIGHTS_FOR = word_set("battle fight offensive assault attack strike raid operation struggle")
ATTACKS_OF = word_set("fall capture shelling bombardment bombing siege battle storming recapture liberation")
_STATIONED = word_set("positioned stationed based entrenched headquartered")
_PEOPLE_OF = word_set("entrances town residents inhabitants villagers")
_PARTS_OF = word_set(
    """rest percent cent half third quarter quarters thirds parts part most all entrances north center centre edge city
    outside heart outskirts front gates edges banks bank streets skies"""
)


def anchor(tokens: Tokens, at: int, lexicon: Lexicon) -> tuple[int, Role, bool]:
    """(the leftmost token that belongs to the name, its role, whether a preposition of place holds it)."""
    low, tag = tokens.low, tokens.tag
    k = at - 1
    steps = 0
    while k >= 0 and steps < 8:
        word, bits = low[k], tag[k]
        if word in lexicon.locatives:
            before = low[k - 1] if k > 0 else ""
            if (
                word == "of"
                and (before in lexicon.place_level or before in _PARTS_OF)
                and before not in lexicon.relative_places
            ):
                k -= 2
                steps += 1
                continue
            if (
                word in ("of", "from")
                and before in lexicon.relative_places
                and before not in ("outside", "border", "road")
            ):
                return at, Role.NEAR_OTHER, True
            if word == "near" and k > 0 and tag[k - 1] & tg.CAPITAL and not tag[k - 1] & (tg.WEEKDAY | tg.MONTH):
                return at, Role.NEAR_OTHER, True
            if word in ("with", "of", "to") and before in ("border", "frontier", "road", "way", "highway"):
                return at, Role.NEAR_OTHER, True
            if before in _STATIONED:
                return at, Role.NEAR_OTHER, True  # "fighters positioned in Larkport fired at"
            if word == "of" and before == "out":
                return at, Role.FROM, True
            if word in ("of", "against", "between"):
                attacked = before in ATTACKS_OF and low[at] not in lexicon.sides
                return at, Role.AT, word != "of" or before in _PEOPLE_OF or attacked
            if before.removesuffix("s") in _FIGHTS_FOR and word in ("on", "over"):
                return at, Role.AT, True
            role = Role.FROM if word in _FROM else Role.TO if word in _TO else Role.AT
            return at, role, True
        if word == "for" and k > 0 and low[k - 1] in _FIGHTS_FOR:
            return at, Role.AT, low[at] not in lexicon.sides
        if bits & (tg.VERB | tg.PUNCTUATION | tg.CONJUNCTION | tg.SUBORDINATOR | tg.BE | tg.HAVE) and word not in (
            ",",
            "and",
        ):
            return (
                at,
                Role.FROM if word in ("left", "fled", "leave", "flee", "fleeing", "escaped") else Role.AT,
                word in MOVES or (k == at - 1 and word in _STRIKES and low[at] not in lexicon.sides),
            )
        if word in MOVES:
            return at, Role.FROM, True
        name = bits & tg.CAPITAL and not word.endswith(("'s", *HELD)) and not bits & tg.DETERMINER
        if name and (word in lexicon.sides or word.endswith(NATIONS)):
            name = False  # "in the Turkish capital Ankara"
        if name and word not in lexicon.countries:
            return at, Role.AT, False
        if word in (",", "and"):
            # "in Bidi, Sankoro and Saran": the list goes on from a name already anchored
            return (
                at,
                Role.AT,
                k > 0 and bool(tag[k - 1] & tg.CAPITAL) and not tag[k - 1] & (tg.WEEKDAY | tg.MONTH) and word == ",",
            )
        if word == "as" and k > 0 and low[k - 1] in ("known", "called"):
            return at, Role.AT, True
        k -= 1
        steps += 1
    return at, Role.AT, False
