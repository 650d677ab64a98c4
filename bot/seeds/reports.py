"""Report files: read one by one, then held against what they name."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from bot.facts.fact import Fact, Report
from bot.facts.vocabulary import CorrectionKind
from bot.seeds.errors import SeedError
from bot.seeds.format import ReportFile
from bot.seeds.meaning import Names, Refuse, check_references, to_fact, to_report
from bot.seeds.toml import line_of, read, read_text

Relations = Mapping[str, Collection[str]]
"""For each fact (id) the ids of those that it stands in relation to."""


class Corrected(NamedTuple):
    """Why a file says otherwise than before."""

    kind: CorrectionKind
    reason: str


class LoadedReport(NamedTuple):
    """One report file, understood.

    Attributes:
        corrected: what the file itself says of those of its facts that differ from what was loaded before.
    """

    report: Report
    facts: tuple[Fact, ...]
    corrected: Corrected | None = None


class Read(NamedTuple):
    """A report file with what its errors need: its name and its text."""

    file: str
    text: str
    loaded: LoadedReport


def read_reports(paths: Iterable[Path]) -> list[Read]:
    """Each file by itself.

    Raises:
        SeedError: a file that cannot be read, an id that is given twice, a field that is wrong.
    """
    reports: list[Read] = []
    names: dict[str, str] = {}
    for path in paths:
        file, text = str(path), read_text(path)
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
        why = entries.correction
        corrected = Corrected(CorrectionKind(why.kind), why.reason) if why is not None else None
        reports.append(Read(file, text, LoadedReport(to_report(entries.report), tuple(facts), corrected)))
    return reports


def check_reports(reports: Sequence[Read], names: Names, known_facts: Relations) -> None:
    """That everything the reports name exists, and that no relations lead in a circle.

    Args:
        known_facts: facts from elsewhere.

    Raises:
        SeedError: the first that does not.
    """
    graph: dict[str, Collection[str]] = dict(known_facts)
    for _, _, loaded in reports:
        graph.update({fact.id: [relation.to for relation in fact.relations] for fact in loaded.facts})
    for file, text, loaded in reports:
        if loaded.report.publisher not in names.sources:
            problem = f"nobody is called '{loaded.report.publisher}'"
            line = line_of(text, "report", key="publisher")
            raise SeedError(file, line, "report, publisher", problem, "Use an id of sources.toml, or add it there.")
        for index, fact in enumerate(loaded.facts):
            refuse = _refusal(file, text, index, fact.id.rpartition("/")[2])
            check_references(fact, names, graph, refuse)
            _refuse_circle(fact, graph, refuse)


def _refuse_circle(fact: Fact, graph: Relations, refuse: Refuse) -> None:
    """A part of its own part, or a twin of its twin, would be shown under what is shown under it: nowhere."""
    for relation in fact.relations:
        seen: set[str] = set()
        ahead = [relation.to]
        while ahead:
            here = ahead.pop()
            if here == fact.id:
                remedy = "Take one of the relations out: only the smaller, or the later wording, names the other."
                raise refuse(relation.kind.value, f"it leads in a circle, by '{relation.to}' back to itself", remedy)
            if here not in seen:
                seen.add(here)
                ahead.extend(graph.get(here, ()))


def _refusal(file: str, text: str, index: int, label: str) -> Refuse:
    def refuse(field: str, problem: str, remedy: str) -> SeedError:
        return SeedError(file, line_of(text, "fact", index, field), f"fact {label}, {field}", problem, remedy)

    return refuse
