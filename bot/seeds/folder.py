"""A folder of seeds: one conflict, with its sources, places and reports."""

from collections.abc import Iterable
from pathlib import Path

import msgspec

from bot.facts.fact import Actor, Conflict, Fact, Source
from bot.places.gazetteer import Gazetteer
from bot.places.reader import read_places
from bot.seeds.errors import SeedError
from bot.seeds.format import ConflictFile, SourcesFile
from bot.seeds.meaning import Names
from bot.seeds.reports import LoadedReport, Relations, check_reports, read_reports
from bot.seeds.toml import line_of, read, read_text

__all__ = ["LoadedReport", "Relations", "Seeds", "read_folder"]


class Seeds(msgspec.Struct, frozen=True):
    """Everything a folder of seeds says, checked."""

    conflict: Conflict
    actors: tuple[Actor, ...]
    sources: tuple[Source, ...]
    places: Gazetteer
    reports: tuple[LoadedReport, ...]

    @property
    def facts(self) -> tuple[Fact, ...]:
        """All facts of all reports, in the order of the files."""
        return tuple(fact for loaded in self.reports for fact in loaded.facts)


def read_folder(folder: Path, extra_reports: Iterable[Path] = (), known_facts: Relations | None = None) -> Seeds:
    """Read and check `folder`, with report files from elsewhere beside those of `folder/reports`.

    Args:
        extra_reports: may refer to any fact; those of the folder only to each other, since the next start reads
            them alone.
        known_facts: facts loaded before, which the extra files may refer to.

    Raises:
        SeedError: the first thing that is wrong, with file, line, field and remedy.
    """
    conflict_name = str(folder / "conflict.toml")
    conflict_text = read_text(folder / "conflict.toml")
    conflict_file = read(conflict_text, conflict_name, ConflictFile)
    sources_name = str(folder / "sources.toml")
    sources_text = read_text(folder / "sources.toml")
    sources_file = read(sources_text, sources_name, SourcesFile)
    gazetteer = Gazetteer(read_places(read_text(folder / "places.csv"), str(folder / "places.csv")))
    _refuse_twins(conflict_text, conflict_name, "actor", [entry.id for entry in conflict_file.actor])
    _refuse_twins(sources_text, sources_name, "source", [entry.id for entry in sources_file.source])
    actors = tuple(Actor(entry.id, entry.name) for entry in conflict_file.actor)
    sources = tuple(
        Source(entry.id, entry.name, entry.sort, entry.short, entry.counts, entry.party, entry.url)
        for entry in sources_file.source
    )
    actor_ids = {actor.id for actor in actors}
    for index, source in enumerate(sources):
        if source.party is not None and source.party not in actor_ids:
            line = line_of(sources_text, "source", index, "party")
            remedy = "Use an actor of conflict.toml, or add it there first."
            raise SeedError(sources_name, line, f"source {source.id}, party", f"no actor '{source.party}'", remedy)
    conflict = Conflict(conflict_file.conflict.id, conflict_file.conflict.name, conflict_file.conflict.place)
    if conflict.place not in gazetteer:
        line = line_of(conflict_text, "conflict", key="place")
        raise SeedError(
            conflict_name, line, "conflict, place", f"no place '{conflict.place}'", "Use an id of places.csv."
        )
    own = sorted((folder / "reports").glob("*.toml"))
    there = {path.resolve() for path in own}
    extra = [path for path in {path.resolve(): path for path in extra_reports}.values() if path.resolve() not in there]
    files = read_reports([*own, *extra])
    seeds = Seeds(conflict, actors, sources, gazetteer, tuple(file.loaded for file in files))
    known = Names(
        places=frozenset(place.id for place in gazetteer),
        actors=frozenset(actor_ids),
        sources=frozenset(source.id for source in sources),
    )
    check_reports(files[: len(own)], known, {})
    check_reports(files, known, known_facts or {})
    return seeds


def _refuse_twins(text: str, file: str, table: str, ids: Iterable[str]) -> None:
    seen: set[str] = set()
    for index, entry_id in enumerate(ids):
        if entry_id in seen:
            line = line_of(text, table, index, "id")
            problem = f"another {table} of this file has it"
            raise SeedError(file, line, f"{table} {entry_id}, id", problem, "Give it an id of its own, or take it out.")
        seen.add(entry_id)
