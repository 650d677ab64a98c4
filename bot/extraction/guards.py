"""What a trigger does not count though it stands in its slot: verbs that mean something else of other people."""

from itertools import pairwise

from bot.extraction import tags as tg
from bot.extraction.lexicon import Lexicon
from bot.extraction.mentions import Counted, Mode
from bot.extraction.slots import Link
from bot.extraction.tokens import Tokens
from bot.extraction.trigger_table import Slot
from bot.extraction.triggers import Voice
from bot.extraction.words import word_set
from bot.facts.quantity import Modifier
from bot.facts.vocabulary import Population

CAPTIVES = word_set(
    """prisoner prisoners inmate inmates detainee detainees hostage hostages captive captives convict convicts
    suspect suspects"""
)
_SHELTERED = word_set(
    """people persons civilians families households residents villagers children women evacuees survivors homeless
    individuals inhabitants townspeople souls others men citizens"""
)
_FUGITIVES = word_set(
    """refugee refugees displaced asylum-seeker asylum-seekers evacuee evacuees idps returnees migrants arrivals
    newcomers"""
)
_HOMES = word_set("home homes house houses shelter shelters area areas pocket enclave front frontline district")
_TAKES_PRISONERS = ("capture", "hold", "seize people", "seize", "snatch", "pick up", "hold as", "intercept")
_RECEIVES = (
    "count",
    "be home to",
    "register",
    "receive",
    "admit",
    "absorb",
    "take in",
    "welcome",
    "resettle",
    "deport",
)
_SHELTERS = ("house", "host", "accommodate", "be housed")
_GOES = ("arrive", "abandon", "migrate", "scatter", "relocate")
_GOES_WITH = (
    "make ",
    "come out",
    "trickle ",
    "straggle ",
    "trudge ",
    "limp ",
    "find their",
    "turn up",
    "end up",
    "move ",
    "head ",
    "flock ",
    "walk ",
    "trek ",
    "spread ",
    "stay ",
    "go into hiding",
)
ARMED = frozenset(
    (Population.COMBATANTS, Population.REBELS, Population.TROOPS, Population.PILOTS, Population.COMMANDERS)
)
_THE_DEAD = word_set("body bodies corpse corpses cadavers deaths fatalities lives martyrs dead")
_FALLS_OTHERWISE = word_set("to into ill sick from by below under back short out victim off asleep behind silent over")
_BATTLES = word_set("war battle fighting combat action clashes fight")
_OVER = word_set("into to border frontier river over")
_FLED = word_set(
    "from to into across fighting violence war bombardment shelling clashes through north south east west northwards"
)
_ILLNESS = word_set(
    """cholera malnutrition malnourished malaria measles disease diseases ebola starvation covid-19 coronavirus hunger
    diarrhoea dengue"""
)
_TRANSPORT = word_set(
    """boat boats sea plane air road bus buses foot truck trucks canoe canoes dinghy dinghies ferry raft rafts land
    train helicopter"""
)
_REFUGES = word_set("safety border frontier camp camps")
_FROM_REACH = 8
_KILLING = word_set("killing killed kill wounding wounded")
_TAKERS = word_set(
    "gunmen militants insurgents rebels jihadists bandits kidnappers fighters attackers raiders abductors"
)
_RESCUED_FROM = word_set(
    """rubble ruins debris wreckage sea water waters scene site river lake surprise ambulance ambulances bus buses truck
    helicopter plane air road train boat boats aircraft mine tunnel hospital storm shock"""
)
_SUBJECT_REACH = 12
_LOSERS = word_set(
    """army military forces troops soldiers rebels insurgents guerrillas militia militias militants fighters battalion
    brigade regiment division platoon unit units garrison navy police jihadists separatists paramilitaries marines
    patrol column attackers defenders convoy side sides militiamen gunmen raiders tigers taliban"""
)


def counts(tokens: Tokens, link: Link, lexicon: Lexicon) -> bool:
    """Whether the trigger counts the mention that stands in its slot."""
    mention, trigger = link.mention, link.trigger
    head = tokens.low[mention.head] if mention.head is not None else None
    lemma = trigger.entry.lemma
    if mention.mode is Mode.DEFINITE and tokens.low[mention.first] in ("him", "her"):
        return trigger.measure in ("killed", "shot")
    if trigger.measure == "injured" and mention.counted is Counted.BACK:
        whole = tokens.low[max(0, mention.first - 8) : mention.first]
        if not _THE_DEAD.isdisjoint(whole):
            return False  # "the bodies of 146 people, 128 of them civilians, were taken to hospital"
    if tokens.low[max(0, mention.first - 2) : mention.first] in (["bodies", "of"], ["corpses", "of"]):
        return trigger.measure in ("bodies", "killed", "shot")
    if head in _THE_DEAD and trigger.measure in ("injured", "detained", "evacuated"):
        return trigger.entry.slot in (Slot.TOLL, Slot.COUNTED)  # "took away 15 bodies"
    if lemma == "seize" and (mention.mode is Mode.DEFINITE or link.rule.startswith(("subject", "reduced"))):
        return mention.mode is not Mode.DEFINITE  # "land that rebels seized"
    if trigger.measure == "displaced" and head in CAPTIVES:
        return False
    if lemma == "escape":
        counted = mention.counted not in (Counted.BACK, Counted.UNSAID)
        return counted and (_leaves_a_place(tokens, link, lexicon) or not _FLED.isdisjoint(_after(tokens, link)))
    if lemma == "blow up":
        return mention.counted is Counted.PERSONS and trigger.voice is Voice.PASSIVE
    if lemma == "fall":
        return _falls_in_battle(tokens, link, lexicon)
    if lemma == "cross":
        after = tokens.low[trigger.past : trigger.past + _FROM_REACH]
        return mention.counted is not Counted.UNKNOWN and not _OVER.isdisjoint(after)
    if lemma == "take":
        return _taken_away(tokens, link)
    if lemma in _TAKES_PRISONERS:
        if mention.counted is Counted.UNSAID and trigger.voice is Voice.ACTIVE:  # "killing 17 and capturing 25"
            ended = tokens.low[mention.np_past : mention.np_past + 1] in ([","], ["."], [";"], [])
            return ended and not _KILLING.isdisjoint(tokens.low[: trigger.first])
        return mention.counted in (Counted.PERSONS, Counted.BACK) or (
            mention.counted is not Counted.UNKNOWN and trigger.voice is not Voice.ACTIVE
        )
    if lemma == "lose":
        armed = head is not None and lexicon.population_of.get(head) in ARMED
        if mention.counted in (Counted.UNSAID, Counted.BACK):  # "the army lost 12 in the ambush"
            own = link.rule.startswith("object") and mention.mode is Mode.NUMBER
            nation = trigger.group > 0 and tokens.low[trigger.group - 1] in lexicon.countries
            if own and nation and tokens.low[mention.np_past : mention.np_past + 1] in ([], ["."], [","], [";"]):
                return True  # "Iran lost at least 43."
            return own and not _LOSERS.isdisjoint(tokens.low[max(0, trigger.group - _SUBJECT_REACH) : trigger.group])
        return mention.counted is Counted.PERSONS and (
            link.rule.startswith("object") or (trigger.voice is Voice.PASSIVE and armed)
        )
    if lemma == "treat":
        return _ILLNESS.isdisjoint(tokens.low) and mention.counted is not Counted.UNKNOWN
    if lemma in ("enter", "reach"):
        household = head in ("household", "households", "families")
        return household or head in _FUGITIVES or (head in _SHELTERED and _comes_from(tokens, link, lexicon))
    if lemma in _RECEIVES:
        bare = mention.counted is Counted.UNSAID and not _FUGITIVES.isdisjoint(tokens.low)
        return head in _FUGITIVES or (lemma == "be home to" and bare)  # not "received 300 delegates"
    if lemma == "arrive" and head is not None and lexicon.population_of.get(head) in ARMED:
        return True  # troops
    if lemma == "scatter" and head is None and mention.np_past != trigger.group:
        return False
    if lemma in _SHELTERS or lemma in _GOES or lemma.startswith(_GOES_WITH):
        nation = lemma == "arrive" and mention.head is not None and bool(tokens.tag[mention.head] & tg.CAPITAL)
        return nation or head in _FUGITIVES | _SHELTERED or (head is None and mention.counted is not Counted.UNKNOWN)
    if lemma == "leave":
        return _leaves_a_place(tokens, link, lexicon)
    return True


def _taken_away(tokens: Tokens, link: Link) -> bool:
    """ "48 of its citizens were taken from the consulate": not out of the rubble, nor to hospital."""
    trigger, mention = link.trigger, link.mention
    if mention.counted is not Counted.PERSONS:
        return False
    if trigger.voice is Voice.PASSIVE:
        after = tokens.low[trigger.past : trigger.past + 5]
        alive = after[:1] in (["alive"], ["prisoner"], ["captive"], ["hostage"])
        return alive or (after[:1] in (["from"], ["by"]) and _RESCUED_FROM.isdisjoint(after))
    if tokens.low[mention.np_past : mention.np_past + 1] in (["prisoner"], ["prisoners"], ["hostage"], ["captive"]):
        return True
    after = tokens.low[mention.np_past : mention.np_past + 5]  # "gunmen have taken 279 pupils from a school"
    armed = not _TAKERS.isdisjoint(tokens.low[max(0, trigger.group - 6) : trigger.group])
    return armed and after[:1] == ["from"] and _RESCUED_FROM.isdisjoint(after)


def _falls_in_battle(tokens: Tokens, link: Link, lexicon: Lexicon) -> bool:
    """ "345 of its soldiers had fallen", "30,000 people fell in the war": not "fell to", "fell ill"."""
    mention, past = link.mention, link.trigger.past
    if mention.mode is not Mode.NUMBER or mention.counted is not Counted.PERSONS or mention.head is None:
        return False
    after = tokens.low[past : past + 5]
    if after and after[0] in _FALLS_OTHERWISE:
        return False
    armed = lexicon.population_of.get(tokens.low[mention.head]) in ARMED
    return armed or not _BATTLES.isdisjoint(after)


def _after(tokens: Tokens, link: Link) -> list[str]:
    """The words after the trigger up to the next verb."""
    past = link.trigger.past
    for k in range(past, min(len(tokens.low), past + _FROM_REACH)):
        if tokens.tag[k] & (tg.BE | tg.HAVE | tg.VERB | tg.MODAL):
            return tokens.low[past:k]
    return tokens.low[past : past + _FROM_REACH]


def _comes_from(tokens: Tokens, link: Link, lexicon: Lexicon) -> bool:
    after = _after(tokens, link)
    return (
        "from" in after
        or any(a == "by" and b in _TRANSPORT for a, b in pairwise(after))
        or not _REFUGES.isdisjoint(after)
        or (after[:1] != [] and after[0] in lexicon.countries)
    )


def _leaves_a_place(tokens: Tokens, link: Link, lexicon: Lexicon) -> bool:
    """ "left the eastern districts", "forced to leave Aleppo": not "left the party", "left behind"."""
    past = link.trigger.past
    crowd = link.mention.counted is Counted.UNSAID and link.mention.quantity.modifier is Modifier.VAGUE
    if link.mention.counted not in (Counted.PERSONS, Counted.BACK) and not crowd:
        return False
    for k in range(past, min(len(tokens.low), past + 6)):
        bits = tokens.tag[k]
        if k > past and tokens.tag[k - 1] & tg.DETERMINER and (bits & tg.VERB or tokens.low[k] in lexicon.triggers):
            continue  # "left the besieged pocket"
        if tokens.low[k] in ("hospital", "hospitals", "clinic"):
            return False
        if bits & tg.PLACE_NOUN or tokens.low[k] in _HOMES:
            return True
        if bits & tg.CAPITAL and not bits & (tg.WEEKDAY | tg.MONTH | tg.DETERMINER | tg.PERSON):
            return True
        if bits & (tg.PUNCTUATION | tg.VERB | tg.SUBORDINATOR | tg.CONJUNCTION | tg.QUANTITY) or (
            bits & tg.PREPOSITION and k > past
        ):
            return False
    return False
