"""What a link counts, in the words of the fact model: measure, population, unit, and how sure that is."""

from dataclasses import dataclass

from bot.extraction import tags as tg
from bot.extraction.guards import ARMED
from bot.extraction.lexicon import Lexicon
from bot.extraction.mentions import Counted, Mode
from bot.extraction.slots import Link
from bot.extraction.tokens import Tokens
from bot.extraction.trigger_table import Slot
from bot.extraction.words import word_set
from bot.facts.vocabulary import Accounting, Measure, Population, Unit

_MEASURES = {measure.value: measure for measure in Measure} | {"shot": Measure.KILLED}
_IGNORED = frozenset(("released", "surviving"))
_STOCK = frozenset((Measure.BESIEGED, Measure.SHELTERING, Measure.PRESENT, Measure.IN_NEED, Measure.MISSING))
_MOVING = frozenset((Measure.DISPLACED, Measure.EVACUATED, Measure.RETURNED))


@dataclass(frozen=True, slots=True)
class Reading:
    """The fields that a link alone decides."""

    measure: Measure
    population: Population | None
    unit: Unit | None
    unit_words: str | None
    accounting: Accounting
    of: str | None
    confidence: float
    doubts: tuple[str, ...]
    moves: bool


def figure_of(tokens: Tokens, link: Link, lexicon: Lexicon) -> Reading | None:
    """The reading, or None when the link counts nothing that Sitrep keeps."""
    name = link.trigger.measure
    mention = link.mention
    if name in _IGNORED or mention.counted is Counted.THINGS or mention.veto is not None:
        return None
    measure = _MEASURES[name]
    population = population_of(tokens, link, lexicon)
    head = tokens.low[mention.head] if mention.head is not None else None
    doubts: list[str] = []
    confidence = 1.0
    if measure is Measure.DISPLACED and population in ARMED and link.trigger.entry.lemma == "arrive":
        measure = Measure.TROOPS
    if measure is Measure.TROOPS and population not in ARMED:
        return None
    if measure is Measure.DISPLACED and population in ARMED:
        confidence -= 0.45
        doubts.append("armed men who flee are not displaced people")
    if head in ("casualties", "casualty") and link.rule.endswith("_list"):
        return None  # "39 corpses and 82 casualties": the dead are counted already
    if name == "shot":
        confidence -= 0.3
        doubts.append("shot may mean killed or wounded")
    if mention.counted is Counted.UNKNOWN:
        if name not in ("killed", "bodies", "injured", "missing", "displaced", "detained"):
            return None
        confidence -= 0.2
        doubts.append("the noun counted is not in the lexicon")
    if mention.mode is Mode.DEFINITE:
        confidence -= 0.3
        doubts.append("one person told of without a number")
    if mention.mode is Mode.SHARE:
        confidence -= 0.1
    household = (
        mention.head is not None
        and bool(tokens.tag[mention.head] & tg.HOUSEHOLD)
        and tokens.low[mention.first - 0] != "a"
    )
    if household and mention.head is not None and mention.head < mention.past:
        household = False  # "a family of eight" counts eight persons
    unit_words = " ".join(tokens.raw[mention.past : mention.np_past]).removeprefix("of ") or None
    if mention.mode in (Mode.INDEFINITE, Mode.DEFINITE) and mention.head is not None:
        unit_words = tokens.raw[mention.head]
    return Reading(
        measure,
        population,
        Unit.HOUSEHOLD if household else Unit.PERSON,
        unit_words,
        Accounting.STOCK if measure in _STOCK else Accounting.FLOW,
        unit_words if mention.mode is Mode.SHARE else None,
        confidence,
        tuple(doubts),
        measure in _MOVING,
    )


def population_of(tokens: Tokens, link: Link, lexicon: Lexicon) -> Population | None:
    """Who is counted: the narrowest population a word of the noun phrase names; people where a noun says no more."""
    mention = link.mention
    found: Population | None = None
    for k in range(mention.np_past - 1, mention.first - 1, -1):
        named = lexicon.population_of.get(tokens.low[k])
        if named is not None and (found is None or found is Population.PEOPLE):
            found = named
    if found in ARMED and "and" in tokens.low[mention.past : mention.np_past]:
        joined = [k for k in range(mention.past, mention.np_past) if tokens.tag[k] & tg.PERSON]
        if any(lexicon.population_of.get(tokens.low[k]) not in ARMED for k in joined):
            return Population.PEOPLE  # "fighters and their relatives"
    if found is None and mention.counted is Counted.PERSONS:
        return Population.PEOPLE
    return found


def _either(tokens: Tokens, link: Link, others: list[Link]) -> bool:
    """ "1,100 were killed or captured": nothing says how many of which."""
    for other in others:
        before, after = sorted((link.trigger, other.trigger), key=lambda trigger: trigger.first)
        if "or" in tokens.low[before.past : after.first]:
            return True
    first = link.trigger.first
    return first > 1 and tokens.low[first - 1] == "or" and tokens.low[first - 2] in _FATES


_FATES = word_set("killed wounded injured captured detained arrested missing dead killing wounding capturing kidnapped")
_NEXT = 3


def is_combined(tokens: Tokens, link: Link, links: list[Link]) -> bool:
    """ "70 people were killed or wounded", "killed and injured dozens": one number for two things."""
    names = ("killed", "injured")
    measure, mention = link.trigger.measure, link.mention
    others = [other for other in links if other.trigger.measure != measure]
    same = [other for other in others if other.mention is mention]
    if _either(tokens, link, same):
        return True
    if measure not in names or link.trigger.entry.slot in (Slot.TOLL, Slot.COUNTED):
        return False
    if any(other.trigger.measure in names for other in same):
        return True
    low = tokens.low
    first, past = link.trigger.first, link.trigger.past
    for other in others:  # "leaving nine dead and wounding dozens": each has a number of its own
        near = -_NEXT <= other.trigger.first - first <= _NEXT
        if near and other.trigger.measure in names and other.mention is not mention:
            return False
    pairs = ("killed", "injured", "wounded", "dead", "hurt", "killing", "injuring", "wounding")
    if past + 1 < len(low) and low[past] in ("and", "or", "/") and low[past + 1] in pairs:
        return True
    return (
        first >= 2
        and low[first - 1] in ("and", "or", "/")
        and low[first - 2] in pairs
        and link.trigger.measure in names
    )
