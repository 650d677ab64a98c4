"""Who holds what: control claims, with the share or the number of places where the sentence gives one."""

from dataclasses import dataclass

from bot.extraction import tags as tg
from bot.extraction.areas import (
    bare_name,
    bare_object,
    name_after,
    name_before,
    object_area,
    share_of_name,
    subject_area,
)
from bot.extraction.inflection import Form
from bot.extraction.lexicon import Lexicon
from bot.extraction.mentions import Counted, Mention, Mode
from bot.extraction.place_mention import PlaceMention, Role
from bot.extraction.tokens import Tokens
from bot.extraction.trigger_table import Slot, TriggerEntry
from bot.extraction.triggers import Trigger, Voice, verb_group
from bot.extraction.words import word_set
from bot.facts.vocabulary import ControlStatus, Stance

_RELATIVE_REACH = 6
_NOT_TAKEN = word_set("""place part shape refuge shelter steps advantage aim responsibility to about up off out care""")
_WHOLLY = word_set("all most much parts half")
_AFTER = 6
_SIDES_TO = word_set(
    """rebels rebel insurgents militants fighters forces troops army jihadists government regime taliban gunmen militia
    guerrillas separatists opposition"""
)
_NOT_DONE = word_set("of for without from at about before against")
_TAKES = frozenset(("take", "takes", "took", "taken", "taking"))


@dataclass(frozen=True, slots=True)
class ControlClaim:
    """A claim at tokens [first, past): the verb and what it is said of.

    Attributes:
        passing: said by an adjective or the like ("rebel-held"), whose time is not the sentence's; `holder` holds it.
        stance: where other words than those before the verb give it.
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
    stance: Stance | None = None


def control_claims(
    tokens: Tokens, mentions: list[Mention], places: list[PlaceMention], lexicon: Lexicon
) -> list[ControlClaim]:
    """The control claims of the sentence."""
    found: list[ControlClaim] = []
    low, size = tokens.low, len(tokens.low)
    firsts = lexicon.control.first_words()
    at = 0
    while at < size:
        if low[at] not in firsts:
            at += 1
            continue
        hit = lexicon.control.find(low, at)
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
            found += _joined_names(tokens, claim, places)
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
    if form is Form.ING and at > 0 and low[at - 1] in _NOT_DONE:
        return None  # "in the final stages of recapturing"
    if past < size and low[past] in _NOT_TAKEN and low[at] in _TAKES:
        return None
    entry = TriggerEntry(status, Slot.OBJECT, form, low[at])
    in_hands = status == "in_hands"
    if in_hands:
        status = "held"
    passive = in_hands or (
        be
        and form in (Form.PARTICIPLE, Form.PAST_OR_PARTICIPLE)
        and status not in ("passive", "held")
        and low[at] != "in"
    )
    reduced = form in (Form.PARTICIPLE, Form.PAST_OR_PARTICIPLE) and past < size and low[past] in ("by", "from")
    if reduced and at > 0 and low[at - 1] == ",":
        group = at - 1  # "the city of Larkport, recaptured from the rebels"
    if passive or reduced or status == "passive":
        trigger = Trigger(at, past, group, entry, Voice.PASSIVE)
        if any(m.np_past == group and m.counted in (Counted.PERSONS, Counted.UNKNOWN) and not m.veto for m in mentions):
            return None  # "100 people captured by gunmen"
        first = subject_area(tokens, group, lexicon, places)
        if first is None:
            bare = bare_name(tokens, group)
            if bare is None:
                return None
            first, places = bare.first, [*places, bare]
        first = _with_share(tokens, first, mentions)
        made = _made(tokens, first, past, trigger, status, mentions, places, (first, group))
        fell = status == "passive" and not _SIDES_TO.isdisjoint(
            tokens.low[past : past + _AFTER]
        )  # "fell to the rebels"
        return made if made.named or made.counted is not None or reduced or fell else None
    trigger = Trigger(at, past, group, entry, Voice.ACTIVE)
    of_name = share_of_name(tokens, past, mentions)
    if of_name is None and past < size and low[past] in _WHOLLY:
        of_name = name_after(tokens, past + 1)  # "retook all of Larkport"
    if of_name is not None and not any(p.first <= of_name.first < p.past for p in places):
        places = [*places, of_name]
    end = object_area(tokens, past, lexicon, mentions, places)
    if end is None:
        antecedent = _antecedent(tokens, group, lexicon, places)
        if antecedent is not None and status in ("captured", "recaptured", "lost"):
            return _made(tokens, antecedent, past, trigger, status, mentions, places, (antecedent, group))
        bare = bare_object(tokens, at, past, lexicon)
        if bare is None:
            return None
        end, places = bare.past, [*places, bare]
    named = name_after(tokens, end) or name_before(tokens, end, past, lexicon)
    if named is not None and not any(past <= p.first < named.past for p in places):
        end, places = max(end, named.past), [named, *places]  # "the border post of Larkport", "the Bidi oilfield in"
    return _made(tokens, at, end, trigger, status, mentions, places, (past, end))


def _antecedent(tokens: Tokens, group: int, lexicon: Lexicon, places: list[PlaceMention]) -> int | None:
    """ "the districts that rebel forces seized": where the area before "that" begins, None where there is none."""
    for k in range(group - 1, max(1, group - _RELATIVE_REACH), -1):
        if tokens.low[k] in ("that", "which"):
            return subject_area(tokens, k, lexicon, places)
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


_MOST_NAMES = 5


def _joined_names(tokens: Tokens, claim: ControlClaim, places: list[PlaceMention]) -> list[ControlClaim]:
    """ "captured Bidi, Sankoro and Saran": the further names of what was taken, by the same verb."""
    tag, size = tokens.tag, len(tokens.low)
    found: list[ControlClaim] = []
    if claim.trigger.voice is not Voice.ACTIVE or claim.place is None or not claim.named or claim.counted is not None:
        return found
    at = claim.past
    other = tg.PERSON | tg.PERSON_SG | tg.SPEAKER | tg.NP_STOP | tg.MONTH | tg.THING
    while at + 1 < size and tokens.low[at] in (",", "and") and len(found) < _MOST_NAMES:
        first = past = at + 1
        while past < size and past - first < 4 and tag[past] & tg.CAPITAL and not tag[past] & other:
            past += 1
        ended = past >= size or (tag[past] & (tg.NP_STOP | tg.WEEKDAY | tg.TIME) and not tag[past] & tg.BE)
        if past == first or not ended or tokens.low[past - 1].endswith(("'s", "’s")):
            break
        place = next((p for p in places if p.first == first), None) or PlaceMention(
            first, past, " ".join(tokens.raw[first:past]), claim.place.level, Role.AT, "captured_list"
        )
        found.append(ControlClaim(first, past, claim.trigger, claim.status, None, place, True))
        if tokens.low[at] == "and":
            break
        at = past
    return found if not found or tokens.low[found[-1].first - 1] == "and" else []


def _with_share(tokens: Tokens, first: int, mentions: list[Mention]) -> int:
    """ "Some 40% of the old city": where the share begins whose area begins at token `first`."""
    k = first - 1
    while k > 0 and tokens.tag[k] & tg.DETERMINER:
        k -= 1
    if k < 1 or tokens.low[k] != "of":
        return first
    return next((m.first for m in mentions if m.past == k and m.mode is Mode.SHARE), first)


def _is_surface(tokens: Tokens, mention: Mention) -> bool:
    """ "10 square kilometres", "300 hectares"."""
    return not _SURFACE.isdisjoint(tokens.low[mention.past : mention.past + 1])


_SURFACE = frozenset(("square", "sq", "hectares", "acres"))


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
            and (m.veto in (None, "place_noun") or m.mode is Mode.SHARE or _is_surface(tokens, m))
        ),
        None,
    )
    inside = [p for p in places if region[0] <= p.first < region[1] + 1]
    named = bool(inside)
    if not inside and trigger.voice is Voice.ACTIVE:
        inside = [p for p in places if past <= p.first < past + 8 and "," not in tokens.low[past : p.first]]
    place = inside[0] if inside else None
    claimed = ControlStatus.CAPTURED if status == "passive" else ControlStatus(status)
    words = " ".join(tokens.raw[region[0] : region[1]]) if not named else None
    return ControlClaim(first, past, trigger, claimed, counted, place, named, words)
