"""Corrections at rest: whole or absent, once, on a view that holds, and seen only where they were made."""

import asyncio
import re

import pytest

from bot.errors import SitrepError
from bot.facts.revision import EVERYONE
from bot.facts.topics import Topic
from bot.facts.vocabulary import CorrectionKind
from bot.facts.window import parse_window
from bot.store.correcting import corrections
from bot.store.correcting.correction_log import Filter, history, listing, overridden, recent, scope_version
from bot.store.database import Database
from bot.store.lists.list_query import Selection
from bot.store.migrate import migrate
from bot.store.reading.facts import Facts
from bot.store.revisions.recorded import Numbers, numbers
from bot.store.revisions.revising import Done, StaleError
from tests.store.by_hand import FACT, GAZETTEER, ONE, OTHER, correct, later, request, seen, undo
from tests.store.small_world import NOW, bring, figure, world


@pytest.fixture
async def db(db: Database) -> Database:
    await migrate(db, now=NOW)
    await bring(db, world(figure(FACT), figure("r1/2.1", "at least 7", place="mill")))
    return db


async def test_a_correction_holds_where_it_was_made_and_nowhere_else(db: Database) -> None:
    done = await correct(db, "at least 12")
    assert (done.revision.number, done.repeated) == (1, False)
    assert await seen(db, ONE) == "at least 12"
    assert await seen(db, OTHER) == "10"
    assert await seen(db, EVERYONE) == "10"
    assert await history(db, FACT, OTHER) == []
    assert list(await overridden(db, ONE)) == [FACT]
    assert await overridden(db, OTHER) == {}
    assert await listing(db, OTHER, limit=10) == []


async def test_its_record_says_who_when_why_and_on_what_evidence(db: Database) -> None:
    await correct(db, "12", kind=CorrectionKind.SOURCE, author="mona", now=NOW + 50)
    [made] = await history(db, FACT, ONE)
    assert (made.kind, made.author, made.reason, made.evidence, made.recorded_at, made.scope) == (
        CorrectionKind.SOURCE,
        "mona",
        "the page says so",
        "https://example.org/a",
        NOW + 50,
        ONE,
    )


async def test_a_correction_for_everyone_stands_in_the_lists(db: Database) -> None:
    before = await scope_version(db, EVERYONE)
    await correct(db, "12", EVERYONE, place="mill", window=parse_window("2016-11-20/2016-12-03"))
    facts = Facts(db)
    shown = await facts.get(FACT)
    assert shown is not None
    assert (shown.number, shown.fact.place) == (2, "mill")
    assert FACT in [row.fact.id for row in await facts.select(Selection(Topic.CASUALTIES, "west"), limit=9)]
    assert FACT not in [row.fact.id for row in await facts.select(Selection(Topic.CASUALTIES, "east"), limit=9)]
    assert await scope_version(db, EVERYONE) == before + 1


async def test_a_servers_correction_leaves_everyones_lists_and_version_alone(db: Database) -> None:
    before = await scope_version(db, EVERYONE)
    await correct(db, "12", place="mill")
    assert FACT not in [row.fact.id for row in await Facts(db).select(Selection(Topic.CASUALTIES, "west"), limit=9)]
    assert await scope_version(db, EVERYONE) == before
    assert (await scope_version(db, ONE), await scope_version(db, OTHER)) == (1, 0)


async def test_a_retraction_is_seen_as_one(db: Database) -> None:
    await correct(db, "10", kind=CorrectionKind.RETRACTION)
    assert (await seen(db, ONE), await seen(db, OTHER)) == ("withdrawn", "10")
    await correct(db, "10", EVERYONE, kind=CorrectionKind.RETRACTION)
    assert await seen(db, OTHER) == "withdrawn"
    assert await Facts(db).get(FACT) is None


async def test_a_double_click_makes_one_revision(db: Database) -> None:
    click, view = request(), await numbers(db, FACT, ONE)
    first, second = await asyncio.gather(
        correct(db, "12", request=click, expected=view), correct(db, "12", request=click, expected=view)
    )
    assert first.revision == second.revision
    assert {first.repeated, second.repeated} == {False, True}, "one of the two is told that it was done already"
    assert len(await history(db, FACT, ONE)) == 1


async def test_a_confirmation_serves_nobody_else_and_nothing_else(db: Database) -> None:
    click = request()
    await correct(db, "12", request=click)
    with pytest.raises(SitrepError, match="belongs to another"):
        await correct(db, "13", request=click, author="theo")
    with pytest.raises(SitrepError, match="belongs to another"):
        await correct(db, "13", fact="r1/2.1", request=click)
    assert not (await correct(db, "14", OTHER, request=click)).repeated, "each server's requests are its own"


async def test_of_two_moderators_on_one_view_the_second_is_told(db: Database) -> None:
    view = await numbers(db, FACT, ONE)
    results = await asyncio.gather(
        correct(db, "12", expected=view, author="mona"),
        correct(db, "13", expected=view, author="theo"),
        return_exceptions=True,
    )
    [made] = [result for result in results if isinstance(result, Done)]
    [refused] = [result for result in results if isinstance(result, StaleError)]
    assert refused.actual == Numbers(1, 1, 0)
    assert [revision.author for revision in await history(db, FACT, ONE)] == [made.revision.author]
    await correct(db, "13", expected=refused.actual, author="theo")
    assert await seen(db, ONE) == "13"


async def test_a_change_for_everyone_makes_a_servers_view_stale(db: Database) -> None:
    view = await numbers(db, FACT, ONE)
    await correct(db, "11", EVERYONE)
    with pytest.raises(StaleError):
        await correct(db, "12", expected=view)
    await correct(db, "12", OTHER)
    assert await numbers(db, FACT, ONE) == Numbers(0, 2, 0), "what another server does concerns nobody here"


async def test_undo_in_a_server_follows_everyone_again(db: Database) -> None:
    await correct(db, "12")
    undone = await undo(db)
    assert (undone.revision.number, undone.revision.kind, undone.revision.restores) == (2, CorrectionKind.UNDO, 0)
    assert await seen(db, ONE) == "10"
    await correct(db, "11", EVERYONE)
    assert await seen(db, ONE) == "11"
    assert await overridden(db, ONE) == {}
    with pytest.raises(SitrepError, match="no correction of its own"):
        await undo(db)


async def test_undo_gives_back_the_one_before_or_any_earlier_one(db: Database) -> None:
    for number in ("12", "13", "14"):
        await correct(db, number)
    await undo(db)
    assert await seen(db, ONE) == "13"
    await undo(db)
    assert await seen(db, ONE) == "14", "an undo is a revision like another, and can be undone"
    await undo(db, to=1)
    assert await seen(db, ONE) == "12"
    with pytest.raises(SitrepError, match="no earlier revision 6"):
        await undo(db, to=6)
    with pytest.raises(SitrepError, match="no earlier revision -1"):
        await undo(db, to=-1)
    assert [revision.number for revision in await history(db, FACT, ONE)] == [6, 5, 4, 3, 2, 1]


async def test_a_server_that_follows_everyone_again_can_be_given_back_what_was_its_own(db: Database) -> None:
    await correct(db, "13")
    await undo(db)
    with pytest.raises(SitrepError, match="no correction of its own"):
        await undo(db, to=0)
    given = await undo(db, to=1)
    assert (given.revision.number, given.revision.restores) == (3, 1)
    assert await seen(db, ONE) == "13"
    await undo(db, to=2)
    with pytest.raises(SitrepError, match="no correction of its own"):
        await undo(db, to=2)


async def test_undo_of_a_retraction_and_back(db: Database) -> None:
    await correct(db, "12", EVERYONE)
    await correct(db, "12", EVERYONE, kind=CorrectionKind.RETRACTION)
    await undo(db, EVERYONE)
    assert await seen(db, OTHER) == "12"
    assert await Facts(db).get(FACT) is not None
    again = await undo(db, EVERYONE)
    assert (again.revision.kind, again.revision.restores) == (CorrectionKind.RETRACTION, 3)
    assert await Facts(db).get(FACT) is None


async def test_the_first_reading_is_not_undone(db: Database) -> None:
    with pytest.raises(SitrepError, match="first reading"):
        await undo(db, EVERYONE)
    with pytest.raises(SitrepError, match="no correction of its own"):
        await undo(db)


async def test_undo_is_made_once_and_on_a_view_that_holds(db: Database) -> None:
    await correct(db, "12")
    view, click = await numbers(db, FACT, ONE), request()
    assert not (await undo(db, expected=view, request=click)).repeated
    assert (await undo(db, expected=view, request=click)).repeated
    with pytest.raises(StaleError):
        await undo(db, expected=view)
    assert len(await history(db, FACT, ONE)) == 2


async def test_as_of_answers_what_was_known_then(db: Database) -> None:
    await correct(db, "12", now=NOW + 10)
    await correct(db, "11", EVERYONE, now=NOW + 20)
    await undo(db, now=NOW + 30)
    times = [NOW - 1, NOW, NOW + 9, NOW + 10, NOW + 29, NOW + 30]
    assert [await seen(db, ONE, as_of=at) for at in times] == [None, "10", "10", "12", "12", "11"]
    assert [await seen(db, OTHER, as_of=at) for at in times] == [None, "10", "10", "10", "11", "11"]


async def test_a_clock_set_back_never_puts_a_history_out_of_order(db: Database) -> None:
    await correct(db, "12", now=NOW + 100)
    done = await correct(db, "13", now=NOW + 5)
    assert done.revision.recorded_at == NOW + 100
    assert [await seen(db, ONE, as_of=NOW + at) for at in (99, 100)] == ["10", "13"]


async def test_wiping_takes_one_servers_corrections_and_nothing_else(db: Database) -> None:
    await correct(db, "12")
    await correct(db, "8", fact="r1/2.1")
    await correct(db, "13")
    await correct(db, "14", OTHER)
    await correct(db, "11", EVERYONE)
    view = await numbers(db, FACT, ONE)
    assert await db.write(lambda tx: corrections.wipe(tx, ONE)) == (2, 3)
    assert [await seen(db, scope) for scope in (ONE, OTHER, EVERYONE)] == ["11", "14", "11"]
    assert await history(db, FACT, ONE) == []
    assert len(await history(db, FACT, EVERYONE)) == 2
    assert [entry.revision.scope for entry in await listing(db, ONE, limit=9)] == [EVERYONE]
    assert await db.write(lambda tx: corrections.wipe(tx, ONE)) == (0, 0)
    await correct(db, "15")
    await correct(db, "16")
    assert (await numbers(db, FACT, ONE))[:2] == view[:2]
    with pytest.raises(StaleError):
        await correct(db, "17", expected=view)
    with pytest.raises(ValueError, match="never wiped"):
        await db.write(lambda tx: corrections.wipe(tx, EVERYONE))


async def test_reloading_the_seeds_leaves_corrections_alone(db: Database) -> None:
    await correct(db, "12")
    await correct(db, "11", EVERYONE)
    await bring(db, world(figure(FACT), figure("r1/2.1", "at least 7", place="mill")), later())
    assert [await seen(db, scope) for scope in (ONE, EVERYONE)] == ["12", "11"]
    await bring(db, world(figure(FACT, "15"), figure("r1/2.1", "at least 7", place="mill")), later())
    assert [await seen(db, scope) for scope in (ONE, EVERYONE)] == ["12", "15"]


async def test_what_cannot_be_is_refused_and_writes_nothing(db: Database) -> None:
    with pytest.raises(SitrepError, match="no fact"):
        await numbers(db, "r9/1.1", ONE)
    with pytest.raises(ValueError, match="cannot make a correction"):
        await correct(db, "12", author="seeds")
    with pytest.raises(ValueError, match="cannot make a correction"):
        await correct(db, "12", kind=CorrectionKind.UNDO)
    with pytest.raises(ValueError, match="cannot undo"):
        await undo(db, author="seeds")
    fact = figure("r9/1.1")
    with pytest.raises(SitrepError, match="no fact"):
        await db.write(
            lambda tx: corrections.record(
                tx, fact, scope=ONE, kind=CorrectionKind.READING, author="mona", reason="so", evidence=None,
                expected=(0, 0, 0), request=request(), now=NOW, places=GAZETTEER,
            )
        )  # fmt: skip
    assert await db.fetch_one("SELECT COUNT(*) FROM correction") == (0,)


async def test_recent_counts_a_persons_corrections_in_every_server(db: Database) -> None:
    at = [(await correct(db, "12", scope)).revision.recorded_at for scope in (ONE, OTHER)]
    await correct(db, "13", ONE, author="theo")
    assert await recent(db, "mona", NOW) == at[::-1]
    assert await recent(db, "mona", at[0]) == at[1:]


class TestLog:
    """The public log, with its filters."""

    @pytest.fixture
    async def db(self, db: Database) -> Database:
        await correct(db, "1", ONE, author="mona", kind=CorrectionKind.READING, now=NOW + 10)
        await correct(db, "2", ONE, "r1/2.1", author="theo", kind=CorrectionKind.SOURCE, now=NOW + 20)
        await correct(db, "3", OTHER, author="mona", now=NOW + 30)
        await correct(db, "4", EVERYONE, author="edda", kind=CorrectionKind.SOURCE, now=NOW + 30)
        await correct(db, "5", ONE, author="mona", place="lake", now=NOW + 40)
        return db

    @pytest.mark.parametrize(
        ("chosen", "found"),
        [
            (Filter(), ["5", "4", "2", "1"]),
            (Filter(kind=CorrectionKind.SOURCE), ["4", "2"]),
            (Filter(author="mona"), ["5", "1"]),
            (Filter(author="edda"), ["4"]),
            (Filter(since=NOW + 30), ["5", "4"]),
            (Filter(since=NOW + 41), []),
            (Filter(area="west"), ["2"]),
            (Filter(area="lake"), ["5"]),
            (Filter(area="town"), ["5", "4", "2", "1"]),
            (Filter(area="east"), ["5", "4", "1"]),
            (Filter(area="abroad"), []),
            (Filter(area="land", kind=CorrectionKind.READING, author="mona", since=NOW + 20), ["5"]),
        ],
    )
    async def test_filters(self, db: Database, chosen: Filter, found: list[str]) -> None:
        entries = await listing(db, ONE, chosen, limit=10)
        assert [str(entry.revision.fact.quantity.size) for entry in entries if entry.revision.fact.quantity] == found

    async def test_everyones_log_holds_nothing_of_a_server(self, db: Database) -> None:
        assert [entry.revision.scope for entry in await listing(db, EVERYONE, limit=10)] == [EVERYONE]
        assert {entry.revision.scope for entry in await listing(db, OTHER, limit=10)} == {EVERYONE, OTHER}

    @pytest.mark.parametrize("chosen", [Filter(), Filter(area="land"), Filter(author="mona")])
    async def test_pages_hold_each_correction_once(self, db: Database, chosen: Filter) -> None:
        whole = await listing(db, ONE, chosen, limit=10)
        paged, after = [], None
        while page := await listing(db, ONE, chosen, limit=1, after=after):
            paged += page
            after = page[-1].cursor
        assert paged == whole

    @pytest.mark.parametrize(
        "chosen",
        [
            Filter(),
            Filter(area="land"),
            Filter(kind=CorrectionKind.SOURCE),
            Filter(author="mona"),
            Filter(since=NOW),
            Filter("land", CorrectionKind.SOURCE, "mona", NOW),
        ],
    )
    async def test_no_page_is_sorted_or_searched(self, db: Database, chosen: Filter) -> None:
        class Explained:
            plan: list[str]

            async def fetch_all(self, sql: str, params: object = ()) -> list[tuple[object, ...]]:
                self.plan = [str(row[3]) for row in await db.fetch_all(f"EXPLAIN QUERY PLAN {sql}", params)]  # type: ignore[arg-type]
                return []

            async def fetch_one(self, sql: str, params: object = ()) -> None:
                return None

        explained = Explained()
        await listing(explained, ONE, chosen, limit=10)
        plan = "\n".join(explained.plan)
        pages = re.findall(r"MATERIALIZE (page\d)\n(.*?)\nSCAN \1", plan, re.DOTALL)
        assert {page for page, _ in pages} == {"page1", "page2"}, plan
        # What is sorted after that are the two pages, twice the limit at most.
        for _, steps in pages:
            assert all(step.startswith("SEARCH") for step in steps.splitlines()), plan
