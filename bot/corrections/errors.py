"""What is wrong with a correction as it was typed, told so that nothing typed is lost."""

from enum import StrEnum
from typing import Self

import msgspec

from bot.errors import SitrepError
from bot.i18n import _


class Field(StrEnum):
    """The fields of the form, and what a change can touch."""

    VALUE = "value"
    WINDOW = "window"
    PLACE = "place"
    KIND = "kind"
    REASON = "reason"
    EVIDENCE = "evidence"
    NOTE = "note"


class Typed(msgspec.Struct, frozen=True, kw_only=True):
    """A correction exactly as it was typed; empty means: leave it as it is.

    Attributes:
        value: in words, "at least 320" or "unknown".
        window: "15 Nov 2016 to 3 Dec 2016", or in the notation of the seed files.
        place: the id of a place, as the autocomplete gives it.
        kind: a `CorrectionKind` that a person may choose.
    """

    value: str = ""
    window: str = ""
    place: str = ""
    kind: str = ""
    reason: str = ""
    evidence: str = ""


class CorrectionError(SitrepError):
    """A correction that cannot be taken as typed.

    Args:
        field: the field to look at again.
        what: why, one sentence.
        example: something that would have been taken; may be empty.
        typed: all that was typed, to fill the form with again.
    """

    def __init__(self, field: Field, what: str, example: str, typed: Typed) -> None:
        self.field = field
        self.example = example
        self.typed = typed
        super().__init__(what, _("For example: {example}").format(example=example) if example else "")


class UnfitError(ValueError):
    """One field's text does not do. Turned into a CorrectionError where the whole form is known."""

    def __init__(self, what: str, example: str = "") -> None:
        self.what = what
        self.example = example
        self.field: Field | None = None
        super().__init__(what)

    def at(self, field: Field) -> Self:
        """The same, where it is another field that has to be looked at than the one being read."""
        self.field = field
        return self
