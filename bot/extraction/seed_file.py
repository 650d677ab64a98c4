"""Drafts as a report file for `seeds/`: what can be loaded, and behind it, as comments, what a person has to decide."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from bot.extraction.conflict_pack import actor_id
from bot.extraction.draft import Draft
from bot.extraction.pack import Pack
from bot.extraction.wording import summary
from bot.facts.grammar import to_words
from bot.facts.vocabulary import Accounting, ControlStatus, Kind, Population

_LONGEST_WORDS = 80


@dataclass(frozen=True, slots=True)
class SeedReport:
    """What the head of the file says."""

    id: str
    publisher: str
    published: date
    about: str


def seed_file(text: str, drafts: Sequence[Draft], report: SeedReport, pack: Pack) -> str:
    """The file. Facts with a doubt, or with a field whose name the seeds do not know, are commented out, each with the
    reason: `python -m bot load` never takes them in by itself."""
    ids = _ids(drafts)
    sure: list[str] = []
    apart: list[str] = []
    open_ids: set[str] = set()
    for draft in drafts:
        entry, problems = _entry(text, draft, ids, pack)
        if draft.doubtful:
            problems = [*draft.doubts, f"sure {draft.confidence:.2f}", *problems]
        if problems:
            open_ids.add(ids[draft.index])
            apart.append(_commented(entry, problems))
        else:
            sure.append(entry)
    sure = [_without_open_relations(entry, open_ids) for entry in sure]
    head = (
        "# Read by `python -m bot extract`. Look it through before loading: wrong facts are worse than missing ones.\n"
        "# Spans count characters of the original text, which is not part of this file.\n\n"
        f"[report]\nid = {_string(report.id)}\npublisher = {_string(report.publisher)}\n"
        f"published = {report.published.isoformat()}\nabout = {_string(report.about)}\n"
        f"sha256 = {_string(sha256(text.encode()).hexdigest())}\n"
    )
    tail = ""
    if apart:
        tail = (
            "\n# To decide. Each has a doubt or a name that the seeds do not know; take the # away from what is\n"
            "# right after putting it right, and delete the rest.\n\n" + "\n".join(apart)
        )
    return head + "".join(f"\n{entry}" for entry in sure) + tail


def _ids(drafts: Sequence[Draft]) -> dict[int, str]:
    counted: dict[int, int] = {}
    ids = {}
    for draft in drafts:
        counted[draft.paragraph] = counted.get(draft.paragraph, 0) + 1
        ids[draft.index] = f"{draft.paragraph}.{counted[draft.paragraph]}"
    return ids


def _entry(text: str, draft: Draft, ids: dict[int, str], pack: Pack) -> tuple[str, list[str]]:
    problems: list[str] = []
    rows: list[tuple[str, str]] = [("id", _string(ids[draft.index])), ("kind", _string(draft.kind.value))]
    rows.append(("sentence", str(draft.sentence)))

    def add(key: str, value: str | None) -> None:
        if value:
            rows.append((key, _string(value[:_LONGEST_WORDS])))

    add("measure", draft.measure.value if draft.measure else None)
    add("status", draft.status.value if draft.status else None)
    add("event", draft.event.value if draft.event else None)
    quantity = draft.quantity
    add("quantity", to_words(quantity) if quantity is not None else None)
    if quantity is not None and (quantity.share or draft.kind is not Kind.FIGURE):
        add("of", draft.of or draft.unit_words or "the area named")
    if draft.kind is Kind.FIGURE:
        add("population", (draft.population or Population.PEOPLE).value)
        add("unit", draft.unit.value if draft.unit else None)
        add("accounting", draft.accounting.value if draft.accounting else None)
    if draft.cumulative and draft.accounting is Accounting.FLOW:
        rows.append(("cumulative", "true"))
    add("place", draft.place_id)
    add("place_words", draft.place_words)
    if draft.place_id is None and draft.kind is not Kind.STATEMENT:
        problems.append(f"no place of the gazetteer is certain: {draft.place or 'none is named'}")
    add("origin", pack.gazetteer.resolve(draft.origin) if draft.origin else None)
    add("destination", pack.gazetteer.resolve(draft.destination) if draft.destination else None)
    add("window", str(draft.window) if draft.window is not None else "unknown")
    add("window_words", draft.window_words)
    actor = actor_id(pack, draft.actor)
    add("actor", actor)
    if draft.actor is not None and actor is None:
        problems.append(f"no actor of the seeds is called: {draft.actor}")
    if draft.kind is Kind.CONTROL and actor is None and draft.status is not ControlStatus.CONTESTED:
        problems.append("it does not say who holds the place")
    sources, unknown = source_ids(draft, pack)
    if sources:
        rows.append(("sources", "[" + ", ".join(_string(source) for source in sources) + "]"))
    if unknown is not None:
        problems.append(f"no source of the seeds is called: {unknown}")
    elif draft.kind is Kind.STATEMENT and not sources:
        problems.append("a statement needs its speaker")
    add("part_of", ids[draft.part_of] if draft.part_of is not None else None)
    add("restates", ids[draft.restates] if draft.restates is not None else None)
    add("stance", draft.stance.value if draft.stance.value != "asserted" else None)
    if draft.kind is not Kind.FIGURE:
        add("summary", summary(draft))
    rows.append(("span", f"[{draft.span[0]}, {draft.span[1]}]"))
    rows.append(("sha256", _string(sha256(text[slice(*draft.span)].encode()).hexdigest())))
    steps = [
        f"  {{ field = {_string(step.field)}, rule = {_string(step.rule)}"
        + (f", span = [{step.span[0]}, {step.span[1]}]" if step.span is not None else "")
        + " },"
        for step in draft.trace
    ]
    body = "".join(f"{key} = {value}\n" for key, value in rows)
    return f"[[fact]]\n{body}trace = [\n" + "\n".join(steps) + "\n]\n", problems


def source_ids(draft: Draft, pack: Pack) -> tuple[list[str], str | None]:
    """The ids of the draft's sources, or the name that has none."""
    if draft.source is None:
        return [], None
    whole = pack.source_ids.get(draft.source)
    if whole is not None:
        return [whole], None
    found = [pack.source_ids.get(name) for name in draft.source.split(" and ")]
    if None in found:
        return [], draft.source
    return [source for source in found if source is not None], None


def _without_open_relations(entry: str, open_ids: set[str]) -> str:
    """A relation to a fact that is not yet decided waits with it, as a comment."""
    lines = []
    for line in entry.split("\n"):
        key, _, value = line.partition(" = ")
        waits = key in ("part_of", "restates") and value.strip('"') in open_ids
        lines.append(f"# {line}" if waits else line)
    return "\n".join(lines)


def _commented(entry: str, problems: list[str]) -> str:
    reason = "".join(f"# Doubt: {' '.join(problem.split())}\n" for problem in problems)
    return reason + "".join(f"# {line}\n" if line else "#\n" for line in entry.rstrip("\n").split("\n"))


_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": " ", "\r": " ", "\t": " "}


def _string(value: str) -> str:
    """A TOML basic string of one line."""
    inner = "".join(_ESCAPES.get(sign, sign if sign >= " " and sign != "\x7f" else " ") for sign in value)
    return f'"{inner}"'
