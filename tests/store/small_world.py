"""A conflict small enough to be worked out by hand: nine places, three sources, facts in one line each."""

from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path
from typing import Any

from bot.facts.fact import Actor, Conflict, Fact, Locator, Relation, Report, Source
from bot.facts.grammar import parse_quantity
from bot.facts.vocabulary import Accounting, Kind, Measure, Population, RelationKind, Unit
from bot.facts.window import parse_window
from bot.places.gazetteer import Gazetteer
from bot.places.place import Place
from bot.seeds.folder import LoadedReport, Seeds
from bot.store.database import Database, Writer
from bot.store.migrate import migrate
from bot.store.revisions.loading import LoadResult, load

NOW = 1_700_000_000


def place(place_id: str, kind: str, part_of: str | None) -> Place:
    return Place(place_id, place_id.title(), None, (), None, None, kind, part_of, "test", "none", "P" + place_id)


PLACES = (
    place("land", "country", None),
    place("north", "province", "land"),
    place("town", "city", "north"),
    place("east", "city half", "town"),
    place("west", "city half", "town"),
    place("hill", "neighbourhood", "east"),
    place("lake", "neighbourhood", "east"),
    place("mill", "neighbourhood", "west"),
    place("abroad", "country", None),
)
SOURCES = (
    Source("watch", "The Watch", "monitoring group", short="Watch"),
    Source("state", "State Radio", "broadcaster", party="army"),
    Source("wire", "Wire Agency", "news agency", short="Wire"),
    Source("daily", "The Daily", "newspaper"),
)
REPORTS = {
    "r1": Report("r1", "wire", date(2016, 12, 3), "First"),
    "r2": Report("r2", "daily", date(2016, 12, 7), "Second"),
    "r3": Report("r3", "wire", date(2016, 12, 7), "Third"),
}


def figure(fact_id: str, quantity: str | None = "10", window: str = "2016-11-15/2016-12-03", **fields: Any) -> Fact:
    """A running total of civilians killed in the east, as the Watch says, unless told otherwise.

    `part_of`, `restates` and `supersedes` take the id of a fact.
    """
    report, _, number = fact_id.partition("/")
    relations = tuple(Relation(kind, fields.pop(kind.value)) for kind in RelationKind if fields.get(kind.value))
    values: dict[str, Any] = {
        "kind": Kind.FIGURE,
        "measure": Measure.KILLED,
        "population": Population.CIVILIANS,
        "unit": Unit.PERSON,
        "accounting": Accounting.FLOW,
        "cumulative": True,
        "place": "east",
        "sources": ("watch",),
        "quantity": parse_quantity(quantity) if quantity is not None else None,
        "window": parse_window(window),
        "relations": relations,
        **fields,
    }
    return Fact(id=fact_id, locator=Locator(report, int(number.partition(".")[0]), 1), **values)


def claim(fact_id: str, kind: Kind, window: str = "2016-12-03", **fields: Any) -> Fact:
    """An event, a control claim or a statement."""
    plain: dict[str, Any] = dict.fromkeys(("measure", "population", "unit", "accounting", "quantity"))
    return figure(
        fact_id, window=window, **{**plain, "cumulative": False, "summary": "Something", "kind": kind, **fields}
    )


def world(
    *facts: Fact,
    places: Iterable[Place] = PLACES,
    sources: Iterable[Source] = SOURCES,
    reports: Mapping[str, Report] = REPORTS,
    conflict: str = "small",
) -> Seeds:
    """Seeds that hold these facts, in the reports that their ids name."""
    return Seeds(
        Conflict(conflict, "Small conflict", "land"),
        (Actor("army", "government forces"), Actor("rebels", "rebel forces")),
        tuple(sources),
        Gazetteer(places),
        tuple(
            LoadedReport(report, tuple(fact for fact in facts if fact.locator.report == report.id))
            for report in reports.values()
        ),
    )


async def bring(db: Database, seeds: Seeds, now: int = NOW) -> LoadResult:
    """Load seeds as the program does: one unit of work."""

    async def work(tx: Writer) -> LoadResult:
        return await load(tx, seeds, now)

    return await db.write(work)


@asynccontextmanager
async def opened(folder: Path | str) -> AsyncIterator[Database]:
    """A migrated database in a folder."""
    async with await Database.open(f"sqlite:///{folder}/sitrep.db", readers=1) as db:
        await migrate(db, now=NOW)
        yield db
