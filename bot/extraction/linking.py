"""Which trigger a mention belongs to: by slot within the clause, not by nearness.

A verb's victims are its object when it is active and its subject when it is passive or intransitive; around them stand
lists ("five children and a woman"), parts ("including three children", "of whom two were women") and parentheses.
"""

from bot.extraction import tags as tg
from bot.extraction.breakdowns import among_them, breakdowns
from bot.extraction.clauses import lost_full_stop
from bot.extraction.definites import definite_object
from bot.extraction.guards import counts
from bot.extraction.inflection import Form
from bot.extraction.lexicon import Lexicon
from bot.extraction.mentions import Counted, Mention, Mode, exceeded
from bot.extraction.objects import chain, objects, parts_of_unsaid
from bot.extraction.slots import Link, Slots
from bot.extraction.subjects import subjects
from bot.extraction.tokens import Tokens
from bot.extraction.trigger_table import Slot
from bot.extraction.triggers import Trigger, Voice
from bot.extraction.words import word_set

__all__ = ["Link", "links_of"]
_EITHER = ("shelter",)  # people shelter, and agencies shelter people
_TOLL_REACH = 44
_MAYBE = word_set('maybe perhaps only just possibly probably " “ now , : of')
_EXCEEDS = word_set("exceeds exceeded exceeding exceed passed passes topped tops surpassed surpasses")
_TOLL_LEADS = word_set(
    """to at of is was reached exceeded stands stood hit be as than least over about around nearly total : includes
    passed passes topped tops surpassed exceeds exceeding neared nearing nears approached approaching crossed totalled
    totaled tops"""
)


def links_of(tokens: Tokens, mentions: list[Mention], triggers: list[Trigger], lexicon: Lexicon) -> list[Link]:
    """Every link of the sentence; a mention may be linked to two triggers ("abducted and killed")."""
    slots = Slots(tokens, mentions, triggers, lexicon)
    found: list[Link] = []
    previous: list[Link] = []
    for index, trigger in enumerate(triggers):
        links = [link for link in _of(slots, trigger) if counts(tokens, link, lexicon)]
        if not links and index and _shares_subject(slots, triggers[index - 1], trigger):
            shared = [Link(link.mention, trigger, "shared_subject", link.whole) for link in previous]
            links = [link for link in shared if counts(tokens, link, lexicon)]
        if not links and (far := _passive_subject(slots, trigger)) is not None and counts(tokens, far, lexicon):
            links = [far]
        found += [_of_the_whole(tokens, link) for link in links]
        previous = links or previous
    parts = breakdowns(tokens, mentions, found) or among_them(tokens, mentions, found)
    if parts:
        told = {id(link.mention) for link in parts}
        found = [link for link in found if id(link.mention) not in told] + parts
    linked = {id(link.mention) for link in found}
    return found + [link for link in _attributive(slots) if id(link.mention) not in linked]


def _of(slots: Slots, trigger: Trigger) -> list[Link]:
    over = slots.over.get(trigger.first)
    if (
        over is not None
        and over.head is not None
        and over.past <= trigger.first < over.head
        and trigger.past <= over.head
    ):
        return []  # it stands inside a noun phrase; see _attributive
    if trigger.entry.slot is Slot.TOLL:
        return _toll(slots, trigger)
    if trigger.entry.slot is Slot.COUNTED:
        return _counted(slots, trigger)
    if trigger.voice is Voice.NOUN:
        return _noun_of(slots, trigger)
    if trigger.voice is Voice.ACTIVE:
        return objects(slots, trigger, trigger.past, "object") or _relative_object(slots, trigger)
    if trigger.voice is Voice.BARE:
        number = _number_of(slots, trigger) if trigger.first else []
        return number or _relative_object(slots, trigger) or _bare(slots, trigger)
    if trigger.entry.lemma in _EITHER and (right := slots.object_start(trigger.past)) is not None:
        return [Link(right, trigger, "object"), *chain(slots, trigger, right, right.np_past, "object")]
    return _inverted(slots, trigger) or subjects(slots, trigger, "subject")


def _inverted(slots: Slots, trigger: Trigger) -> list[Link]:
    """ "Among the dead are 224 aid workers and a nun": who is counted stands after the verb."""
    tokens, past = slots.tokens, trigger.past
    if tokens.low[trigger.first] != "among" or past + 1 >= len(tokens.low) or not tokens.tag[past] & tg.BE:
        return []
    mention = slots.starts.get(past + 1)
    if mention is None or not slots.counts(mention):
        return []
    return [Link(mention, trigger, "inverted_part"), *chain(slots, trigger, mention, mention.np_past, "inverted_part")]


def _relative_object(slots: Slots, trigger: Trigger) -> list[Link]:
    """ "the 200 girls they had kidnapped"; of "82 of the 200 girls they had kidnapped" the 200 were."""
    subject = trigger.group - 1
    if subject < 1 or not slots.tokens.tag[subject] & tg.PRONOUN or slots.tokens.tag[subject] & tg.RELATIVE:
        return []
    mention = slots.ends.get(subject) or (
        slots.ends.get(subject - 1) if slots.tokens.low[subject - 1] == "that" else None
    )
    if mention is None or not slots.counts(mention) or mention.counted is not Counted.PERSONS:
        return []
    return [Link(mention.whole or mention, trigger, "relative_object")]


_NUMBER_REACH = 7


def _number_of(slots: Slots, trigger: Trigger) -> list[Link]:
    """ "The number of Christians abducted by gunmen has risen to 220": the number follows."""
    low = slots.tokens.low
    for k in range(trigger.first - 1, max(0, trigger.first - _NUMBER_REACH), -1):
        if low[k] == "of" and low[k - 1] == "number":
            return _toll(slots, trigger)
        if slots.tokens.tag[k] & (tg.PUNCTUATION | tg.VERB | tg.BE | tg.HAVE) or k in slots.over:
            return []
    return []


def _bare(slots: Slots, trigger: Trigger) -> list[Link]:
    right = slots.object_start(trigger.past)
    adjacent = _adjacent(slots, trigger.group)
    if right is not None and not (adjacent and slots.has_own_verb(right)):
        return objects(slots, trigger, trigger.past, "object")
    if (adjacent is None or _acts_on_one(slots, trigger.past)) and slots.noun_phrase_at(
        trigger.past
    ):  # "two gunmen shot the mayor"
        return objects(slots, trigger, trigger.past, "object")
    return subjects(slots, trigger, "reduced_passive")


def _acts_on_one(slots: Slots, at: int) -> bool:
    """ "Two gunmen shot the mayor", "shot the Rev. Such Name": the people before the verb are no victims."""
    tag, low = slots.tokens.tag, slots.tokens.low
    titled = low[at : at + 1] == ["the"] and at + 1 < len(low) and tag[at + 1] & tg.CAPITAL
    if titled and not tag[at + 1] & (tg.WEEKDAY | tg.MONTH | tg.SPEAKER):
        return True
    return definite_object(slots.tokens, at, slots.lexicon) is not None


def _adjacent(slots: Slots, group: int) -> Mention | None:
    if group in slots.ends:
        return slots.ends[group]
    return slots.ends.get(group - 1) if group and slots.tokens.low[group - 1] in (",", "others", "more") else None


def _shares_subject(slots: Slots, before: Trigger, trigger: Trigger) -> bool:
    """ "were abducted and later killed": one subject, two verbs."""
    if trigger.voice in (Voice.ACTIVE, Voice.NOUN) or before.voice is Voice.NOUN:
        return False
    low, tag = slots.tokens.low, slots.tokens.tag
    between = range(before.past, trigger.group)
    joints = ("and", "or", "then", "before")
    if trigger.entry.slot is Slot.SUBJECT and 0 < len(between) < 22 and low[trigger.group - 1] == "and":
        return not any(slots.over.get(k) for k in between) and not any(low[k] in (";", ":", "while") for k in between)
    if len(between) > 4 or not any(low[k] in joints for k in between):
        return False
    return all(low[k] in (*joints, ",", "later") or tag[k] & (tg.ADVERB | tg.BE | tg.HAVE) for k in between)


def _of_the_whole(tokens: Tokens, link: Link) -> Link:
    """ "33 of the 50 families sheltering in a school died": the fifty were sheltering; "freed three of 11 hostages held
    there": the eleven are held."""
    mention, trigger = link.mention, link.trigger
    if mention.whole is None or trigger.first != mention.np_past:
        return link
    own_verb = mention.first > 0 and bool(tokens.tag[mention.first - 1] & tg.VERB)
    if trigger.entry.form is Form.ING or (trigger.voice is Voice.BARE and own_verb):
        return Link(mention.whole, trigger, link.rule, link.whole)
    return link


_LONGEST_PREDICATE = 24


def _passive_subject(slots: Slots, trigger: Trigger) -> Link | None:
    """ "Nineteen men were pulled off a bus near the border and shot dead": the subject of the passive verb that the
    clause began with, when nobody else was told of since."""
    low, tag, joint = slots.tokens.low, slots.tokens.tag, trigger.group - 1
    if trigger.voice not in (Voice.BARE, Voice.PASSIVE) or joint < 3 or low[joint] not in ("and", "then"):
        return None
    for k in range(joint - 1, max(0, joint - _LONGEST_PREDICATE), -1):
        mention = slots.ends.get(k)
        if mention is not None and tag[k] & tg.BE and low[k] in ("were", "was"):
            passive = low[k + 1].endswith(("ed", "en", "wn", "ght", "led", "ung", "ven"))
            whole = mention.counted is Counted.PERSONS and slots.counts(mention)
            return Link(mention, trigger, "passive_subject") if passive and whole else None
        if k in slots.over and slots.over[k].counted is not Counted.THINGS:
            return None
        if tag[k] & (tg.SUBORDINATOR | tg.RELATIVE | tg.SPEECH | tg.PRONOUN) or low[k] in (";", ":", '"', "”", "but"):
            return None
    return None


def _attributive(slots: Slots) -> list[Link]:
    """ "80 wounded people", "300 displaced families": the state stands before the noun."""
    links = []
    for trigger in slots.triggers:
        mention = slots.over.get(trigger.first)
        if mention is None or mention.head is None or not mention.past <= trigger.first < mention.head:
            continue
        stative = trigger.voice in (Voice.BARE, Voice.SUBJECT, Voice.PASSIVE)
        if stative and mention.veto is None and mention.counted is Counted.PERSONS:
            links.append(Link(mention, trigger, "attributive"))
    return links


def _noun_of(slots: Slots, trigger: Trigger) -> list[Link]:
    tokens, low, at = slots.tokens, slots.tokens.low, trigger.past
    number = slots.ends.get(trigger.first)
    bodies = trigger.entry.measure == "bodies" and number is not None and number.mode is Mode.NUMBER
    if bodies and at < len(low) and low[at] == "of":
        return _counted(slots, trigger)  # "230 bodies of tribesmen"
    if at < len(low) and low[at] == "of":
        at += 1
        start = at + 1 if at < len(low) and low[at] in ("the", "these", "those") and at not in slots.starts else at
        if start in slots.starts:
            return objects(slots, trigger, start, "noun_of")
        one = definite_object(tokens, at, slots.lexicon)
        if one is not None:
            return [Link(one[0], trigger, "noun_of_definite"), *chain(slots, trigger, one[0], one[1], "noun_of")]
        return parts_of_unsaid(slots, trigger, at, "noun_of")
    return _counted(slots, trigger) if trigger.entry.slot is Slot.NOUN_OF else []


def _counted(slots: Slots, trigger: Trigger) -> list[Link]:
    for mention in slots.mentions:
        if mention.past <= trigger.first <= mention.np_past and mention.mode is Mode.NUMBER and mention.veto is None:
            return [
                Link(mention, trigger, "counted_noun"),
                *chain(slots, trigger, mention, trigger.past, "counted_noun"),
            ]
    return []


def _equals(slots: Slots, trigger: Trigger) -> list[Link]:
    """ "The dead were a nurse and two soldiers": who they were stands right behind the verb."""
    mention = slots.starts.get(trigger.past)
    if mention is None or mention.counted is not Counted.PERSONS or not slots.counts(mention):
        return []
    return [Link(mention, trigger, "toll"), *chain(slots, trigger, mention, mention.np_past, "toll")]


def _toll(slots: Slots, trigger: Trigger) -> list[Link]:
    tokens, low = slots.tokens, slots.tokens.low
    if trigger.entry.lemma.startswith("the ") and low[trigger.past - 1] in ("were", "are", "was", "is"):
        return _equals(slots, trigger)
    at = trigger.first - 1 if trigger.first and low[trigger.first - 1] == "the" else trigger.first
    before = slots.ends.get(at)
    if before is not None and before.first and low[before.first - 1] == "to" and slots.counts(before):
        return [Link(before, trigger, "toll_before")]  # "bringing to 52 the number of people killed"
    for k in range(trigger.past, min(len(low), trigger.past + _TOLL_REACH)):
        mention = slots.starts.get(k)
        if mention is not None and slots.counts(mention):
            if low[k - 1] == "from":
                continue  # "the toll rose from three to nine"
            if trigger.measure == "again" and not _MAYBE.issuperset(low[trigger.past : k]):
                break  # "put the number at the camp at 200"
            if k - trigger.past > 4 and low[k - 1] not in _TOLL_LEADS:
                continue
            if not _EXCEEDS.isdisjoint(low[trigger.past : k]):
                mention = exceeded(mention)
            return [Link(mention, trigger, "toll"), *chain(slots, trigger, mention, mention.np_past, "toll")]
        if low[k] in (";", ".") or lost_full_stop(tokens, k):
            break
        if tokens.tag[k] & tg.SUBORDINATOR and low[k] not in ("as", "than", "since", "after"):
            break
    return []
