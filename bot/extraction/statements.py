"""Statements: somebody is quoted, or announces, proposes, warns, accuses."""

from dataclasses import dataclass

from bot.extraction import tags as tg
from bot.extraction.attribution import Attribution
from bot.extraction.lexicon import Lexicon
from bot.extraction.speaker_names import name_left, name_right
from bot.extraction.tokens import Tokens

_QUANTIFIERS = frozenset(("many", "some", "most", "several", "few"))


@dataclass(frozen=True, slots=True)
class StatementMention:
    """What a speaker at `speaker` tokens states, at tokens [first, past)."""

    first: int
    past: int
    speaker: tuple[int, int]
    rule: str


def statements(tokens: Tokens, said: list[Attribution], quoted: bool, lexicon: Lexicon) -> list[StatementMention]:
    """The statement of the sentence, if it is one: a quotation with its speaker, or a verb that makes a statement."""
    size = len(tokens.low)
    for at in range(size):
        if tokens.low[at] in lexicon.statement_verbs and not (at > 0 and tokens.tag[at - 1] & (tg.BE | tg.DETERMINER)):
            name = name_left(tokens, at, lexicon) or _opening(tokens, at, lexicon)
            if name is not None and name[0] < at:
                return [StatementMention(name[0], size, name, "verb_of_statement")]
    if quoted and said:
        first = said[-1]
        return [StatementMention(0, size, (first.first, first.past), "quotation")]
    if quoted:
        for at in range(size):
            if tokens.tag[at] & tg.SPEECH:
                name = name_left(tokens, at, lexicon) or name_right(tokens, at + 1, lexicon)
                if name is not None:
                    return [StatementMention(0, size, name, "quotation")]
    return []


def _opening(tokens: Tokens, at: int, lexicon: Lexicon) -> tuple[int, int] | None:
    """The sentence's first noun phrase, where more words stand between it and the verb."""
    start = 0
    for k in range(min(at, 6)):
        if tokens.low[k] == ",":
            start = k + 1
    if tokens.low[start] in _QUANTIFIERS:
        start += 1  # "Many civilians expressed fear"
    name = name_right(tokens, start, lexicon)
    if name is None:
        return None
    past = min(name[1], at)
    while past > name[0] + 1 and tokens.tag[past - 1] & tg.ADVERB:
        past -= 1
    return name[0], past
