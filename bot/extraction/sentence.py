"""One sentence with everything the first stages found in it."""

from dataclasses import dataclass, replace
from datetime import date

from bot.extraction import tags as tg
from bot.extraction.attribution import HEADLINE_JOINTS, Attribution, attributions
from bot.extraction.captives import captives
from bot.extraction.lexicon import Lexicon
from bot.extraction.linking import Link, links_of
from bot.extraction.local_speakers import own_words, places_of_speakers
from bot.extraction.mentions import Mention, mentions
from bot.extraction.place_mention import PlaceMention
from bot.extraction.places import places
from bot.extraction.saying import OTHER_WORDS
from bot.extraction.segmentation import SentenceSpan, sentences
from bot.extraction.tokens import Tokens, tokenize
from bot.extraction.triggers import Trigger, find_triggers
from bot.extraction.windows import TimeMention, times


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence read: offsets are those of the text throughout."""

    span: SentenceSpan
    tokens: Tokens
    mentions: list[Mention]
    triggers: list[Trigger]
    links: list[Link]
    attributions: list[Attribution]
    taken: list[tuple[int, int]]

    def places(self, lexicon: Lexicon) -> list[PlaceMention]:
        """The places it names. Asked for only where a fact needs them."""
        found = places(self.tokens, lexicon, self.taken)
        return [*found, *places_of_speakers(self.tokens, lexicon, self.taken)] if self.taken else found

    def times(self, text: str, report_date: date | None) -> list[TimeMention]:
        """The words of time in it."""
        return times(text, self.span.start, self.span.end, report_date)


_KEPT = 12


class Sentences:
    """The sentences of a text, each read when it is asked for; the last few are kept, so that memory does not grow."""

    def __init__(self, text: str, lexicon: Lexicon) -> None:
        self._text = text
        self._lexicon = lexicon
        self._spans = sentences(text)
        self._read: dict[int, Sentence] = {}

    def __len__(self) -> int:
        return len(self._spans)

    def __getitem__(self, index: int) -> Sentence:
        found = self._read.get(index)
        if found is None:
            found = read_sentence(self._text, self._spans[index], self._lexicon)
            self._read[index] = found
            if len(self._read) > _KEPT:
                del self._read[min(self._read)]
        return found


def _past_apposition(tokens: Tokens, past: int) -> int:
    """ "said Such Name, an elder of the town, and": the words after the name's comma tell of the speaker too."""
    low, tag = tokens.low, tokens.tag
    if low[past : past + 1] != [","] or low[past + 1 : past + 2] not in (["a"], ["an"], ["the"]):
        return past
    for k in range(past + 2, min(len(low), past + 12)):
        if low[k] in (",", ".", ";"):
            return k
        if tag[k] & (tg.VERB | tg.BE | tg.HAVE | tg.SUBORDINATOR | tg.CONJUNCTION | tg.QUANTITY):
            return past
    return past


def _past_where(tokens: Tokens, past: int) -> int:
    """ "…, a spokesman said in Geneva": where the words were said, up to the comma or the end."""
    low, tag, size = tokens.low, tokens.tag, len(tokens.low)
    if past + 2 >= size or not tag[past] & tg.SPEECH or low[past + 1] not in ("in", "at", "from"):
        return past
    k = past + 2
    while k < size and tag[k] & tg.CAPITAL and not tag[k] & (tg.WEEKDAY | tg.MONTH):
        k += 1
    ended = k >= size or low[k] in (",", ".", ";", "on") or bool(tag[k] & (tg.WEEKDAY | tg.TIME))
    return k if k > past + 2 and ended else past


def _with_own_words(tokens: Tokens, attribution: Attribution, lexicon: Lexicon) -> Attribution:
    first, past = own_words(tokens, attribution.first, attribution.past, lexicon)
    return replace(attribution, first=first, past=past)


def _speaks(tokens: Tokens, mention: Mention, first: int, past: int) -> bool:
    """ "two councillors said": who is counted there speaks, and is nobody's victim. Where a comma is lost ("wounding
    dozens activists said"), the number is that of the verb before it."""
    if first <= mention.first < past:
        return True
    before = mention.first - 1
    victims = before >= 0 and (tokens.tag[before] & tg.VERB or tokens.low[before].endswith(("ing", "ed")))
    return mention.head is not None and first <= mention.head < past and not victims


def read_sentence(text: str, span: SentenceSpan, lexicon: Lexicon) -> Sentence:
    """All first stages on one sentence."""
    tokens = tokenize(text, span.start, span.end, lexicon)
    found = mentions(text, tokens, lexicon)
    triggers = find_triggers(tokens, lexicon)
    speaks = (
        any(bits & tg.SPEECH for bits in tokens.tag)
        or not lexicon.openers.first_words().isdisjoint(tokens.low)
        or not HEADLINE_JOINTS.isdisjoint(tokens.low)
        or not OTHER_WORDS.isdisjoint(tokens.low)
    )
    said = attributions(tokens, lexicon) if speaks else []
    said = [_with_own_words(tokens, a, lexicon) for a in said]
    taken = [(a.first, _past_where(tokens, _past_apposition(tokens, a.past))) for a in said]
    victims = [m for m in found if not any(_speaks(tokens, m, first, past) for first, past in taken)]
    links = links_of(tokens, victims, triggers, lexicon) if triggers else []
    links += captives(tokens, victims, links)
    return Sentence(span, tokens, victims, triggers, links, said, taken)
