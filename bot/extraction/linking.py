"""Which trigger a mention belongs to: by slot within the clause, not by nearness.

A verb's victims are its object when it is active and its subject when it is passive or intransitive; around them stand
lists ("five children and a woman"), parts ("including three children", "of whom two were women") and parentheses.
"""

from dataclasses import dataclass

from bot.extraction import tags as T
from bot.extraction.clauses import is_boundary, list_join, lost_full_stop, part_marker
from bot.extraction.definites import definite_before, definite_object
from bot.extraction.lexicon import Lexicon
from bot.extraction.mentions import Counted, Mention, Mode
from bot.extraction.tokens import Tokens
from bot.extraction.trigger_table import Slot
from bot.extraction.triggers import Trigger, Voice

REACH = 60


@dataclass(frozen=True, slots=True)
class Link:
    """A mention in the slot of a trigger; `whole` is the mention it is stated to be a part of."""

    mention: Mention
    trigger: Trigger
    rule: str
    whole: Mention | None = None


class Linker:
    """Links the mentions of one sentence to its triggers."""

    def __init__(self, tokens: Tokens, mentions: list[Mention], triggers: list[Trigger], lexicon: Lexicon) -> None:
        self.tokens = tokens
        self.lexicon = lexicon
        self.triggers = triggers
        self.mentions = mentions
        self._starts = {mention.first: mention for mention in mentions}
        self._ends = {mention.np_past: mention for mention in mentions}
        self._over: dict[int, Mention] = {}
        for mention in mentions:
            for k in range(mention.first, mention.np_past):
                self._over[k] = mention
        self._trigger_at = {trigger.first: trigger for trigger in triggers}
        self._trigger_tokens = {k for t in triggers for k in range(t.first, t.past) if k not in self._over}

    def links(self) -> list[Link]:
        """Every link of the sentence; a mention may be linked to two triggers ("abducted and killed")."""
        found: list[Link] = []
        previous: list[Link] = []
        for index, trigger in enumerate(self.triggers):
            links = self._of(trigger)
            if not links and index and self._shares_subject(self.triggers[index - 1], trigger):
                links = [Link(link.mention, trigger, "shared_subject", link.whole) for link in previous]
            found += links
            previous = links or previous
        return found

    def _of(self, trigger: Trigger) -> list[Link]:
        if trigger.entry.slot is Slot.TOLL:
            return self._toll(trigger)
        if trigger.entry.slot is Slot.COUNTED:
            return self._counted(trigger)
        if trigger.entry.slot is Slot.NOUN_OF or trigger.voice is Voice.NOUN:
            return self._noun_of(trigger)
        if trigger.voice is Voice.ACTIVE:
            return self.objects(trigger, trigger.past, "object")
        if trigger.voice is Voice.BARE:
            return self._bare(trigger)
        return self.subjects(trigger, "subject")

    def _bare(self, trigger: Trigger) -> list[Link]:
        right = self._object_start(trigger.past)
        adjacent = self._adjacent(trigger.group)
        if right is not None and not (adjacent and self._has_own_verb(right)):
            return self.objects(trigger, trigger.past, "object")
        if adjacent is None and self._noun_phrase_at(trigger.past):
            return self.objects(trigger, trigger.past, "object")
        return self.subjects(trigger, "reduced_passive")

    def _adjacent(self, group: int) -> Mention | None:
        if group in self._ends:
            return self._ends[group]
        return self._ends.get(group - 1) if group and self.tokens.low[group - 1] in (",", "were", "others", "more") else None

    def _object_start(self, at: int) -> Mention | None:
        low, tag, size = self.tokens.low, self.tokens.tag, len(self.tokens.low)
        while at < size and at not in self._starts and (tag[at] & T.ADVERB or low[at] in ("dead", "instantly")):
            at += 1
        mention = self._starts.get(at)
        return mention if mention is not None and mention.veto is None else None

    def _has_own_verb(self, mention: Mention) -> bool:
        """ "20 killed 30 wounded": the second number is the subject of the next trigger."""
        at = mention.np_past
        trigger = self._trigger_at.get(at)
        if trigger is not None:
            return trigger.voice in (Voice.BARE, Voice.SUBJECT, Voice.PASSIVE)
        return any(t.group == at and t.voice in (Voice.PASSIVE, Voice.SUBJECT) for t in self.triggers)

    def _noun_phrase_at(self, at: int) -> bool:
        tag, low = self.tokens.tag, self.tokens.low
        if at >= len(low) or tag[at] & (T.WEEKDAY | T.MONTH | T.TIME):
            return False
        if not tag[at] & (T.DETERMINER | T.CAPITAL | T.PERSON | T.POSSESSIVE):
            return False
        return not any(tag[k] & T.SPEECH for k in range(at, min(at + 8, len(low))))

    def _shares_subject(self, before: Trigger, trigger: Trigger) -> bool:
        """ "were abducted and later killed": one subject, two verbs."""
        if trigger.voice in (Voice.ACTIVE, Voice.NOUN) or before.voice is Voice.NOUN:
            return False
        low, tag = self.tokens.low, self.tokens.tag
        between = range(before.past, trigger.group)
        if len(between) > 4 or not any(low[k] in ("and", "or", "then", "before") for k in between):
            return False
        return all(low[k] in ("and", "or", "then", "before", ",", "later") or tag[k] & (T.ADVERB | T.BE | T.HAVE) for k in between)

    # ---- to the right

    def objects(self, trigger: Trigger, at: int, rule: str) -> list[Link]:
        """The victims that follow token `at`: the first noun phrase, its list and its parts."""
        first = self._object_start(at)
        links: list[Link] = []
        if first is None:
            found = definite_object(self.tokens, at, self.lexicon)
            if found is None:
                return self._parts_of_unsaid(trigger, at, rule)
            mention, at = found
            links.append(Link(mention, trigger, f"{rule}_definite"))
            whole = mention
        else:
            links.append(Link(first, trigger, rule))
            whole, at = first, first.np_past
        return links + self._chain(trigger, whole, at, rule)

    def _parts_of_unsaid(self, trigger: Trigger, at: int, rule: str) -> list[Link]:
        """ "killed civilians, including five children": the whole has no number, the part has."""
        low, size = self.tokens.low, len(self.tokens.low)
        if not self._noun_phrase_at(at):
            return []
        for k in range(at + 1, min(size - 1, at + 10)):
            if part_marker(self.tokens, k) is not None and k + 1 in self._starts:
                mention = self._starts[k + 1]
                if mention.counted is not Counted.THINGS and mention.veto is None:
                    return [Link(mention, trigger, f"{rule}_part")]
            joined = list_join(self.tokens, k) if low[k] in ("and", "along", "as") else None
            if joined is not None and joined in self._starts:
                mention = self._starts[joined]
                if mention.counted is not Counted.PERSONS or self._has_own_verb(mention) or mention.veto:
                    return []
                return [Link(mention, trigger, f"{rule}_list"), *self._chain(trigger, mention, mention.np_past, rule)]
            if is_boundary(self.tokens, k) or k in self._trigger_at or k in self._starts:
                break
        return []

    def _chain(self, trigger: Trigger, whole: Mention, at: int, rule: str) -> list[Link]:
        tokens, low, size = self.tokens, self.tokens.low, len(self.tokens.low)
        links: list[Link] = []
        head = whole
        in_part = False
        stop = min(size, at + REACH)
        while at < stop:
            mention = self._starts.get(at)
            before = at - 1
            if mention is not None and mention.first >= whole.np_past:
                if mention.counted is Counted.THINGS or mention.veto is not None:
                    at = mention.np_past
                    continue
                marker = part_marker(tokens, before)
                opened = low[before] in ("-", "–", "—", "(") or tokens.raw[before][0] == "_"
                if mention.counted is Counted.BACK or marker is not None:
                    if self._has_other_verb(mention, trigger):
                        break
                    links.append(Link(mention, trigger, f"{rule}_part", head))
                    in_part = True
                elif opened and self._narrower(mention, head):
                    links.append(Link(mention, trigger, f"{rule}_breakdown", head))
                    in_part = True
                elif self._joined(mention, before):
                    if self._has_own_verb(mention):
                        break
                    links.append(Link(mention, trigger, f"{rule}_list", head if in_part else None))
                    if not in_part:
                        head = mention
                at = mention.np_past
                continue
            if low[at] in (")",):
                in_part = False
            if at in self._trigger_at and at >= whole.np_past and not self._adjectival(at):
                break
            if is_boundary(tokens, at) and not (tokens.tag[at] & T.RELATIVE and low[at] in ("whom",)):
                break
            at += 1
        return links

    def _adjectival(self, at: int) -> bool:
        return at in self._over

    def _joined(self, mention: Mention, before: int) -> bool:
        low = self.tokens.low
        return low[before] in (",", "and", "or", "&", "plus", "as", "with", "also", "a") or self.tokens.raw[before][0] == "_"

    def _narrower(self, mention: Mention, head: Mention) -> bool:
        return mention.quantity.size <= head.quantity.size

    def _has_other_verb(self, mention: Mention, trigger: Trigger) -> bool:
        """ "of whom 76,000 returned": the part has a verb of its own, with another meaning."""
        for other in self.triggers:
            if other.first >= mention.np_past and other is not trigger:
                gap = other.group - mention.np_past
                return gap <= 1 and other.voice is not Voice.ACTIVE and other.measure != trigger.measure
        return False

    # ---- to the left

    def subjects(self, trigger: Trigger, rule: str) -> list[Link]:
        """The victims that precede the verb group: the head of its subject, its list and its parts."""
        tokens, low, tag = self.tokens, self.tokens.low, self.tokens.tag
        heads: list[Mention] = []
        parts: list[Mention] = []
        joined = False
        at = trigger.group - 1
        inside = at >= 0 and (low[at] == "," or low[at] in ("-", "–", "—"))
        if inside:
            at -= 1
        stop = max(-1, at - REACH)
        while at > stop:
            mention = self._over.get(at)
            if mention is not None:
                before = mention.first - 1
                at = before
                if mention.counted is Counted.THINGS or mention.veto is not None:
                    continue
                marker = part_marker(tokens, before) if before >= 0 else None
                if marker is not None or mention.counted is Counted.BACK:
                    if joined:
                        parts += heads
                        heads = []
                    parts.append(mention)
                    at = (marker if marker is not None else mention.first) - 1
                    if mention.counted is Counted.BACK and marker is None and not self._comma_before(mention.first):
                        break
                    continue
                if before >= 0 and low[before] in ("-", "–", "—", "("):
                    parts += [mention, *(heads if joined else [])]
                    heads = [] if joined else heads
                    inside = False
                    at = before - 1
                    continue
                if before >= 0 and self._list_before(before) is not None:
                    heads.append(mention)
                    joined = True
                    at = self._list_before(before) or 0
                    if at in self._over or (at >= 0 and tag[at] & T.PERSON):
                        continue
                    if not self._mention_left(at):
                        break
                    continue
                if before >= 0 and tag[before] & T.PREPOSITION and low[before] not in ("of",):
                    if self._governed(before):
                        continue
                if inside and parts_only(mention, low, before):
                    parts.append(mention)
                    continue
                heads.append(mention)
                break
            if low[at] in (",", "-", "–", "—", "("):
                inside = False
            elif is_boundary(tokens, at) or at in self._trigger_tokens:
                if inside and (tag[at] & (T.VERB | T.RELATIVE | T.SUBORDINATOR)):
                    at -= 1
                    continue
                if tag[at] & T.RELATIVE and low[at] != "whose" and not heads and at > 0:
                    at -= 1
                    if low[at] == ",":
                        at -= 1
                    continue
                break
            elif not inside and not heads and not parts:
                found = definite_before(tokens, at, trigger.group, self.lexicon)
                if found is not None:
                    mention, is_person = found
                    return [Link(mention, trigger, f"{rule}_definite")] if is_person and mention else []
            at -= 1
        links = [Link(mention, trigger, rule) for mention in heads]
        whole = heads[-1] if heads else None
        return links + [Link(mention, trigger, f"{rule}_part", whole) for mention in parts]

    def _comma_before(self, first: int) -> bool:
        return first > 0 and self.tokens.low[first - 1] in (",", "-", "–", "—", "(")

    def _governed(self, before: int) -> bool:
        """A preposition before a mention governs it, but "along with thousands" joins a list."""
        return not (self.tokens.low[before] == "with" and before > 0 and self.tokens.low[before - 1] in ("along", "together"))

    def _list_before(self, before: int) -> int | None:
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
        return left if self._mention_left(left) else None

    def _mention_left(self, left: int) -> bool:
        """Whether a list item that counts persons ends at token `left`, or its postmodifier does."""
        if left < 0:
            return False
        mention = self._over.get(left)
        if mention is not None:
            return mention.counted is not Counted.THINGS and mention.veto is None and not self._is_object(mention)
        for k in range(left, max(-1, left - 12), -1):
            if k in self._over:
                mention = self._over[k]
                return mention.counted is Counted.PERSONS and mention.veto is None and not self._is_object(mention)
            if is_boundary(self.tokens, k) or self.tokens.low[k] == "," or k in self._trigger_tokens:
                return False
        return False

    def _is_object(self, mention: Mention) -> bool:
        """The mention directly follows an active trigger: "killing five people and three children were wounded"."""
        for trigger in self.triggers:
            if trigger.past == mention.first and trigger.voice in (Voice.ACTIVE, Voice.BARE, Voice.NOUN):
                return True
            if trigger.voice is not Voice.NOUN and mention.first > trigger.past and all(
                self.tokens.tag[k] & T.ADVERB for k in range(trigger.past, mention.first)
            ):
                return True
        return False

    # ---- nouns

    def _noun_of(self, trigger: Trigger) -> list[Link]:
        low, at = self.tokens.low, trigger.past
        if at < len(low) and low[at] == "of":
            at += 1
            if at < len(low) and low[at] in ("the", "these", "those") and at not in self._starts:
                at += 1
            if at in self._starts:
                return self.objects(trigger, at, "noun_of")
            return self._parts_of_unsaid(trigger, at, "noun_of")
        return []

    def _counted(self, trigger: Trigger) -> list[Link]:
        for mention in self.mentions:
            if mention.past <= trigger.first <= mention.np_past and mention.mode is Mode.NUMBER:
                return [Link(mention, trigger, "counted_noun"), *self._chain(trigger, mention, trigger.past, "counted_noun")]
        return []

    def _toll(self, trigger: Trigger) -> list[Link]:
        tokens, low = self.tokens, self.tokens.low
        best: Mention | None = None
        for k in range(trigger.past, min(len(low), trigger.past + 14)):
            mention = self._starts.get(k)
            if mention is not None and mention.veto is None and mention.counted is not Counted.THINGS:
                if low[k - 1] == "from" and mention.np_past < len(low) and low[mention.np_past] == "to":
                    continue
                best = mention
                break
            if low[k] in (";", ".") or lost_full_stop(tokens, k) or (tokens.tag[k] & T.SUBORDINATOR and low[k] not in ("as", "than")):
                break
        return [Link(best, trigger, "toll"), *self._chain(trigger, best, best.np_past, "toll")] if best else []


def parts_only(mention: Mention, low: list[str], before: int) -> bool:
    """Inside a parenthesis a bare count that follows a comma tells the parts: "12 people, two of them children,"."""
    return mention.counted is Counted.BACK
