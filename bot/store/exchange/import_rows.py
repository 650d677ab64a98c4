"""How each record of an export becomes a row, and what is refused: what no program of Sitrep's could have written."""

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

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
    ReportRecord,
    SourceRecord,
)
from bot.facts.fact import Actor, Conflict, Fact, Report, Source
from bot.facts.revision import EVERYONE
from bot.facts.series import series_number
from bot.facts.vocabulary import CorrectionKind
from bot.places.place import CONFIDENCES, KINDS, Place
from bot.store.bodies import decode_fact, encode
from bot.store.correcting.proposals import State
from bot.store.direct import DirectWriter
from bot.store.revisions.loading import SEEDS

WORDS = 500
"""Longest text of a fact in characters: seed files have less, the reason of a clarification as many."""


class BadRecordError(Exception):
    """What is wrong with a record, and with which of its fields."""

    def __init__(self, problem: str, path: str = "") -> None:
        self.problem = problem
        self.path = path
        super().__init__(problem)


def _conflict(tx: DirectWriter, record: ConflictRecord) -> None:
    conflict = bare(record.id)
    body = Conflict(conflict, record.name, _within(record.location, conflict, "$.location"))
    tx.run("INSERT INTO conflict (id, body) VALUES (?1, ?2)", (conflict, encode(body)))


def _actor(tx: DirectWriter, record: ActorRecord) -> None:
    conflict, actor = bare(record.id).split("/")
    _named(tx, "actor", conflict, actor, Actor(actor, record.name))


def _source(tx: DirectWriter, record: SourceRecord) -> None:
    conflict, source = bare(record.id).split("/")
    party = _within(record.affiliation, conflict, "$.affiliation") if record.affiliation is not None else None
    body = Source(
        source, record.name, record.description, record.alternateName, record.counts, party, record.url
    )  # fmt: skip
    _named(tx, "source", conflict, source, body)
    if record.quoted:
        tx.run("INSERT INTO quoted (conflict, source) VALUES (?1, ?2)", (conflict, source))


def _place(tx: DirectWriter, record: PlaceRecord) -> None:
    conflict, place = bare(record.id).split("/")
    for value, known, path in ((record.kind, KINDS, "$.kind"), (record.confidence, CONFIDENCES, "$.confidence")):
        if value not in known:
            raise BadRecordError(f"'{value[:40]}' is none of {', '.join(sorted(known))}", path)
    for degrees, bound, path in ((record.latitude, 90, "$.latitude"), (record.longitude, 180, "$.longitude")):
        if degrees is not None and not -bound <= degrees <= bound:
            raise BadRecordError(f"it lies outside -{bound} to {bound}", path)
    if (record.latitude is None) != (record.longitude is None):
        raise BadRecordError("only one coordinate is given", "$.latitude" if record.latitude is None else "$.longitude")
    inside = record.containedInPlace
    body = Place(
        id=place,
        name=record.name,
        name_ar=record.arabic,
        aliases=record.alternateName,
        lat=record.latitude,
        lon=record.longitude,
        kind=record.kind,
        part_of=_within(inside, conflict, "$.containedInPlace") if inside is not None else None,
        source=record.origin,
        confidence=record.confidence,
        pcode=record.identifier,
    )
    _named(tx, "place", conflict, place, body)


def _report(tx: DirectWriter, record: ReportRecord) -> None:
    report, conflict = bare(record.id), bare(record.isPartOf)
    publisher = _within(record.publisher, conflict, "$.publisher")
    body = Report(
        report, publisher, record.datePublished, record.abstract, record.sha256, record.url
    )  # fmt: skip
    tx.run(
        "INSERT INTO report (id, conflict, published, loaded_at, body) VALUES (?1, ?2, ?3, ?4, ?5)",
        (report, conflict, record.datePublished.toordinal(), seconds(record.loaded), encode(body)),
    )


def _claim(tx: DirectWriter, record: ClaimRecord) -> None:
    fact, report = bare(record.id), bare(record.appearance)
    if fact.partition("/")[0] != report:
        raise BadRecordError(f"the fact {fact} is not one of the report {report}", "$.appearance")
    values = (fact, report, seconds(record.dateCreated))
    tx.run("INSERT INTO fact (id, report, first_seen) VALUES (?1, ?2, ?3)", values)


def _revision(tx: DirectWriter, record: ReadingRecord | CorrectionRecord) -> None:
    correction = record if isinstance(record, CorrectionRecord) else None
    fact = _fact(record.reading, bare(record.parentItem))
    sequence, at = int(bare(record.id)), seconds(record.dateCreated)
    number, since = tx.run(
        "SELECT COALESCE(MAX(number), 0), COALESCE(MAX(recorded_at), ?3) FROM revision WHERE fact = ?1 AND scope = ?2",
        (fact.id, record.scope, at),
    ).fetchone()
    last = tx.run("SELECT MAX(sequence) FROM revision").fetchone()[0]
    kind = correction.kind if correction is not None else CorrectionKind.INITIAL
    for wrong, problem, path in (
        (last is not None and sequence <= last, f"revision {last} stands above it", "$.@id"),
        (
            record.position != number + 1,
            f"number {record.position} of {fact.id} in this scope follows {number}",
            "$.position",
        ),
        (at < since, "it is older than the revision before it", "$.dateCreated"),
        (correction is not None and kind is CorrectionKind.INITIAL, "no correction is a first reading", "$.kind"),
        (correction is None and (record.scope, number, record.author) != (EVERYONE, 0, SEEDS),
         "a first reading is what the files say first, for everyone", "$.@type"),
        (correction is not None and (correction.logged is None) != (record.author == SEEDS),
         "persons' corrections stand in the log, and only theirs", "$.logged"),
        (record.scope != EVERYONE and record.author == SEEDS, "the files speak to everyone", "$.scope"),
    ):  # fmt: skip
        if wrong:
            raise BadRecordError(problem, path)
    restores = correction.restores if correction is not None else None
    if restores is not None and not (record.scope == EVERYONE) <= restores < record.position:
        raise BadRecordError(f"there is no number {restores} to give back", "$.restores")
    # What a file no longer says is a step of nothing.
    withdrawn = kind is CorrectionKind.RETRACTION and record.author == SEEDS
    series = None if withdrawn else series_number(fact)
    tx.run(
        "INSERT INTO revision (fact, scope, number, sequence, kind, author, reason, evidence, recorded_at, body, "
        "series, restores) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        (
            *(fact.id, record.scope, record.position, sequence, kind.value, record.author, record.text),
            *(record.citation, at, encode(fact), series, restores),
        ),
    )
    if correction is not None and correction.logged is not None:
        _log(tx, correction, fact.id, at)


def _log(tx: DirectWriter, record: CorrectionRecord, fact: str, at: int) -> None:
    # Whoever confirmed it cannot do so again here, so that any request will do where the real one stayed behind.
    request = record.request or f"import:{bare(record.id)}"
    tx.run(
        "INSERT INTO correction (sequence, fact, scope, number, kind, author, recorded_at, request) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        (record.logged, fact, record.scope, record.position, record.kind.value, record.author, at, request),
    )
    for area in record.areas:
        tx.run(
            "INSERT INTO correction_area (scope, area, recorded_at, sequence) VALUES (?1, ?2, ?3, ?4)",
            (record.scope, area, at, record.logged),
        )


def _proposal(tx: DirectWriter, record: ProposalRecord) -> None:
    if record.state not in set(State):
        raise BadRecordError(f"'{record.state[:40]}' is none of {', '.join(State)}", "$.state")
    about = tx.run(
        "SELECT fact, scope, number FROM revision WHERE sequence = ?1 AND scope <> ''", (int(bare(record.about)),)
    ).fetchone()
    if about is None:
        raise BadRecordError("no line above holds this revision of a server", "$.about")
    decided = seconds(record.decided) if record.decided is not None else None
    told = seconds(record.told) if record.told is not None else None
    tx.run(
        "INSERT INTO proposal (id, fact, scope, number, proposed_by, proposed_at, state, decided_by, decided_at, "
        "decision, published, request, told_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
        (
            *(int(bare(record.id)), *about, record.author, seconds(record.dateCreated), record.state),
            *(record.editor, decided, record.text, record.published, record.request, told),
        ),
    )


def _counter(tx: DirectWriter, record: CounterRecord) -> None:
    tx.run(
        "INSERT INTO meta (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (record.name, str(record.value)),
    )


PUT: Mapping[type, Callable[[DirectWriter, Any], None]] = MappingProxyType(
    {
        ConflictRecord: _conflict,
        ActorRecord: _actor,
        SourceRecord: _source,
        PlaceRecord: _place,
        ReportRecord: _report,
        ClaimRecord: _claim,
        ReadingRecord: _revision,
        CorrectionRecord: _revision,
        ProposalRecord: _proposal,
        CounterRecord: _counter,
    }
)
"""What writes each kind of record. Raises `BadRecordError`, or `ConstraintError` where a line above says the same."""


def bare(reference: str) -> str:
    """What stands behind the prefix."""
    return reference.partition(":")[2]


def seconds(moment: datetime) -> int:
    """Since the epoch, UTC."""
    return int(moment.timestamp())


def _named(tx: DirectWriter, table: str, conflict: str, row_id: str, body: object) -> None:
    tx.run(f"INSERT INTO {table} (conflict, id, body) VALUES (?1, ?2, ?3)", (conflict, row_id, encode(body)))


def _within(reference: str, conflict: str, path: str) -> str:
    of, _, name = bare(reference).partition("/")
    if of != conflict:
        raise BadRecordError(f"it belongs to the conflict '{of}'", path)
    return name


def _fact(reading: msgspec.Raw, fact_id: str) -> Fact:
    """The fact in a revision, written as this version writes it."""
    try:
        fact = decode_fact(bytes(reading))
    except msgspec.MsgspecError as error:
        problem, _, path = str(error).partition(" - at `$")
        raise BadRecordError(problem[:1].lower() + problem[1:], f"$.reading{path.removesuffix('`')}") from None
    given, understood = msgspec.json.decode(reading), msgspec.to_builtins(fact)
    if (strange := _difference(given, understood, "$.reading")) is not None:
        raise BadRecordError("this version of Sitrep does not know it, or writes it otherwise", strange)
    if fact.id != fact_id:
        raise BadRecordError(f"it is of the fact '{fact.id[:60]}'", "$.reading.id")
    if fact.locator.report != fact_id.partition("/")[0]:
        raise BadRecordError("it was read in another report", "$.reading.locator.report")
    for field in ("summary", "note", "of", "place_words", "window_words", "destination_words"):
        if len(getattr(fact, field) or "") > WORDS:
            raise BadRecordError(f"it is longer than {WORDS} characters", f"$.reading.{field}")
    named = (fact.place, fact.origin, fact.destination, fact.actor, *fact.sources)
    if any(name is not None and not 0 < len(name) <= 30 for name in named):
        raise BadRecordError("an id in it is empty or longer than 30 characters", "$.reading")
    return fact


def _difference(given: object, understood: object, path: str) -> str | None:
    """The path of the first value that was not understood."""
    if isinstance(given, dict) and isinstance(understood, dict):
        for key in (*given, *understood):
            if key not in given or key not in understood:
                return f"{path}.{key[:60]}"
            if (found := _difference(given[key], understood[key], f"{path}.{key}")) is not None:
                return found
        return None
    if isinstance(given, list) and isinstance(understood, list | tuple) and len(given) == len(understood):
        for index, (one, other) in enumerate(zip(given, understood, strict=True)):
            if (found := _difference(one, other, f"{path}[{index}]")) is not None:
                return found
        return None
    return None if given == understood else path
