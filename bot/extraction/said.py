"""Attributions with the speaker's name resolved."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.extraction.sentence import Sentence
from bot.extraction.sources import SourceBook


@dataclass(frozen=True, slots=True)
class Said:
    """A resolved attribution: the speaker's name, its words' characters, and the tokens it covers."""

    name: str
    span: tuple[int, int]
    covers: int
    until: int
    rule: str


def resolved(sentence: Sentence, book: SourceBook) -> list[Said]:
    """The attributions of a sentence, named. Must be asked sentence by sentence in the order of the text."""
    found = []
    for attribution in sentence.attributions:
        name, rule = book.resolve(sentence.tokens, attribution.first, attribution.past)
        span = sentence.tokens.span(attribution.first, attribution.past)
        found.append(Said(name, span, attribution.covers, attribution.until, f"{attribution.rule}:{rule}"))
    return found


def covering(said: Iterable[Said], at: int) -> Said | None:
    """The closest speaker whose words cover token `at`."""
    found: Said | None = None
    for one in said:
        if one.covers <= at < one.until:
            found = one
    return found
