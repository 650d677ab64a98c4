"""Changes that belong together are told together: parts under their whole, earlier steps under the last one."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from bot.facts.series import series_key
from bot.facts.vocabulary import RelationKind
from bot.store.revisions.changes import Change, Changes, Group

MOST_PARTS = 3
MOST_STEPS = 3
"""Told under one change; what is beyond that stands by itself, so that nothing is left out."""
_WHOLE_IN = {Group.NEW: (Group.NEW, Group.MOVED), Group.MOVED: (Group.MOVED,), Group.LATE: (Group.LATE,)}
"""In which groups a whole has to be, for its part to be told under it."""
_NESTED = (RelationKind.PART_OF, RelationKind.RESTATES)


@dataclass(slots=True)
class Block:
    """A change with what is told under it: parts and other wordings, and the steps between the old and the new."""

    change: Change
    parts: list["Block"] = field(default_factory=list)
    steps: list[Change] = field(default_factory=list)

    def changes(self) -> Iterator[Change]:
        """All that the block tells of, once each."""
        yield self.change
        for part in self.parts:
            yield from part.changes()
        yield from self.steps


def arrange(changes: Changes) -> dict[Group, list[Block]]:
    """The changes that were kept, as blocks; in each group the most important first. Each is in one place."""
    blocks = {change.fact.id: Block(change) for kept in changes.kept.values() for change in kept}
    placed = _steps(blocks)
    # Wholes of wholes come first, so that a part finds the whole that it is told under already in its place.
    for block in sorted(blocks.values(), key=lambda one: (len(_wholes(one, blocks)), one.change.rank)):
        if block.change.fact.id not in placed and (host := _host(block, blocks, placed)) is not None:
            host.parts.append(block)
            placed.add(block.change.fact.id)
    for block in blocks.values():
        block.parts.sort(key=lambda one: one.change.rank)
    return {
        group: [blocks[change.fact.id] for change in kept if change.fact.id not in placed]
        for group, kept in changes.kept.items()
    }


def _steps(blocks: Mapping[str, Block]) -> set[str]:
    """Put the steps of one series, all of them new, under the last of them; the ids of those put away."""
    lines: dict[tuple[Group, str], list[Block]] = {}
    for block in blocks.values():
        key = series_key(block.change.fact)
        if key is not None and block.change.group in (Group.NEW, Group.MOVED):
            lines.setdefault((block.change.group, key), []).append(block)
    placed: set[str] = set()
    for line in lines.values():
        line.sort(key=lambda one: (one.change.after.last_day, one.change.after.published, one.change.fact.id))
        *earlier, last = line
        days = last.change.after.last_day
        # Two totals of one report, or of one day, are not steps of each other.
        steps = [block.change for block in earlier if block.change.after.last_day < days][-MOST_STEPS:]
        last.steps.extend(steps)
        placed.update(step.fact.id for step in steps)
    return placed


def _host(block: Block, blocks: Mapping[str, Block], placed: set[str]) -> Block | None:
    """The widest whole that stands by itself and has room."""
    if block.parts or block.change.group not in _WHOLE_IN:
        return None
    for whole in reversed(_wholes(block, blocks)):
        if (
            whole.change.fact.id not in placed
            and whole.change.group in _WHOLE_IN[block.change.group]
            and len(whole.parts) < MOST_PARTS
        ):
            return whole
    return None


def _wholes(block: Block, blocks: Mapping[str, Block]) -> list[Block]:
    """What the fact is a part or another wording of, the nearest first. Ends where facts name each other in a ring."""
    found: dict[str, Block] = {}
    waiting: list[Block] = [block]
    while waiting:
        for name in _named(waiting.pop(0)):
            if name in blocks and name not in found and name != block.change.fact.id:
                found[name] = blocks[name]
                waiting.append(blocks[name])
    return list(found.values())


def _named(block: Block) -> Iterable[str]:
    return (name for kind in _NESTED for name in block.change.fact.related(kind))
