"""A number told again by its places: "130 were killed: 64 in Larkport, 21 in Bidi and 15 in Sankoro"."""

from bot.extraction import tags as tg
from bot.extraction.clauses import list_join
from bot.extraction.mentions import Counted, Mention, Mode
from bot.extraction.slots import Link
from bot.extraction.tokens import Tokens
from bot.extraction.words import word_set

_OPENS = frozenset((":", "-", "–", "—", "(", ","))
_LEAST_SHARE = 0.9
_WHERE = word_set("in at from near on")
_LEAST = 2
_LONGEST_ITEM = 10


def breakdowns(tokens: Tokens, mentions: list[Mention], links: list[Link]) -> list[Link]:
    """The parts, linked to the verb of the number before the colon or dash."""
    if len(mentions) <= _LEAST or _OPENS.isdisjoint(tokens.low):
        return []
    starts = {mention.first: mention for mention in mentions}
    for mention in mentions:
        k = mention.first - 1
        word = tokens.low[k] if k > 0 else ""
        if word in _OPENS:
            whole = next((link for link in reversed(links) if link.mention.np_past <= k and _is_whole(link)), None)
            items = _items(tokens, starts, k + 1) if whole is not None else []
            if whole is not None and not items and word != ",":
                items = _kinds(tokens, starts, k + 1)
            if whole is not None and len(items) >= _LEAST and _fit(whole.mention, items, apart=word != ","):
                return [Link(item, whole.trigger, "breakdown", whole.mention) for item in items]
    return []


def among_them(tokens: Tokens, mentions: list[Mention], links: list[Link]) -> list[Link]:
    """ "53 dead, 15 women and several children among them", "counted 18 fighters and 12 soldiers among 31 dead": the
    parts stand before the word that says so."""
    low = tokens.low
    if "among" not in low and "amongst" not in low:
        return []
    ends = {mention.np_past: mention for mention in mentions}
    linked = {id(link.mention): link for link in links}
    for k in range(2, len(low) - 1):
        if low[k] not in ("among", "amongst"):
            continue
        found = _list_before(tokens, ends, linked, k)
        if not found:
            continue
        first = found[-1].first
        if low[k + 1] in ("them", "those"):
            apart = low[first - 1] in (",", "-", "–", "—", "(")
            before = (link for link in reversed(links) if link.mention.np_past <= first and _is_whole(link))
            whole = next(before, None) if apart else None
        else:
            whole = next((link for link in links if link.mention.first == k + 1 and _is_whole(link)), None)
        if whole is not None and _fit(whole.mention, found, apart=True):
            return [Link(part, whole.trigger, "breakdown", whole.mention) for part in reversed(found)]
    return []


def _list_before(tokens: Tokens, ends: dict[int, Mention], linked: dict[int, Link], k: int) -> list[Mention]:
    """The people that nothing else is told of in the list that ends before token `k`, last first."""
    low = tokens.low
    found: list[Mention] = []
    at = k - 1 if low[k - 1] == "," else k
    while at in ends and ends[at].counted is Counted.PERSONS and id(ends[at]) not in linked:
        found.append(ends[at])
        joint = ends[at].first - 1
        if joint < 1 or low[joint] not in ("and", ","):
            break
        at = joint - 1 if low[joint] == "and" and low[joint - 1] == "," else joint
        if at not in ends:  # "18 members of the force and": the noun phrase goes on after its noun
            at = next((e for e in range(at - 1, max(0, at - 6), -1) if e in ends and low[e] == "of"), -1)
    return found


def _is_whole(link: Link) -> bool:
    return link.whole is None and link.mention.mode is Mode.NUMBER and link.mention.counted is not Counted.BACK


def _fit(whole: Mention, items: list[Mention], *, apart: bool) -> bool:
    """Whether they can be its parts; after a mere comma ("30 died in Larkport, 14 in Bidi") they must make it up."""
    if any(item.quantity.size >= whole.quantity.size for item in items):
        return False
    return apart or _LEAST_SHARE <= sum(item.quantity.size for item in items) / whole.quantity.size <= 1


def _items(tokens: Tokens, starts: dict[int, Mention], at: int) -> list[Mention]:
    """The numbers of the list that begins at token `at`, each followed by where."""
    low, size = tokens.low, len(tokens.low)
    found: list[Mention] = []
    while at in starts:
        item = starts[at]
        bare = item.counted is Counted.UNSAID and item.mode is Mode.NUMBER and item.veto is None
        if not bare or item.np_past >= size or low[item.np_past] not in _WHERE:
            break
        found.append(item)
        at = _next_item(tokens, starts, item.np_past)
    return found


def _kinds(tokens: Tokens, starts: dict[int, Mention], at: int) -> list[Mention]:
    """The numbers of a list of people that begins at token `at` and ends the clause: "85 civilians and 157 rebels"."""
    low, size = tokens.low, len(tokens.low)
    found: list[Mention] = []
    while at in starts and starts[at].counted is Counted.PERSONS and starts[at].veto is None:
        found.append(starts[at])
        past = starts[at].np_past
        if past >= size or low[past] in (".", ";", ")", "-", "–", "—"):
            return found
        joined = list_join(tokens, past)
        at = joined if joined is not None else -1
    return []


def _next_item(tokens: Tokens, starts: dict[int, Mention], at: int) -> int:
    """The token that the next number begins at, -1 where the list has ended."""
    for k in range(at, min(len(tokens.low), at + _LONGEST_ITEM)):
        joined = list_join(tokens, k)
        if joined is not None and joined in starts:
            return joined
        if tokens.tag[k] & (tg.VERB | tg.BE | tg.HAVE | tg.SUBORDINATOR | tg.RELATIVE) or tokens.low[k] == ";":
            return -1
    return -1
