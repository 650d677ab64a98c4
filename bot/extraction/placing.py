"""Where a fact was: a place of its own sentence, the whole country, or the scene that the report is telling of."""

from dataclasses import dataclass

from bot.extraction.attach import choose_place
from bot.extraction.context import Context
from bot.extraction.definite_places import DEFINITE
from bot.extraction.pack import Pack
from bot.extraction.place_mention import WHOLE_COUNTRY, PlaceMention
from bot.extraction.scene_cues import CAMPAIGNS, WARS, is_apart
from bot.extraction.scenes import Scene, Span
from bot.extraction.sentence import Sentence
from bot.extraction.slots import Link
from bot.extraction.timing import MANY, of_war, perfect
from bot.extraction.windows import TimeMention
from bot.facts.window import Window

_SINCE = frozenset(("since", "since_event", "since_start", "so_far", "war_began"))


_A_MONTH = 27  # days
_LONG_AGO = 90


@dataclass(frozen=True, slots=True)
class Placed:
    """A fact's place. `mention` is None where it was carried over; `scene` is None for totals of a country."""

    name: str | None
    mention: PlaceMention | None
    rule: str
    span: Span | None
    scene: Scene | None

    @property
    def inherited(self) -> bool:
        """Whether the sentence itself does not name it."""
        return self.name is not None and (self.mention is None or self.rule == DEFINITE)


def place_of(
    sentence: Sentence, link: Link, at: list[PlaceMention], time: TimeMention | None, context: Context, pack: Pack
) -> Placed:
    """The place of the fact that `link` tells; enters the scene that it opens."""
    tokens = sentence.tokens
    mention = choose_place(tokens, link, at, known=context.place is not None)
    total = (time is not None and time.cumulative) or perfect(sentence, link)
    if mention is not None:
        name, span = context.named(mention), tokens.span(mention.first, mention.past)
        many = link.mention.quantity.size >= MANY and context.scenes.now is not None
        wide = mention.level <= 1 and many and _present(sentence, link)
        background = mention.rule == WHOLE_COUNTRY or (mention.level == 0 and total) or wide
        scene = None if background else context.enter(sentence, mention, counts=True)
        return Placed(name, mention, mention.rule, span, scene)
    if time is not None and _whole_war(sentence, link, time):
        return _of_country(context, pack, (time.start, time.end))
    nation = _nation_counted(sentence, link, pack)
    if nation is not None:
        context.of_country = nation, context.position
        return Placed(nation, None, "people_of", None, None)
    if context.of_country is not None and context.of_country[1] == context.position:
        return Placed(context.of_country[0], None, "people_of", None, None)
    if of_war(sentence, link) or (_of_long(link, time) and not _goes_on_there(sentence, link, context)):
        return _of_country(context, pack, None)
    running = context.running
    goes_on = running is not None and running.paragraph == sentence.span.paragraph and time is None
    if running is not None and goes_on and perfect(sentence, link):
        return Placed(running.place, None, "running_total", running.span, None)
    same = context.unnamed or "same" in tokens.low  # "in the same operation": the one just told of
    if total and not same and not CAMPAIGNS.isdisjoint(tokens.low):
        scene = context.scenes.back(context.position)
        return Placed(scene.place, None, "main_scene", scene.span, scene)
    everywhere = total and link.mention.quantity.size >= MANY and not context.unnamed
    if everywhere and not _goes_on_there(sentence, link, context) and (pack.country or context.theatre) is not None:
        return _of_country(context, pack, None)
    if time is not None and time.window is not None and _of_old(context, time.window):
        return _of_country(context, pack, None)
    if is_apart(tokens):
        return Placed(None, None, "apart", None, None)
    carried, told_at = context.carried()
    return Placed(carried, None, "inherited", told_at, context.scenes.stay(context.position))


def _of_old(context: Context, window: Window) -> bool:
    """Whether the days lie back and the scene is not that of the sentence before: what happened then was elsewhere."""
    now = context.scenes.now
    end = window.end or window.start
    if end is None or context.days.report_date is None or (now is not None and context.position - now.last <= 1):
        return False
    return (context.days.report_date - end.last).days > _LONG_AGO


def _nation_counted(sentence: Sentence, link: Link, pack: Pack) -> str | None:
    """ "1,119 Iraqis were killed": so many of a nation are counted in its whole country."""
    mention = link.mention
    if mention.quantity.size < MANY:
        return None
    people = sentence.tokens.low[mention.past : mention.np_past]
    return next((pack.lexicon.nations[word] for word in people if word in pack.lexicon.nations), None)


def _of_long(link: Link, time: TimeMention | None) -> bool:
    """ "12,300 died in September": counts that only a whole country has."""
    if time is None or time.window is None or link.mention.quantity.size < MANY:
        return False
    start, end = time.window.start, time.window.end
    return start is not None and end is not None and (end.last - start.first).days >= _A_MONTH


def _goes_on_there(sentence: Sentence, link: Link, context: Context) -> bool:
    """ "25,000 are trapped in the city. More than 200,000 have fled since April.": still of the place just named."""
    now = context.scenes.now
    if now is None or now.wide or sentence.span.number == 1 or sentence.span.paragraph == 1:
        return False
    bare = link.mention.head is None
    return bare and now.last == context.position - 1 and WARS.isdisjoint(sentence.tokens.low)


def _present(sentence: Sentence, link: Link) -> bool:
    """ "are displaced", "have fled": how things are, and no event."""
    low = sentence.tokens.low
    first = min(link.trigger.group, link.mention.first)
    return any(low[k] in ("is", "are", "has", "have") for k in range(first, link.trigger.past))


def _of_country(context: Context, pack: Pack, span: Span | None) -> Placed:
    return Placed(pack.country or context.theatre, None, "whole_conflict", span, None)


def _whole_war(sentence: Sentence, link: Link, time: TimeMention) -> bool:
    """ "since the conflict erupted", "in the five-year war", "the conflict has killed … since it began"."""
    if time.rule == "war_years":
        return True
    if time.rule not in _SINCE or link.mention.quantity.size < MANY:
        return False
    low = sentence.tokens.low
    return not WARS.isdisjoint(low) or (time.rule == "war_began" and CAMPAIGNS.isdisjoint(low))
