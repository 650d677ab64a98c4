"""One person told of by "a": "a woman", "another trade unionist", "a fourth", "a Syrian"."""

from bot.extraction import tags as tg
from bot.extraction.lexicon import Lexicon
from bot.extraction.mention import LONGEST_NOUN_PHRASE, Counted, Mention, Mode
from bot.extraction.tokens import Tokens
from bot.extraction.words import word_set
from bot.facts.quantity import exact

_INDEFINITE = frozenset(["a", "an", "another"])
_ORDINALS = word_set("second third fourth fifth sixth seventh eighth ninth tenth")
_NEVER_ONE = word_set("lot number majority minority series total dozen couple handful few people")


def with_indefinites(tokens: Tokens, numbers: list[Mention], lexicon: Lexicon) -> list[Mention]:
    """The numbers with every "a woman" between them, in the order of the text."""
    low, tag, size = tokens.low, tokens.tag, len(tokens.low)
    covered = {k for mention in numbers for k in range(mention.first, mention.past)}
    ones = []
    for at in range(size):
        possessive = tag[at] & tg.POSSESSIVE and at > 0 and low[at - 1] in ("and", ",", "with", "as")
        if not (low[at] in _INDEFINITE or possessive) or at in covered or at + 1 >= size:
            continue
        if at > 2 and low[at - 1] in ("them", "whom") and low[at - 3 : at - 1] == ["one", "of"]:
            continue  # "one of them a girl of six": counted as the one
        one = indefinite(tokens, at, lexicon)
        if one is not None and not any(k in covered for k in range(at, one.np_past)):
            ones.append(one)
    return sorted([*numbers, *ones], key=lambda mention: mention.first) if ones else numbers


def indefinite(tokens: Tokens, at: int, lexicon: Lexicon) -> Mention | None:
    """ "a woman", "another trade unionist", "a fourth" at token `at`: one person."""
    low, tag, size = tokens.low, tokens.tag, len(tokens.low)
    if low[at + 1] in _NEVER_ONE:
        return None
    if low[at + 1] in _ORDINALS and (
        at + 2 >= size
        or tag[at + 2] & (tg.NP_STOP | tg.ADVERB | tg.VERB | tg.CAPITAL)
        or low[at + 2] in lexicon.triggers
    ):
        return Mention(at, at + 2, at + 2, None, exact(1), Counted.UNSAID, Mode.INDEFINITE)
    head = person_head(tokens, at + 1, lexicon)
    if head is None:
        if low[at] == "another" and low[at + 1] in lexicon.triggers:
            return Mention(at, at + 1, at + 1, None, exact(1), Counted.UNSAID, Mode.INDEFINITE)
        return None
    return Mention(at, head + 1, head + 1, head, exact(1), Counted.PERSONS, Mode.INDEFINITE)


def person_head(tokens: Tokens, at: int, lexicon: Lexicon) -> int | None:
    """The noun for one person that ends the noun phrase beginning at token `at`, if it does."""
    low, tag, size = tokens.low, tokens.tag, len(tokens.low)
    head: int | None = None
    start = at
    stop = min(size, at + LONGEST_NOUN_PHRASE)
    while at < stop:
        bits = tag[at]
        if bits & tg.NP_STOP and low[at] not in ("'s", "-"):
            break
        if bits & tg.PERSON_SG or (low[at] in ("head", "chief") and at + 1 < size and low[at + 1] == "of"):
            head = at
        elif head is not None and low[at] in ("dead", "wounded", "injured"):
            break  # "shot the mayor dead"
        elif bits & (tg.THING | tg.PERSON):
            head = None
        elif head is not None or (low[at] in lexicon.triggers and not _singular_follows(tokens, at)):
            break
        at += 1
    if head is None and at > start and tag[at - 1] & tg.CAPITAL and _is_national(low[at - 1], lexicon):
        return at - 1  # "a Briton and two Syrians"
    return head


_NATIONALS = word_set(
    """briton american swede dane finn pole czech slovak greek thai filipino spaniard scot saudi uzbek tajik kazakh
    chechen palestinian kashmiri tibetan welshman kosovar catalan basque tamil dagestani ossetian chadian emirati"""
)


def _is_national(word: str, lexicon: Lexicon) -> bool:
    """A nation's name that is a noun for one of its people too: "a Syrian", but not "a British"."""
    if word.endswith(("ican", "dian", "rean", "lian", "nian", "sian", "tian", "rian")):
        return True
    return (
        word in _NATIONALS
        or word.endswith(("shman", "chman", "shwoman", "chwoman"))
        or (word in lexicon.nations and word.endswith(("an", "i")))
    )


def _singular_follows(tokens: Tokens, at: int) -> bool:
    return any(k < len(tokens.low) and tokens.tag[k] & tg.PERSON_SG for k in (at + 1, at + 2))
