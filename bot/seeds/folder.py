"""A folder of seeds: one conflict, with its sources, places and reports."""

from collections.abc import Collection, Iterable
from pathlib import Path
from typing import NamedTuple

import msgspec

from bot.facts.fact import Actor, Conflict, Fact, Report, Source
from bot.places.gazetteer import Gazetteer
from bot.places.reader import read_places
from bot.seeds.errors import SeedError
from bot.seeds.format import ConflictFile, ReportFile, SourcesFile
from bot.seeds.meaning import check_references, to_fact, to_report
from bot.seeds.toml import line_of, read


class LoadedReport(NamedTuple):
    """One report file, understood."""

    report: Report
    facts: tuple[Fact, ...]


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


def read_folder(folder: Path, extra_reports: Iterable[Path] = (), known_facts: Collection[str] = frozenset()) -> Seeds:
    """Read and check `folder`, with report files from elsewhere taken as if they lay in `folder/reports`.

    Args:
        known_facts: ids of facts loaded before, which the files may refer to.

    Raises:
        SeedError: the first thing that is wrong, with file, line, field and remedy.
    """
    conflict_file = read(_text(folder / "conflict.toml"), str(folder / "conflict.toml"), ConflictFile)
    sources_name = str(folder / "sources.toml")
    sources_text = _text(folder / "sources.toml")
    sources_file = read(sources_text, sources_name, SourcesFile)
    gazetteer = Gazetteer(read_places(_text(folder / "places.csv"), str(folder / "places.csv")))
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
    reports = _read_reports([*sorted((folder / "reports").glob("*.toml")), *extra_reports])
    seeds = Seeds(conflict, actors, sources, gazetteer, tuple(loaded for _, _, loaded in reports))
    _check(seeds, reports, str(folder / "conflict.toml"), known_facts)
    return seeds


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise SeedError(
            str(path), None, "", "there is no such file", "docs/seeds.md says what a folder holds."
        ) from None
    except UnicodeDecodeError:
        raise SeedError(
            str(path), None, "", "this is not UTF-8 text", "Save it again with the encoding UTF-8."
        ) from None


def _read_reports(paths: Iterable[Path]) -> list[tuple[str, str, LoadedReport]]:
    """(file name, text, report) for each."""
    reports: list[tuple[str, str, LoadedReport]] = []
    names: dict[str, str] = {}
    for path in paths:
        file, text = str(path), _text(path)
        entries = read(text, file, ReportFile)
        other = names.setdefault(entries.report.id, file)
        if other != file:
            problem = f"the report '{entries.report.id}' stands in {other} too"
            raise SeedError(file, line_of(text, "report", key="id"), "report, id", problem, "Give it an id of its own.")
        facts: list[Fact] = []
        seen: set[str] = set()
        for index, entry in enumerate(entries.fact):
            refuse = _refusal(file, text, index, entry.id)
            if entry.id in seen:
                raise refuse("id", "another fact of this file has it", "Count on: the next free ordinal.")
            seen.add(entry.id)
            facts.append(to_fact(entry, entries.report.id, refuse))
        reports.append((file, text, LoadedReport(to_report(entries.report), tuple(facts))))
    return reports


class _refusal:  # noqa: N801 - used as a function that remembers where it is
    def __init__(self, file: str, text: str, index: int, label: str) -> None:
        self._where = (file, text, index, label)

    def __call__(self, field: str, problem: str, remedy: str) -> SeedError:
        file, text, index, label = self._where
        return SeedError(file, line_of(text, "fact", index, field), f"fact {label}, {field}", problem, remedy)


def _check(
    seeds: Seeds, reports: list[tuple[str, str, LoadedReport]], conflict_name: str, known_facts: Collection[str]
) -> None:
    place_ids = {place.id for place in seeds.places}
    if seeds.conflict.place not in place_ids:
        problem = f"no place '{seeds.conflict.place}'"
        raise SeedError(conflict_name, None, "conflict, place", problem, "Use an id of places.csv.")
    actor_ids = {actor.id for actor in seeds.actors}
    source_ids = {source.id for source in seeds.sources}
    fact_ids = {fact.id for fact in seeds.facts} | set(known_facts)
    for file, text, loaded in reports:
        if loaded.report.publisher not in source_ids:
            problem = f"nobody is called '{loaded.report.publisher}'"
            line = line_of(text, "report", key="publisher")
            raise SeedError(file, line, "report, publisher", problem, "Use an id of sources.toml, or add it there.")
        for index, fact in enumerate(loaded.facts):
            check_references(
                fact,
                places=place_ids,
                actors=actor_ids,
                sources=source_ids,
                facts=fact_ids,
                refuse=_refusal(file, text, index, fact.id.rpartition("/")[2]),
            )
