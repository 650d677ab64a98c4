"""From a server's correction to everyone's: proposed, published or declined once, and told to who proposed."""

import asyncio

import pytest

from bot.errors import SitrepError
from bot.facts.revision import EVERYONE
from bot.facts.vocabulary import CorrectionKind
from bot.store.correcting import corrections
from bot.store.correcting.correction_log import history, listing, overridden
from bot.store.correcting.proposals import DecidedError, Proposed, State, get, queue, told, untold
from bot.store.database import Database
from bot.store.migrate import migrate
from bot.store.reading.facts import Facts
from bot.store.revisions.recorded import Numbers, numbers
from bot.store.revisions.revising import Done, StaleError
from tests.store.by_hand import FACT, ONE, OTHER, correct, decline, later, propose, publish, request, seen, undo
from tests.store.small_world import NOW, bring, figure, world


@pytest.fixture
async def db(db: Database) -> Database:
    await migrate(db, now=NOW)
    await bring(db, world(figure(FACT), figure("r1/2.1", "at least 7", place="mill")))
    return db


@pytest.fixture
async def proposal(db: Database) -> Proposed:
    return await propose(db, await correct(db, "12"))


async def test_what_is_proposed_waits_in_the_order_it_came(db: Database, proposal: Proposed) -> None:
    second = await propose(db, await correct(db, "13", OTHER), by="olaf")
    assert [waiting.id for waiting in await queue(db, limit=9)] == [proposal.id, second.id]
    assert [waiting.id for waiting in await queue(db, limit=1)] == [proposal.id]
    assert [waiting.id for waiting in await queue(db, limit=9, after=proposal.id)] == [second.id]
    assert (second.revision.scope, second.proposed_by, second.state) == (OTHER, "olaf", State.PENDING)
    assert await seen(db, EVERYONE) == "10", "nothing is published by being proposed"


async def test_proposing_twice_is_one_proposal(db: Database) -> None:
    done = await correct(db, "12")
    assert (await propose(db, done)).id == (await propose(db, done, by="theo")).id
    assert len(await queue(db, limit=9)) == 1


async def test_publishing_shows_it_to_everyone_and_is_recorded_both_ways(db: Database, proposal: Proposed) -> None:
    done = await publish(db, proposal)
    assert [await seen(db, scope) for scope in (ONE, OTHER, EVERYONE)] == ["12", "12", "12"]
    [for_everyone, _] = await history(db, FACT, EVERYONE)
    assert for_everyone == done.revision
    assert (for_everyone.author, for_everyone.kind, for_everyone.reason, for_everyone.evidence) == (
        "edda",
        CorrectionKind.READING,
        "the page says so",
        "https://example.org/a",
    )
    shown = await Facts(db).get(FACT)
    assert shown is not None
    assert shown.number == 2
    [handed_over, own] = await history(db, FACT, ONE)
    assert (handed_over.author, handed_over.restores, own.author) == ("edda", 0, "mona")
    decided = await get(db, proposal.id)
    assert (decided.state, decided.published, decided.decided_by) == (State.PUBLISHED, 2, "edda")
    assert await queue(db, limit=9) == []


async def test_after_publishing_the_server_follows_everyone(db: Database, proposal: Proposed) -> None:
    await publish(db, proposal)
    await correct(db, "20", EVERYONE)
    assert await seen(db, ONE) == "20"
    assert await overridden(db, ONE) == {}
    with pytest.raises(SitrepError, match="no correction of its own"):
        await undo(db)
    await correct(db, "21", ONE)
    await undo(db, ONE)
    assert await seen(db, ONE) == "20"


async def test_everyones_history_does_not_tell_which_server_it_came_from(db: Database, proposal: Proposed) -> None:
    await publish(db, proposal)
    log = [entry.revision for entry in await listing(db, OTHER, limit=9)]
    assert [(revision.scope, revision.author) for revision in log] == [(EVERYONE, "edda")]


async def test_an_editors_stale_view_publishes_nothing(db: Database, proposal: Proposed) -> None:
    view = await numbers(db, FACT, EVERYONE)
    await correct(db, "11", EVERYONE)
    with pytest.raises(StaleError) as refused:
        await publish(db, proposal, expected=view)
    assert refused.value.actual == Numbers(0, 2, 0)
    assert (await get(db, proposal.id)).state is State.PENDING
    await publish(db, proposal, expected=refused.value.actual)
    assert await seen(db, OTHER) == "12"


async def test_a_double_click_publishes_once(db: Database, proposal: Proposed) -> None:
    click, view = request(), await numbers(db, FACT, EVERYONE)
    first, second = await asyncio.gather(*(publish(db, proposal, request=click, expected=view) for _ in range(2)))
    assert first.revision == second.revision
    assert {first.repeated, second.repeated} == {False, True}
    assert len(await history(db, FACT, EVERYONE)) == 2
    assert len(await history(db, FACT, ONE)) == 2


async def test_of_two_editors_one_decides(db: Database, proposal: Proposed) -> None:
    results = await asyncio.gather(
        publish(db, proposal, editor="edda", expected=await numbers(db, FACT, EVERYONE)),
        decline(db, proposal, editor="emil"),
        return_exceptions=True,
    )
    [made] = [result for result in results if not isinstance(result, BaseException)]
    [refused] = [result for result in results if isinstance(result, DecidedError)]
    decided = State.PUBLISHED if isinstance(made, Done) else State.DECLINED
    assert refused.proposal.state is decided
    assert decided.value in str(refused)


async def test_declining_leaves_the_server_its_value_and_says_why(db: Database, proposal: Proposed) -> None:
    click = request()
    declined = await decline(db, proposal, request=click)
    assert (declined.state, declined.decision, declined.decided_by) == (State.DECLINED, "no second source", "edda")
    assert await decline(db, proposal, request=click) == declined, "a double click is no second decision"
    with pytest.raises(DecidedError, match="declined already"):
        await decline(db, proposal)
    with pytest.raises(DecidedError, match="declined already"):
        await publish(db, proposal)
    assert [await seen(db, scope) for scope in (ONE, OTHER)] == ["12", "10"]
    assert await queue(db, limit=9) == []


@pytest.mark.parametrize("change", ["correct", "undo"])
async def test_a_server_that_changes_its_mind_withdraws(db: Database, proposal: Proposed, change: str) -> None:
    await (correct(db, "14") if change == "correct" else undo(db))
    assert await queue(db, limit=9) == []
    with pytest.raises(DecidedError, match="withdrawn or changed"):
        await publish(db, proposal)
    assert await untold(db, limit=9) == [], "the server knows what it did itself"


async def test_only_a_servers_latest_own_correction_is_proposed(db: Database) -> None:
    first = await correct(db, "12")
    await correct(db, "13")
    with pytest.raises(SitrepError, match="no longer the server's latest"):
        await propose(db, first)
    with pytest.raises(SitrepError, match="not an undo"):
        await propose(db, await undo(db))
    with pytest.raises(SitrepError, match="own correction is proposed"):
        await propose(db, await correct(db, "14", EVERYONE))
    with pytest.raises(SitrepError, match="no such proposal"):
        await get(db, 99)


async def test_the_server_is_told_even_after_a_restart(db: Database, proposal: Proposed) -> None:
    other = await propose(db, await correct(db, "13", OTHER))
    await decline(db, proposal)
    await publish(db, other)
    assert [decided.id for decided in await untold(db, limit=9)] == [proposal.id, other.id]
    await db.write(lambda tx: told(tx, proposal.id, later()))
    assert [decided.id for decided in await untold(db, limit=9)] == [other.id]
    assert (await get(db, proposal.id)).told


async def test_a_wipe_takes_the_proposals_but_not_what_was_published(db: Database, proposal: Proposed) -> None:
    waiting = await propose(db, await correct(db, "8", fact="r1/2.1"))
    await publish(db, proposal)
    await db.write(lambda tx: corrections.wipe(tx, ONE))
    assert await queue(db, limit=9) == []
    assert await seen(db, ONE) == "12"
    assert (await propose(db, await correct(db, "9", fact="r1/2.1"))).id > waiting.id, "an old button meets no new one"


async def test_a_published_retraction_withdraws_for_everyone(db: Database) -> None:
    await publish(db, await propose(db, await correct(db, "10", kind=CorrectionKind.RETRACTION)))
    assert [await seen(db, scope) for scope in (ONE, OTHER)] == ["withdrawn", "withdrawn"]
    assert await Facts(db).get(FACT) is None
