"""The sentence as the linking rules see it: mentions by where they begin and end, triggers, and a few questions."""

from dataclasses import dataclass

from bot.extraction import tags as tg
from bot.extraction.clauses import is_boundary
from bot.extraction.lexicon import Lexicon
from bot.extraction.mentions import Counted, Mention
from bot.extraction.tokens import Tokens
from bot.extraction.triggers import Trigger, Voice
from bot.extraction.words import word_set

_MOSTLY = word_set("mostly mainly largely most all many predominantly chiefly")
_LAST = word_set("last remaining first other next final")
_LONGEST_OWNER = 4
_BEFORE_OBJECT = word_set("dead instantly \" “ ” ' ’")


@dataclass(frozen=True, slots=True)
class Link:
    """A mention in the slot of a trigger; `whole` is the mention it is stated to be a part of."""

    mention: Mention
    trigger: Trigger
    rule: str
    whole: Mention | None = None


class Slots:
    """One sentence's mentions and triggers, indexed by token."""

    def __init__(self, tokens: Tokens, mentions: list[Mention], triggers: list[Trigger], lexicon: Lexicon) -> None:
        self.tokens = tokens
        self.lexicon = lexicon
        self.triggers = triggers
        self.mentions = mentions
        self.starts = {mention.first: mention for mention in mentions}
        self.ends = {mention.np_past: mention for mention in mentions}
        self.over: dict[int, Mention] = {}
        for mention in mentions:
            if mention.first > 0 and tokens.tag[mention.first - 1] & tg.POSSESSIVE:
                self.starts.setdefault(mention.first - 1, mention)
            elif mention.first > 0 and tokens.low[mention.first - 1] in _LAST:
                self.starts.setdefault(mention.first - 2, mention)  # "killing the last three gunmen"
            elif mention.counted is Counted.PERSONS and mention.first > 0 and tokens.low[mention.first - 1] == "the":
                self.starts.setdefault(mention.first - 1, mention)
            for k in range(mention.first, mention.np_past):
                self.over[k] = mention
        self.trigger_at = {trigger.first: trigger for trigger in triggers}
        self.trigger_tokens = {k for t in triggers for k in range(t.first, t.past) if k not in self.over}

    def counts(self, mention: Mention) -> bool:
        """Whether the mention counts persons as far as anybody can tell."""
        return mention.counted is not Counted.THINGS and mention.veto is None

    def before(self, mention: Mention) -> int:
        """The token before a mention and what may stand in front of its number: "her four children", "the 12 men"."""
        k = mention.first - 1
        while k >= 0 and (
            self.tokens.tag[k] & tg.POSSESSIVE or self.tokens.low[k] in ("the", "other", "these", "those", "all")
        ):
            k -= 1
        if k >= 0 and self.tokens.low[k : k + 2] == ["in", "all"] and k + 2 == mention.first:
            k -= 1  # "In all 93 people were killed"
        return k

    def ends_clause(self, k: int) -> bool:
        """Whether token `k` is outside the noun phrases of the verb looked from."""
        return is_boundary(self.tokens, k) or k in self.trigger_tokens

    def has_own_verb(self, mention: Mention) -> bool:
        """ "20 killed 30 wounded": the second number is the subject of the next trigger."""
        at = mention.np_past
        if mention.head is not None and any(mention.past <= t.first < mention.head for t in self.triggers):
            return True  # "80 wounded people"
        if at < len(self.tokens.low) and self.tokens.tag[at] & (tg.BE | tg.HAVE | tg.MODAL):
            return True  # "…, and 550 were treated": a clause of its own, whatever its verb
        trigger = self.trigger_at.get(at)
        if trigger is not None:
            return trigger.voice in (Voice.BARE, Voice.SUBJECT, Voice.PASSIVE) or mention.head == trigger.first
        return any(t.group == at and t.voice in (Voice.PASSIVE, Voice.SUBJECT, Voice.BARE) for t in self.triggers)

    def has_other_verb(self, mention: Mention, trigger: Trigger) -> bool:
        """ "of whom 76,000 returned": the part has a verb of its own, with another meaning."""
        for other in self.triggers:
            if other.first >= mention.np_past and other is not trigger:
                gap = other.group - mention.np_past
                return gap <= 1 and other.voice is not Voice.ACTIVE and other.measure != trigger.measure
        return False

    def is_object(self, mention: Mention) -> bool:
        """The mention directly follows an active trigger: "killing five people and three children were wounded"."""
        return any(
            trigger.past == mention.first
            and trigger.voice in (Voice.ACTIVE, Voice.BARE, Voice.NOUN)
            and trigger.entry.lemma != "count"
            for trigger in self.triggers
        )

    def object_start(self, at: int) -> Mention | None:
        """The mention that begins at token `at`, adverbs left aside."""
        low, tag, size = self.tokens.low, self.tokens.tag, len(self.tokens.low)
        while at < size and at not in self.starts and (tag[at] & tg.ADVERB or low[at] in _BEFORE_OBJECT):
            at += 1
        mention = self.starts.get(at) or self._owned(at)
        return mention if mention is not None and mention.veto is None else None

    def _owned(self, at: int) -> Mention | None:
        """ "the family's five children", "Larkport's two doctors": the mention after a possessive."""
        low, tag = self.tokens.low, self.tokens.tag
        for k in range(at, min(len(low) - 1, at + _LONGEST_OWNER)):
            if low[k].endswith("'s"):
                mention = self.starts.get(k + 1)
                return mention if mention is not None and mention.counted is Counted.PERSONS else None
            if tag[k] & tg.NP_STOP and not (k == at and tag[k] & tg.DETERMINER):
                return None
        return None

    def noun_phrase_at(self, at: int) -> bool:
        """Whether a noun phrase without a number begins at token `at`."""
        tag, low = self.tokens.tag, self.tokens.low
        if at >= len(low) or tag[at] & (tg.WEEKDAY | tg.MONTH | tg.TIME):
            return False
        if low[at] in ("themselves", "himself", "herself", "itself"):
            return True
        if not tag[at] & (tg.DETERMINER | tg.CAPITAL | tg.PERSON | tg.POSSESSIVE):
            return False
        return not any(tag[k] & tg.SPEECH for k in range(at, min(at + 12, len(low))))

    def item_left(self, left: int) -> bool:
        """Whether a list item that counts persons ends at token `left`, or its postmodifier does."""
        if left < 0:
            return False
        mention = self.over.get(left)
        if mention is not None and mention.veto == "age" and mention.first > 0:
            of = self.tokens.low[mention.first - 1] in ("of", "aged")
            return self.item_left(mention.first - (2 if of else 1))  # "a boy of six and a soldier"
        if mention is not None:
            return self.counts(mention) and not self.is_object(mention)
        for k in range(left, max(-1, left - 12), -1):
            if k in self.over:
                mention = self.over[k]
                return mention.counted is Counted.PERSONS and mention.veto is None and not self.is_object(mention)
            if self.tokens.low[k] == "," and self.tokens.low[k + 1] in _MOSTLY:
                continue  # "1,109 Lebanese, mostly civilians, and 156 Israelis"
            if self.ends_clause(k) or self.tokens.low[k] == ",":
                return False
            if self.tokens.tag[k] & (tg.BE | tg.HAVE | tg.MODAL):
                return False  # "three got away and a fourth was"
        return False

    def list_before(self, before: int) -> int | None:
        """If a list's joint ends at `before`, the last token of the item to its left."""
        low = self.tokens.low
        if low[before] in ("and", "or", "&", "plus"):
            left = before - 1
            if left >= 0 and low[left] == ",":
                left -= 1
        elif low[before] == ",":
            left = before - 1
        elif low[before] == "as" and low[max(0, before - 2) : before] == ["as", "well"]:
            left = before - 3
        else:
            return None
        if left < 0 or is_boundary(self.tokens, left):
            return None
        return left if self.item_left(left) else None
