"""Databases with any number of made-up facts, written by the bot's own loader.

The facts stand in made-up reports of 25 facts each over five years, about the places, sources and actors of a real
folder of seeds: running totals that continue from report to report, single events, claims of control and
statements, in about the mix of a real report. A few places are in the news most of the time. The same count and
seed give the same facts.
"""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import msgspec

from bot.facts.fact import Fact, Locator, Relation, Report
from bot.facts.quantity import Modifier, Quantity
from bot.facts.vocabulary import Accounting, ControlStatus, EventType, Kind, Measure, Population, RelationKind, Unit
from bot.facts.window import Moment, Window
from bot.seeds.folder import LoadedReport, Seeds
from bot.store.revisions.loading import load

FIRST_DAY, LAST_DAY = date(2012, 1, 1), date(2016, 12, 2)
FACTS_PER_REPORT = 25
REPORTS_PER_UNIT = 400
PART = 1
"""Which fact of a report is a part of its first."""
CAMPAIGN_DAYS = 60
"""A running total starts anew that often, so that a series has a handful of steps whatever the number of facts."""
NOW = 1_480_800_000
HEDGES = (Modifier.EXACT, Modifier.ABOUT, Modifier.AT_LEAST, Modifier.MORE_THAN)


def made_up(base: Seeds, facts: int, seed: int = 1) -> Iterator[Seeds]:
    """`facts` facts in batches that are small enough to be loaded one after another."""
    rng = random.Random(seed)
    places = in_the_news(base)
    reports = -(-facts // FACTS_PER_REPORT)
    days = (LAST_DAY - FIRST_DAY).days
    batch: list[LoadedReport] = []
    for number in range(reports):
        day = FIRST_DAY + timedelta(days=number * days // reports)
        wanted = min(FACTS_PER_REPORT, facts - number * FACTS_PER_REPORT)
        batch.append(_report(base, places, f"made-up-{number:06}", day, wanted, rng))
        if len(batch) == REPORTS_PER_UNIT or number == reports - 1:
            yield Seeds(base.conflict, base.actors, base.sources, base.places, tuple(batch))
            batch = []


def in_the_news(base: Seeds) -> list[str]:
    """Ids of places, the most reported ones first."""
    places = [place.id for place in base.places if place.id != base.conflict.place]
    return random.Random(0).sample(places, len(places))


async def fill(path: Path, batches: Iterable[Seeds]) -> None:
    """Load everything into the migrated database at `path`."""
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        # Nobody else uses the file, and a crash means starting over.
        for pragma in ("synchronous=OFF", "cache_size=-200000", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")
        for seeds in batches:
            connection.execute("BEGIN IMMEDIATE")
            await load(_Direct(connection), seeds, NOW)  # type: ignore[arg-type]
            connection.execute("COMMIT")
    finally:
        connection.close()


class _Direct:
    """The statements of a unit of work without a hop to the writer's thread for each, which would take hours."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    async def execute(self, sql: str, params: Sequence[Any] = ()) -> int:
        return self._connection.execute(sql, params).rowcount

    async def executemany(self, sql: str, rows: Iterable[Sequence[Any]]) -> int:
        return self._connection.executemany(sql, rows).rowcount

    async def fetch_all(self, sql: str, params: Sequence[Any] = ()) -> list[Any]:
        return self._connection.execute(sql, params).fetchall()

    async def fetch_one(self, sql: str, params: Sequence[Any] = ()) -> Any:
        return self._connection.execute(sql, params).fetchone()


def _report(base: Seeds, places: list[str], name: str, day: date, facts: int, rng: random.Random) -> LoadedReport:
    publisher = rng.choice(base.sources).id
    report = Report(name, publisher, day, f"Made up for measuring: what was reported on {day}")
    told = [_fact(base, places, report, n, rng) for n in range(facts)]
    if facts > PART:
        told[PART] = _part_of(told[0], told[PART])
    return LoadedReport(report, tuple(told))


def _fact(base: Seeds, places: list[str], report: Report, number: int, rng: random.Random) -> Fact:
    paragraph = number // 3 + 1
    # The power puts half of the facts into a twelfth of the places, as news do.
    place = places[int(len(places) * rng.random() ** 4)]
    common: dict[str, Any] = {
        "id": f"{report.id}/{paragraph}.{number % 3 + 1}",
        "locator": Locator(report.id, paragraph, number % 3 + 1),
        "place": place,
        "sources": () if rng.random() < 0.2 else (rng.choice(base.sources).id,),
        "actor": None if rng.random() < 0.4 else rng.choice(base.actors).id,
        "window": _lately(report.published, rng),
    }
    if number < 4:
        return Fact(kind=Kind.FIGURE, **{**common, **_total(Measure.KILLED, report.published, rng)})
    if number < 7:
        return Fact(kind=Kind.FIGURE, **{**common, **_total(Measure.DISPLACED, report.published, rng)})
    if number < 13:
        return Fact(kind=Kind.FIGURE, **common, **_incident(rng))
    if number < 17:
        return Fact(kind=Kind.CONTROL, status=rng.choice(list(ControlStatus)), **common)
    if number < 22:
        what = rng.choice(list(EventType))
        return Fact(kind=Kind.EVENT, event=what, summary=f"An event of the kind {what.value} took place", **common)
    return Fact(kind=Kind.STATEMENT, summary=f"A made-up remark, number {number}", **common)


def _part_of(whole: Fact, part: Fact) -> Fact:
    """The children among those counted by `whole`."""
    people = (whole.quantity.low or 0) // 3 if whole.quantity else 0
    return msgspec.structs.replace(
        whole,
        id=part.id,
        locator=part.locator,
        population=Population.CHILDREN,
        quantity=Quantity(people, people, Modifier.NEARLY),
        relations=(Relation(RelationKind.PART_OF, whole.id),),
    )


def _total(measure: Measure, published: date, rng: random.Random) -> dict[str, Any]:
    elapsed = (published - FIRST_DAY).days % CAMPAIGN_DAYS
    window = Window(Moment(published - timedelta(days=elapsed)), Moment(published))
    people = 20 + elapsed * rng.randint(5, 15)
    population = rng.choice((Population.CIVILIANS, Population.PEOPLE, Population.COMBATANTS))
    return {
        "measure": measure,
        "quantity": _quantity(people, rng),
        "population": population,
        "unit": Unit.PERSON,
        "accounting": Accounting.FLOW,
        "cumulative": True,
        "window": window,
    }


def _incident(rng: random.Random) -> dict[str, Any]:
    return {
        "measure": rng.choice((Measure.KILLED, Measure.KILLED, Measure.INJURED)),
        "quantity": _quantity(rng.randint(1, 30), rng),
        "population": rng.choice((Population.PEOPLE, Population.CIVILIANS, Population.REBELS)),
        "unit": Unit.PERSON,
        "accounting": Accounting.FLOW,
        "summary": rng.choice(("in air strikes", "in shelling", "in clashes")),
    }


def _quantity(people: int, rng: random.Random) -> Quantity:
    modifier = rng.choice(HEDGES)
    open_ended = modifier in (Modifier.AT_LEAST, Modifier.MORE_THAN)
    return Quantity(people, None if open_ended else people, modifier)


def _lately(published: date, rng: random.Random) -> Window:
    day = Moment(published - timedelta(days=rng.randint(0, 3)))
    return Window(day, day)
