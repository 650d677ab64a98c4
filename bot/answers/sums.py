"""Whether figures are added up, and why mostly not. Rule 3: when Sitrep declines, it says why."""

from collections.abc import Sequence

from bot.answers.dates import window_words
from bot.answers.knowledge import Knowledge
from bot.answers.numbers import quantity_words
from bot.answers.page import Strong, Text
from bot.answers.people import measure_words, population_words
from bot.facts.addition import Obstacle, total
from bot.facts.fact import Fact
from bot.facts.quantity import Quantity
from bot.facts.window import Window
from bot.i18n import _, remembered


def sum_note(figures: Sequence[Fact], known: Knowledge, *, whole: bool) -> Text:
    """The sum of all figures where it means something, else the reason why there is none.

    Args:
        whole: whether these are all the figures of the answer; a sum of one page would mislead.
    """
    result = total(figures, known.may_overlap)
    if isinstance(result, Quantity):
        return _sum(result, figures) if whole else (_("⚠️ Not added up: these are not all figures."),)
    return (_("⚠️ Not added up: {reason}.").format(reason=reason_words(result)),)


def _sum(quantity: Quantity, figures: Sequence[Fact]) -> Text:
    first = figures[0]
    people = population_words(first.population, first.unit, quantity.size) if first.population is not None else ""
    what = measure_words(first.measure) if first.measure is not None else ""
    starts = [figure.window.start for figure in figures if figure.window.start is not None]
    ends = [figure.window.end for figure in figures if figure.window.end is not None]
    span = Window()
    if len(starts) == len(figures) == len(ends):
        span = Window(min(starts, key=lambda moment: moment.first), max(ends, key=lambda moment: moment.last))
    words = _(" {people} {what} together, {window}: separate places or days, the same source, added by Sitrep.")
    return (
        Strong(quantity_words(quantity).capitalize()),
        words.format(people=people, what=what, window=window_words(span)),
    )


@remembered
def reason_words(found: frozenset[Obstacle]) -> str:
    """The two most telling reasons."""
    words = {
        Obstacle.PART: _("some are parts of others"),
        Obstacle.RESTATED: _("some say the same in other words"),
        Obstacle.OVERLAP: _("these figures overlap in place and time"),
        Obstacle.RIVALS: _("they come from different sources"),
        Obstacle.POPULATION: _("they count different groups of people"),
        Obstacle.MEASURE: _("they count different things"),
        Obstacle.UNIT: _("some count households and some people"),
        Obstacle.ACCOUNTING: _("some say how many are and some how many became"),
        Obstacle.SHARE: _("some are shares"),
        Obstacle.VAGUE: _("some are too vague for a sum"),
    }
    order = [Obstacle.OVERLAP, *(obstacle for obstacle in Obstacle if obstacle is not Obstacle.OVERLAP)]
    reasons = [words[obstacle] for obstacle in order if obstacle in found][:2]
    return _("{reason}, and {other}").format(reason=reasons[0], other=reasons[1]) if len(reasons) > 1 else reasons[0]
