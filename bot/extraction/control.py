"""Who holds what: control claims, with the share or the number of places where the sentence gives one."""

from dataclasses import dataclass

from bot.extraction import tags as tg
from bot.extraction.clauses import is_boundary
from bot.extraction.inflection import Form
from bot.extraction.lexicon import Lexicon
from bot.extraction.mentions import Counted, Mention, Mode
from bot.extraction.place_mention import UNKNOWN_LEVEL, PlaceMention, Role
from bot.extraction.tokens import Tokens
from bot.extraction.trigger_table import Slot, TriggerEntry
from bot.extraction.triggers import Trigger, Voice, verb_group
from bot.extraction.words import word_set
from bot.facts.vocabulary import ControlStatus

_REACH = 14
_RELATIVE_REACH = 6
_NOT_TAKEN = word_set("""place part shape refuge shelter steps advantage aim responsibility to about up off out care""")
_NATION_ENDS = ("ian", "ians", "ese", "ish", "ani", "anis", "eli", "elis", "aqi", "aqis")
_TAKES = frozenset(("take", "takes", "took", "taken", "taking"))


@dataclass(frozen=True, slots=True)
class ControlClaim:
    """A claim at tokens [first, past): the verb and what it is said of.

    Attributes:
        passing: said by an adjective or the like ("rebel-held"), whose time is not the sentence's; `holder` holds it.
    """

    first: int
    past: int
    trigger: Trigger
    status: ControlStatus
    counted: Mention | None
    place: PlaceMention | None
    named: bool
    words: str | None = None
    passing: bool = False
    holder: str | None = None


def control_claims(
    tokens: Tokens, mentions: list[Mention], places: list[PlaceMention], lexicon: Lexicon
) -> list[ControlClaim]:
    """The control claims of the sentence."""
    found: list[ControlClaim] = []
    low, size = tokens.low, len(tokens.low)
    at = 0
    while at < size:
        hit = lexicon.control.find(low, at) if low[at] in lexicon.control else None
        if hit is None:
            at += 1
            continue
        (status, form), past = hit
        claim = _claim(tokens, at, past, status, form, mentions, places, lexicon)
        if claim is not None:
            found.append(claim)
            more = _joined(tokens, claim, mentions, lexicon)
            if more is not None:
                found.append(more)
            at = max(past, claim.past if claim.trigger.voice is Voice.ACTIVE else past)
        else:
            at += 1
    return found


def _claim(
    tokens: Tokens,
    at: int,
    past: int,
    status: str,
    form: Form | None,
    mentions: list[Mention],
    places: list[PlaceMention],
    lexicon: Lexicon,
) -> ControlClaim | None:
    low, size = tokens.low, len(tokens.low)
    group, be, _, _, _ = verb_group(tokens, at)
    if at > 0 and tokens.tag[at - 1] & (tg.DETERMINER | tg.PREPOSITION) and low[at] != "in" and form is not Form.ING:
        return None  # "the control", "under control"
    if past < size and low[past] in _NOT_TAKEN and low[at] in _TAKES:
        return None
    entry = TriggerEntry(status, Slot.OBJECT, form, low[at])
    passive = (
        be
        and form in (Form.PARTICIPLE, Form.PAST_OR_PARTICIPLE)
        and status not in ("passive", "held")
        and low[at] != "in"
    )
    reduced = form in (Form.PARTICIPLE, Form.PAST_OR_PARTICIPLE) and past < size and low[past] == "by"
    if passive or reduced or status == "passive":
        trigger = Trigger(at, past, group, entry, Voice.PASSIVE)
        if any(m.np_past == group and m.counted in (Counted.PERSONS, Counted.UNKNOWN) and not m.veto for m in mentions):
            return None  # "100 people captured by gunmen"
        first = _subject_area(tokens, group, lexicon, places)
        if first is None:
            bare = _bare_name(tokens, group)
            if bare is None:
                return None
            first, places = bare.first, [*places, bare]
        made = _made(tokens, first, past, trigger, status, mentions, places, (first, group))
        return made if made.named or made.counted is not None or reduced else None
    trigger = Trigger(at, past, group, entry, Voice.ACTIVE)
    end = _object_area(tokens, past, lexicon, mentions, places)
    if end is None:
        antecedent = _antecedent(tokens, group, lexicon, places)
        if antecedent is not None and status in ("captured", "recaptured", "lost"):
            return _made(tokens, antecedent, past, trigger, status, mentions, places, (antecedent, group))
        bare = _bare_object(tokens, at, past, lexicon)
        if bare is None:
            return None
        end, places = bare.past, [*places, bare]
    return _made(tokens, at, end, trigger, status, mentions, places, (past, end))


def _antecedent(tokens: Tokens, group: int, lexicon: Lexicon, places: list[PlaceMention]) -> int | None:
    """ "the districts that rebel forces seized": where the area before "that" begins, None where there is none."""
    for k in range(group - 1, max(1, group - _RELATIVE_REACH), -1):
        if tokens.low[k] in ("that", "which"):
            return _subject_area(tokens, k, lexicon, places)
        if tokens.tag[k] & (tg.PUNCTUATION | tg.PREPOSITION | tg.BE | tg.HAVE | tg.CONJUNCTION):
            return None
    return None


def _joined(tokens: Tokens, claim: ControlClaim, mentions: list[Mention], lexicon: Lexicon) -> ControlClaim | None:
    """ "took the town of Larkport and 23 surrounding villages": the second half of what was taken."""
    at = claim.past
    if claim.trigger.voice is not Voice.ACTIVE or claim.counted is not None or tokens.low[at : at + 1] != ["and"]:
        return None
    counted = next((m for m in mentions if m.first == at + 1 and m.mode is Mode.NUMBER), None)
    if counted is None or counted.veto not in (None, "place_noun"):
        return None
    if lexicon.control_areas.isdisjoint(tokens.low[counted.past : counted.np_past]):
        return None
    words = " ".join(tokens.raw[counted.first : counted.np_past])
    return ControlClaim(counted.first, counted.np_past, claim.trigger, claim.status, counted, claim.place, False, words)


def _made(
    tokens: Tokens,
    first: int,
    past: int,
    trigger: Trigger,
    status: str,
    mentions: list[Mention],
    places: list[PlaceMention],
    region: tuple[int, int],
) -> ControlClaim:
    counted = next(
        (
            m
            for m in mentions
            if region[0] <= m.first < region[1] + 1
            and m.mode in (Mode.SHARE, Mode.NUMBER)
            and (m.veto in (None, "place_noun") or m.mode is Mode.SHARE)
        ),
        None,
    )
    inside = [p for p in places if region[0] <= p.first < region[1] + 1]
    named = bool(inside)
    if not inside and trigger.voice is Voice.ACTIVE:
        inside = [p for p in places if past <= p.first < past + 8]
    place = inside[0] if inside else None
    claimed = ControlStatus.CAPTURED if status == "passive" else ControlStatus(status)
    words = " ".join(tokens.raw[region[0] : region[1]]) if not named else None
    return ControlClaim(first, past, trigger, claimed, counted, place, named, words)


def _object_area(
    tokens: Tokens, at: int, lexicon: Lexicon, mentions: list[Mention], places: list[PlaceMention]
) -> int | None:
    """The end of the noun phrase at token `at` if it names an area or a place, else None."""
    low, tag, size = tokens.low, tokens.tag, len(tokens.low)
    starts = {place.first: place for place in places}
    area: int | None = None
    counted = {k for m in mentions if m.mode in (Mode.SHARE, Mode.NUMBER) for k in range(m.first, m.past)}
    k = at
    while k < min(size, at + _REACH):
        if k in starts:
            return starts[k].past
        if low[k] in lexicon.control_areas:
            area = k + 1
            k += 1
            continue
        bits = tag[k]
        if k in counted:
            k += 1
            continue
        if bits & (tg.PERSON | tg.PERSON_SG) and low[k] not in (
            "rebel",
            "militant",
            "insurgent",
            "opposition",
            "former",
            "population",
            "local",
        ):
            break
        if bits & tg.PREPOSITION and not (
            low[k] in ("of", "in", "around", "on", "over") and (area is not None or low[k] == "of")
        ):
            break
        if (
            bits & (tg.PUNCTUATION | tg.SUBORDINATOR | tg.RELATIVE | tg.BE | tg.HAVE | tg.CONJUNCTION | tg.WEEKDAY)
            and low[k] != "'s"
        ):
            break
        if bits & tg.VERB and area is not None:
            break
        k += 1
    return area


def _bare_name(tokens: Tokens, group: int) -> PlaceMention | None:
    """ "Larkport was captured": a name alone, which only the verb makes a place."""
    other = tg.PERSON | tg.PERSON_SG | tg.SPEAKER | tg.NP_STOP | tg.MONTH
    first = group
    while first > 0 and group - first < 4 and tokens.tag[first - 1] & tg.CAPITAL and not tokens.tag[first - 1] & other:
        first -= 1
    common = first == 0 and group == 1 and (tokens.tag[0] & tg.THING or tokens.low[0].endswith("s"))
    if common or first == group or (first > 0 and tokens.tag[first - 1] & (tg.PERSON_SG | tg.DETERMINER)):
        return None
    name = " ".join(tokens.raw[first:group])
    return PlaceMention(first, group, name, UNKNOWN_LEVEL, Role.AT, "captured_name")


_CERTAIN = word_set(
    """overran overrun overrunning recaptured recapturing retook retaken retaking reconquered liberated liberating
    occupied annexed of over"""
)
_ARMED = word_set(
    """forces troops army soldiers fighters militants militiamen rebels insurgents gunmen jihadists guerrillas taliban
    militia militias paramilitaries peshmerga separatists"""
)


def _bare_object(tokens: Tokens, at: int, past: int, lexicon: Lexicon) -> PlaceMention | None:
    """ "troops took Larkport": a name alone, which the verb makes a place. Verbs that people can be the object of too
    need an army for a subject and a name of one word."""
    low, tag, size = tokens.low, tokens.tag, len(tokens.low)
    other = tg.PERSON | tg.PERSON_SG | tg.SPEAKER | tg.NP_STOP | tg.MONTH | tg.THING
    end = past
    while end < size and end - past < 4 and tag[end] & tg.CAPITAL and not tag[end] & other:
        end += 1
    if end == past or low[end - 1].endswith(("'s", "’s")):
        return None
    if low[past] in lexicon.sides or low[past] in lexicon.not_places or low[past].endswith(_NATION_ENDS):
        return None
    if end < size and not tag[end] & (tg.NP_STOP | tg.WEEKDAY | tg.TIME | tg.ADVERB):
        return None
    certain = low[past - 1] in _CERTAIN
    if not certain and (end - past > 1 or _ARMED.isdisjoint(low[max(0, at - 12) : at])):
        return None
    return PlaceMention(past, end, " ".join(tokens.raw[past:end]), UNKNOWN_LEVEL, Role.AT, "captured_name")


def _subject_area(tokens: Tokens, group: int, lexicon: Lexicon, places: list[PlaceMention]) -> int | None:
    """The beginning of the noun phrase before the verb group, if it names an area or a place."""
    ends = {place.past: place for place in places}
    k = group
    while k > 0 and group - k < 8:
        if k in ends:
            return ends[k].first
        if tokens.low[k - 1] in lexicon.control_areas:
            first = k - 1
            while first > 0 and not tokens.tag[first - 1] & (tg.NP_STOP | tg.VERB):
                first -= 1
            return first
        if is_boundary(tokens, k - 1) or tokens.low[k - 1] == ",":
            return None
        k -= 1
    return None
