"""What a database holds, as the records of an export, one after another and never all at once."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import NamedTuple

import msgspec

from bot.exchange.records import (
    ActorRecord,
    ClaimRecord,
    ConflictRecord,
    CorrectionRecord,
    CounterRecord,
    PlaceRecord,
    ProposalRecord,
    ReadingRecord,
    Record,
    ReportRecord,
    SourceRecord,
)
from bot.facts.revision import EVERYONE
from bot.facts.vocabulary import CorrectionKind
from bot.store.bodies import decode_actor, decode_conflict, decode_place, decode_report, decode_source
from bot.store.revisions.loading import SEEDS

MODERATOR, EDITOR = "moderator", "editor"
"""What stands for a person's id: what a server sees is corrected by its moderators, what everyone sees by editors."""


class Extent(NamedTuple):
    """How much of a database.

    Attributes:
        server: whose own revisions go along with everyone's; None for everyone's alone.
        everything: those of all servers, with proposals and counters, so that the database can move.
        authors: the ids of persons, instead of what they are.
    """

    server: str | None = None
    everything: bool = False
    authors: bool = False

    @property
    def scope(self) -> str | None:
        """As the header of a document tells it."""
        return None if self.everything else self.server or EVERYONE

    @property
    def scopes(self) -> tuple[str, str]:
        """Everyone, and the server; the same twice where no server is meant."""
        return EVERYONE, self.server or EVERYONE

    def author(self, author: str, scope: str) -> str:
        """The author as the export names them."""
        if self.authors or author == SEEDS:
            return author
        return EDITOR if scope == EVERYONE else MODERATOR


def records(connection: sqlite3.Connection, extent: Extent) -> Iterator[Record]:
    """Everything of `extent`, so that what a record refers to comes before it."""
    for row in connection.execute("SELECT body FROM conflict ORDER BY id"):
        conflict = decode_conflict(row[0])
        yield ConflictRecord(
            id=f"conflict:{conflict.id}", name=conflict.name, location=f"place:{conflict.id}/{conflict.place}"
        )
    yield from _names(connection)
    yield from _reports(connection)
    for fact, report, first_seen in connection.execute("SELECT id, report, first_seen FROM fact ORDER BY rowid"):
        yield ClaimRecord(id=f"fact:{fact}", appearance=f"report:{report}", dateCreated=moment(first_seen))
    yield from _revisions(connection, extent)
    if extent.everything:
        yield from _proposals(connection, extent)
        yield from _counters(connection)


def moment(seconds: int) -> datetime:
    """Seconds since the epoch as a time in UTC."""
    return datetime.fromtimestamp(seconds, UTC)


def _names(connection: sqlite3.Connection) -> Iterator[Record]:
    for conflict, body in connection.execute("SELECT conflict, body FROM actor ORDER BY conflict, id"):
        actor = decode_actor(body)
        yield ActorRecord(id=f"actor:{conflict}/{actor.id}", name=actor.name)
    for conflict, body, quoted in connection.execute(
        "SELECT s.conflict, s.body, q.source IS NOT NULL FROM source s "
        "LEFT JOIN quoted q ON q.conflict = s.conflict AND q.source = s.id ORDER BY s.conflict, s.rowid"
    ):
        source = decode_source(body)
        yield SourceRecord(
            id=f"source:{conflict}/{source.id}",
            name=source.name,
            description=source.sort,
            alternateName=source.short,
            counts=source.counts,
            affiliation=f"actor:{conflict}/{source.party}" if source.party is not None else None,
            url=source.url,
            quoted=bool(quoted),
        )
    for conflict, body in connection.execute("SELECT conflict, body FROM place ORDER BY conflict, id"):
        place = decode_place(body)
        yield PlaceRecord(
            id=f"place:{conflict}/{place.id}",
            name=place.name,
            kind=place.kind,
            arabic=place.name_ar,
            alternateName=place.aliases,
            latitude=place.lat,
            longitude=place.lon,
            containedInPlace=f"place:{conflict}/{place.part_of}" if place.part_of is not None else None,
            origin=place.source,
            confidence=place.confidence,
            identifier=place.pcode,
        )


def _reports(connection: sqlite3.Connection) -> Iterator[ReportRecord]:
    for conflict, loaded_at, body in connection.execute("SELECT conflict, loaded_at, body FROM report ORDER BY rowid"):
        report = decode_report(body)
        yield ReportRecord(
            id=f"report:{report.id}",
            isPartOf=f"conflict:{conflict}",
            publisher=f"source:{conflict}/{report.publisher}",
            datePublished=report.published,
            abstract=report.about,
            sha256=report.sha256,
            url=report.url,
            loaded=moment(loaded_at),
        )


def _revisions(connection: sqlite3.Connection, extent: Extent) -> Iterator[ReadingRecord | CorrectionRecord]:
    # The plus keeps SQLite to the index on sequences, whose order is wanted: nothing is sorted, nothing is held.
    wanted = "" if extent.everything else "WHERE +r.scope IN (?1, ?2)"
    for row in connection.execute(
        "SELECT r.sequence, r.fact, r.scope, r.number, r.kind, r.author, r.reason, r.evidence, r.recorded_at, r.body, "
        "r.restores, c.sequence, c.request, (SELECT json_group_array(area) FROM "
        "(SELECT a.area FROM correction_area a WHERE a.sequence = c.sequence ORDER BY a.area)) "
        "FROM revision r LEFT JOIN correction c ON c.fact = r.fact AND c.scope = r.scope AND c.number = r.number "
        f"{wanted} ORDER BY r.sequence",
        () if extent.everything else extent.scopes,
    ):
        sequence, fact, scope, number, kind, author, reason, evidence, at, body, restores, logged, request, areas = row
        told = {
            "id": f"revision:{sequence}",
            "parentItem": f"fact:{fact}",
            "position": number,
            "scope": scope,
            "author": extent.author(author, scope),
            "dateCreated": moment(at),
            "text": reason,
            "citation": evidence,
            "reading": msgspec.Raw(body.encode()),
        }
        if kind == CorrectionKind.INITIAL:
            yield ReadingRecord(**told)
            continue
        yield CorrectionRecord(
            **told,
            kind=CorrectionKind(kind),
            restores=restores,
            logged=logged,
            areas=tuple(msgspec.json.decode(areas, type=list[str])) if logged is not None else (),
            request=request if extent.everything else None,
        )


def _proposals(connection: sqlite3.Connection, extent: Extent) -> Iterator[ProposalRecord]:
    for row in connection.execute(
        "SELECT p.id, r.sequence, p.scope, p.proposed_by, p.proposed_at, p.state, p.decided_by, p.decided_at, "
        "p.decision, p.published, p.request, p.told_at FROM proposal p "
        "JOIN revision r ON r.fact = p.fact AND r.scope = p.scope AND r.number = p.number ORDER BY p.id"
    ):
        number, about, scope, by, at, state, editor, decided_at, decision, published, request, told_at = row
        yield ProposalRecord(
            id=f"proposal:{number}",
            about=f"revision:{about}",
            author=extent.author(by, scope),
            dateCreated=moment(at),
            state=state,
            editor=extent.author(editor, EVERYONE) if editor is not None else None,
            decided=moment(decided_at) if decided_at is not None else None,
            text=decision,
            published=published,
            request=request,
            told=moment(told_at) if told_at is not None else None,
        )


def _counters(connection: sqlite3.Connection) -> Iterator[CounterRecord]:
    for key, value in connection.execute(
        "SELECT key, value FROM meta WHERE key IN ('revision_sequence', 'correction_sequence', 'proposal_sequence') "
        "OR key LIKE 'wipes:%' ORDER BY key"
    ):
        yield CounterRecord(name=key, value=int(value))
