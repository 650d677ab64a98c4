"""What a server's corrections do to its lists, whatever else changes: checked against the model that works each list
out from all the facts that the server sees. Everyone's lists, and other servers', stay as they are."""

import tempfile
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.facts.fact import Fact
from bot.facts.grammar import parse_quantity
from bot.facts.revision import EVERYONE
from bot.facts.topics import Topic
from bot.facts.vocabulary import CorrectionKind, RelationKind
from bot.facts.window import parse_window
from bot.places.gazetteer import Gazetteer
from bot.store.correcting import corrections
from bot.store.correcting.correction_log import value
from bot.store.database import Database
from bot.store.lists.list_query import Selection
from bot.store.migrate import migrate
from bot.store.reading.facts import Facts
from bot.store.revisions.recorded import numbers
from tests.store.by_hand import FACT, GAZETTEER, ONE, OTHER, correct, later, request, undo
from tests.store.lists.test_listing import (
    IDS,
    SLOW,
    State,
    a_fact,
    default_lists,
    edited,
    ids,
    selections,
    states,
    whole,
)
from tests.store.model import Known
from tests.store.small_world import NOW, PLACES, REPORTS, bring, figure, opened, world

SERVERS = (ONE, OTHER)
Step = tuple[str, str, str, str]
"""What is done, in which scope, to which fact, with what."""
in_scope = st.sampled_from([*SERVERS, ONE, EVERYONE])
steps = st.lists(
    st.tuples(
        st.sampled_from(["place", "window", "window", "quantity", "retract", "undo", "wipe"]),
        in_scope,
        st.sampled_from(IDS),
        st.sampled_from(["town", "east", "mill"]),
    )
    | a_fact
    | st.sampled_from(IDS),
    min_size=1,
    max_size=8,
)
WINDOWS = {
    "town": parse_window("2016-11-15/2016-12-08"),
    "east": parse_window("2016-11-15/2016-12-05"),
    "mill": parse_window("2016-12-01/2016-12-07"),
}


async def do(db: Database, what: str, scope: str, fact: str, how: str) -> None:
    seen = await value(db, fact, scope)
    if what == "wipe" and scope != EVERYONE:
        await db.write(lambda tx: corrections.wipe(tx, scope))
    if seen is None:
        return
    if what == "undo":
        if (seen.scope == scope) and (scope != EVERYONE or seen.number > 1):
            await undo(db, scope, fact)
        return
    kind = CorrectionKind.RETRACTION if what == "retract" else CorrectionKind.READING
    after = seen.fact
    if what == "place":
        after = replace(after, place=how)
    elif what == "window":
        after = replace(after, window=WINDOWS[how])
    elif what == "quantity" and after.quantity is not None:
        after = replace(after, quantity=parse_quantity(str(len(how) * 7)))
    expected, click, now = await numbers(db, fact, scope), request(), later()
    await db.write(
        lambda tx: corrections.record(
            tx, after, scope=scope, kind=kind, author="mona", reason="so it says", evidence=None, expected=expected,
            request=click, now=now, places=GAZETTEER,
        )
    )  # fmt: skip


async def visible(db: Database, scope: str) -> Mapping[str, Fact]:
    """Every fact as the rules name it."""
    seen = [await value(db, fact, scope) for fact in IDS]
    return {one.fact.id: one.fact for one in seen if one is not None and one.kind is not CorrectionKind.RETRACTION}


@SLOW
@given(states, steps, st.lists(selections, min_size=10, max_size=10))
async def test_every_list_of_every_server_is_what_the_model_selects(
    state: State, done: list[Step | Fact | str], wanted: list[Selection]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with opened(folder) as db:
            await bring(db, world(*whole(state)))
            for step in done:
                if isinstance(step, tuple):
                    await do(db, *step)
                else:
                    state = edited(state, step)
                    await bring(db, world(*whole(state)), later())
            for scope in (EVERYONE, *SERVERS):
                facts = await visible(db, scope)
                known = Known(facts, REPORTS, Gazetteer(PLACES), "land")
                reader = Facts(db, scope)
                for selection in (*default_lists, *wanted):
                    assert ids(await reader.select(selection, limit=100)) == known.select(selection), (scope, selection)
                for fact in IDS:
                    shown = await reader.get(fact)
                    assert (shown.fact if shown else None) == facts.get(fact)
                    seen = await value(db, fact, scope)
                    if shown is not None and seen is not None:
                        assert (shown.number, shown.own) == (seen.number, seen.scope != EVERYONE)
                        key = known.series(shown.fact)
                        steps = {row.fact.id for row in await reader.series(fact)}
                        assert steps == {one.id for one in facts.values() if key and known.series(one) == key}
                    for below in shown.attached if shown else ():
                        assert below == facts[below.id]
                        under = await value(db, below.id, scope)
                        assert under is not None
                        marked = under.number > 1 or under.scope != EVERYONE
                        assert shown is not None
                        assert marked == (below.id in shown.corrected_below), below.id
                assert ids(await reader.find("r", limit=99)) == sorted(facts)


@pytest.fixture
async def db(db: Database) -> Database:
    await migrate(db, now=NOW)
    return db


async def casualties(db: Database, scope: str, area: str = "land", limit: int = 9, offset: int = 0) -> list[str]:
    return ids(await Facts(db, scope).select(Selection(Topic.CASUALTIES, area), limit=limit, offset=offset))


async def test_a_corrected_window_makes_another_step_the_latest_in_that_server_alone(db: Database) -> None:
    await bring(db, world(figure(FACT, "310"), figure("r2/1.1", "369", "2016-11-15/2016-12-07")))
    await correct(db, "310", window=parse_window("2016-11-15/2016-12-09"))
    assert await casualties(db, ONE) == [FACT]
    assert await casualties(db, OTHER) == await casualties(db, EVERYONE) == ["r2/1.1"]
    await undo(db)
    assert await casualties(db, ONE) == ["r2/1.1"]
    assert await db.fetch_all("SELECT 1 FROM overlay") == []


async def test_a_part_is_shown_alone_where_a_server_retracts_its_whole(db: Database) -> None:
    part = figure("r1/1.2", "9", place="hill", **{RelationKind.PART_OF.value: FACT})
    await bring(db, world(figure(FACT, "310"), part))
    await correct(db, "310", kind=CorrectionKind.RETRACTION)
    assert await casualties(db, ONE) == ["r1/1.2"]
    assert await casualties(db, OTHER) == [FACT]
    assert await Facts(db, ONE).get(FACT) is None


async def test_pages_of_a_server_hold_each_fact_once_and_in_order(db: Database) -> None:
    await bring(
        db, world(*(figure(f"r1/{number}.1", str(number), summary=f"in place {number}") for number in range(1, 8)))
    )
    for number, fact in ((20, "r1/2.1"), (3, "r1/6.1"), (1, "r1/7.1")):
        await correct(db, str(number), fact=fact)
    whole = await casualties(db, ONE)
    assert whole != await casualties(db, OTHER)
    paged = [fact for offset in range(0, 9, 2) for fact in await casualties(db, ONE, limit=2, offset=offset)]
    assert paged == whole
    assert len(set(whole)) == 7
