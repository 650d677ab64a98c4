"""The fields of the form, each read by itself, and whether they agree."""

from collections.abc import Container

from bot.corrections.errors import Field, UnfitError
from bot.corrections.link import EXAMPLE as LINK_EXAMPLE
from bot.corrections.link import read_link
from bot.corrections.text import at_most, refuse_markup, without_invisible
from bot.facts.fact import Fact
from bot.facts.grammar import EXAMPLES, QuantityError, parse_quantity, to_words
from bot.facts.quantity import Quantity
from bot.facts.vocabulary import CorrectionKind
from bot.i18n import _

VALUE_LIMIT, WINDOW_LIMIT, PLACE_LIMIT, REASON_LIMIT, EVIDENCE_LIMIT = 60, 80, 100, 500, 500
"""Longest text of each field as typed, in characters."""
CHOICES = (
    CorrectionKind.READING,
    CorrectionKind.SOURCE,
    CorrectionKind.LATER_REPORT,
    CorrectionKind.CLARIFICATION,
    CorrectionKind.RETRACTION,
)
"""The kinds a person may choose; the others come about by themselves."""
_REASON_LETTERS = 3


def read_kind(text: str) -> CorrectionKind:
    """One of `CHOICES` by its value.

    Raises:
        UnfitError: it is none of them.
    """
    for kind in CHOICES:
        if text == kind.value:
            return kind
    raise UnfitError(
        _("Choose what sort of correction this is."), ", ".join(kind.value.replace("_", " ") for kind in CHOICES)
    )


def read_value(text: str, fact: Fact) -> Quantity | None:
    """The number in people's words; None when nothing was typed.

    Raises:
        UnfitError: it is no quantity, or a count where the fact is a share, or the other way round.
    """
    at_most(text, VALUE_LIMIT)
    if not text.strip():
        return None
    if fact.quantity is None:
        raise UnfitError(_("This fact has no number; correct its time or place, clarify it, or retract it."))
    try:
        quantity = parse_quantity(text)
    except QuantityError as error:
        raise UnfitError(str(error).partition(". Examples:")[0] + ".", EXAMPLES) from None
    # Beyond what a column of any database holds, and any number of people.
    if max(quantity.low or 0, quantity.high or 0) > 10**12:
        raise UnfitError(_("“{text}” is more people than there are.").format(text=text.strip()), EXAMPLES)
    if quantity.known and fact.quantity.known and quantity.share != fact.quantity.share:
        if fact.quantity.share:
            raise UnfitError(_("This figure is a share of something, not a count."), "about 60 percent")
        raise UnfitError(_("This figure is a count, not a share."), to_words(fact.quantity))
    return quantity


def read_place(text: str, places: Container[str]) -> str | None:
    """The id of a place; None when nothing was typed.

    Raises:
        UnfitError: there is no such place.
    """
    at_most(text, PLACE_LIMIT)
    place = text.strip()
    if place and place not in places:
        raise UnfitError(
            _("There is no place “{place}”; choose one of those offered while you type.").format(place=place[:60])
        )
    return place or None


def read_reason(text: str) -> tuple[str, bool]:
    """Why, in plain words, and whether invisible characters were taken out.

    Raises:
        UnfitError: missing, too long, or more than plain words.
    """
    at_most(text, REASON_LIMIT)
    reason, removed = without_invisible(text)
    if sum(character.isalnum() for character in reason) < _REASON_LETTERS:
        raise UnfitError(
            _("A correction needs its reason: everybody can read it in the history."),
            _("the monitor's page now says 320"),
        )
    refuse_markup(reason)
    return reason, removed


def read_evidence(text: str, *, needed: bool) -> str | None:
    """The link, None when there is none.

    Raises:
        UnfitError: it is no link to a web page, or is missing where it is needed.
    """
    at_most(text, EVIDENCE_LIMIT)
    if text.strip():
        return read_link(text)
    if needed:
        raise UnfitError(_("A changed number needs a link to where it can be checked."), LINK_EXAMPLE)
    return None


def agree(kind: CorrectionKind, quantity: Quantity | None, *, changed: bool) -> None:
    """Nothing if what would change fits the kind.

    Args:
        quantity: the new one, None when the number stays.
        changed: whether anything at all would.

    Raises:
        UnfitError: it does not, with the field to look at.
    """
    if kind is CorrectionKind.RETRACTION and changed:
        raise UnfitError(
            _("A retraction withdraws the figure as it is; leave the other fields as they are, or choose another kind.")
        ).at(Field.KIND)
    if kind is CorrectionKind.CLARIFICATION and quantity is not None:
        raise UnfitError(_("A clarification leaves the number as it is; choose another kind.")).at(Field.KIND)
    if kind in (CorrectionKind.READING, CorrectionKind.SOURCE, CorrectionKind.LATER_REPORT) and not changed:
        raise UnfitError(_("Nothing would change: the value, time and place are those shown now."), EXAMPLES).at(
            Field.VALUE
        )
