"""The shape of the seed files. The JSON Schemas in `seeds/schema/` are made from these classes."""

from datetime import date
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from bot.facts.vocabulary import (
    Accounting,
    ControlStatus,
    EventType,
    Kind,
    Measure,
    Population,
    Stance,
    Unit,
)

Id = Annotated[
    str,
    Meta(pattern="^[a-z0-9]+(-[a-z0-9]+)*$", max_length=30, description="lower case letters, digits and hyphens"),
]
FactNumber = Annotated[
    str, Meta(pattern="^[1-9][0-9]*[.][1-9][0-9]*$", max_length=9, description="paragraph.ordinal, such as 9.1")
]
FactRef = Annotated[
    str,
    Meta(
        pattern="^([a-z0-9-]+/)?[1-9][0-9]*[.][1-9][0-9]*$",
        max_length=40,
        description="a fact of this file (9.1) or of another report (report-id/9.1)",
    ),
]
Line = Annotated[str, Meta(min_length=1, max_length=300, description="one line in the project's own words")]
Words = Annotated[str, Meta(min_length=1, max_length=80, description="a few words as the report has them")]
Name = Annotated[str, Meta(min_length=1, max_length=80)]
Sha256 = Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]
ReadField = Literal["kind", "measure", "quantity", "population", "place", "window", "actor", "sources", "stance"]
Positive = Annotated[int, Meta(ge=1, le=100_000)]
Offset = Annotated[int, Meta(ge=0, le=100_000_000)]
QuantityWords = Annotated[
    str, Meta(min_length=1, max_length=60, description="in words: about 310, at least 69, tens of thousands, unknown")
]
WindowText = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=40,
        description="2016-12-03, 2016-11-15/2016-12-03, 2011-03/2016-12-03, ~ behind a date for 'about then', unknown",
    ),
]


class _Entry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A table of a seed file. A misspelt field is an error, never silently dropped."""


class TraceEntry(_Entry, frozen=True, kw_only=True):
    """How one field was read."""

    field: str
    rule: str
    span: tuple[Offset, Offset] | None = None


class FactEntry(_Entry, frozen=True, kw_only=True):
    """One fact of a report. `docs/seeds.md` explains each field with an example."""

    id: FactNumber
    kind: Kind
    sentence: Positive
    window: WindowText
    window_words: Words | None = None
    measure: Measure | None = None
    quantity: QuantityWords | None = None
    of: Words | None = None
    population: Population | None = None
    unit: Unit | None = None
    accounting: Accounting | None = None
    cumulative: bool = False
    place: Id | None = None
    place_words: Words | None = None
    origin: Id | None = None
    destination: Id | None = None
    destination_words: Words | None = None
    status: ControlStatus | None = None
    event: EventType | None = None
    actor: Id | None = None
    sources: list[Id] = []
    part_of: FactRef | None = None
    restates: FactRef | None = None
    supersedes: FactRef | None = None
    stance: Stance = Stance.ASSERTED
    summary: Line | None = None
    note: Line | None = None
    span: tuple[Offset, Offset] | None = None
    sha256: Sha256 | None = None
    trace: list[TraceEntry] = []
    overruled: dict[ReadField, Line] = {}


class ReportEntry(_Entry, frozen=True, kw_only=True):
    """The report itself."""

    id: Id
    publisher: Id
    published: date
    about: Line
    sha256: Sha256 | None = None
    url: Annotated[str, Meta(pattern="^https?://", max_length=300)] | None = None


class CorrectionEntry(_Entry, frozen=True, kw_only=True):
    """Why a file says otherwise than when its report was loaded before."""

    kind: Literal["reading", "source", "later_report", "clarification"]
    reason: Line


class ReportFile(_Entry, frozen=True, kw_only=True):
    """`reports/*.toml`: one report and the facts read from it."""

    report: ReportEntry
    correction: CorrectionEntry | None = None
    fact: list[FactEntry] = []


class SourceEntry(_Entry, frozen=True, kw_only=True):
    """Somebody who says so, or who prints it."""

    id: Id
    name: Name
    sort: Annotated[str, Meta(min_length=1, max_length=80, description="what it is, such as monitoring group")]
    short: Annotated[str, Meta(min_length=1, max_length=24)] | None = None
    counts: Line | None = None
    party: Id | None = None
    url: Annotated[str, Meta(pattern="^https?://", max_length=300)] | None = None


class SourcesFile(_Entry, frozen=True, kw_only=True):
    """`sources.toml`."""

    source: list[SourceEntry]


class ActorEntry(_Entry, frozen=True, kw_only=True):
    """A side of the conflict under a neutral name, as it reads after "by"."""

    id: Id
    name: Annotated[str, Meta(min_length=1, max_length=60)]


class ConflictEntry(_Entry, frozen=True, kw_only=True):
    """What the folder is about. `place` contains everything in it."""

    id: Id
    name: Name
    place: Id


class ConflictFile(_Entry, frozen=True, kw_only=True):
    """`conflict.toml`."""

    conflict: ConflictEntry
    actor: list[ActorEntry]
