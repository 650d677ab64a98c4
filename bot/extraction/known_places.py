"""Places named again without a preposition: "Larkport was the worst hit", once Larkport was told of as a place."""

from bot.extraction import tags as tg
from bot.extraction.lexicon import Lexicon
from bot.extraction.place_anchor import anchor
from bot.extraction.place_mention import PlaceMention, Role
from bot.extraction.tokens import Tokens

KNOWN_NAME = "known_name"
_MEMORY = 200  # names


class KnownPlaces:
    """The names that a report has used for places. Lives for one extraction."""

    def __init__(self) -> None:
        self._level: dict[tuple[str, ...], int] = {}
        self._by_first: dict[str, list[tuple[str, ...]]] = {}

    def learn(self, place: PlaceMention) -> None:
        """Remembers a place's name; countries are no news."""
        words = tuple(place.name.lower().split())
        if place.level < 1 or not words or words in self._level or len(self._level) >= _MEMORY:
            return
        if place.name[0].isupper():
            self._level[words] = place.level
            self._by_first.setdefault(words[0], []).append(words)

    def find(
        self, tokens: Tokens, lexicon: Lexicon, taken: list[tuple[int, int]], found: list[PlaceMention]
    ) -> list[PlaceMention]:
        """The known names in the sentence that stand outside `taken` (speakers) and were not found by their pattern."""
        again = []
        if not self._by_first.keys() & set(tokens.low):
            return []
        for at, word in enumerate(tokens.low):
            for words in self._by_first.get(word, ()):
                past = at + len(words)
                if tokens.low[at:past] != list(words) or not tokens.tag[at] & tg.CAPITAL:
                    continue
                spans = [*taken, *((p.first, p.past) for p in found)]
                free = not any(first < past and at < end for first, end in spans)
                if free and _bare(tokens, at, past, lexicon):
                    _, role, held = anchor(tokens, at, lexicon)
                    name, level = " ".join(tokens.raw[at:past]), self._level[words]
                    again.append(PlaceMention(at, past, name, level, role if held else Role.AT, KNOWN_NAME))
                break
        return again


def _bare(tokens: Tokens, at: int, past: int, lexicon: Lexicon) -> bool:
    """Whether the name stands alone: no part of a longer name, and no capital that speaks for its government."""
    tag, low = tokens.tag, tokens.low
    if at > 0 and tag[at - 1] & tg.CAPITAL and not tag[at - 1] & (tg.DETERMINER | tg.PREPOSITION | tg.CONJUNCTION):
        return False
    if past >= len(low):
        return True
    speaks = tag[past] & (tg.SPEECH | tg.SPEAKER | tg.PERSON_SG) or low[past] in lexicon.statement_verbs
    return not speaks and not tag[past] & (tg.CAPITAL | tg.PLACE_NOUN) and not low[past].startswith("-")
