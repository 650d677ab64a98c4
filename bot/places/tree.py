"""Is the list of places a sound tree? Found before anything is built on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.places.place import Place

__all__ = ["Fault", "find_fault"]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with the row at `index` of the list."""

    index: int
    field: str
    problem: str
    remedy: str


def find_fault(places: Sequence[Place]) -> Fault | None:
    """The first id given twice, unknown container, or place that contains itself; None when all is well."""
    parents: dict[str, str | None] = {}
    for index, place in enumerate(places):
        if place.id in parents:
            return Fault(index, "id", f"'{place.id}' was given before", "Give every place an id of its own")
        parents[place.id] = place.part_of
    for index, place in enumerate(places):
        if place.part_of is not None and place.part_of not in parents:
            problem = f"there is no place '{place.part_of}'"
            return Fault(index, "part_of", problem, "Use the id of a place in this list, or leave it empty")
    sound: set[str] = set()
    for index, place in enumerate(places):
        path: list[str] = []
        step: str | None = place.id
        while step is not None and step not in sound:
            if step in path:
                circle = " > ".join([*path[path.index(step) :], step])
                problem = f"the place would lie inside itself ({circle})"
                return Fault(index, "part_of", problem, "Let one of these name a larger place, or none")
            path.append(step)
            step = parents[step]
        sound.update(path)
    return None
