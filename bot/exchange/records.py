"""What an export holds, record by record, in the terms of schema.org where it has some.

A fact is a `Claim` that appeared in a `Report`; whatever changed it is a `CorrectionComment` on it (a comment that
corrects a creative work, https://schema.org/CorrectionComment): `text` the reason, `citation` the evidence. Sitrep does
not judge whether a claim is true, so there is no `ClaimReview`. What schema.org has no word for stands under a term of
Sitrep's own, and the fact itself, as one revision gave it, is a JSON literal: the same JSON as in the database.
"""

from datetime import date, datetime
from typing import Annotated

import msgspec
from msgspec import Meta

from bot.facts.revision import EVERYONE
from bot.facts.vocabulary import CorrectionKind

FORMAT = "sitrep-export"
VERSION = 1
"""Of the records; a program reads its own version and refuses later ones."""

CONTEXT: dict[str, object] = {
    "@version": 1.1,
    "@vocab": "urn:sitrep:term:",
    **{prefix: f"urn:sitrep:{prefix}:" for prefix in ("conflict", "actor", "source", "place", "report", "fact")},
    "revision": "urn:sitrep:revision:",
    "proposal": "urn:sitrep:proposal:",
    "schema": "https://schema.org/",
    **{
        term: f"schema:{term}"
        for term in (
            *("Dataset", "Place", "Report", "Claim", "CorrectionComment", "name", "alternateName", "description"),
            *("latitude", "longitude", "identifier", "abstract", "sha256", "text", "author", "position"),
        )
    },
    **{
        term: {"@id": f"schema:{term}", "@type": "@id"}
        for term in ("isPartOf", "location", "containedInPlace", "publisher", "affiliation", "appearance", "parentItem")
    },
    "url": {"@id": "schema:url", "@type": "@id"},
    "citation": {"@id": "schema:citation", "@type": "@id"},
    "datePublished": {"@id": "schema:datePublished", "@type": "schema:Date"},
    "dateCreated": {"@id": "schema:dateCreated", "@type": "schema:DateTime"},
    "about": {"@id": "schema:about", "@type": "@id"},
    "reading": {"@type": "@json"},
}

Sha256 = Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]
Moment = Annotated[datetime, Meta(tz=True)]
Count = Annotated[int, Meta(ge=0, le=2**53)]
Number = Annotated[int, Meta(ge=1, le=2**53)]
Scope = Annotated[str, Meta(max_length=40, pattern="^[A-Za-z0-9_-]*$")]
Text = Annotated[str, Meta(max_length=4000)]
Author = Annotated[str, Meta(min_length=1, max_length=60)]
ConflictRef = Annotated[str, Meta(pattern="^conflict:[a-z0-9-]{1,30}$")]
_OF = "[a-z0-9-]{1,30}/[a-z0-9-]{1,30}$"
"""An id within its conflict: two conflicts may use one word for two things."""
ActorRef = Annotated[str, Meta(pattern=f"^actor:{_OF}")]
SourceRef = Annotated[str, Meta(pattern=f"^source:{_OF}")]
PlaceRef = Annotated[str, Meta(pattern=f"^place:{_OF}")]
ReportRef = Annotated[str, Meta(pattern="^report:[a-z0-9-]{1,30}$")]
FactRef = Annotated[str, Meta(pattern="^fact:[a-z0-9-]{1,30}/[1-9][0-9]*[.][1-9][0-9]*$", max_length=50)]
RevisionRef = Annotated[str, Meta(pattern="^revision:[1-9][0-9]{0,15}$")]
ProposalRef = Annotated[str, Meta(pattern="^proposal:[1-9][0-9]{0,15}$")]


class Header(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    rename={"context": "@context", "type": "@type", "graph": "@graph"},
):
    """The first line of a document.

    Attributes:
        scope: `EVERYONE`, the server whose own revisions are in it too, or None for all servers.
        authors: whether the ids of persons stand in it, instead of what they are.
    """

    context: dict[str, object]
    type: str
    format: str
    version: int
    name: str
    dateCreated: Moment  # noqa: N815 - schema.org's name
    scope: Scope | None
    authors: bool
    graph: tuple[()] = ()


class Footer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The last line: how many records there are, and the SHA-256 of all lines before it."""

    records: Count
    digest: Sha256


class _Record(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    tag_field="@type",
    rename={"id": "@id"},
):
    """One line of the graph. A field that this version does not know is an error, never silently dropped."""


class ConflictRecord(_Record, frozen=True, kw_only=True, tag="Conflict"):
    """A conflict."""

    id: ConflictRef
    name: str
    location: PlaceRef


class ActorRecord(_Record, frozen=True, kw_only=True, tag="Actor"):
    """A side."""

    id: ActorRef
    name: str


class SourceRecord(_Record, frozen=True, kw_only=True, tag="Source"):
    """Who says so, or printed it. `quoted`: a report that was read quotes it, or is its."""

    id: SourceRef
    name: str
    description: str
    alternateName: str | None = None  # noqa: N815 - schema.org's name
    counts: str | None = None
    affiliation: ActorRef | None = None
    url: str | None = None
    quoted: bool = False


class PlaceRecord(_Record, frozen=True, kw_only=True, tag="Place"):
    """An entry of the gazetteer."""

    id: PlaceRef
    name: str
    kind: str
    arabic: str | None = None
    alternateName: tuple[str, ...] = ()  # noqa: N815 - schema.org's name
    latitude: float | None = None
    longitude: float | None = None
    containedInPlace: PlaceRef | None = None  # noqa: N815 - schema.org's name
    origin: str
    confidence: str
    identifier: str | None = None


class ReportRecord(_Record, frozen=True, kw_only=True, tag="Report"):
    """A report. `loaded`: when it came into the database."""

    id: ReportRef
    isPartOf: ConflictRef  # noqa: N815 - schema.org's name
    publisher: SourceRef
    datePublished: date  # noqa: N815 - schema.org's name
    abstract: str
    sha256: str | None = None
    url: str | None = None
    loaded: Moment


class ClaimRecord(_Record, frozen=True, kw_only=True, tag="Claim"):
    """A fact, without any of its values: those are its revisions."""

    id: FactRef
    appearance: ReportRef
    dateCreated: Moment  # noqa: N815 - schema.org's name


class _Revision(_Record, frozen=True, kw_only=True):
    """A revision. Its id is its sequence, in which order all of them were made; `position` is its number within the
    history of its fact in its scope, from 1 without gaps."""

    id: RevisionRef
    parentItem: FactRef  # noqa: N815 - schema.org's name
    position: Number
    scope: Scope = EVERYONE
    author: Author
    dateCreated: Moment  # noqa: N815 - schema.org's name
    text: Text | None = None
    citation: Text | None = None
    reading: msgspec.Raw


class ReadingRecord(_Revision, frozen=True, kw_only=True, tag="Reading"):
    """The first reading of a fact."""


class CorrectionRecord(_Revision, frozen=True, kw_only=True, tag="CorrectionComment"):
    """Every later one.

    Attributes:
        restores: the number in the same history that it gives back; 0 for what there was before a server's first.
        logged: its place in the public log; None for what the seed files said.
        areas: the places in whose log it stands.
        request: what stood for the click that made it; only where a whole database moves.
    """

    kind: CorrectionKind
    restores: Count | None = None
    logged: Number | None = None
    areas: tuple[str, ...] = ()
    request: str | None = None


class ProposalRecord(_Record, frozen=True, kw_only=True, tag="Proposal"):
    """What a server asked editors to publish. `about` is the server's revision, `published` the number it became."""

    id: ProposalRef
    about: RevisionRef
    author: Author
    dateCreated: Moment  # noqa: N815 - schema.org's name
    state: str
    editor: str | None = None
    decided: Moment | None = None
    text: Text | None = None
    published: Number | None = None
    request: str | None = None
    told: Moment | None = None


class CounterRecord(_Record, frozen=True, kw_only=True, tag="Counter"):
    """A count that never goes back, such as how often a server was wiped; only where a whole database moves."""

    name: Annotated[str, Meta(pattern="^(revision_sequence|correction_sequence|proposal_sequence|wipes:.{1,40})$")]
    value: Count


Record = (
    ConflictRecord
    | ActorRecord
    | SourceRecord
    | PlaceRecord
    | ReportRecord
    | ClaimRecord
    | ReadingRecord
    | CorrectionRecord
    | ProposalRecord
    | CounterRecord
)
