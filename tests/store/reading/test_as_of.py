"""What was seen at an earlier time, in every list: checked against the model that works each list out from all the
facts that were seen then, with random facts, reloads, corrections, undos and wipes over two servers."""

import tempfile
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.errors import SitrepError
from bot.facts.fact import Fact, Report
from bot.facts.revision import EVERYONE
from bot.facts.topics import Topic
from bot.facts.vocabulary import CorrectionKind, Population
from bot.places.gazetteer import Gazetteer
from bot.store.correcting.correction_log import value
from bot.store.database import Database
from bot.store.lists.list_query import Selection
from bot.store.migrate import migrate
from bot.store.reading import past_copy
from bot.store.reading.as_of import Past, Pasts
from bot.store.reading.facts import Facts
from tests.store.by_hand import FACT, GAZETTEER, ONE, OTHER, correct, later, undo
from tests.store.lists.test_listing import IDS, State, default_lists, edited, ids, selections, states, whole
from tests.store.lists.test_server_lists import Step, do, steps, visible
from tests.store.model import Known
from tests.store.small_world import NOW, PLACES, REPORTS, bring, figure, opened, world

SCOPES = (EVERYONE, ONE)
CALM = Report("r0", "daily", date(2016, 11, 1), "What never changes")
ALL = {"r0": CALM, **REPORTS}
# So many that far more is known than changes: only what changed is then copied.
CALM_FACTS = [
    figure(f"r0/{number}.1", str(number), "2016-10-01/2016-11-01", place=("lake", "mill", "abroad")[number % 3])
    for number in range(1, 31)
]
SLOW = settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


class Moment(NamedTuple):
    """What each scope saw at one second."""

    at: int
    seen: Mapping[str, Mapping[str, Fact]]


async def moment(db: Database) -> Moment:
    return Moment(later(), {scope: await visible(db, scope) for scope in SCOPES})


@SLOW
@given(states, steps, st.booleans(), st.lists(selections, min_size=6, max_size=6))
async def test_every_list_of_every_scope_at_every_step(
    state: State, done: list[Step | Fact | str], calm: bool, wanted: list[Selection]
) -> None:
    extra = CALM_FACTS if calm else []
    moments: list[Moment] = []
    with tempfile.TemporaryDirectory() as folder:
        async with opened(folder) as db:
            await bring(db, world(*extra, *whole(state), reports=ALL), later())
            moments.append(await moment(db))
            for step in done:
                if isinstance(step, tuple):
                    await do(db, *step)
                    if step[0] == "wipe" and step[1] != EVERYONE:
                        # What was wiped was never seen, as far as anybody can tell afterwards.
                        for past in moments:
                            past.seen[step[1]] = past.seen[EVERYONE]  # type: ignore[index]
                else:
                    state = edited(state, step)
                    await bring(db, world(*extra, *whole(state), reports=ALL), later())
                moments.append(await moment(db))
            pasts = Pasts(db)
            for past in moments:
                for scope in SCOPES:
                    seen = {**{fact.id: fact for fact in extra}, **past.seen[scope]}
                    known = Known(seen, ALL, Gazetteer(PLACES), "land")
                    then = await pasts.at(scope, past.at, GAZETTEER)
                    for selection in (*default_lists, *wanted):
                        found = ids(await then.select(selection, limit=100))
                        assert found == known.select(selection), (scope, past.at, selection)
                    for selection in wanted:
                        page = ids(await then.select(selection, limit=2, offset=1))
                        assert page == known.select(selection)[1:3]
                    await agrees(then, known, db, scope, past.at)


async def agrees(then: Past, known: Known, db: Database, scope: str, at: int) -> None:
    """Whether every fact is shown as it was, with what stood under it, and its series."""
    for fact in IDS:
        shown = await then.get(fact)
        assert (shown.fact if shown else None) == known.facts.get(fact)
        revision = await value(db, fact, scope, as_of=at)
        if shown is None or revision is None:
            continue
        assert (shown.number, shown.own) == (revision.number, revision.scope != EVERYONE)
        key = known.series(shown.fact)
        steps = {row.fact.id for row in await then.series(fact)}
        assert steps == {one.id for one in known.facts.values() if key and known.series(one) == key}
        for below in shown.attached:
            assert below == known.facts[below.id]
            under = await value(db, below.id, scope, as_of=at)
            assert under is not None
            marked = under.number > 1 or under.scope != EVERYONE
            assert marked == (below.id in shown.corrected_below), below.id


@pytest.fixture
async def db(db: Database) -> Database:
    await migrate(db, now=NOW)
    return db


async def past(db: Database, at: int, scope: str = EVERYONE) -> Past:
    return await Pasts(db).at(scope, at, GAZETTEER)


async def casualties(facts: Past | Facts) -> list[str]:
    return ids(await facts.select(Selection(Topic.CASUALTIES, "land"), limit=9))


async def test_what_became_of_a_figure_is_told_beside_it(db: Database) -> None:
    first = figure(FACT, "310")
    await bring(db, world(first, figure("r1/2.1", "7", "2016-12-03", cumulative=False)), NOW)
    await correct(db, "320", EVERYONE, now=NOW + 10)
    then = await past(db, NOW + 5)
    became = await then.now(FACT)
    assert became.shown is not None
    assert became.shown.fact.quantity.low == 320  # type: ignore[union-attr]
    assert became.instead is None
    await bring(db, world(first, figure("r2/1.1", "369", "2016-11-15/2016-12-07")), NOW + 20)
    became = await (await past(db, NOW + 5)).now(FACT)
    assert became.instead is not None
    assert became.instead.fact.id == "r2/1.1"
    assert await (await past(db, NOW + 5)).now("r1/2.1") == (None, None), "withdrawn with its file"
    assert (await (await past(db, NOW + 25)).now(FACT)).instead is None, "the later step was known then"


async def test_what_names_a_figure_as_replaced_stands_instead_of_it(db: Database) -> None:
    first = figure(FACT, "310")
    await bring(db, world(first), NOW)
    instead = figure("r2/1.1", "280", "2016-12-01/2016-12-07", population=Population.PEOPLE, supersedes=FACT)
    await bring(db, world(first, instead), NOW + 10)
    became = await (await past(db, NOW)).now(FACT)
    assert became.instead is not None
    assert became.instead.fact.id == "r2/1.1"


async def test_what_came_since_is_counted_and_left_out(db: Database) -> None:
    first = figure(FACT, "310")
    await bring(db, world(first), NOW)
    rest = [figure(f"r3/{number}.1", "1", f"2016-12-0{number}", cumulative=False) for number in range(1, 5)]
    await bring(db, world(first, *rest), NOW + 10)
    then = await past(db, NOW + 9)
    assert await casualties(then) == [FACT]
    assert await then.came_since(Selection(Topic.CASUALTIES, "land")) == (4, False)
    assert await then.came_since(Selection(Topic.DISPLACED, "land")) == (0, False)
    assert await (await past(db, NOW + 10)).came_since(Selection(Topic.CASUALTIES, "land")) == (0, False)
    nothing = await past(db, NOW - 1)
    assert await casualties(nothing) == []
    assert await nothing.came_since(Selection(Topic.CASUALTIES, "land")) == (5, False)
    assert (await nothing.known("small")).reports == 0
    assert (await nothing.known("small")).since == NOW
    assert (await then.known("small")).latest == date(2016, 12, 7)


async def test_a_server_sees_its_own_past_and_nobody_elses(db: Database) -> None:
    await bring(db, world(figure(FACT, "310")), NOW)
    await correct(db, "320", ONE, now=NOW + 10)
    await correct(db, "1", ONE, kind=CorrectionKind.RETRACTION, now=NOW + 20)
    await undo(db, ONE, now=NOW + 30, to=0)

    async def shown(scope: str, at: int) -> int | None:
        found = await (await past(db, at, scope)).get(FACT)
        return found.fact.quantity.low if found is not None and found.fact.quantity is not None else None

    assert [await shown(ONE, NOW + at) for at in (5, 15, 25, 35)] == [310, 320, None, 310]
    assert [await shown(OTHER, NOW + at) for at in (5, 15, 25, 35)] == [310] * 4


async def test_a_history_ends_then(db: Database) -> None:
    await bring(db, world(figure(FACT, "310")), NOW)
    await correct(db, "320", EVERYONE, now=NOW + 10)
    then = await past(db, NOW + 9)
    assert [revision.number for revision in await then.history(FACT)] == [1]
    assert [revision.number for revision in await (await past(db, NOW + 10)).history(FACT)] == [2, 1]


async def test_a_change_after_it_was_copied_stays_out(db: Database) -> None:
    await bring(db, world(figure(FACT, "310"), *CALM_FACTS, reports=ALL), NOW)
    pasts = Pasts(db)
    before = await pasts.at(EVERYONE, NOW + 5, GAZETTEER)
    assert await pasts.at(EVERYONE, NOW + 5, GAZETTEER) is before, "kept for the next who asks"
    await correct(db, "320", EVERYONE, now=NOW + 10)
    after = await pasts.at(EVERYONE, NOW + 5, GAZETTEER)
    shown = await after.get(FACT)
    assert shown is not None
    assert shown.fact.quantity.low == 310  # type: ignore[union-attr]


async def test_more_than_can_be_followed_is_refused(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    await bring(db, world(*CALM_FACTS, reports=ALL), NOW)
    for fact in CALM_FACTS[:5]:
        await correct(db, "77", EVERYONE, fact.id, now=NOW + 10)
    monkeypatch.setattr(past_copy, "MOST", 4)
    pasts = Pasts(db)
    for _ in range(2):
        with pytest.raises(SitrepError, match="Too much has changed since then"):
            await pasts.at(EVERYONE, NOW + 5, GAZETTEER)
    assert await casualties(await pasts.at(EVERYONE, NOW - 1, GAZETTEER)) == [], "little was known: all of it is copied"
    monkeypatch.setattr(past_copy, "MOST", 5)
    assert len(await casualties(await pasts.at(EVERYONE, NOW + 5, GAZETTEER))) == 9
