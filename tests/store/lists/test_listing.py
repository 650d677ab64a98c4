"""However the facts came in, the lists hold what they would hold had everything come at once: checked against a model
that works each list out from all facts, with random facts, changes and withdrawals."""

import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.facts.fact import Fact
from bot.facts.topics import Topic
from bot.facts.vocabulary import Accounting, ControlStatus, EventType, Kind, Measure, Population, RelationKind, Stance
from bot.places.gazetteer import Gazetteer
from bot.seeds.folder import read_folder
from bot.store.database import Database
from bot.store.lists.list_query import Selection
from bot.store.migrate import migrate
from bot.store.reading.facts import Facts, Shown
from tests.store.model import Known
from tests.store.small_world import NOW, PLACES, REPORTS, bring, claim, figure, opened, world

FOLDER = Path(__file__).parents[3] / "seeds" / "aleppo-2016"
IDS = [f"{report}/{number}.1" for report in REPORTS for number in range(1, 4)]
DAYS = [*(date(2016, 12, day).toordinal() for day in (2, 3, 5, 7, 8)), date(2017, 2, 1).toordinal()]
PLACE_IDS = [place.id for place in PLACES]


@pytest.fixture
async def db(db: Database) -> Database:
    await migrate(db, now=NOW)
    return db


def ids(rows: list[Shown]) -> list[str]:
    return [row.fact.id for row in rows]


@st.composite
def facts(draw: st.DrawFn, index: int) -> Fact:
    """The fact IDS[index]: mostly a step of one series, else one of many forms. Relations lead to facts before it, so
    that there is no circle."""
    ends = ["2016-11-15/2016-12-03", "2016-11-15~/2016-12-07", "2016-11-15/2016-12-05", "2016-11-15/2017-02-09"]
    window = draw(st.sampled_from(ends))
    quantity = draw(st.sampled_from(["10", "at least 9"]))
    fields: dict[str, Any] = {}
    if index and draw(st.booleans()):
        fields[draw(st.sampled_from(RelationKind)).value] = IDS[draw(st.integers(0, index - 1))]
    if draw(st.integers(0, 4)):
        fields["population"] = draw(st.sampled_from([Population.CIVILIANS, Population.CIVILIANS, Population.CHILDREN]))
        fields["place"] = draw(st.sampled_from(["east", "east", "town"]))
        return figure(IDS[index], quantity, window, **fields)
    fields |= {
        "place": draw(st.sampled_from(["town", "east", "hill", "west"])),
        "sources": draw(st.sampled_from([("watch",), ("watch", "state"), ("state",), ()])),
        "stance": draw(st.sampled_from([Stance.ASSERTED, Stance.ASSERTED, Stance.DENIED])),
    }
    window = draw(st.sampled_from([window, "2016-12-03", "unknown", "../2016-12-05"]))
    what = draw(st.sampled_from([Kind.FIGURE, Kind.FIGURE, Kind.FIGURE, Kind.CONTROL, Kind.EVENT, Kind.STATEMENT]))
    if what is Kind.FIGURE:
        flow = draw(st.booleans())
        return figure(
            IDS[index],
            quantity,
            window,
            measure=draw(st.sampled_from([Measure.KILLED, Measure.DISPLACED])),
            accounting=Accounting.FLOW if flow else Accounting.STOCK,
            cumulative=flow and draw(st.booleans()),
            destination=draw(st.sampled_from([None, "mill", "abroad"])),
            **fields,
        )
    if what is Kind.CONTROL:
        fields |= {"status": draw(st.sampled_from([ControlStatus.HELD, ControlStatus.CAPTURED])), "actor": "army"}
    elif what is Kind.EVENT:
        fields["event"] = EventType.CLASH
    else:
        fields["place"] = draw(st.sampled_from([None, "hill"]))
    return claim(IDS[index], what, window, **fields)


State = dict[str, Fact]
"""What all reports say at one time."""
a_fact = st.integers(0, len(IDS) - 1).flatmap(facts)
states = st.tuples(*(st.none() | facts(index) | facts(index) for index in range(len(IDS)))).map(
    lambda drawn: {fact.id: fact for fact in drawn if fact is not None}
)
# A new fact, another reading of one, or a withdrawal: small steps, so that much has to follow by itself.
edits = st.lists(a_fact | st.sampled_from(IDS), min_size=1, max_size=5)


def edited(state: State, edit: Fact | str) -> State:
    if isinstance(edit, Fact):
        return {**state, edit.id: edit}
    return {fact_id: fact for fact_id, fact in state.items() if fact_id != edit}


def whole(state: State) -> list[Fact]:
    """The facts in the order of their files, without relations to what is not there: the files refuse those."""
    return [
        replace(fact, relations=tuple(relation for relation in fact.relations if relation.to in state))
        for _, fact in sorted(state.items())
    ]


selections = st.builds(
    Selection,
    topic=st.sampled_from([Topic.CASUALTIES, *Topic]),
    area=st.sampled_from(["land", "town", "east", "east", *PLACE_IDS]),
    source=st.sampled_from([None, None, "watch", "state", "wire"]),
    population=st.sampled_from([None, None, Population.CHILDREN]),
    since=st.sampled_from([None, None, *DAYS]),
    until=st.sampled_from([None, None, *DAYS]),
)
default_lists = [Selection(topic, area) for topic in Topic for area in ("land", "east", "mill")]

SLOW = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


async def derived(db: Database) -> dict[str, list[tuple[Any, ...]]]:
    """All that is derived, without the number of the revision, which tells the way and not the place."""
    return {
        "listing": sorted(
            await db.fetch_all(
                "SELECT k.scope, k.facet, k.topic, k.area, l.reign, l.section, l.rank, l.fact, l.successor_end, v.fact "
                "FROM listing l JOIN list k ON k.id = l.list JOIN fact_value v ON v.id = l.value AND v.scope = k.scope"
            ),
            key=repr,
        ),
        "fact_value": sorted(
            await db.fetch_all(
                "SELECT fact, scope, body, attached, publisher, published, series, window_end FROM fact_value"
            ),
            key=repr,
        ),
        "relation": sorted(await db.fetch_all("SELECT * FROM relation"), key=repr),
    }


@SLOW
@given(states, edits)
async def test_step_by_step_and_all_at_once_give_the_same(state: State, steps: list[Fact | str]) -> None:
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
        async with opened(one) as walked, opened(two) as fresh:
            await bring(walked, world(*whole(state)))
            for step in steps:
                state = edited(state, step)
                await bring(walked, world(*whole(state)))
            await bring(fresh, world(*whole(state)))
            assert await derived(walked) == await derived(fresh)


@SLOW
@given(states, st.lists(selections, min_size=20, max_size=20))
async def test_every_selection_is_what_the_model_selects(state: State, wanted: list[Selection]) -> None:
    facts = whole(state)
    known = Known({fact.id: fact for fact in facts}, REPORTS, Gazetteer(PLACES), "land")
    with tempfile.TemporaryDirectory() as folder:
        async with opened(folder) as db:
            await bring(db, world(*facts))
            for selection in (*default_lists, *wanted):
                assert ids(await Facts(db).select(selection, limit=100)) == known.select(selection), selection


# By hand, one rule at a time


async def casualties(db: Database, area: str = "land", **filters: Any) -> list[str]:
    return ids(await Facts(db).select(Selection(Topic.CASUALTIES, area, **filters), limit=100))


async def test_the_latest_step_of_a_series_stands_for_it(db: Database) -> None:
    await bring(db, world(figure("r1/1.1", "310"), figure("r2/1.1", "369", "2016-11-15~/2016-12-07")))
    assert await casualties(db) == ["r2/1.1"]
    assert await casualties(db, until=date(2016, 12, 6).toordinal()) == ["r1/1.1"]
    assert await casualties(db, until=date(2016, 12, 7).toordinal()) == ["r2/1.1"]
    assert await casualties(db, until=date(2016, 12, 2).toordinal()) == []


@pytest.mark.parametrize("days", [1, 7, 8, 63, 64, 511, 512, 4095, 4096, 9000])
async def test_a_step_stands_until_the_next_one_however_long_that_takes(db: Database, days: int) -> None:
    first = date(1990, 1, 1)
    ended, replaced = first.toordinal(), first.toordinal() + days
    later = figure("r2/1.1", "369", f"1990-01-01/{date.fromordinal(replaced)}")
    await bring(db, world(figure("r1/1.1", "310", "1990-01-01"), later))
    assert await casualties(db, until=ended - 1) == []
    for day in (ended, (ended + replaced) // 2, replaced - 1):
        assert await casualties(db, until=day) == ["r1/1.1"], day
        assert await casualties(db, since=ended, until=day) == ["r1/1.1"], day
        assert await casualties(db, since=ended + 1, until=day) == [], day
    assert await casualties(db, until=replaced) == ["r2/1.1"]


async def test_a_total_that_falls_is_still_the_latest(db: Database) -> None:
    await bring(db, world(figure("r1/1.1", "310"), figure("r2/1.1", "290", "2016-11-15/2016-12-07")))
    assert await casualties(db) == ["r2/1.1"]


async def test_two_totals_of_one_report_never_hide_each_other(db: Database) -> None:
    await bring(db, world(figure("r1/1.1", "40", summary="by shells"), figure("r1/2.1", "30", summary="by mines")))
    assert await casualties(db) == ["r1/1.1", "r1/2.1"]


async def test_a_part_under_the_name_of_its_whole_is_no_step_after_it(db: Database) -> None:
    part = figure("r1/1.2", "40", part_of="r1/1.1", summary="by shells")
    await bring(db, world(figure("r1/1.1", "310"), part, figure("r2/1.1", "369", "2016-11-15/2016-12-07")))
    assert ids(await Facts(db).series("r1/1.1")) == ["r2/1.1", "r1/1.1"]
    assert await Facts(db).series("r1/1.2") == []


@pytest.mark.parametrize("stance", [stance for stance in Stance if stance is not Stance.ASSERTED])
async def test_what_is_not_asserted_takes_the_place_of_nothing(db: Database, stance: Stance) -> None:
    later = figure("r2/1.1", "900", "2016-11-15/2016-12-07", stance=stance)
    instead = figure("r3/1.1", "800", "2016-12-07", population=Population.PEOPLE, stance=stance, supersedes="r1/1.1")
    await bring(db, world(figure("r1/1.1", "310"), later, instead))
    assert await casualties(db) == ["r1/1.1"]


async def test_what_supersedes_takes_the_place_until_it_is_withdrawn(db: Database) -> None:
    first = figure("r1/1.1", "310")
    instead = figure("r2/1.1", "280", "2016-12-01/2016-12-07", supersedes="r1/1.1")
    await bring(db, world(first, instead))
    assert await casualties(db) == ["r2/1.1"]
    assert await casualties(db, until=date(2016, 12, 3).toordinal()) == ["r1/1.1"]
    await bring(db, world(first))
    assert await casualties(db) == ["r1/1.1"]


async def test_a_part_stands_under_its_whole_and_alone_where_the_whole_is_not(db: Database) -> None:
    whole = figure("r1/1.1", "1,134", place="town", population=Population.PEOPLE)
    part = figure("r1/1.2", "9", place="hill", part_of="r1/1.1")
    await bring(db, world(whole, part))
    (shown,) = await Facts(db).select(Selection(Topic.CASUALTIES, "town"), limit=9)
    assert (shown.fact.id, [other.id for other in shown.attached]) == ("r1/1.1", ["r1/1.2"])
    assert await casualties(db, "east") == await casualties(db, "hill") == ["r1/1.2"]
    assert await casualties(db, "town", population=Population.CIVILIANS) == ["r1/1.2"]


async def test_a_part_said_by_another_source_is_found_by_that_source(db: Database) -> None:
    """The children are the UN's estimate, the people they are among are not."""
    await bring(db, world(figure("r1/1.1", "50", sources=()), figure("r1/1.2", "20", part_of="r1/1.1")))
    assert await casualties(db) == ["r1/1.1"]
    assert await casualties(db, source="watch") == ["r1/1.2"]
    assert await casualties(db, source="wire") == ["r1/1.1"], "who names no source is found by its publisher"


async def test_a_part_outlives_a_whole_that_was_replaced(db: Database) -> None:
    whole, part = figure("r1/1.1", "50"), figure("r1/1.2", "20", part_of="r1/1.1", population=Population.CHILDREN)
    twin = figure("r1/1.3", "dozens", restates="r1/1.1", population=Population.PEOPLE)
    await bring(db, world(whole, part, twin))
    assert await casualties(db) == ["r1/1.1"]
    await bring(db, world(whole, part, twin, figure("r2/1.1", "80", "2016-11-15/2016-12-07")))
    assert await casualties(db) == ["r2/1.1", "r1/1.2"], "the other wording went with what it worded"


async def test_a_part_whose_whole_was_withdrawn_stands_alone(db: Database) -> None:
    whole, part = figure("r1/1.1", "50"), figure("r2/1.1", "20", part_of="r1/1.1", population=Population.CHILDREN)
    await bring(db, world(whole, part))
    await bring(db, world(part))
    assert await casualties(db) == ["r2/1.1"]


async def test_a_statement_without_a_place_is_listed_for_the_whole_conflict(db: Database) -> None:
    await bring(db, world(claim("r1/1.1", Kind.STATEMENT, place=None)))
    said = Selection(Topic.STATEMENTS, "land")
    assert ids(await Facts(db).select(said, limit=9)) == ["r1/1.1"]
    assert await Facts(db).select(said._replace(area="town"), limit=9) == []


async def test_movement_is_listed_where_it_began_and_where_it_ended(db: Database) -> None:
    await bring(db, world(figure("r1/1.1", measure=Measure.DISPLACED, place="east", origin="hill", destination="mill")))
    for area in ("hill", "east", "mill", "west", "town", "land"):
        assert ids(await Facts(db).select(Selection(Topic.DISPLACED, area), limit=9)) == ["r1/1.1"], area
    assert await Facts(db).select(Selection(Topic.DISPLACED, "lake"), limit=9) == []


# The real one: later reports come in one by one


async def test_later_reports_add_their_steps_one_by_one(db: Database) -> None:
    first, later = "afp-2016-12-03/11.1", sorted((FOLDER / "later").glob("*.toml"))
    on_the_third = {"population": Population.CIVILIANS, "source": "sohr", "until": date(2016, 12, 3).toordinal()}
    steps: list[list[int | None]] = []
    await bring(db, read_folder(FOLDER))
    for path in later:
        # Each by itself, as an operator brings it in.
        result = await bring(db, read_folder(FOLDER, [path]))
        assert result.added > 0
        assert result.revised == result.withdrawn == 0
        series = await Facts(db).series(first)
        quantities = [row.fact.quantity.low for row in reversed(series) if row.fact.quantity is not None]
        if not steps or quantities != steps[-1]:
            steps.append(quantities)
        assert await casualties(db, "east-aleppo", **on_the_third) == [first]
    assert steps == [[310], [310, 369], [310, 369, 384], [310, 369, 384, 442]]
    assert "sohr-2016-12-12/1.1" in await casualties(db, "east-aleppo")
    assert "sohr-2016-12-12/3.3" in await casualties(db, "sheikh-maqsoud")
    assert first not in await casualties(db, "east-aleppo")
    before = await derived(db)
    with tempfile.TemporaryDirectory() as folder:
        async with opened(folder) as fresh:
            await bring(fresh, read_folder(FOLDER, later))
            assert await derived(fresh) == before
