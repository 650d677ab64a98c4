"""A correction: from what a person typed to what it would change, in words to confirm."""

from collections.abc import Callable, Container
from typing import NamedTuple, TypeVar

import msgspec

from bot.corrections.dates import read_window
from bot.corrections.errors import CorrectionError, Field, Typed, UnfitError
from bot.corrections.fields import (
    WINDOW_LIMIT,
    agree,
    read_evidence,
    read_kind,
    read_place,
    read_reason,
    read_value,
)
from bot.corrections.text import at_most
from bot.facts.fact import BY_HAND, Fact, TraceStep
from bot.facts.grammar import to_words
from bot.facts.quantity import Quantity
from bot.facts.vocabulary import CorrectionKind
from bot.facts.window import Window
from bot.i18n import _

T = TypeVar("T")


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """A correction, understood. None leaves a field as it is.

    Attributes:
        notes: what was taken out of the text, to be said where it is confirmed.
    """

    kind: CorrectionKind
    reason: str
    quantity: Quantity | None = None
    window: Window | None = None
    place: str | None = None
    evidence: str | None = None
    notes: tuple[str, ...] = ()


class Change(NamedTuple):
    """One field before and after, in words."""

    field: Field
    before: str
    after: str


def read_proposal(typed: Typed, fact: Fact, places: Container[str]) -> Proposal:
    """What `typed` asks for, on the fact as its author sees it now.

    Args:
        places: the ids of the gazetteer.

    Raises:
        CorrectionError: the first field that does not do: unreadable, too long, missing, or at odds with the kind.
    """
    field = Field.KIND
    try:
        kind = read_kind(typed.kind)
        field = Field.VALUE
        quantity = _changed(read_value(typed.value, fact), fact.quantity)
        field = Field.WINDOW
        at_most(typed.window, WINDOW_LIMIT)
        window = _changed(read_window(typed.window) if typed.window.strip() else None, fact.window)
        field = Field.PLACE
        place = _changed(read_place(typed.place, places), fact.place)
        agree(kind, quantity, changed=any(new is not None for new in (quantity, window, place)))
        field = Field.REASON
        reason, removed = read_reason(typed.reason)
        field = Field.EVIDENCE
        evidence = read_evidence(typed.evidence, needed=quantity is not None)
    except UnfitError as error:
        raise CorrectionError(error.field or field, error.what, error.example, typed) from None
    notes = (_("Invisible characters were taken out of the reason."),) if removed else ()
    return Proposal(
        kind=kind, reason=reason, quantity=quantity, window=window, place=place, evidence=evidence, notes=notes
    )


def apply(fact: Fact, proposal: Proposal) -> Fact:
    """The fact as the correction leaves it. A clarification becomes its note; a retraction leaves it as it was, for
    the record of what was withdrawn."""
    changed: dict[str, object] = {
        name: new
        for name, new in (("quantity", proposal.quantity), ("window", proposal.window), ("place", proposal.place))
        if new is not None
    }
    if proposal.kind is CorrectionKind.CLARIFICATION:
        changed["note"] = proposal.reason
    if not changed:
        return fact
    # How the parser read a field says nothing any more about what a person put there.
    trace = tuple(step for step in fact.trace if step.field not in changed)
    by_hand = tuple(TraceStep(name, BY_HAND) for name in changed if name != "note")
    return msgspec.structs.replace(fact, trace=trace + by_hand, **changed)


def changes(
    before: Fact | None,
    after: Fact | None,
    *,
    place_name: Callable[[str], str] = str,
    window_words: Callable[[Window], str] = str,
    quantity_words: Callable[[Quantity], str] = to_words,
) -> tuple[Change, ...]:
    """What differs, in words. None stands for a fact that was withdrawn."""

    def number(quantity: Quantity | None) -> str:
        return quantity_words(quantity) if quantity is not None else _("not stated")

    def headline(fact: Fact | None) -> str:
        if fact is None:
            return _("withdrawn")
        return quantity_words(fact.quantity) if fact.quantity is not None else fact.summary or fact.id

    if before is None or after is None:
        old, new = headline(before), headline(after)
        return (Change(Field.VALUE, old, new),) if old != new else ()
    found: list[Change] = []
    if before.quantity != after.quantity:
        found.append(Change(Field.VALUE, number(before.quantity), number(after.quantity)))
    if before.window != after.window:
        found.append(Change(Field.WINDOW, window_words(before.window), window_words(after.window)))
    if before.place != after.place:
        old, new = (place_name(place) if place else _("not stated") for place in (before.place, after.place))
        found.append(Change(Field.PLACE, old, new))
    if before.note != after.note:
        found.append(Change(Field.NOTE, before.note or _("none"), after.note or _("none")))
    return tuple(found)


def _changed(new: T | None, old: T | None) -> T | None:
    """What is the same as before is no change, and needs no evidence."""
    return None if new == old else new
