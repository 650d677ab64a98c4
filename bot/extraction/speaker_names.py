"""Where a speaker's name begins and ends, to the left and to the right of a verb of saying."""

from bot.extraction import tags as tg
from bot.extraction.clauses import is_boundary, lost_full_stop
from bot.extraction.lexicon import Lexicon
from bot.extraction.tokens import Tokens
from bot.extraction.words import word_set

_PRONOUNS = word_set("it they he she")
_CAN_SAY = word_set("confirm say establish verify count document report")
_REACHED = frozenset(("reached", "contacted", "interviewed", "reachable"))
_OBJECTS = frozenset(("him", "them"))
_ORDINALS = word_set("first second third fourth fifth sixth seventh others")
_TITLES = word_set("mr mrs ms dr general colonel major captain lieutenant brigadier sheikh father bishop sir prof")
LONGEST_NAME = 16


def name_left(tokens: Tokens, verb: int, lexicon: Lexicon) -> tuple[int, int] | None:
    """The speaker's name that ends just before the verb of saying at token `verb`."""
    low, tag = tokens.low, tokens.tag
    k = verb - 1
    while (
        k >= 0
        and verb - k < 8
        and (tag[k] & (tg.ADVERB | tg.HAVE) or (tag[k] & (tg.WEEKDAY | tg.TIME) and not tag[k] & tg.SPEAKER))
        and low[k] not in ("about",)
    ):
        k -= 1
    if k > 0 and tag[k] & tg.MODAL and low[verb] in _CAN_SAY and not any(tag[j] & tg.NEGATION for j in range(k, verb)):
        k -= 1  # "he could confirm only that"
    if k < 0:
        return None
    if low[k] in _PRONOUNS:
        return k, k + 1
    if low[k] == ")":
        while k > 0 and low[k] != "(" and verb - k < 20:
            k -= 1
        k -= 1
    if low[k] == ",":
        for j in range(k - 1, max(0, k - 18), -1):
            if low[j] == ",":
                name = _name_ending(tokens, j - 1, lexicon)
                if name is not None and _is_title(tokens, name) and _is_name(tokens, j + 1, k):
                    return name[0], k  # "the town's mayor, Such Name, said": both tell who it is
                return name or _name_ending(tokens, k - 1, lexicon)
            if tag[j] & tg.SPEECH:
                return None
        return None
    if k > 2 and low[k - 1] == "by" and low[k - 2] in _REACHED:
        return _name_ending(tokens, k - 3, lexicon)  # "residents reached by telephone said"
    who = _relative_left(tokens, k)
    return (_name_ending(tokens, who, lexicon) if who is not None else None) or _name_ending(tokens, k, lexicon)


def _relative_left(tokens: Tokens, k: int) -> int | None:
    """ "a teacher who got away told": the token before "who", where nothing but its clause stands up to token `k`."""
    for j in range(k, max(0, k - 12), -1):
        that = tokens.low[j] == "which" or (tokens.low[j] == "that" and tokens.tag[j - 1] & tg.SPEAKER)
        if that or (tokens.low[j] == "who" and k - j < 7):
            return j - 1
        if tokens.tag[j] & (tg.PUNCTUATION | tg.SPEECH | tg.QUANTITY) and tokens.low[j : j + 2] != ["one", "of"]:
            return None
    return None


def _is_title(tokens: Tokens, name: tuple[int, int]) -> bool:
    return any(not tokens.tag[k] & (tg.CAPITAL | tg.DETERMINER) for k in range(*name))


def _is_name(tokens: Tokens, first: int, past: int) -> bool:
    """Two to four capitalised words that are nothing else."""
    plain = tg.DETERMINER | tg.SPEAKER | tg.PUNCTUATION
    while first < past - 2 and tokens.low[first] in _TITLES:
        first += 1
    return 2 <= past - first <= 4 and all(
        tokens.tag[k] & tg.CAPITAL and not tokens.tag[k] & plain for k in range(first, past)
    )


def _name_ending(tokens: Tokens, end: int, lexicon: Lexicon) -> tuple[int, int] | None:
    low, tag = tokens.low, tokens.tag
    if end < 0:
        return None
    k = end
    speaker = False
    while k >= 0 and end - k < LONGEST_NAME:
        bits = tag[k]
        if (bits & tg.QUANTITY and not bits & tg.CAPITAL) or low[k] in _ORDINALS:
            break
        if bits & tg.DETERMINER:
            if k > 2 and low[k - 2 : k] == ["close", "to"] and tag[k - 3] & tg.SPEAKER:
                k -= 3  # "a source close to the group"
                continue
            if (
                k > 1
                and low[k - 1] in ("of", "for", "from", "at", "in", "by", "with")
                and (tag[k - 2] & (tg.SPEAKER | tg.PERSON_SG | tg.PERSON))
                and low[k - 1] != "by"
            ):
                k -= 1
                continue
            if not (_is_speaker(tokens, k, end + 1) or _says_so(tokens, k, end)):
                return None
            return _with_first_half(tokens, k), end + 1
        if bits & (tg.SPEAKER | tg.SPEAKER_ADJECTIVE) or (bits & tg.CAPITAL and not bits & (tg.WEEKDAY | tg.MONTH)):
            if lost_full_stop(tokens, k):
                break
            speaker = True
        elif low[k] in lexicon.particles and k < end and tag[k + 1] & tg.CAPITAL and not bits & tg.NP_STOP:
            pass
        elif bits & (tg.PERSON | tg.PERSON_SG) and speaker is False:
            speaker = True
        elif bits & tg.PLACE_NOUN and k == end and k > 1 and tag[k - 1] & tg.CAPITAL:
            pass  # "officials in Such region"
        elif low[k] in ("of", "for", "in", "at", "from", "with"):
            if not (
                k > 0
                and tag[k - 1] & (tg.SPEAKER | tg.PERSON_SG | tg.CAPITAL)
                and not tag[k - 1] & (tg.WEEKDAY | tg.MONTH)
            ):
                break
            if low[k] in ("in", "at", "from", "with") and not tag[k - 1] & tg.SPEAKER:
                break
        elif low[k] == "to" and k > 0 and low[k - 1] in ("letter", "report", "submission", "statement"):
            pass
        elif low[k] in ("and", "&"):
            if not (k > 0 and tag[k - 1] & (tg.SPEAKER | tg.SPEAKER_ADJECTIVE | tg.CAPITAL)) or k == end:
                break
        elif bits & (tg.NP_STOP | tg.VERB) or bits & tg.PUNCTUATION or not _determined(tokens, k):
            break
        k -= 1
    first = k + 1
    while end > first and low[end] in ("at", "first", "in", "of", "for", "from", "with"):
        end -= 1
    while first <= end and (
        low[first] in ("and", "of", "for", "in", "at", "from", "with", "&") or tag[first] & tg.PUNCTUATION
    ):
        first += 1
    first = _past_place(tokens, first, end)
    return (first, end + 1) if first <= end and _is_speaker(tokens, first, end + 1) else None


def _with_first_half(tokens: Tokens, second: int) -> int:
    """Where the speakers begin whose second half begins at token `second`: "the chief and an elder"."""
    tag, low = tokens.tag, tokens.low
    k = second - 2
    if second < 3 or low[second - 1] != "and" or not tag[k] & (tg.SPEAKER | tg.PERSON_SG):
        return second
    while k > 0 and second - k < _LONGEST_HALF and not tag[k] & (tg.NP_STOP | tg.VERB | tg.QUANTITY):
        k -= 1
    whole = tag[k] & tg.DETERMINER and (k == 0 or low[k - 1] in (",", "that"))
    return k if whole else second


_LONGEST_HALF = 7
_STRONG = word_set("said says told announced added")


def _says_so(tokens: Tokens, first: int, end: int) -> bool:
    """ "The junta said": an unknown noun is a speaker when it does nothing but say."""
    return (
        first < end <= first + 2
        and end + 1 < len(tokens.low)
        and tokens.low[end + 1] in _STRONG
        and not any(tokens.tag[k] & (tg.THING | tg.QUANTITY | tg.TIME | tg.WEEKDAY) for k in range(first, end + 1))
    )


def _past_place(tokens: Tokens, first: int, end: int) -> int:
    """ "… in the town of Larkport activists said": where the comma is lost, the place is no part of the speaker."""
    tag, low = tokens.tag, tokens.low
    if first < 1 or low[first - 1] not in ("in", "of", "at", "near", "on") or tag[end] & tg.CAPITAL:
        return first
    k = first
    while k < end and tag[k] & tg.CAPITAL and not tag[k] & tg.SPEAKER:
        k += 1
    return k


def _determined(tokens: Tokens, k: int) -> bool:
    """A word the lexicon does not know belongs to the name when a determiner stands close before it."""
    return any(j >= 0 and tokens.tag[j] & tg.DETERMINER for j in (k - 1, k - 2, k - 3)) or bool(
        k + 1 < len(tokens.low) and tokens.tag[k + 1] & tg.SPEAKER and not tokens.tag[k] & (tg.PERSON | tg.THING)
    )


def _is_speaker(tokens: Tokens, first: int, past: int) -> bool:
    return any(
        tokens.tag[k] & tg.SPEAKER
        or tokens.tag[k] & (tg.PERSON | tg.PERSON_SG)
        or (tokens.tag[k] & tg.CAPITAL and not tokens.tag[k] & (tg.DETERMINER | tg.THING | tg.MONTH | tg.WEEKDAY))
        for k in range(first, past)
    )


def name_right(tokens: Tokens, at: int, lexicon: Lexicon) -> tuple[int, int] | None:
    """The speaker's name that begins at token `at` ("according to …", "said …")."""
    low, tag, size = tokens.low, tokens.tag, len(tokens.low)
    if at < size and low[at] in _OBJECTS:
        return at, at + 1  # "according to him"
    k = at
    while k < size and k - at < LONGEST_NAME:
        bits = tag[k]
        if bits & tg.DETERMINER and (k == at or low[k - 1] in ("of", "for", "and", "from", "at", "in", "by", "to")):
            k += 1
            continue
        if low[k] in ("of", "for", "'s", "’s", "-", "from", "at") or (
            low[k] in ("and", "in")
            and k + 1 < size
            and tag[k + 1] & (tg.CAPITAL | tg.SPEAKER | tg.SPEAKER_ADJECTIVE | tg.DETERMINER)
            and (low[k] == "in" or not _new_clause(tokens, k))
        ):
            k += 1
            continue
        if bits & (
            tg.WEEKDAY
            | tg.MONTH
            | tg.PUNCTUATION
            | tg.BE
            | tg.HAVE
            | tg.PREPOSITION
            | tg.PRONOUN
            | tg.RELATIVE
            | tg.SUBORDINATOR
            | tg.CONJUNCTION
            | tg.QUANTITY
            | tg.TIME
        ):
            break
        if bits & tg.VERB and not bits & (tg.SPEAKER | tg.CAPITAL):
            break
        if lost_full_stop(tokens, k):
            break
        k += 1
    while k > at and low[k - 1] in ("of", "for", "and", "in", "from", "at", "the", "a", "-"):
        k -= 1
    return (at, k) if k > at and _is_speaker(tokens, at, k) else None


def _new_clause(tokens: Tokens, k: int) -> bool:
    """ "according to the Observatory and rebels captured": a verb soon after the joint begins a new clause."""
    return any(is_boundary(tokens, j) for j in range(k + 1, min(k + 4, len(tokens.low))))
