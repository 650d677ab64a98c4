"""What a fact entry means, and the rules a file must keep beyond its shape."""

from collections.abc import Callable, Collection
from typing import NamedTuple

from bot.facts.fact import OVERRULED, Fact, Locator, Relation, Report, TraceStep
from bot.facts.grammar import parse_quantity
from bot.facts.vocabulary import Accounting, ControlStatus, Kind, RelationKind, Unit
from bot.facts.window import parse_window
from bot.seeds.format import FactEntry, ReportEntry

Refuse = Callable[[str, str, str], Exception]
"""(field, problem, remedy) -> the error to raise; the caller knows file and line."""

_ONE = {
    Kind.FIGURE: "a figure",
    Kind.CONTROL: "a claim of control",
    Kind.EVENT: "an event",
    Kind.STATEMENT: "a statement",
}
_NEEDS = {
    Kind.FIGURE: ("measure", "quantity", "population", "place", "accounting"),
    Kind.CONTROL: ("status", "place", "summary"),
    Kind.EVENT: ("event", "place", "summary"),
    Kind.STATEMENT: ("summary",),
}
_ONLY = {
    "measure": Kind.FIGURE,
    "population": Kind.FIGURE,
    "accounting": Kind.FIGURE,
    "unit": Kind.FIGURE,
    "status": Kind.CONTROL,
    "event": Kind.EVENT,
}


def to_report(entry: ReportEntry) -> Report:
    """The report that a `[report]` table describes."""
    return Report(entry.id, entry.publisher, entry.published, entry.about, entry.sha256, entry.url)


def to_fact(entry: FactEntry, report: str, refuse: Refuse) -> Fact:
    """The fact that a `[[fact]]` table describes.

    Raises:
        The error made by `refuse`: a field that the kind needs is missing or does not belong to it, or a
        quantity or window that cannot be read.
    """
    _check_fields(entry, refuse)
    try:
        quantity = parse_quantity(entry.quantity) if entry.quantity is not None else None
    except ValueError as error:
        raise refuse("quantity", str(error), "Write it as one of the examples.") from None
    if quantity is not None and (entry.kind is not Kind.FIGURE or quantity.share) and entry.of is None:
        raise refuse("of", "it is missing", "Say what is counted, or what the share is a share of.")
    try:
        window = parse_window(entry.window)
    except ValueError as error:
        raise refuse("window", str(error), "docs/seeds.md shows every form.") from None
    if entry.span is not None and entry.span[0] >= entry.span[1]:
        raise refuse("span", "it ends before it begins", "Write [first, one behind the last] in characters.")
    return Fact(
        id=f"{report}/{entry.id}",
        kind=entry.kind,
        window=window,
        locator=Locator(report, int(entry.id.partition(".")[0]), entry.sentence, entry.span, entry.sha256),
        place=entry.place,
        place_words=entry.place_words,
        window_words=entry.window_words,
        measure=entry.measure,
        quantity=quantity,
        of=entry.of,
        population=entry.population,
        unit=(entry.unit or Unit.PERSON) if entry.kind is Kind.FIGURE else None,
        accounting=entry.accounting,
        cumulative=entry.cumulative,
        origin=entry.origin,
        destination=entry.destination,
        destination_words=entry.destination_words,
        status=entry.status,
        event=entry.event,
        actor=entry.actor,
        sources=tuple(entry.sources),
        relations=_relations(entry, report),
        stance=entry.stance,
        summary=entry.summary,
        note=entry.note,
        trace=(
            *(TraceStep(step.field, step.rule, step.span) for step in entry.trace),
            *(TraceStep(field, OVERRULED + reason) for field, reason in sorted(entry.overruled.items())),
        ),
    )


def _check_fields(entry: FactEntry, refuse: Refuse) -> None:
    for field in _NEEDS[entry.kind]:
        if getattr(entry, field) is None:
            raise refuse(field, f"{_ONE[entry.kind]} needs it", f"Add `{field} = …` to it.")
    for field, kind in _ONLY.items():
        if getattr(entry, field) is not None and entry.kind is not kind:
            raise refuse(field, f"it belongs to {_ONE[kind]}, not to {_ONE[entry.kind]}", "Take the line out.")
    if entry.kind is Kind.STATEMENT and not entry.sources:
        raise refuse("sources", "a statement needs its speaker", 'Add `sources = ["…"]` to it.')
    if entry.kind is Kind.CONTROL and entry.actor is None and entry.status is not ControlStatus.CONTESTED:
        raise refuse("actor", "it does not say who holds the place", "Add the actor, or make the status contested.")
    if entry.cumulative and entry.accounting is Accounting.STOCK:
        raise refuse("cumulative", "only a flow adds up over time", "Take the line out, or make it a flow.")


def _relations(entry: FactEntry, report: str) -> tuple[Relation, ...]:
    pairs = (
        (RelationKind.PART_OF, entry.part_of),
        (RelationKind.RESTATES, entry.restates),
        (RelationKind.SUPERSEDES, entry.supersedes),
    )
    return tuple(Relation(kind, full_id(to, report)) for kind, to in pairs if to is not None)


def full_id(number: str, report: str) -> str:
    """`9.1` of this report, or an id that names its report already."""
    return number if "/" in number else f"{report}/{number}"


class Names(NamedTuple):
    """The ids that facts may name."""

    places: Collection[str]
    actors: Collection[str]
    sources: Collection[str]


def check_references(fact: Fact, names: Names, facts: Collection[str], refuse: Refuse) -> None:
    """That everything a fact names exists.

    Raises:
        The error made by `refuse`, naming the field and the nearest thing to do.
    """
    for field, name, known, file in (
        ("place", fact.place, names.places, "places.csv"),
        ("origin", fact.origin, names.places, "places.csv"),
        ("destination", fact.destination, names.places, "places.csv"),
        ("actor", fact.actor, names.actors, "conflict.toml"),
    ):
        if name is not None and name not in known:
            raise refuse(field, f"nothing is called '{name}'", f"Use an id of {file}, or add it there first.")
    for source in fact.sources:
        if source not in names.sources:
            raise refuse("sources", f"nobody is called '{source}'", "Use an id of sources.toml, or add it there first.")
    for relation in fact.relations:
        if relation.to not in facts:
            raise refuse(
                relation.kind.value, f"there is no fact '{relation.to}'", "Use the id of a fact of these seeds."
            )
        if relation.to == fact.id:
            raise refuse(relation.kind.value, "a fact cannot stand in relation to itself", "Name the other fact.")
