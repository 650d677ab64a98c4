"""Who says so: every attribution of a sentence with the stretch of words it covers."""

from dataclasses import dataclass

from bot.extraction import tags as tg
from bot.extraction.lexicon import Lexicon
from bot.extraction.saying import ACCOUNTS, STEERING, VIEWS, says
from bot.extraction.speaker_names import name_left, name_right
from bot.extraction.tokens import Tokens
from bot.extraction.words import word_set
from bot.facts.grammar import LEAD_WORDS

_CLOSERS = word_set('and as adding while but after , . ; : " ” ) who')


@dataclass(frozen=True, slots=True)
class Attribution:
    """A speaker at tokens [first, past), for what stands at tokens [covers, until)."""

    first: int
    past: int
    covers: int
    until: int
    rule: str

    def holds(self, at: int) -> bool:
        """Whether the attribution covers token `at`."""
        return self.covers <= at < self.until


def attributions(tokens: Tokens, lexicon: Lexicon) -> list[Attribution]:
    """The attributions of the sentence; where two cover a token, the later in the list is the closer."""
    found: list[Attribution] = []
    low, tag, size = tokens.low, tokens.tag, len(tokens.low)
    openers = lexicon.openers.first_words()
    at = 0
    done = 0
    while at < size:
        if not tag[at] & tg.SPEECH and low[at] not in STEERING and low[at] not in openers:
            at += 1
            continue
        if low[at] in openers:
            hit = lexicon.openers.find(low, at)
            name = name_right(tokens, hit[1], lexicon) if hit is not None else None
            if name is not None:
                own = _clause_after(tokens, at, found[-1]) if found else None
                if own is not None:
                    found.append(Attribution(*name, own, size, "according_to"))
                else:
                    found.insert(0, Attribution(*name, _clause_start(tokens, at, done), size, "according_to"))
                at = name[1]
                continue
        if low[at] == "by" and (account := _by_account(tokens, at, done)) is not None:
            found.append(account)
        if says(tokens, at) and not _passive(tokens, at):
            spoken = _spoken(tokens, at, done, lexicon, found)
            if spoken is not None:
                inner = found[-1].first if found and found[-1].rule == "preposed" else 0
                if inner and low[inner - 1] == "where" and spoken.rule == "postposed" and spoken.covers <= inner:
                    found.insert(0, spoken)  # "in Bidi, where rebels say that 78 died, were shot at, the envoy said"
                else:
                    found.append(spoken)
                if spoken.rule != "preposed":
                    done = at + 1
        elif low[at] in VIEWS and low[at + 1 : at + 3] in (["is", "that"], ["was", "that"]):
            name = name_left(tokens, at + 1, lexicon)  # "the ministry's assessment is that"
            if name is not None:
                found.append(Attribution(*name, at + 3, _next_speaker(tokens, at + 2, lexicon), "preposed"))
        at += 1
    return found or _by_colon(tokens, lexicon)


def _by_colon(tokens: Tokens, lexicon: Lexicon) -> list[Attribution]:
    """ "State TV: one policeman dead", "Twelve dead in strike: police": as headlines name who says so."""
    low, tag, size = tokens.low, tokens.tag, len(tokens.low)
    for k, word in enumerate(low):
        if word not in HEADLINE_JOINTS or not 0 < k < size - 1:
            continue
        if word == ":" and k <= _LONGEST_HEADLINE_SPEAKER and tag[k - 1] & (tg.SPEAKER | tg.CAPITAL):
            name = name_right(tokens, 0, lexicon)
            if name is not None and name[1] == k and any(tag[j] & tg.SPEAKER for j in range(*name)):
                return [Attribution(*name, k + 1, size, "colon")]
        if size - k - 1 <= _LONGEST_HEADLINE_SPEAKER:
            name = name_right(tokens, k + 1, lexicon)
            closed = name is not None and (name[1] == size or low[name[1] :] == ["."])
            if name is not None and closed and any(tag[j] & tg.SPEAKER for j in range(*name)):
                return [Attribution(*name, 0, k, "colon")]
    return []


HEADLINE_JOINTS = frozenset((":", "-", "–", "—"))
_LONGEST_HEADLINE_SPEAKER = 6


_SHORTEST_ING = 5
_FINDS = word_set("found finds find showed shows show shown")
_DISPUTES = word_set("disputes disputed denies denied rejects rejected")  # what somebody disputes, he does not say


def _by_account(tokens: Tokens, at: int, done: int) -> Attribution | None:
    """ "28 of them gunmen by the army's reckoning": the clause up to here is theirs."""
    low = tokens.low
    word = next((k for k in range(at + 2, min(len(low), at + 7)) if low[k] in ACCOUNTS), None)
    if word is None or not low[word - 1].endswith(("'s", "’s")) or tokens.tag[at + 1] & tg.PRONOUN:
        return None
    covers = next((k + 1 for k in range(at - 1, done, -1) if low[k] in (",", ";")), done)
    return Attribution(at + 1, word, covers, at, "by_account")


def _clause_start(tokens: Tokens, at: int, done: int) -> int:
    """ "…, while 20 died, according to X" still covers the sentence; a semicolon or an earlier speaker ends it."""
    for k in range(at - 1, done, -1):
        if tokens.low[k] == ";":
            return k + 1
    return done


def _clause_after(tokens: Tokens, at: int, before: Attribution) -> int | None:
    """Where the clause begins that "according to" at token `at` covers, after another who spoke before: "the army said
    12 died, while 30 were hurt, according to doctors"; None where it covers the whole."""
    low = tokens.low
    if before.rule != "preposed":
        return None
    for k in range(at - 2, before.covers, -1):
        joint = low[k] in ("and", "where", "which") and low[k - 1] == ","
        if joint or low[k] in (";", "while", "whereas", "but", "although", "though"):
            return k + 1
    return None


def _passive(tokens: Tokens, at: int) -> bool:
    """ "were reported killed", "it was said": nobody is named."""
    k = at - 1
    while k >= 0 and at - k < 6 and tokens.tag[k] & tg.ADVERB and not tokens.tag[k] & tg.CAPITAL:
        k -= 1
    return k >= 0 and bool(tokens.tag[k] & tg.BE) and not tokens.low[at].endswith("ing")


def _spoken(tokens: Tokens, at: int, done: int, lexicon: Lexicon, before: list[Attribution]) -> Attribution | None:
    low, size = tokens.low, len(tokens.low)
    word = low[at]
    if word == "quoted":
        inner = name_right(tokens, at + 1, lexicon)
        if inner is not None and inner[1] < size and low[inner[1]] == "as":
            return Attribution(*inner, inner[1], size, "quoted")
    name = name_left(tokens, at, lexicon)
    if at > 0 and low[at - 1] == "," and name is not None and not _opens_clause(tokens, name[0]):
        name = None if name_right(tokens, at + 1, lexicon) is not None else name  # "…, said So-and-so"
    if name is not None and word in _DISPUTES and name[0] > 0 and low[name[0] - 1] in ("which", "that", "as"):
        return None
    if name is not None:
        first, past = name
        after = _after_verb(tokens, at)
        ends = after >= size or low[after] in _CLOSERS
        postposed = ends and first > 0 and low[first - 1] == ","
        if first > 1 and low[first - 1] in ('"', "”") and low[first - 2] in (",", ".", "?", "!") and not before:
            return Attribution(first, past, done, at, "postposed")  # "…," the militants claimed on Twitter beneath
        if word in _FINDS and not postposed and low[at + 1 : at + 2] != ["that"]:
            return None  # "police found 19 bodies"
        if word in lexicon.weak_speech and ends and first == 0:
            return None
        if (first <= done or not ends or _opens_clause(tokens, first)) and (not ends or first <= done):
            return Attribution(
                first, past, at + 1 if first > done else first, _next_speaker(tokens, at + 1, lexicon), "preposed"
            )
        if low[after : after + 1] == [":"]:
            return Attribution(first, past, done, size, "postposed")  # "…, the mission said: more than 200 died"
        goes_on = any(word in ("adding", "noting", "saying", "stressing") for word in low[after : after + 3])
        if low[after : after + 1] == [","] and after + 1 < size and _continues(tokens, after + 1):
            return Attribution(first, past, done, _next_speaker(tokens, at + 1, lexicon), "postposed")
        if before:
            done = _own_clause(tokens, first, done)
        if low[after : after + 1] == [";"]:  # "six died, police said; two more were missing"
            return Attribution(first, past, done, _next_speaker(tokens, after, lexicon), "postposed")
        if low[after : after + 2] == [",", "and"]:  # "12 were killed, police said, and a dozen detained"
            return Attribution(first, past, done, _next_speaker(tokens, at + 1, lexicon), "postposed")
        return Attribution(first, past, done, size if goes_on else at, "postposed")
    if at > 0 and low[at - 1] == ",":
        inverted = name_right(tokens, at + 1, lexicon)
        if inverted is not None:
            more = low[inverted[1] : inverted[1] + 2] == [",", "and"]
            return Attribution(*inverted, done, _next_speaker(tokens, at + 1, lexicon) if more else at, "inverted")
    if at > 0 and low[at - 1] in ("and", "but") and before and before[-1].rule == "preposed":
        return Attribution(
            before[-1].first, before[-1].past, at + 1, _next_speaker(tokens, at + 1, lexicon), "preposed"
        )
    opening = _coordinated(tokens, at, lexicon) or _clause_subject(tokens, at, lexicon)
    if opening is not None:
        after = _after_verb(tokens, at)
        if after < size and low[after] not in _CLOSERS:
            return Attribution(*opening, at + 1, _next_speaker(tokens, at + 1, lexicon), "preposed")
    if (at > 0 and low[at - 1] in (",", '"', "”", "'")) or (
        at > 0 and tokens.tag[at - 1] & tg.PUNCTUATION and low[at - 1] != ")"
    ):
        inverted = name_right(tokens, at + 1, lexicon)
        if inverted is not None:
            return Attribution(*inverted, done, at, "inverted")
    return None


def _own_clause(tokens: Tokens, first: int, done: int) -> int:
    """Where the clause begins that a speaker named at its end speaks for, after another who spoke before: "the army
    counted 12, and up to 20 died, doctors said"."""
    low = tokens.low
    for k in range(first - 2, done, -1):
        if low[k] in (";", "while", "whereas", "but") or (low[k] == "and" and low[k - 1] == ","):
            return k + 1
    return done


def _continues(tokens: Tokens, k: int) -> bool:
    """ "…, the colonel said, at the cost of two men", "…, most of them children": no new clause."""
    low, tag = tokens.low, tokens.tag
    if tag[k] & tg.SUBORDINATOR or low[k] in ("but", "while"):
        return False
    return bool(
        tag[k] & (tg.PREPOSITION | tg.INCLUDE | tg.RELATIVE)
        or low[k] in ("most", "many", "mostly", "mainly", "all", "at")
        or (low[k].endswith("ing") and len(low[k]) > _SHORTEST_ING)
        or (tag[k] & tg.QUANTITY and low[k + 1 : k + 3] in (["of", "them"], ["of", "whom"], ["of", "which"]))
    )


def _clause_subject(tokens: Tokens, at: int, lexicon: Lexicon) -> tuple[int, int] | None:
    """The speaker that opens the clause of a verb of saying, where more words stand between them: "hospital workers
    inside the zone said", "Georgia disputes that and says"."""
    low = tokens.low
    start = at
    while (
        start > 0
        and at - start < 24
        and low[start - 1] not in (";", ":", '"', "”", "while", "but", "that")
        and not (low[start - 1] == "," and tokens.tag[start] & tg.CONJUNCTION)
    ):
        start -= 1
    name = name_right(tokens, start, lexicon) if start < at - 1 else None
    opens = tg.SPEAKER | tg.PERSON | tg.PERSON_SG | tg.DETERMINER | tg.SPEAKER_ADJECTIVE | tg.CAPITAL
    fits = (
        tokens.tag[start] & opens
        and not tokens.tag[start] & tg.PREPOSITION
        and low[start] not in LEAD_WORDS - {"a", "an"}
    )
    return name if name is not None and name[1] < at and fits else None


def _coordinated(tokens: Tokens, at: int, lexicon: Lexicon) -> tuple[int, int] | None:
    """ "Israel lost 114 soldiers and says": the speaker is the subject of the verb that opened the sentence."""
    low, tag = tokens.low, tokens.tag
    if at < _LEAST_COORDINATED or low[at - 1] not in ("and", "but") or not low[at].endswith(("s", "d")):
        return None
    name = name_right(tokens, 0, lexicon)
    if name is None or name[1] >= at - 1:
        return None
    acts = tg.VERB | tg.BE | tg.HAVE | tg.MODAL
    verb = next((k for k in range(1, name[1] + 1) if tag[k] & acts or low[k] in lexicon.triggers), None)
    return (name[0], verb) if verb is not None else None


_LEAST_COORDINATED = 3


def _opens_clause(tokens: Tokens, first: int) -> bool:
    return first == 0 or tokens.low[first - 1] in (
        ",",
        "and",
        "but",
        "while",
        ";",
        ":",
        '"',
        "”",
        "as",
        "that",
        "whereas",
        "although",
    )


def _next_speaker(tokens: Tokens, start: int, lexicon: Lexicon) -> int:
    """Where a later speaker's own clause begins: "…, while the army said …"."""
    size = len(tokens.low)
    for k in range(start + 1, size):
        if tokens.tag[k] & tg.SPEECH and not _passive(tokens, k):
            name = name_left(tokens, k, lexicon)
            if (
                name is not None
                and name[0] > start
                and tokens.low[name[0] - 1] in ("while", "but", "and", ";", "whereas", "although", ",")
            ):
                after = _after_verb(tokens, k)
                if after < size and tokens.low[after] not in _CLOSERS:
                    return name[0]
    return size


def _after_verb(tokens: Tokens, at: int) -> int:
    """The token after a verb of saying and what only tells when and how it was said."""
    low, tag, size = tokens.low, tokens.tag, len(tokens.low)
    k = at + 1
    if low[at] in ("told", "tell", "tells") and k < size:
        while k < size and not tag[k] & (
            tg.PUNCTUATION
            | tg.SUBORDINATOR
            | tg.CONJUNCTION
            | tg.QUANTITY
            | tg.PRONOUN
            | tg.WEEKDAY
            | tg.BE
            | tg.HAVE
            | tg.VERB
        ):
            if low[k] in ("that", "on", "in", "by") or (tag[k] & tg.DETERMINER and k > at + 1):
                break
            k += 1
    while k < size and (
        (tag[k] & (tg.WEEKDAY | tg.TIME | tg.MONTH | tg.DIGIT) and not _counts(tokens, k))
        or low[k] in ("on", "late", "early", "in", "a", "by")
    ):
        paged = low[k : k + 2] == ["in", "a"] and k + 3 < size and low[k + 3] == "report"
        if paged:
            return k + 4  # "said in a 105-page report"
        if low[k] == "in" and not (
            k + 2 < size and low[k + 2] in ("statement", "tweet", "interview", "report", "briefing", "letter")
        ):
            break
        if low[k] == "in":
            k += 3
            if k < size and low[k] in _REPORTED:
                return size  # nothing but when the words appeared follows
            continue
        if low[k] == "a" or (low[k] == "on" and k + 1 < size and not tag[k + 1] & (tg.WEEKDAY | tg.DIGIT | tg.MONTH)):
            break
        k += 1
    return _past_circumstance(tokens, k)


def _past_circumstance(tokens: Tokens, k: int) -> int:
    """ "said in Geneva", "told them at the scene": where it was said, up to the comma or the end."""
    low, tag, size = tokens.low, tokens.tag, len(tokens.low)
    if k > 0 and low[k - 1] == "by" and k < size and low[k] in _MEDIA:
        k += 2 if low[k] == "satellite" else 1  # "said by telephone"
    if k >= size or low[k] not in ("in", "at", "from", "via", "through", "by", "on", "after"):
        return k
    other = tg.VERB | tg.BE | tg.HAVE | tg.QUANTITY | tg.DIGIT | tg.PRONOUN | tg.SUBORDINATOR | tg.CONJUNCTION
    for j in range(k + 1, min(size, k + 7)):
        if low[j] in (",", ".", ";", '"', "”"):
            return j
        if tag[j] & other and low[j] not in ("report", "update", "statement"):
            return k
    return size if size <= k + 7 else k


_REPORTED = word_set(
    "published released issued posted dated based seen obtained leaked compiled prepared submitted sent drawn"
)
_MEDIA = word_set("telephone phone email e-mail radio satellite text letter fax message video skype whatsapp")


def _counts(tokens: Tokens, k: int) -> bool:
    return bool(tokens.tag[k] & tg.DIGIT) and not (tokens.tag[k - 1] & tg.MONTH)
