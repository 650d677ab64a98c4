"""Trigger words in a sentence, and the voice they stand in."""

from dataclasses import dataclass
from enum import StrEnum

from bot.extraction import tags as tg
from bot.extraction.inflection import Form
from bot.extraction.lexicon import Lexicon
from bot.extraction.tokens import Tokens
from bot.extraction.trigger_table import Slot, TriggerEntry
from bot.extraction.words import word_set


class Voice(StrEnum):
    """How the trigger stands to the people it counts."""

    ACTIVE = "active"  # they are its object
    PASSIVE = "passive"  # they are its subject, with "were" or the like
    BARE = "bare"  # a participle or past form without an auxiliary: the words around decide
    SUBJECT = "subject"  # they are the subject of an intransitive verb or of a state
    NOUN = "noun"


@dataclass(frozen=True, slots=True)
class Trigger:
    """A trigger at tokens [first, past); `group` is where its verb group (auxiliaries, adverbs) begins."""

    first: int
    past: int
    group: int
    entry: TriggerEntry
    voice: Voice

    @property
    def measure(self) -> str:
        """The section of the trigger lexicon it comes from."""
        return self.entry.measure


# "were found dead", "remain missing", "went missing": the state's verb group reaches over them.
_COPULAR = word_set(
    """found reported confirmed declared pronounced presumed believed feared remain remains remained remaining listed
    went still became become lay lying living currently now also trapped"""
)


_FORCED = word_set(
    """forced forcing forces force driven drove driving drive pushed pushing chased chasing expelled expelling uprooted
    uprooting thrown threw evicted evicting displaced displacing sent sending"""
)


# "were forced to flee", "are expected to be displaced": the verb group reaches over them to its subject.
_RAISING = word_set(
    """expected believed thought reported feared said understood known likely unlikely estimated set due alleged
    begun began begin started continued forced obliged compelled made able unable presumed supposed ordered told
    allowed"""
)


def find_triggers(tokens: Tokens, lexicon: Lexicon) -> list[Trigger]:
    """The triggers of the sentence, left to right, none overlapping."""
    found: list[Trigger] = []
    low, size = tokens.low, len(tokens.low)
    table = lexicon.triggers
    firsts = table.first_words()
    at = 0
    while at < size:
        if low[at] not in firsts:
            at += 1
            continue
        hit = table.find(low, at)
        if hit is None and low[at] == "number" and tokens.low[at + 1 : at + 2] == ["of"]:
            hit = _number_of_such(tokens, at, lexicon)
        if hit is None:
            at += 1
            continue
        entry, past = hit
        trigger = _trigger(tokens, at, past, entry)
        if trigger is not None:
            found.append(trigger)
            at = past
        else:
            at += 1
    return found


def _number_of_such(tokens: Tokens, at: int, lexicon: Lexicon) -> tuple[TriggerEntry, int] | None:
    """ "the number of Syrian refugees": the phrase with one word of its own between."""
    low = tokens.low
    if at + 3 >= len(low) or tokens.tag[at + 2] & (tg.NP_STOP | tg.QUANTITY):
        return None
    hit = lexicon.triggers.find([*low[: at + 2], *low[at + 3 : at + 8]], at)
    return (hit[0], hit[1] + 1) if hit is not None and hit[1] > at + 2 else None


def _trigger(tokens: Tokens, at: int, past: int, entry: TriggerEntry) -> Trigger | None:
    if entry.form is Form.BASE and _is_name(tokens, at, past):
        return None
    group, be, have, modal, to = verb_group(tokens, at)
    slot = entry.slot
    if slot is Slot.STATE and at > 0 and tokens.low[at] == "to" and tokens.low[at - 1] in ("sentenced", "condemned"):
        return None  # to death
    if slot is Slot.STATE and past == at + 1 and tokens.tag[at] & tg.ADVERB and _modifies(tokens, past):
        return None  # "critically wounding three": how, and of others than those before
    if slot is Slot.STATE and tokens.low[at] == "from" and _FORCED.isdisjoint(tokens.low[max(0, at - 14) : at]):
        return None  # "abducted 12 people from their homes" drives nobody out
    if slot is Slot.TOLL and at > 0 and tokens.low[at] == "the" and tokens.low[at - 1] in ("of", "among"):
        return None  # "142 of the dead were students"
    if slot in (Slot.NOUN_OF, Slot.TOLL, Slot.COUNTED):
        return Trigger(at, past, at, entry, Voice.NOUN)
    noun = slot is Slot.STATE and at > 0 and past == at + 1 and tokens.low[at - 1] in ("the", "its", "their")
    if noun and tokens.low[max(0, at - 2)] not in ("of", "among"):
        return None  # "to collect the dead"
    if slot is Slot.STATE and at > 0 and tokens.low[at - 1] in _COPULAR:
        group = verb_group(tokens, at - 1)[0]
    if slot is Slot.STATE or slot is Slot.SUBJECT:
        if slot is Slot.SUBJECT and entry.form is Form.ING and at > 0 and tokens.tag[at - 1] & tg.DETERMINER:
            return None  # "the dying", "a fleeing"
        return Trigger(at, past, group, entry, Voice.SUBJECT)
    if entry.form in (Form.ING, Form.BASE) and past < len(tokens.low) and tokens.low[past] == "of":
        return Trigger(at, past, at, entry, Voice.NOUN)  # "the killing of"
    if entry.form is Form.BASE and (be or have) and _alike(tokens.low[at], entry.lemma):
        return Trigger(at, past, group, entry, Voice.PASSIVE if be else Voice.ACTIVE)
    if entry.form is Form.BASE and not (to or modal) and _alike(tokens.low[at], entry.lemma):
        return Trigger(at, past, group, entry, Voice.BARE)
    among = _among(tokens, at)
    if among is not None and entry.form in (Form.PARTICIPLE, Form.PAST_OR_PARTICIPLE):
        return Trigger(at, past, among, entry, Voice.PASSIVE)
    found = at > 0 and tokens.low[at - 1] == "found" and entry.form in (Form.PARTICIPLE, Form.PAST_OR_PARTICIPLE)
    if found and verb_group(tokens, at - 1)[1]:
        return Trigger(at, past, verb_group(tokens, at - 1)[0], entry, Voice.PASSIVE)  # "were found shot dead"
    if be and entry.form in (Form.PARTICIPLE, Form.PAST_OR_PARTICIPLE):
        return Trigger(at, past, group, entry, Voice.PASSIVE)
    if entry.form is Form.ING or entry.form in (Form.BASE, Form.THIRD):
        if entry.form is Form.BASE and not (to or modal or at == 0 or _plural_before(tokens, at)):
            return None
        return Trigger(at, past, group, entry, Voice.ACTIVE)
    if have or entry.form is Form.PAST:
        return Trigger(at, past, group, entry, Voice.ACTIVE)
    return Trigger(at, past, group, entry, Voice.BARE)


def _modifies(tokens: Tokens, past: int) -> bool:
    return past < len(tokens.low) and tokens.low[past].endswith(("ing", "ed"))


def _is_name(tokens: Tokens, at: int, past: int) -> bool:
    """A capital after a capital is a name ("the Red Cross"), but for headlines ("Rebels Kill 12")."""
    capitals = at > 0 and tokens.tag[at] & tokens.tag[at - 1] & tg.CAPITAL
    return bool(capitals) and not (past < len(tokens.low) and tokens.tag[past] & tg.QUANTITY)


_ALIKE = word_set("hurt cut put beat")


def _alike(word: str, lemma: str) -> bool:
    """Verbs whose base, past and participle look the same."""
    return word in _ALIKE and lemma.partition(" ")[0] == word


def _among(tokens: Tokens, at: int) -> int | None:
    """ "were among those killed": the verb group begins at "were"."""
    k = at - 1
    while k >= 0 and at - k < 5 and (tokens.low[k] in ("those", "the", "people", "being") or tokens.tag[k] & tg.PERSON):
        k -= 1
    if k < 1 or tokens.low[k] not in ("among", "amongst"):
        return None
    return k - 1 if tokens.tag[k - 1] & tg.BE else None


def _plural_before(tokens: Tokens, at: int) -> bool:
    bits = tokens.tag[at - 1]
    return bool(
        bits & (tg.PERSON | tg.THING | tg.CAPITAL | tg.CONJUNCTION | tg.ADVERB | tg.RELATIVE | tg.PUNCTUATION)
    ) or tokens.low[at - 1].endswith("s")


def _shared_auxiliary(tokens: Tokens, joint: int) -> int | None:
    """The auxiliary of the verb before "and" ("were run down and killed"), None where it has none."""
    for k in range(joint - 1, max(0, joint - 5), -1):
        if tokens.tag[k] & tg.BE:
            participle = tokens.low[k + 1 : joint]
            passed = any(word.endswith(("ed", "en", "wn", "un", "ut", "ught", "ot")) for word in participle)
            while k > 0 and tokens.tag[k - 1] & (tg.HAVE | tg.MODAL):
                k -= 1  # "have been killed or captured"
            return k if passed else None
        if tokens.tag[k] & (tg.QUANTITY | tg.PUNCTUATION | tg.DETERMINER | tg.CAPITAL | tg.PERSON | tg.CONJUNCTION):
            return None
    return None


def verb_group(tokens: Tokens, at: int) -> tuple[int, bool, bool, bool, bool]:
    """(where the verb group of the verb at `at` begins, and whether it has be, have, a modal, to)."""
    low, tag = tokens.low, tokens.tag
    be = have = modal = to = False
    k = at - 1
    if k > 0 and low[k] in ('"', "“", "'", "‘") and tag[k - 1] & tg.BE:
        k -= 1  # had been "neutralised"
    while k >= 0 and at - k < 9:
        bits = tag[k]
        if bits & tg.BE:
            be = True
        elif bits & tg.HAVE:
            have = True
        elif bits & tg.MODAL and not (low[k] == "may" and bits & tg.CAPITAL):
            modal = True
        elif low[k] == "to":
            to = True
        elif (
            (
                low[k] == ","
                and tag[k + 1] & (tg.TIME | tg.WEEKDAY | tg.ADVERB) | (tag[k - 1] & (tg.TIME | tg.WEEKDAY) if k else 0)
            )
            or bits & (tg.TIME | tg.WEEKDAY)
            or (low[k] == "on" and tag[k + 1] & tg.WEEKDAY)
            or (to and low[k] in _RAISING and k > 0 and (tag[k - 1] & (tg.BE | tg.ADVERB) or low[k - 1] == "being"))
        ):
            pass
        elif (
            not (bits & tg.ADVERB or low[k] == "not")
            or bits & (tg.CAPITAL | tg.QUANTITY)
            or (low[k] == "since" and not (k > 0 and tag[k - 1] & tg.HAVE))
            or (bits & tg.SPEECH and k > 0 and not tag[k - 1] & tg.BE)
        ):
            break
        k -= 1
    if not (be or have) and k > 1 and low[k] in ("and", "or"):
        shared = _shared_auxiliary(tokens, k)
        if shared is not None:
            return shared, True, False, False, False
    group = k + 1
    while group < at and not tag[group] & (tg.BE | tg.HAVE | tg.MODAL) and low[group] != "to":
        group += 1
    if group == at:  # only adverbs before it: they belong to it all the same, words of time do not
        group = k + 1
        while group < at and (tag[group] & (tg.TIME | tg.WEEKDAY) or low[group] in ("on", ",")):
            group += 1
    return group, be, have, modal, to
