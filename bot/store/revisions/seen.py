"""What a scope saw of facts when revisions were known up to a sequence."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from bot.facts.fact import Fact
from bot.facts.revision import EVERYONE, Revision
from bot.facts.topics import last_day, topics
from bot.facts.vocabulary import CorrectionKind
from bot.store.bodies import decode_report
from bot.store.reader import Reader
from bot.store.revisions.recorded import COLUMNS, recorded

MOST = 400
"""Revisions that are read at once."""


class Seen(NamedTuple):
    """A revision in force, with what an answer needs beside it. `sequence` is the revision's own.

    Attributes:
        undone: the later revision by which a server took its own back, where that is why it sees this one.
    """

    revision: Revision
    sequence: int
    publisher: str
    published: date
    undone: Revision | None = None

    @property
    def fact(self) -> Fact:
        """The fact as it was seen."""
        return self.revision.fact

    @property
    def withdrawn(self) -> bool:
        """Whether it was known, and retracted."""
        return self.revision.kind is CorrectionKind.RETRACTION

    @property
    def answers(self) -> bool:
        """Whether it answered questions: known, asserted, not retracted."""
        return not self.withdrawn and bool(topics(self.fact))

    @property
    def last_day(self) -> int:
        """Day ordinal on which its window ends."""
        return last_day(self.fact, self.published.toordinal())


async def read_all(reader: Reader, conflict: str, sequences: Iterable[int]) -> dict[int, Seen]:
    """The revisions with these sequences, as far as they belong to the conflict."""
    found: dict[int, Seen] = {}
    wanted = sorted(set(sequences))
    for start in range(0, len(wanted), MOST):
        chunk = wanted[start : start + MOST]
        places = ", ".join(f"?{number}" for number in range(2, len(chunk) + 2))
        rows = await reader.fetch_all(
            f"SELECT r.sequence, p.body, {COLUMNS} FROM revision r JOIN fact f ON f.id = r.fact "
            f"JOIN report p ON p.id = f.report WHERE p.conflict = ?1 AND r.sequence IN ({places})",
            (conflict, *chunk),
        )
        for sequence, report_body, *columns in rows:
            report = decode_report(report_body)
            found[sequence] = Seen(recorded(tuple(columns)), sequence, report.publisher, report.published)
    return found


def in_force(own: Seen | None, everyone: Seen | None) -> Seen | None:
    """Of the latest in a server and the latest for everyone, the one that the server sees."""
    return own if own is not None and own.revision.restores != 0 else everyone


async def seen_at(reader: Reader, conflict: str, facts: Sequence[str], scope: str, upto: int) -> dict[str, Seen]:
    """What `scope` saw of each fact; none for those it had never heard of."""
    latest: dict[str, dict[str, int]] = {}
    for fact in dict.fromkeys(facts):
        rows = await reader.fetch_all(
            "SELECT scope, MAX(sequence) FROM revision WHERE fact = ?1 AND scope IN (?2, ?3) AND sequence + 0 <= ?4 "
            "GROUP BY scope",
            (fact, scope, EVERYONE, upto),
        )
        latest[fact] = dict(rows)
    read = await read_all(reader, conflict, (sequence for rows in latest.values() for sequence in rows.values()))
    found: dict[str, Seen] = {}
    for fact, by_scope in latest.items():
        own = read.get(by_scope.get(scope, 0)) if scope != EVERYONE else None
        seen = in_force(own, read.get(by_scope.get(EVERYONE, 0)))
        if seen is not None:
            undone = own.revision if own is not None and own.sequence > seen.sequence else None
            found[fact] = seen._replace(undone=undone)
    return found
