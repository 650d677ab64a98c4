"""Numbers that a verb of counting names with nothing after: "the agency counted 140", "the ministry admits to 498",
"police have so far confirmed only 17". They count what was counted last."""

from bot.extraction import tags as tg
from bot.extraction.mentions import Counted, Mention, Mode
from bot.extraction.sentence import Sentence
from bot.extraction.slots import Link
from bot.extraction.trigger_table import Slot, TriggerEntry
from bot.extraction.triggers import Trigger, Voice
from bot.extraction.words import word_set

_COUNTS = word_set(
    """counted counts count confirmed confirms confirm recorded records documented documents reported reports listed
    lists tallied tallies registered registers logged logs verified verifies admitted admits admit acknowledged
    acknowledges acknowledge conceded concedes spoke speaks speak spoken claims claimed claim estimated estimates
    estimate cites cited gave gives announced said says insisted insists maintained"""
)
_SAYS = word_set("said says insisted insists maintained")
_LEADS = word_set("to of only just already so far now at about")
_REACH = 4  # "have so far confirmed"
_AGAIN = TriggerEntry("again", Slot.TOLL, None, "bare count")
_AFTER = word_set(
    "in so by since for on up and but while although though as between over during this at last from there"
)


def bare_counts(sentence: Sentence) -> list[Link]:
    """The numbers of the sentence told that way, as links of the measure "again"."""
    tokens = sentence.tokens
    found = []
    for attribution in sentence.attributions:
        near = range(attribution.past, min(len(tokens.low) - 1, attribution.past + _REACH))
        verb = next((k for k in near if tokens.low[k] in _COUNTS), None)
        if attribution.rule != "preposed" or verb is None:
            continue
        at = verb + 1
        if tokens.low[at : at + 2] in (["it", "was"], ["they", "were"], ["it", "is"]):
            at += 2  # "the insurgents said it was 90"
        elif tokens.low[verb] in _SAYS:
            continue
        while at < len(tokens.low) and tokens.low[at] in _LEADS and not any(m.first == at for m in sentence.mentions):
            at += 1
        number = next((m for m in sentence.mentions if m.first == at), None)
        if number is not None and _stands_alone(sentence, number):
            trigger = Trigger(verb, verb + 1, verb, _AGAIN, Voice.NOUN)
            found.append(Link(number, trigger, "bare_count"))
    return found


def _stands_alone(sentence: Sentence, number: Mention) -> bool:
    tokens, past = sentence.tokens, number.np_past
    if number.counted is not Counted.UNSAID or number.mode is not Mode.NUMBER or number.veto is not None:
        return False
    if any(link.mention is number for link in sentence.links):
        return False
    if past >= len(tokens.low) or tokens.low[past] in _AFTER:
        return True
    return bool(tokens.tag[past] & tg.PUNCTUATION) and tokens.low[past] in (".", ",", ";", ")")
