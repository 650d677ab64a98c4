"""One person without a number: "the mayor", "Colonel Such-and-such, a district chief". Counted as one, and only when
nobody was counted for the same thing before; the pipeline decides that."""

from bot.extraction import tags as T
from bot.extraction.lexicon import Lexicon
from bot.extraction.mentions import LONGEST_NOUN_PHRASE, Counted, Mention, Mode, person_head
from bot.extraction.tokens import Tokens
from bot.facts.quantity import exact


def definite_object(tokens: Tokens, at: int, lexicon: Lexicon) -> tuple[Mention, int] | None:
    """The one person that the noun phrase beginning at token `at` names, and the token after it."""
    low, tag, size = tokens.low, tokens.tag, len(tokens.low)
    if at >= size:
        return None
    start = at
    if tag[at] & (T.DETERMINER | T.POSSESSIVE):
        at += 1
    elif not tag[at] & (T.CAPITAL | T.PERSON_SG) or tag[at] & (T.WEEKDAY | T.MONTH):
        return None
    head = person_head(tokens, at, lexicon)
    if head is None or low[start] in ("no", "any", "all", "each", "every", "these", "those"):
        return None
    return Mention(start, head + 1, head + 1, head, exact(1), Counted.PERSONS, Mode.DEFINITE), head + 1


def definite_before(tokens: Tokens, at: int, group: int, lexicon: Lexicon) -> tuple[Mention | None, bool] | None:
    """The noun phrase without a number that ends at token `at`, just before a verb group.

    None: it hangs on a preposition (it is part of a longer phrase), so the subject lies further left. Otherwise
    (mention or None, whether it is one person).
    """
    low, tag = tokens.low, tokens.tag
    if at != group - 1 and at != group - 2:
        return None
    start = at
    while start >= 0 and at - start < LONGEST_NOUN_PHRASE and not tag[start] & T.NP_STOP and not tag[start] & (T.VERB | T.QUANTITY):
        start -= 1
    if start == at:
        return None
    if start >= 0 and tag[start] & T.PREPOSITION:
        return None
    if start >= 0 and tag[start] & T.DETERMINER:
        if start > 0 and tag[start - 1] & T.PREPOSITION:
            return None
        head = person_head(tokens, start + 1, lexicon)
        if head == at and low[start] not in ("no", "any", "all", "each", "every", "these", "those"):
            return Mention(start, at + 1, at + 1, at, exact(1), Counted.PERSONS, Mode.DEFINITE), True
        return None, False
    if tag[at] & T.CAPITAL and tag[start + 1] & T.CAPITAL and not tag[at] & (T.PERSON | T.THING):
        title = any(tag[k] & T.PERSON_SG for k in range(start + 1, at + 1))
        two_names = at - start >= 2 and all(tag[k] & T.CAPITAL for k in range(start + 1, at + 1))
        if title or two_names:
            return Mention(start + 1, at + 1, at + 1, None, exact(1), Counted.PERSONS, Mode.DEFINITE), True
    return None, False
