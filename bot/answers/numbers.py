"""Quantities in the reader's language: the hedge always stands before the number."""

from bot.facts.numerals import FRACTION_WORDS
from bot.facts.quantity import BASIS_POINTS_PER_PERCENT, Modifier, Quantity
from bot.i18n import _, remembered


@remembered
def quantity_words(quantity: Quantity) -> str:
    """`at least 69`, `tens of thousands`, `more than half`, `number not known`."""
    if not quantity.known:
        return _("an unknown number")
    if quantity.words is not None:
        return _(quantity.words)
    low = _bound(quantity.low, quantity)
    high = _bound(quantity.high, quantity)
    templates = {
        Modifier.EXACT: _("{low}"),
        Modifier.AT_LEAST: _("at least {low}"),
        Modifier.MORE_THAN: _("more than {low}"),
        Modifier.ABOUT: _("about {low}"),
        Modifier.NEARLY: _("nearly {low}"),
        Modifier.UP_TO: _("up to {high}"),
        Modifier.LESS_THAN: _("fewer than {high}"),
        Modifier.RANGE: _("{low} to {high}"),
    }
    return templates[quantity.modifier].format(low=low, high=high)


def takes_of(quantity: Quantity) -> bool:
    """Whether what is counted follows with "of": `tens of thousands of civilians`, `half of the population`."""
    if quantity.share or not quantity.known:
        return True
    words = quantity.words or ""
    return words.endswith(("s", "handful", "couple")) and not words.startswith("several")


def _bound(value: int | None, quantity: Quantity) -> str:
    if value is None:
        return ""
    if not quantity.share:
        return f"{value:,}"
    if quantity.fraction and value in FRACTION_WORDS:
        return _(FRACTION_WORDS[value])
    whole, part = divmod(value, BASIS_POINTS_PER_PERCENT)
    number = f"{whole}.{part:02}".rstrip("0") if part else str(whole)
    return _("{number} percent").format(number=number)
