"""A fact, and what it stands among: reports, sources, actors, a conflict."""

from datetime import date

import msgspec

from bot.facts.quantity import Quantity
from bot.facts.vocabulary import (
    Accounting,
    ControlStatus,
    EventType,
    Kind,
    Measure,
    Population,
    RelationKind,
    Stance,
    Unit,
)
from bot.facts.window import Window


class Relation(msgspec.Struct, frozen=True):
    """This fact stands in `kind` to the fact `to` (its id)."""

    kind: RelationKind
    to: str


class Locator(msgspec.Struct, frozen=True, omit_defaults=True):
    """Where in its report a fact was read, so that the reading can be checked against the original.

    Attributes:
        report: id of the report.
        paragraph: from 1, counting the paragraphs of the text that are not empty.
        sentence: from 1, within the paragraph.
        span: [start, end) in characters of the whole text.
        sha256: of the span's characters in UTF-8; the text itself is not shipped.
    """

    report: str
    paragraph: int
    sentence: int
    span: tuple[int, int] | None = None
    sha256: str | None = None


BY_HAND = "corrected by hand"
"""The rule of a field that a person corrected."""


OVERRULED = "overruled: "
"""How the rule of a field begins where a person put something else than the parser reads; the reason follows."""


class TraceStep(msgspec.Struct, frozen=True, omit_defaults=True):
    """How one field was read: the rule's name and where it read it."""

    field: str
    rule: str
    span: tuple[int, int] | None = None


class Fact(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """One claim of one report. `docs/facts.md` explains every field; None means that the report does not say.

    Attributes:
        of: what a share is a share of, or what a count counts when it is not people.
        summary: events, control and statements: what happened or was said; figures: the circumstance ("in
            air strikes"). Always in the project's words.
        cumulative: a running total up to the end of the window, rather than a single event.
        note: what a reader should know about this reading.
    """

    id: str
    kind: Kind
    window: Window
    locator: Locator
    place: str | None = None
    place_words: str | None = None
    window_words: str | None = None
    measure: Measure | None = None
    quantity: Quantity | None = None
    of: str | None = None
    population: Population | None = None
    unit: Unit | None = None
    accounting: Accounting | None = None
    cumulative: bool = False
    origin: str | None = None
    destination: str | None = None
    destination_words: str | None = None
    status: ControlStatus | None = None
    event: EventType | None = None
    actor: str | None = None
    sources: tuple[str, ...] = ()
    relations: tuple[Relation, ...] = ()
    stance: Stance = Stance.ASSERTED
    summary: str | None = None
    note: str | None = None
    trace: tuple[TraceStep, ...] = ()

    def related(self, kind: RelationKind) -> tuple[str, ...]:
        """Ids of the facts this one stands in `kind` to."""
        return tuple(relation.to for relation in self.relations if relation.kind is kind)


class Report(msgspec.Struct, frozen=True, omit_defaults=True):
    """A published text that facts were read from.

    Attributes:
        publisher: id of the source that printed it.
        published: its date, which "Saturday" and "overnight" are counted from.
        about: one line in the project's words.
        sha256: of the text in UTF-8, where the text is at hand.
    """

    id: str
    publisher: str
    published: date
    about: str
    sha256: str | None = None
    url: str | None = None


class Source(msgspec.Struct, frozen=True, omit_defaults=True):
    """Somebody who says so, or who printed it.

    Attributes:
        short: what everybody calls it ("SOHR").
        sort: what it is ("monitoring group", "state news agency"), for a reader.
        counts: what it counts and how, as far as known.
        party: the actor it belongs to, when it is a party to the conflict.
    """

    id: str
    name: str
    sort: str
    short: str | None = None
    counts: str | None = None
    party: str | None = None
    url: str | None = None


class Actor(msgspec.Struct, frozen=True, omit_defaults=True):
    """A side, under a neutral name ("government forces"), as used after "by" and as a subject."""

    id: str
    name: str


class Conflict(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a folder of seeds is about. `place` contains everything in it."""

    id: str
    name: str
    place: str
