"""A copy in memory of what a scope saw at an earlier time, derived by the very code that derives what it sees now.

Only what may differ is copied: the facts with a revision since then, all whose rows follow from theirs, and what these
lean on in their turn. Where less was known then than has changed since, all that was known is copied instead. Both are
bounded, so that no question about the past can take long.
"""

import json
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import NamedTuple

from bot.errors import SitrepError
from bot.facts.fact import Fact
from bot.facts.revision import EVERYONE
from bot.facts.series import series_key
from bot.facts.vocabulary import CorrectionKind, RelationKind
from bot.i18n import _
from bot.places.gazetteer import Gazetteer
from bot.store.bodies import decode_fact
from bot.store.direct import DirectWriter, finish
from bot.store.errors import in_words
from bot.store.lists.listing import write_lists, write_value
from bot.store.migration_files import read_migrations

MOST = 10_000
"""Facts whose changes are followed, and facts that are copied whole: some 7 s of work and 30 MB; 2,500 take 1.8 s. With
more of both, the question is refused."""
BUSY_TIMEOUT = 5.0
_COLUMNS = "fact, scope, number, sequence, kind, author, reason, evidence, recorded_at, body, series, restores"
_NESTING = (RelationKind.PART_OF, RelationKind.RESTATES)


class Copy(NamedTuple):
    """What was seen then.

    Attributes:
        memory: a database of which everyone's view is what the scope saw.
        whole: nothing else was known; otherwise what is not in `differs` was as it is now.
        differs: the facts of which `memory` has the rows, or has none because there were none.
        new: those of them that were not known at all yet; where the copy is whole, left empty.
        own: the facts in `memory` of which the scope saw its own revision.
    """

    memory: sqlite3.Connection
    whole: bool
    differs: frozenset[str]
    new: frozenset[str]
    own: frozenset[str]


@cache
def _schema() -> tuple[str, ...]:
    """The statements that make an empty database."""
    return tuple(statement for migration in read_migrations() for statement in migration.statements)


def too_much() -> SitrepError:
    """For a time since which more has changed than can be followed."""
    return SitrepError(
        _("Too much has changed since then: the figures of more than {count} facts.").format(count=f"{MOST:,}"),
        _("Ask for a later time, or with `until` for what reports say up to a day."),
    )


def copy_past(path: Path, scope: str, at: int, places: Gazetteer) -> Copy:
    """Derive what `scope` saw at `at`, seconds since the epoch, that second included. Blocks, for seconds at most.

    Raises:
        SitrepError: too much has changed since.
        StoreError: the database cannot be read.
    """
    try:
        with closing(sqlite3.connect(path, timeout=BUSY_TIMEOUT, isolation_level=None)) as connection:
            connection.execute("PRAGMA query_only=ON")
            connection.execute("BEGIN")  # one moment for everything that is read
            return _Copying(connection, scope, at).copy(places)
    except sqlite3.Error as error:
        raise in_words(error, path) from error


class _Copying:
    """The work on one copy."""

    def __init__(self, connection: sqlite3.Connection, scope: str, at: int) -> None:
        self._db = connection
        self._scope = scope
        self._at = at
        self._seen: dict[str, tuple[object, ...] | None] = {}
        self._facts: dict[str, Fact | None] = {}
        self._named: dict[str, set[str]] = {}

    def copy(self, places: Gazetteer) -> Copy:
        changed = self._facts_with("scope IN (?1, ?2) AND recorded_at > ?3", MOST)
        known = self._facts_with("scope = ?1 AND recorded_at <= ?3", len(changed))
        whole = len(known) <= len(changed)
        if whole:
            changed = known
        if len(changed) > MOST:
            raise too_much()
        for fact in changed:
            self._look(fact)
        if whole:
            differs = support = changed
        else:
            self._note_relations(changed)
            differs = self._following(changed)
            support = self._leaning(differs)
        memory = self._derive(differs, support, places)
        return Copy(
            memory,
            whole,
            frozenset(differs),
            frozenset() if whole else frozenset(fact for fact in changed if self._seen[fact] is None),
            frozenset(fact for fact in support if (row := self._look(fact)) is not None and row[1] != EVERYONE),
        )

    def _facts_with(self, condition: str, most: int) -> set[str]:
        """The facts of such revisions (?1 everyone, ?2 the scope, ?3 the time); one more than `most` where there are
        more."""
        rows = self._db.execute(
            f"SELECT DISTINCT fact FROM revision WHERE {condition} LIMIT ?4",
            (EVERYONE, self._scope, self._at, min(most, MOST) + 1),
        )
        return {fact for (fact,) in rows}

    def _look(self, fact: str) -> tuple[object, ...] | None:
        """The revision in force then, by the rules of `bot.corrections.resolution`."""
        if fact not in self._seen:
            found = self._latest(fact, self._scope) if self._scope != EVERYONE else None
            if found is None or found[-1] == 0:
                found = self._latest(fact, EVERYONE)
            self._seen[fact] = found
            shown = found is not None and found[4] != CorrectionKind.RETRACTION
            self._facts[fact] = decode_fact(str(found[9])) if found is not None and shown else None
        return self._seen[fact]

    def _latest(self, fact: str, scope: str) -> tuple[object, ...] | None:
        # The plus keeps SQLite from walking the index on times, which holds the revisions of all facts.
        row: tuple[object, ...] | None = self._db.execute(
            f"SELECT {_COLUMNS} FROM revision WHERE fact = ?1 AND scope = ?2 AND +recorded_at <= ?3 "
            "ORDER BY number DESC LIMIT 1",
            (fact, scope, self._at),
        ).fetchone()
        return row

    def _fact(self, fact: str) -> Fact | None:
        self._look(fact)
        return self._facts[fact]

    def _note_relations(self, changed: Iterable[str]) -> None:
        """How the changed facts stood to others then; all others stand as they do now."""
        for fact_id in changed:
            fact = self._facts[fact_id]
            for relation in fact.relations if fact is not None else ():
                self._named.setdefault(fact_id, set()).add(relation.to)
                self._named.setdefault(relation.to, set()).add(fact_id)

    def _following(self, changed: set[str]) -> set[str]:
        """Everything whose rows may be others than now: what `listing.refresh` would derive again."""
        shifted = changed | self._around(changed)
        shifted |= self._members(shifted)
        return shifted | self._around(shifted)

    def _leaning(self, differs: set[str]) -> set[str]:
        """What is needed to derive the rows of `differs`: parts, wholes, the series of both, and what names those."""
        support = differs | self._around(differs)
        support |= self._members(support)
        support |= self._around(support)
        return support

    def _around(self, facts: set[str]) -> set[str]:
        ids = json.dumps(sorted(facts))
        rows = self._db.execute(
            "SELECT r.target FROM json_each(?1) j CROSS JOIN relation r ON r.fact = j.value UNION "
            "SELECT r.fact FROM json_each(?1) j CROSS JOIN relation r ON r.target = j.value",
            (ids,),
        )
        found = {fact for (fact,) in rows}
        for fact in facts & self._named.keys():
            found |= self._named[fact]
        return found

    def _members(self, facts: set[str]) -> set[str]:
        """The steps of every series that the facts belong to now, or belonged to then."""
        ids = json.dumps(sorted(facts))
        rows = self._db.execute(
            "SELECT DISTINCT v.series FROM json_each(?1) j CROSS JOIN fact_value v ON v.fact = j.value "
            "WHERE v.scope IN (?2, ?3) AND v.series IS NOT NULL",
            (ids, EVERYONE, self._scope),
        )
        keys = {key for (key,) in rows}
        for fact_id in facts:
            fact = self._fact(fact_id)
            if fact is not None and fact.cumulative:
                wholes = [whole for kind in _NESTING for to in fact.related(kind) if (whole := self._fact(to))]
                keys |= {series_key(fact, wholes)} - {None}
        steps = self._db.execute(
            "SELECT v.fact FROM json_each(?1) j CROSS JOIN fact_value v ON v.scope IN (?2, ?3) AND v.series = j.value",
            (json.dumps(sorted(keys)), EVERYONE, self._scope),
        )
        return {fact for (fact,) in steps}

    def _derive(self, differs: set[str], support: set[str], places: Gazetteer) -> sqlite3.Connection:
        # Whoever built it hands it on to another thread; only one uses it at a time.
        memory = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        for statement in _schema():
            memory.execute(statement)
        memory.execute("PRAGMA foreign_keys=ON")
        memory.execute("BEGIN")
        self._fill(memory, {fact for fact in support if self._look(fact) is not None})
        tx = DirectWriter(memory, Path(":memory:"))
        for fact in sorted(support):
            if self._seen[fact] is not None:
                finish(write_value(tx, fact))
        for fact in sorted(differs):
            finish(write_lists(tx, fact, places))
        memory.execute("COMMIT")
        return memory

    def _fill(self, memory: sqlite3.Connection, facts: set[str]) -> None:
        ids = json.dumps(sorted(facts))
        for row in self._db.execute("SELECT id, body FROM conflict"):
            memory.execute("INSERT INTO conflict (id, body) VALUES (?1, ?2)", row)
        reports = self._db.execute(
            "SELECT DISTINCT p.id, p.conflict, p.published, p.loaded_at, p.body FROM json_each(?1) j "
            "JOIN fact f ON f.id = j.value JOIN report p ON p.id = f.report",
            (ids,),
        )
        memory.executemany(
            "INSERT INTO report (id, conflict, published, loaded_at, body) VALUES (?1, ?2, ?3, ?4, ?5)", reports
        )
        named = self._db.execute(
            "SELECT f.id, f.report, f.first_seen FROM json_each(?1) j CROSS JOIN fact f ON f.id = j.value", (ids,)
        )
        memory.executemany("INSERT INTO fact (id, report, first_seen) VALUES (?1, ?2, ?3)", named)
        # As everyone's, whoever it is: the copy knows no servers.
        memory.executemany(
            f"INSERT INTO revision ({_COLUMNS}) VALUES (?1, '{EVERYONE}', ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
            [row for fact in facts if (row := self._seen[fact]) is not None],
        )
