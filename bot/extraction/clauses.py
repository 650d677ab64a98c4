"""Where a clause ends, seen from a verb: the words that a subject or object is not looked for beyond."""

from bot.extraction import tags as tg
from bot.extraction.tokens import Tokens
from bot.extraction.words import word_set

_AS_PHRASES = frozenset(["well", "many", "much"])
_MID_SENTENCE_OPENERS = word_set("the a an in it he she they at on meanwhile however but this these two three some")
_PART_WORDS = word_set("inlcuding incuding includng includind including included includes include comprising")
_LIST_JOINS = word_set("and or & plus")


def is_boundary(tokens: Tokens, k: int) -> bool:
    """Whether token `k` certainly stands outside the noun phrases around a verb of the same clause."""
    bits, low = tokens.tag[k], tokens.low[k]
    if bits & tg.PUNCTUATION:
        return low in (";", ":", '"', "“", "”") or low[0] == "…"
    if bits & tg.SUBORDINATOR:
        if low == "as":
            return not (k + 1 < len(tokens.low) and tokens.low[k + 1] in _AS_PHRASES) and not (
                k > 0 and tokens.low[k - 1] in _AS_PHRASES
            )
        return low not in ("so", "than", "once")
    if bits & tg.RELATIVE:
        return True
    if bits & tg.VERB:
        return True
    return bool(bits & tg.CAPITAL) and lost_full_stop(tokens, k)


def lost_full_stop(tokens: Tokens, k: int) -> bool:
    """ "since the weekend The government said": a capital on a small word in mid-sentence begins a sentence."""
    return bool(
        k > 0
        and tokens.tag[k] & tg.CAPITAL
        and tokens.low[k] in _MID_SENTENCE_OPENERS
        and not tokens.tag[k - 1] & (tg.CAPITAL | tg.PUNCTUATION)
    )


def part_marker(tokens: Tokens, before: int) -> int | None:
    """The first token of a marker that ends at token `before` and makes what follows a part of what precedes:
    "including", "among them", "of whom", "most of them"; None if there is none."""
    low = tokens.low
    if before > 1 and low[before] == "of" and low[before - 1] in ("those", "that"):
        before -= 2  # "42 lives, including those of 11 children"
    k = before
    while (
        k > 0
        and low[k] in ("also", "mostly", "mainly", "were", "was", "are", "and", "being", "reportedly", "the")
        and k > before - 3
    ):
        if low[k - 1] in _PART_WORDS or low[k - 1] in ("them", "whom"):
            k -= 1
            break
        if low[k] in ("and", "the"):
            return None
        k -= 1
    if low[k] in _PART_WORDS:
        return k
    if k > 0 and low[k] in ("them", "whom", "those", "these", "which") and low[k - 1] in ("among", "amongst", "of"):
        return k - 1
    if low[k] in ("among", "amongst") and k == before:
        return None
    return None


def list_join(tokens: Tokens, k: int) -> int | None:
    """The token after a list's joint that begins at `k` (",", "and", ", and", "as well as", "along with"), or None."""
    low, size = tokens.low, len(tokens.low)
    if k >= size:
        return None
    if low[k] == "," or tokens.raw[k][0] == "_":
        if k + 1 < size and low[k + 1] in _LIST_JOINS:
            return k + 2
        nested = _long_join(low, k + 1)
        return nested if nested is not None else k + 1
    if low[k] in _LIST_JOINS:
        return k + 1
    return _long_join(low, k)


def _long_join(low: list[str], k: int) -> int | None:
    if low[k : k + 3] == ["as", "well", "as"]:
        return k + 3
    if low[k : k + 2] in (["along", "with"], ["together", "with"], ["alongside", "with"]):
        return k + 2
    return None
