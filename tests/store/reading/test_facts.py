"""Reading facts: bounded, in order, and along an index."""

from datetime import date

import pytest

from bot.facts.topics import Topic
from bot.facts.vocabulary import Population
from bot.store.database import Database, Row, Value
from bot.store.health import count_facts
from bot.store.lists.list_query import Selection
from bot.store.migrate import migrate
from bot.store.reading.facts import Facts
from tests.store.small_world import NOW, REPORTS, bring, figure, world


@pytest.fixture
async def db(db: Database) -> Database:
    await migrate(db, now=NOW)
    many = [figure(f"r1/{n}.1", str(n), "2016-12-03", cumulative=False, place="hill") for n in range(1, 31)]
    steps = [figure("r2/1.1", "310"), figure("r3/1.1", "369", "2016-11-15/2016-12-07")]
    children = figure("r3/1.2", "40", "2016-11-15/2016-12-07", population=Population.CHILDREN, part_of="r3/1.1")
    await bring(db, world(*many, *steps, children))
    return db


class Watched:
    """Keeps the statements that go by."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self.asked: list[tuple[str, tuple[Value, ...]]] = []

    async def fetch_all(self, sql: str, params: tuple[Value, ...] = ()) -> list[Row]:
        self.asked.append((sql, params))
        return await self.db.fetch_all(sql, params)

    async def fetch_one(self, sql: str, params: tuple[Value, ...] = ()) -> Row | None:
        rows = await self.fetch_all(sql, params)
        return rows[0] if rows else None

    async def plan(self) -> list[str]:
        """How the last statement is carried out."""
        sql, params = self.asked[-1]
        return [str(row[3]) for row in await self.db.fetch_all(f"EXPLAIN QUERY PLAN {sql}", params)]


THE_LIST = "SEARCH list USING INDEX sqlite_autoindex_list_1 (scope=? AND facet=? AND topic=? AND area=?)"
COVERED = THE_LIST.replace("INDEX", "COVERING INDEX", 1)


@pytest.mark.parametrize("topic", Topic)
async def test_a_list_without_options_is_read_in_the_order_it_is_kept(db: Database, topic: Topic) -> None:
    watched = Watched(db)
    await Facts(watched).select(Selection(topic, "land"), limit=9)  # type: ignore[arg-type]
    plan = await watched.plan()
    assert plan == [
        "SEARCH l USING PRIMARY KEY (list=? AND reign=?)",
        "SCALAR SUBQUERY 1",
        COVERED,
        "SEARCH v USING INTEGER PRIMARY KEY (rowid=?)",
    ]


@pytest.mark.parametrize(
    "filters", [{"source": "watch"}, {"population": Population.CHILDREN}, {"until": 736_300}, {"since": 736_300}]
)
async def test_a_narrowed_list_is_searched_within_its_place_and_topic(db: Database, filters: dict[str, object]) -> None:
    watched = Watched(db)
    await Facts(watched).select(Selection(Topic.CASUALTIES, "land", **filters), limit=9)  # type: ignore[arg-type]
    plan = await watched.plan()
    walks = [step for step in plan if step.startswith("SEARCH l ")]
    assert walks, plan
    days = " AND section=? AND rank" if {"since", "until"} & set(filters) else ")"
    for step in walks:
        assert step.startswith(f"SEARCH l USING PRIMARY KEY (list=? AND reign=?{days}"), plan
    assert not any("TEMP B-TREE" in step for step in plan) or len(walks) > 1, plan
    assert {THE_LIST, COVERED} & set(plan), plan
    # What is left to scan are the pages that those walks have brought together.
    scanned = [step.split()[1] for step in plan if step.startswith("SCAN")]
    assert all(one == "l" or one.startswith("(subquery") for one in scanned), plan


async def test_no_other_question_scans_either(db: Database) -> None:
    watched = Watched(db)
    facts = Facts(watched)  # type: ignore[arg-type]
    for question in (
        facts.get("r1/1.1"),
        facts.report("r1"),
        facts.reports("small", limit=5),
        facts.history("r1/1.1"),
        facts.series("r2/1.1"),
        facts.find("r1/"),
    ):
        await question
        plan = await watched.plan()
        assert not any(step.startswith("SCAN") for step in plan), (watched.asked[-1][0], plan)


async def test_pages_follow_each_other_without_gap_or_repetition(db: Database) -> None:
    hill = Selection(Topic.CASUALTIES, "hill")
    whole = [row.fact.id for row in await Facts(db).select(hill, limit=100)]
    assert whole == [f"r1/{n}.1" for n in range(1, 31)]
    paged = [row.fact.id for at in range(0, 40, 8) for row in await Facts(db).select(hill, limit=8, offset=at)]
    assert paged == whole


async def test_one_fact(db: Database) -> None:
    shown = await Facts(db).get("r3/1.1")
    assert shown is not None
    assert (shown.publisher, shown.published, shown.number) == ("wire", date(2016, 12, 7), 1)
    assert [part.id for part in shown.attached] == ["r3/1.2"]
    assert await Facts(db).get("r3/9.9") is None


async def test_a_series_the_latest_first(db: Database) -> None:
    for fact in ("r2/1.1", "r3/1.1"):
        assert [row.fact.id for row in await Facts(db).series(fact)] == ["r3/1.1", "r2/1.1"]
    assert [row.fact.id for row in await Facts(db).series("r2/1.1", limit=1)] == ["r3/1.1"]
    assert await Facts(db).series("r1/1.1") == []
    assert await Facts(db).series("nowhere/1.1") == []


async def test_reports(db: Database) -> None:
    assert await Facts(db).report("r2") == REPORTS["r2"]
    assert await Facts(db).report("r9") is None
    assert [report.id for report in await Facts(db).reports("small", limit=9)] == ["r2", "r3", "r1"]
    assert await Facts(db).reports("small", limit=1, offset=1) == [REPORTS["r3"]]
    assert await Facts(db).reports("other", limit=9) == []


async def test_ids_that_begin_alike(db: Database) -> None:
    assert [row.fact.id for row in await Facts(db).find("r3/")] == ["r3/1.1", "r3/1.2"]
    assert len(await Facts(db).find("r1/", limit=7)) == 7
    assert await Facts(db).find("%") == []


async def test_relations_and_the_count_leave_out_what_was_retracted(db: Database) -> None:
    relations = await Facts(db).relations()
    assert (len(relations), await count_facts(db)) == (33, 33)
    assert relations["r3/1.2"] == ["r3/1.1"]
    assert relations["r3/1.1"] == []
    await bring(db, world(figure("r3/1.1", "369", "2016-11-15/2016-12-07")))
    assert (await Facts(db).relations(), await count_facts(db)) == ({"r3/1.1": []}, 1)
