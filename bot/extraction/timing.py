"""When a fact was: its own words of time, or what the report carries."""

from bot.extraction.attach import token_at
from bot.extraction.context import Context
from bot.extraction.scene_cues import CAMPAIGNS, WARS
from bot.extraction.scenes import Scene, Span
from bot.extraction.sentence import Sentence
from bot.extraction.slots import Link
from bot.extraction.windows import TimeMention
from bot.extraction.words import word_set
from bot.facts.window import Moment, Window

MANY = 1_000
_SUBJECT = 12  # tokens before the verb
_DEFINITES = word_set("the that this it its")
_STOCKS = frozenset(("besieged", "sheltering", "in_need"))
_PERFECT = frozenset(("displaced", "evacuated", "killed", "injured", "detained"))


def perfect(sentence: Sentence, link: Link) -> bool:
    """ "has forced 50,000 people to flee" without a time: a running total up to the report."""
    if link.trigger.measure not in _PERFECT or link.mention.quantity.size < MANY:
        return False
    first = min(link.trigger.group, link.mention.first)
    low = sentence.tokens.low
    return any(low[k] in ("has", "have") for k in range(max(0, first - 4), link.trigger.first)) and "had" not in low


def _present_perfect(sentence: Sentence, link: Link) -> bool:
    low = sentence.tokens.low
    first = min(link.trigger.group, link.mention.first)
    return any(low[k] in ("has", "have") for k in range(first, link.trigger.first))


def past_perfect(sentence: Sentence, link: Link) -> bool:
    """ "had been trapped since Friday": what was before the time that the report is telling of."""
    first = min(link.trigger.group, link.mention.first)
    return "had" in sentence.tokens.low[max(0, first - 4) : link.trigger.first]


def of_war(sentence: Sentence, link: Link) -> bool:
    """ "That conflict killed 30,000 people": the war itself is what killed them."""
    low = sentence.tokens.low
    before = low[max(0, link.trigger.group - _SUBJECT) : link.trigger.group]
    return link.mention.quantity.size >= MANY and not WARS.isdisjoint(before) and low[0] in _DEFINITES


def window_of(
    sentence: Sentence, time: TimeMention | None, context: Context, link: Link, scene: Scene | None
) -> tuple[Window | None, str | None, bool, Span | None]:
    """(the window, its words, whether it is a count still going on, where a carried window was told)."""
    if time is None:
        if (
            context.days.past_war is not None
            and context.position - context.days.past_war[1] == 1
            and of_war(sentence, link)
        ):
            return context.days.past_war[0], None, False, None
        if perfect(sentence, link):
            running = context.running
            same = running is not None and running.paragraph == sentence.span.paragraph
            if same and running is not None:
                return running.window, None, True, None
            if scene is None and context.days.war_start is not None and context.days.today is not None:
                return Window(context.days.war_start, context.days.today.end), None, True, None
            return context.days.today, None, True, None
        running = context.running
        if running is not None and running.paragraph == sentence.span.paragraph and _present_perfect(sentence, link):
            return running.window, None, True, None
        if link.trigger.measure in _STOCKS and context.days.today is not None:
            return Window(context.days.today.end, context.days.today.end), None, False, None
        return _carried(context, scene)
    if time.rule == "in_n" and not _in_the_last(sentence, time, link):
        return None, time.words, False, None
    if time.rule == "same_period":
        return _same(time, context)
    if time.rule in _NEIGHBOURS:
        return context.days.day_beside(_NEIGHBOURS[time.rule]), time.words, False, None
    if time.rule in ("dawn", "that_day"):
        return _carried(context, scene)[0], time.words, False, None
    if time.rule == "soon":
        return context.days.any_window, time.words, False, None
    if (
        time.rule in ("since_start", "so_far") or time.words.lower() == "since then"
    ) and context.days.today is not None:
        began = _beginning(sentence, time, context)
        if began is not None:
            return Window(began, context.days.today.end), time.words, True, None
    start = time.window.start if time.window is not None and time.cumulative else None
    if start is not None and _when_it_began(sentence, time, link):
        return Window(start, start), time.words, False, None
    return time.window, time.words, time.cumulative, None


def _in_the_last(sentence: Sentence, time: TimeMention, link: Link) -> bool:
    """Whether "in two days" are the last ones: a longer time only with "has killed", else it tells how long it took."""
    window = time.window
    if window is None or window.start is None or window.end is None:
        return False
    first = min(link.trigger.group, link.mention.first)
    perfect = not {"has", "have", "had"}.isdisjoint(sentence.tokens.low[first : link.trigger.first])
    return perfect or (window.end.first - window.start.first).days <= _FEW_DAYS


_FEW_DAYS = 7
_NEIGHBOURS = {"day_before": -1, "day_after": 1, "day_since": -1}  # days from the day told before


def _same(time: TimeMention, context: Context) -> tuple[Window | None, str, bool, Span | None]:
    """ "in the same period", "the same day": that of the figure before; a day is no longer time told in passing."""
    window, first = context.days.any_window, context.scenes.first_window
    if "day" in time.words.lower() and first is not None and window is not None and not window.one_day:
        return first[0], time.words, False, None
    return window, time.words, context.days.any_cumulative, None


def _beginning(sentence: Sentence, time: TimeMention, context: Context) -> Moment | None:
    """When what "since the assault began", "since then", "so far in the operation" point at began, as told before."""
    words = time.words.lower().split()
    if words[-1] == "then":
        return context.days.since
    if time.rule == "so_far":
        words = sentence.tokens.low
    if not CAMPAIGNS.isdisjoint(words):
        return context.days.campaign_start
    return context.days.war_start if time.rule == "since_start" or not WARS.isdisjoint(words) else None


def _when_it_began(sentence: Sentence, time: TimeMention, link: Link) -> bool:
    """ "since Oct. 7, when raiders killed 1,200": what the clause tells was on that day."""
    low = sentence.tokens.low
    past = token_at(sentence.tokens, time.end)
    if low[past : past + 1] == [","]:
        past += 1
    inside = low[past : past + 1] == ["when"] or low[past : past + 2] == ["in", "which"]
    return inside and link.mention.first > past


def _carried(context: Context, scene: Scene | None) -> tuple[Window | None, None, bool, Span | None]:
    if scene is None:
        scene = context.scenes.now
    if scene is None:
        return None, None, False, None
    back = context.days.looking_back(scene, context.position, context.paragraph)
    if back is not None:
        return back[0], None, back[1], None
    window, span, running = context.scenes.window_for(scene, context.position)
    return window, None, running, span
