"""What changed for a scope between two sequences, from the revisions alone: the same question, the same answer.

However much changed, only the most important changes are ever held; the rest is counted. Every statement is bounded
and follows an index.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from enum import IntEnum
from typing import NamedTuple

from bot.facts.fact import Fact
from bot.facts.importance import Importance, importance
from bot.facts.revision import EVERYONE, Revision
from bot.facts.vocabulary import CorrectionKind, RelationKind
from bot.store.reader import Reader
from bot.store.revisions.seen import Seen, in_force, read_all, seen_at
from bot.store.revisions.steps import Steps
from bot.store.revisions.visible import differ

BATCH = 100
"""Changed facts that are looked at together."""
MOST = 150
"""Changes of each group that are kept, unless told otherwise."""
LATE_DAYS = 2
"""How long after its last day a report on a day that was told already is late: one day is the pace of newspapers."""

Wanted = Callable[[Fact], bool]


class Group(IntEnum):
    """What sort of change, in the order in which they are told."""

    MOVED = 1
    NEW = 2
    CORRECTED = 3
    LATE = 4


class Change(NamedTuple):
    """What happened to one fact.

    Attributes:
        before: what was seen of it before; None if nothing was, or nothing that answered a question.
        after: what is seen now. Withdrawn, or no longer asserted, only where `before` was neither.
        replaces: the figure that it takes the place of: the step of its series that was seen last, or the fact that
            its report names. For what is new by itself only.
        cause: the latest revision that makes the difference; it has the reason and the evidence.
        kind: why, for what was corrected; else None.
    """

    group: Group
    before: Seen | None
    after: Seen
    cause: Revision
    replaces: Seen | None = None
    kind: CorrectionKind | None = None

    @property
    def fact(self) -> Fact:
        """The fact as it is now."""
        return self.after.fact

    @property
    def rank(self) -> Importance:
        """The most important ascend first."""
        return importance(self.fact, self.after.published.toordinal())


class Changes(NamedTuple):
    """Attributes:
    kept: of each group the most important, those first.
    counts: of each group all.
    told: publication day of the latest report that was known before; None when none was.
    until: the same at the end.
    """

    kept: Mapping[Group, tuple[Change, ...]]
    counts: Mapping[Group, int]
    told: date | None
    until: date | None

    @property
    def total(self) -> int:
        """How many facts changed."""
        return sum(self.counts.values())


async def told_until(reader: Reader, conflict: str, sequence: int) -> date | None:
    """Publication day of the latest report of which anything was known up to `sequence`."""
    row = await reader.fetch_one(
        "SELECT p.published FROM report p WHERE p.conflict = ?1 AND EXISTS (SELECT 1 FROM fact f WHERE f.report = p.id "
        "AND EXISTS (SELECT 1 FROM revision r WHERE r.fact = f.id AND r.scope = ?2 AND r.number = 1 "
        "AND r.sequence + 0 <= ?3)) "
        "ORDER BY p.published DESC LIMIT 1",
        (conflict, EVERYONE, sequence),
    )
    return date.fromordinal(row[0]) if row is not None else None


async def read_changes(
    reader: Reader, conflict: str, *, scope: str, since: int, upto: int, wanted: Wanted | None = None, most: int = MOST
) -> Changes:
    """What `scope` sees otherwise at `upto` than at `since`.

    Args:
        conflict: id; facts of others are left out.
        since, upto: sequences; what came after the one and up to the other counts.
        wanted: which facts; one that is wanted before or after is told. None for all.
        most: changes of each group that are kept.

    Raises:
        StoreError: the database fails.
    """
    told = await told_until(reader, conflict, since)
    steps = Steps(reader, conflict, scope, since, upto)
    keep = _Keep(most)
    for stream in dict.fromkeys((EVERYONE, scope)):
        cursor = since
        while True:
            rows = await reader.fetch_all(_STREAM[stream == EVERYONE], (scope, EVERYONE, since, upto, cursor, BATCH))
            pairs = await _pairs(reader, conflict, scope, rows)
            for change in await _changes(reader, steps, pairs, told):
                if wanted is None or any(wanted(seen.fact) for seen in (change.before, change.after) if seen):
                    keep.add(change)
            if len(rows) < BATCH:
                break
            cursor = rows[-1][0]
    return Changes(keep.sorted(), keep.counts, told, await told_until(reader, conflict, upto))


class _Keep:
    """The most important of each group, and how many there were."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: dict[Group, list[Change]] = {group: [] for group in Group}
        self.counts = dict.fromkeys(Group, 0)

    def add(self, change: Change) -> None:
        kept = self._kept[change.group]
        kept.append(change)
        self.counts[change.group] += 1
        if len(kept) > 2 * self._most:
            kept.sort(key=lambda one: one.rank)
            del kept[self._most :]

    def sorted(self) -> dict[Group, tuple[Change, ...]]:
        return {
            group: tuple(sorted(kept, key=lambda one: one.rank)[: self._most]) for group, kept in self._kept.items()
        }


# ?1 the scope asked from, ?2 everyone, ?3 since, ?4 up to, ?5 where the batch before ended, ?6 how many.
# Each changed fact once, at its last revision: by everyone's, and where they have none, by the server's own.
# "+ 0" and the order by number, so that the few revisions of one fact are looked through: SQLite takes the index on
# sequences otherwise, and with it minutes for 10,000 changes instead of a second.
_LATEST = (
    "(SELECT n.sequence FROM revision n WHERE n.fact = r.fact AND n.scope = {scope} AND n.sequence + 0 <= {to} "
    "ORDER BY n.number DESC LIMIT 1)"
)
_COLUMNS = ", ".join(
    ["r.sequence", "r.fact", *(_LATEST.format(scope=scope, to=to) for scope in ("?1", "?2") for to in ("?3", "?4"))]
)
_LAST = (
    "NOT EXISTS (SELECT 1 FROM revision n WHERE n.fact = r.fact AND n.scope = r.scope AND n.number > r.number "
    "AND n.sequence + 0 <= ?4)"
)
_NOT_EVERYONES = (
    "NOT EXISTS (SELECT 1 FROM revision e WHERE e.fact = r.fact AND e.scope = ?2 "
    "AND e.sequence + 0 > ?3 AND e.sequence + 0 <= ?4)"
)
_FROM = "FROM revision r WHERE r.scope = {scope} AND r.sequence > ?5 AND r.sequence <= ?4 AND " + _LAST
_STREAM = {
    True: f"SELECT {_COLUMNS} {_FROM.format(scope='?2')} ORDER BY r.sequence LIMIT ?6",
    False: f"SELECT {_COLUMNS} {_FROM.format(scope='?1')} AND {_NOT_EVERYONES} ORDER BY r.sequence LIMIT ?6",
}


class _Pair(NamedTuple):
    """What was seen of one fact before and is seen after."""

    before: Seen | None
    after: Seen
    cause: Revision


async def _pairs(reader: Reader, conflict: str, scope: str, rows: Iterable[tuple[int | None, ...]]) -> list[_Pair]:
    given = [row[2:] for row in rows]
    read = await read_all(reader, conflict, (sequence for row in given for sequence in row if sequence is not None))
    found: list[_Pair] = []
    for own_before, own_after, all_before, all_after in given:
        own, everyone = _seen(read, own_after if scope != EVERYONE else None), _seen(read, all_after)
        after = in_force(own, everyone)
        if after is None:
            continue  # of another conflict
        before = in_force(_seen(read, own_before if scope != EVERYONE else None), _seen(read, all_before))
        if before is not None and before.sequence == after.sequence:
            continue
        cause = max((seen for seen in (own, everyone) if seen is not None), key=lambda seen: seen.sequence)
        found.append(_Pair(before, after, (after if after is own else cause).revision))
    return found


def _seen(read: Mapping[int, Seen], sequence: int | None) -> Seen | None:
    return None if sequence is None else read.get(sequence)


async def _changes(reader: Reader, steps: Steps, pairs: Iterable[_Pair], told: date | None) -> list[Change]:
    found: list[Change] = []
    new: list[_Pair] = []
    for pair in pairs:
        if pair.before is None or not pair.before.answers:
            if pair.after.answers and pair.before is not None and pair.before.withdrawn:
                found.append(_corrected(pair))
            elif pair.after.answers:
                new.append(pair)
        elif differ(pair.before, pair.after):
            found.append(_corrected(pair))
    await steps.look_up([pair.after for pair in new])
    return found + [await _new(reader, steps, pair, told) for pair in new]


def _corrected(pair: _Pair) -> Change:
    return Change(Group.CORRECTED, pair.before, pair.after, pair.cause, kind=pair.cause.kind)


async def _new(reader: Reader, steps: Steps, pair: _Pair, told: date | None) -> Change:
    after = pair.after
    new = Change(Group.NEW, None, after, pair.cause)
    named = after.fact.related(RelationKind.SUPERSEDES)
    if named:
        replaced = await seen_at(reader, steps.conflict, named, steps.scope, steps.since)
        for seen in replaced.values():
            if seen.answers:
                # Another count of the same days takes back what was said; one of later days does not.
                moved = after.last_day > seen.last_day
                return new._replace(
                    group=Group.MOVED if moved else Group.CORRECTED,
                    replaces=seen,
                    kind=None if moved else CorrectionKind.LATER_REPORT,
                )
    earlier, later = await steps.around(after)
    if later is not None:
        return new._replace(group=Group.LATE)
    if earlier is not None:
        return new._replace(group=Group.MOVED, replaces=earlier)
    if told is not None and after.last_day < told.toordinal():
        reported = max(told, after.published).toordinal()
        if reported - after.last_day >= LATE_DAYS:
            return new._replace(group=Group.LATE)
    return new
