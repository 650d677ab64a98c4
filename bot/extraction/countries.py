"""Which country a report tells of: what "the country" and "since the war began" mean in it."""

from collections.abc import Iterator

from bot.extraction import tags as tg
from bot.extraction.lexicon import Lexicon
from bot.extraction.tokens import Tokens
from bot.extraction.words import word_set

_INSIDE = word_set("in across inside throughout within")
_WARS = word_set("war conflict crisis insurgency uprising civil")
_IN, _OWN, _NAMED, _WAR = 3, 2, 1, 4  # how much each way of naming a country says that the report tells of it


CONTINENTS = word_set("africa europe asia america")
_RIVAL = 0.6


class Countries:
    """Countries by how much the report so far tells of them. Lives for one extraction."""

    def __init__(self) -> None:
        self._weight: dict[str, int] = {}

    @property
    def told_of(self) -> str | None:
        """The country the report tells of most, the first named among equals; None before any was named."""
        return max(self._weight, key=self._weight.__getitem__, default=None)

    @property
    def between_two(self) -> bool:
        """Whether it tells nearly as much of a second country: a war between two is in neither alone."""
        weights = sorted(self._weight.values(), reverse=True)
        return len(weights) > 1 and weights[1] >= _RIVAL * weights[0]

    def __contains__(self, name: str) -> bool:
        return name in self._weight

    def see(self, tokens: Tokens, lexicon: Lexicon, *, opening: bool) -> None:
        """Counts the sentence's countries; what stands in a headline or in the first sentence counts twice."""
        for at, past, name in _named(tokens, lexicon):
            weight = _DATELINE if opening and _after_dateline(tokens, at, lexicon) else _weight(tokens, at, past)
            self._weight[name] = self._weight.get(name, 0) + (2 * weight if opening else weight)


_DATELINE = 4
_ACRONYM = 3  # letters


def _after_dateline(tokens: Tokens, at: int, lexicon: Lexicon) -> bool:
    """ "LARKPORT, Republic of Morland (AP) -": written there, unless it is an agency's office."""
    k = at - 1
    while k > 0 and tokens.low[k] in ("of", "the", "republic", "democratic"):
        k -= 1
    return k > 0 and tokens.low[k] == "," and tokens.raw[0].isupper() and tokens.low[0] not in lexicon.bureaus


def _named(tokens: Tokens, lexicon: Lexicon) -> Iterator[tuple[int, int, str]]:
    low, size = tokens.low, len(tokens.low)
    done = 0
    for at, bits in enumerate(tokens.tag):
        if not bits & tg.CAPITAL or at < done:
            continue
        word = low[at]
        if word.removesuffix("'s") in lexicon.countries and word not in CONTINENTS:
            past = at + 1
            while past < size and low[past].removesuffix("'s") in lexicon.countries:
                past += 1
            done = past
            compass = at > 0 and low[at - 1] in ("south", "north", "central") and _capital(tokens, at - 1)
            name = " ".join(tokens.raw[at - 1 if compass else at : past]).removesuffix("'s").removesuffix("’s")
            yield at, past, name.title() if name.isupper() and len(name) > _ACRONYM else name
        elif (country := lexicon.nations.get(word)) is not None:
            yield at, at + 1, country


def _capital(tokens: Tokens, at: int) -> bool:
    return bool(tokens.tag[at] & tg.CAPITAL)


def _weight(tokens: Tokens, at: int, past: int) -> int:
    low = tokens.low
    if not _WARS.isdisjoint(low[past : past + 2]):
        return _WAR
    k = at - 1
    while k >= 0 and (low[k].endswith("ern") or low[k] in ("the", "south", "north", "central")):
        k -= 1
    if k >= 0 and low[k] in _INSIDE:
        return _IN
    return _OWN if low[past - 1].endswith("'s") else _NAMED
