"""How the report stands to a claim: asserted, denied, hypothetical, expected or alleged."""

from bot.extraction import tags as tg
from bot.extraction.clauses import is_boundary
from bot.extraction.tokens import Tokens
from bot.extraction.trigger_table import Slot
from bot.extraction.triggers import Trigger
from bot.extraction.words import word_set
from bot.facts.vocabulary import Stance

_EXPECTED_WORDS = word_set(
    """expected likely set due planned plans plan planning expects expect hopes hope hoped hoping wants want intends
    intend intended wishing waiting seeking prepares preparing poised promised prepared ready scheduled"""
)
_HYPOTHETICAL_WORDS = word_set(
    """risk risks risked threatened threatens threatening threat fear fears danger avoid prevent avoided prevented
    averted plotted plotting plot attempted attempting attempt tried trying try conspired vowed aimed aiming
    wanted capable able meant designed"""
)
_DENIED_WORDS = word_set(
    "denied denies deny denying rejected rejects dismissed refuted dispute disputes disputed disputing"
)
_ALLEGED_WORDS = word_set(
    """allegedly alleged alleges accused accuses accuse unconfirmed purportedly claimed claims claim unverified"""
)
_ARTICLES = word_set("the a an its their his her such all any")
_MAY = word_set("may might could would should can")
_WILL = frozenset(["will", "shall", "'ll"])


def stance_of(tokens: Tokens, trigger: Trigger, mention_first: int) -> tuple[Stance, str]:
    """(stance, rule) of what a trigger says of a mention."""
    low, tag = tokens.low, tokens.tag
    if trigger.entry.slot is Slot.TOLL and (still_to_come := _toll_to_come(tokens, trigger.past, mention_first)):
        return still_to_come
    for k in range(trigger.group, trigger.first):
        if tag[k] & tg.NEGATION and low[k] != "no":
            return Stance.DENIED, "negated_verb"
    if (
        mention_first > 0
        and low[mention_first - 1] in ("no", "not", "neither", "nor")
        and low[mention_first] not in ("fewer", "less")
    ):
        return Stance.DENIED, "negated_count"
    for k in range(trigger.group, trigger.first):
        if low[k] in _MAY and not (low[k] == "may" and tag[k] & tg.CAPITAL):
            return Stance.HYPOTHETICAL, "modal"
        if low[k] in _WILL or low[k] in _EXPECTED_WORDS:
            return Stance.EXPECTED, "future"
    return _governed(tokens, trigger, mention_first)


def _toll_to_come(tokens: Tokens, past: int, mention_first: int) -> tuple[Stance, str] | None:
    """ "the toll could be as high as 200", "the number of dead is expected to reach 40"."""
    for k in range(past, mention_first):
        word = tokens.low[k]
        if word in _MAY and not (word == "may" and tokens.tag[k] & tg.CAPITAL):
            return Stance.HYPOTHETICAL, "modal"
        if word in _WILL or word in _EXPECTED_TOLL:
            return Stance.EXPECTED, "future"
    return None


_EXPECTED_TOLL = word_set("expected likely set feared bound certain")


def _governed(tokens: Tokens, trigger: Trigger, mention_first: int) -> tuple[Stance, str]:
    """Words to the left that govern the clause: "if", "plans to", "fear that", "denied", "accused of"."""
    low, tag = tokens.low, tokens.tag
    first = min(trigger.group, mention_first)
    infinitive = first > 0 and (low[trigger.group] == "to" or low[trigger.first - 1] == "to")
    if low[trigger.group] == "to" and trigger.group > 0:
        governor = trigger.group - 1
        while governor > 0 and tag[governor] & tg.ADVERB and low[governor] not in _EXPECTED_WORDS:
            governor -= 1
        if low[governor] in _EXPECTED_WORDS:
            return Stance.EXPECTED, "expected_to"
        if low[governor] in _HYPOTHETICAL_WORDS:
            return Stance.HYPOTHETICAL, "attempted_to"
    crossed = 0
    alleged = False
    for k in range(first - 1, max(-1, first - 14), -1):
        word = low[k]
        if word == ";":
            break
        if infinitive and first - k < 9 and word in _EXPECTED_WORDS and not crossed:
            return Stance.EXPECTED, "expected_to"
        if infinitive and first - k < 9 and word in _HYPOTHETICAL_WORDS and not crossed:
            return Stance.HYPOTHETICAL, "attempted_to"
        if word in ("if", "unless", "whether") and not crossed:
            return Stance.HYPOTHETICAL, "if"
        if word in ("fear", "fears", "risk", "risks", "prevent", "avoid", "danger") and crossed <= 1:
            return Stance.HYPOTHETICAL, "feared"
        if word in _DENIED_WORDS and not crossed:
            return Stance.DENIED, "denied"
        if word in _ALLEGED_WORDS and first - k < 6 and crossed <= 1:
            alleged = True
        if tag[k] & tg.SPEECH or word == "that":
            noun = k > 0 and (low[k - 1] in _DENIED_WORDS or low[k - 1] in _ARTICLES)  # "denied the claim that"
            crossed += 0 if noun or word == "that" else 1
        elif is_boundary(tokens, k):
            crossed += 1
        if crossed > 1:
            break
    if alleged or any(low[k] in ("allegedly", "purportedly") for k in range(trigger.group, trigger.first)):
        return Stance.ALLEGED, "alleged"
    return Stance.ASSERTED, "plain"
