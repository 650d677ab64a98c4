"""What somebody filled in, exactly as typed, and what it means."""

import re
from contextlib import suppress
from enum import StrEnum
from typing import Self

import msgspec

from bot.answers.knowledge import Knowledge
from bot.chat.modals import Filled
from bot.corrections.dates import read_window
from bot.corrections.errors import CorrectionError, Field, Typed, UnfitError
from bot.corrections.fields import PLACE_LIMIT, WINDOW_LIMIT
from bot.corrections.proposal import Proposal, read_proposal
from bot.corrections.text import at_most
from bot.facts.fact import Fact
from bot.i18n import _
from bot.places.resolution import Ambiguous, Found

ELSEWHERE_LIMIT = WINDOW_LIMIT + PLACE_LIMIT
"""Longest text of the field for time and place, in characters."""
LONGEST = 4000
"""Most characters of a field that Discord takes."""
_PARTS = re.compile(r"[;\n]")
_NAMED = re.compile(r"\s*(?P<field>place|where|time|window|when)\s*:\s*(?P<text>.*)", re.IGNORECASE | re.DOTALL)
_PLACE = ("place", "where")


class Row(StrEnum):
    """The fields of the form, by their ids in it."""

    VALUE = "value"
    KIND = "kind"
    REASON = "reason"
    EVIDENCE = "evidence"
    ELSEWHERE = "elsewhere"


class Written(msgspec.Struct, frozen=True, omit_defaults=True):
    """The form as filled in. `elsewhere`: a time, a place, or both with a semicolon between them."""

    value: str = ""
    kind: str = ""
    reason: str = ""
    evidence: str = ""
    elsewhere: str = ""

    @classmethod
    def from_form(cls, filled: Filled) -> Self:
        """What came back with a form; half characters, which no database holds, are taken out."""
        texts = {row: "".join(filled.get(row.value, ()))[:LONGEST] for row in Row}
        return cls(**{row.value: text.encode("utf-8", "ignore").decode() for row, text in texts.items()})

    @classmethod
    def from_kept(cls, kept: dict[str, str]) -> Self:
        """The inverse of `keep`."""
        return msgspec.convert(kept, cls)

    def keep(self) -> dict[str, str]:
        """By the names of the fields."""
        return dict(msgspec.structs.asdict(self))


def read(written: Written, fact: Fact, known: Knowledge) -> Proposal:
    """What the form asks for, on the fact as its author sees it.

    Raises:
        CorrectionError: the first field that does not do, and why.
    """
    typed = Typed(value=written.value, kind=written.kind, reason=written.reason, evidence=written.evidence)
    try:
        window, place = _elsewhere(written.elsewhere, known)
    except UnfitError as error:
        raise CorrectionError(error.field or Field.WINDOW, error.what, error.example, typed) from None
    return read_proposal(msgspec.structs.replace(typed, window=window, place=place), fact, known.places)


def _elsewhere(text: str, known: Knowledge) -> tuple[str, str]:
    """The time as typed, and the id of the place; either may be empty."""
    at_most(text, ELSEWHERE_LIMIT)
    window, place = "", ""
    for part in filter(None, map(str.strip, _PARTS.split(text))):
        named = _NAMED.fullmatch(part)
        words = named["text"].strip() if named else part
        if not words:
            continue
        if (named["field"].lower() in _PLACE) if named else _is_place(words, known):
            if place:
                raise UnfitError(_("There are two places; give one.")).at(Field.PLACE)
            place = _place(words, known)
        elif window:
            raise UnfitError(_("There are two times; give one."), _("15 Nov 2016 to 3 Dec 2016")).at(Field.WINDOW)
        else:
            window = words
    return window, place


def _is_place(words: str, known: Knowledge) -> bool:
    """Whether words without a label are meant as a place: what is no time, and has no digits or is a name."""
    with suppress(UnfitError):
        read_window(words)
        return False
    return isinstance(known.lookup.resolve(words), Found) or not any(character.isdigit() for character in words)


def _place(words: str, known: Knowledge) -> str:
    if words in known.places:
        return words
    found = known.lookup.resolve(words)
    if isinstance(found, Found):
        return found.place.id
    near = found.candidates if isinstance(found, Ambiguous) else found.nearest
    names = ", ".join(place.name for place in near)
    if isinstance(found, Ambiguous):
        raise UnfitError(
            _("“{words}” may be several places: {names}.").format(words=words[:60], names=names), near[0].name
        ).at(Field.PLACE)
    if near:
        what = _("“{words}” is neither a time nor a place I know. The nearest names: {names}.")
        raise UnfitError(what.format(words=words[:60], names=names), near[0].name).at(Field.PLACE)
    raise UnfitError(
        _("“{words}” is neither a time nor a place I know.").format(words=words[:60]), _("since 15 Nov 2016; Shaar")
    ).at(Field.PLACE)
