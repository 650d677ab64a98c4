"""What delivery does with each thing that can happen, one at a time. The ledger is real, the channels are in memory."""

import asyncio

import pytest

from bot.digests.channel_work import AHEAD
from bot.digests.delivery import Options
from bot.digests.reasons import Reason
from bot.digests.verdict import UNANSWERED, Answer, Fate
from bot.store.database import Database
from bot.store.digests.patrol import Patrol
from bot.store.digests.subscriptions import State, Stored, Subscriptions
from tests.digests.posting import TAKEOVER, Posting
from tests.store.ledgers import DAY, EIGHT, HOUR, digest, subscribe

FORBIDDEN = Answer(403, 50013)


async def slots(db: Database, *, state: str | None = None) -> list[tuple[int, str, str | None]]:
    rows = await db.fetch_all("SELECT slot, state, error FROM delivery ORDER BY slot, subscription")
    return [(slot, is_, error) for slot, is_, error in rows if state in (None, is_)]


async def get(db: Database, id: int) -> Stored:
    found = await Subscriptions(db).get(id)
    assert found is not None
    return found


async def test_what_is_due_is_posted_once_and_seen(db: Database) -> None:
    [made] = await subscribe(db, digest())
    posting = Posting(db, EIGHT - 2)
    await posting.tick()
    assert posting.channels.posts == {}
    for _ in range(4):
        await posting.tick(2)
    [post] = posting.channels.posts[2001]
    assert post.payload == '["7 late=False covers=1"]'
    assert (await get(db, made.id)).seen == 7
    assert await slots(db) == [(EIGHT, "confirmed", None)]


async def test_a_day_later_comes_the_next(db: Database) -> None:
    await subscribe(db, digest())
    posting = Posting(db, EIGHT)
    await posting.tick()
    posting.desks.upto = 9
    await posting.tick(DAY)
    assert [post.payload[2] for post in posting.channels.posts[2001]] == ["7", "9"]


async def test_nothing_new_is_a_slot_skipped(db: Database) -> None:
    [made] = await subscribe(db, digest())
    posting = Posting(db, EIGHT)
    posting.desks.silent.add(made.id)
    await posting.tick()
    assert await slots(db) == [(EIGHT, "skipped", "nothing-new")]
    assert (await get(db, made.id)).seen is None


async def test_an_edition_that_cannot_be_made_fails_under_a_number_and_the_next_comes(db: Database) -> None:
    broken, well = await subscribe(db, digest("hourly :00"), digest("hourly :00"))
    posting = Posting(db, EIGHT)
    posting.desks.broken.add(broken.id)
    await posting.tick()
    [(_, state, error), (_, other, _)] = await slots(db)
    assert (state, other) == ("failed", "confirmed")
    assert error is not None
    assert len(error) == 6
    posting.desks.broken.clear()
    await posting.tick(HOUR)
    assert len(await slots(db, state="confirmed")) == 3
    assert (await get(db, broken.id)).state is State.ACTIVE
    assert well.id != broken.id


@pytest.mark.parametrize("fault", ["lost before", "lost after", Answer(500), Answer(503), Answer(502), Answer(200)])
async def test_a_lost_answer_is_asked_for_again_with_the_same_nonce(db: Database, fault: Answer | str) -> None:
    await subscribe(db, digest())
    posting = Posting(db, EIGHT)
    posting.channels.faults.append(fault)
    await posting.tick()
    assert [state for _, state, _ in await slots(db)] == ["uncertain"]
    await posting.tick(2)
    assert len(posting.channels.posts[2001]) == 1
    assert [state for _, state, _ in await slots(db)] == ["confirmed"]
    assert posting.channels.looks == 0


@pytest.mark.parametrize("arrived", [True, False])
async def test_after_discord_forgot_the_nonce_the_channel_is_read_first(db: Database, arrived: bool) -> None:
    await subscribe(db, digest("mon 08:00"))
    posting = Posting(db, EIGHT)
    posting.channels.faults.append("lost after" if arrived else "lost before")
    await posting.tick()
    posting.restart()
    await posting.tick(660)
    assert posting.channels.looks == 1
    [post] = posting.channels.posts[2001]
    assert await slots(db) == [(EIGHT, "confirmed", None)]
    # What arrived is what was sent then; what did not is made anew, and says that it is late.
    assert ("late=False" in post.payload) is arrived


@pytest.mark.parametrize(
    ("repeats", "state", "posts"), [(False, ("skipped", "unsure"), 0), (True, ("confirmed", None), 1)]
)
async def test_where_the_channel_cannot_be_read_the_server_has_chosen(
    db: Database, repeats: bool, state: tuple[str, str | None], posts: int
) -> None:
    await subscribe(db, digest("mon 08:00"))
    posting = Posting(db, EIGHT)
    posting.repeats = repeats
    posting.channels.unreadable.add(2001)
    posting.channels.faults.append("lost before")
    await posting.tick()
    await posting.tick(600)
    assert await slots(db) == [(EIGHT, *state)]
    assert len(posting.channels.posts[2001]) == posts


async def test_too_many_requests_are_no_strike(db: Database) -> None:
    [made] = await subscribe(db, digest())
    posting = Posting(db, EIGHT)
    posting.channels.faults.append(Answer(429, retry_after=30.0))
    await posting.tick()
    await posting.tick(29)
    assert posting.channels.posts[2001] == []
    await posting.tick(1)
    assert len(posting.channels.posts[2001]) == 1
    assert (await get(db, made.id)).strikes_since is None


async def test_what_discord_cannot_take_is_our_bug(db: Database) -> None:
    [made] = await subscribe(db, digest("hourly :00"))
    posting = Posting(db, EIGHT)
    posting.channels.faults.append(Answer(400, 50035))
    await posting.tick()
    assert [state for _, state, _ in await slots(db)] == ["failed"]
    assert (await get(db, made.id)).state is State.ACTIVE
    await posting.tick(HOUR)
    assert [state for _, state, _ in await slots(db)] == ["failed", "confirmed"]


async def test_a_channel_that_refuses_is_paused_after_an_hour_and_people_are_told(db: Database) -> None:
    [made] = await subscribe(db, digest())
    posting = Posting(db, EIGHT)
    posting.channels.refused[2001] = FORBIDDEN
    await posting.tick()
    for _ in range(5):
        await posting.tick(600)
        assert (await get(db, made.id)).state is State.ACTIVE
    await posting.tick(600)
    paused = await get(db, made.id)
    assert (paused.state, paused.paused_reason) == (State.PAUSED, Reason.READ_ONLY)
    assert await slots(db) == [(EIGHT, "failed", "read-only")]
    await posting.tick(30)
    await posting.tick(30)
    assert posting.told.said == [("paused", made.id, "read-only")]


async def test_when_the_permission_returns_it_goes_on_with_what_was_missed(db: Database) -> None:
    [made] = await subscribe(db, digest("mon 08:00"))
    posting = Posting(db, EIGHT)
    posting.channels.refused[2001] = FORBIDDEN
    await posting.tick()
    for _ in range(7):
        await posting.tick(600)
    assert (await get(db, made.id)).state is State.PAUSED
    posting.channels.refused.clear()
    await Patrol(db).hasten(1001, posting.time.now)
    await posting.tick(30)
    await posting.tick(2)
    [post] = posting.channels.posts[2001]
    assert "late=True" in post.payload
    assert (await get(db, made.id)).state is State.ACTIVE
    assert [said[0] for said in posting.told.said] == ["paused", "resumed"]


async def test_paused_for_days_it_catches_up_once(db: Database) -> None:
    await subscribe(db, digest("hourly :00"))
    posting = Posting(db, EIGHT)
    posting.channels.refused[2001] = Answer(404, 10003)
    await posting.tick()
    for _ in range(7):
        await posting.tick(600)
    posting.channels.refused.clear()
    await posting.until(lambda: bool(posting.channels.posts[2001]), seconds=HOUR)
    await posting.tick(5)
    [post] = posting.channels.posts[2001]
    assert "late=True" in post.payload or "covers" in post.payload
    rows = await slots(db)
    assert len([row for row in rows if row[1] == "confirmed"]) == 1
    assert [slot for slot, _, _ in rows] == [EIGHT + n * HOUR for n in range(len(rows))], "every slot has its row"


async def test_a_pause_by_a_person_is_never_ended(db: Database) -> None:
    [made] = await subscribe(db, digest())
    await Subscriptions(db).pause(made.id, "by-person", EIGHT - 9)
    posting = Posting(db, EIGHT)
    await Patrol(db).hasten(1001, EIGHT)
    for _ in range(3):
        await posting.tick(6 * HOUR)
    assert posting.channels.posts == {}
    assert (await get(db, made.id)).paused_reason == "by-person"


async def test_a_bad_channel_delays_no_other(db: Database) -> None:
    await subscribe(db, *(digest(channel=n) for n in range(1, 11)))
    posting = Posting(db, EIGHT, Options(in_flight=3, batch=3, joining=(0.001, 0.001)))
    posting.channels.refused = {n: Answer(503) for n in range(1, 6)}
    await posting.tick()
    await posting.tick(2)
    assert sorted(posting.channels.posts) == [6, 7, 8, 9, 10]


async def test_the_order_within_a_channel_is_kept_when_the_first_has_to_wait(db: Database) -> None:
    await subscribe(db, digest("daily 08:00"), digest("daily 08:01"), digest("daily 08:02"))
    posting = Posting(db, EIGHT + 120)
    posting.channels.faults += [Answer(503), Answer(UNANSWERED, fate=Fate.NEVER_LEFT)]
    await posting.tick()
    assert posting.channels.posts[2001] == []
    await posting.until(lambda: len(posting.channels.posts[2001]) == 3)
    nonces = [post.nonce for post in posting.channels.posts[2001]]
    assert nonces == sorted(nonces, key=lambda nonce: int(nonce.partition(".")[2], 16))


async def test_announcements_are_published_and_never_posted_again_for_it(db: Database) -> None:
    await subscribe(db, digest("mon 08:00"))
    posting = Posting(db, EIGHT)
    posting.channels.announcement.add(2001)
    posting.channels.publishing += [Answer(500), Answer(429, retry_after=600.0)]
    await posting.tick()
    for _ in range(4):
        await posting.tick(61)
    assert posting.channels.published == [1]
    assert len(posting.channels.posts[2001]) == 1


@pytest.mark.parametrize("answer", [Answer(403, 50013), Answer(400, 50024)])
async def test_what_may_not_be_published_stays_as_it_is(db: Database, answer: Answer) -> None:
    await subscribe(db, digest())
    posting = Posting(db, EIGHT)
    posting.channels.announcement.add(2001)
    posting.channels.publishing.append(answer)
    await posting.tick()
    await posting.tick(61)
    await posting.tick(61)
    assert (posting.channels.published, len(posting.channels.posts[2001])) == ([], 1)
    assert (await db.fetch_all("SELECT publish FROM delivery")) == [("failed",)]


async def test_a_refused_token_stops_all_and_pauses_nothing(db: Database) -> None:
    [made] = await subscribe(db, digest())
    posting = Posting(db, EIGHT)
    posting.channels.faults.append(Answer(401))
    await posting.tick()
    await posting.tick(299)
    assert posting.channels.posts[2001] == []
    await posting.tick(1)
    assert len(posting.channels.posts[2001]) == 1
    assert (await get(db, made.id)).strikes_since is None


async def test_of_two_processes_one_sends_and_the_other_takes_over(db: Database) -> None:
    await subscribe(db, digest("hourly :00"))
    posting = Posting(db, EIGHT)
    first = posting.delivery
    await posting.tick()
    second = posting.restart()
    await posting.tick(HOUR - TAKEOVER - 5)
    assert first is not second
    posting.delivery = first
    await posting.tick(15)
    posting.delivery = second
    await posting.tick(TAKEOVER // 2)
    posting.time.now = EIGHT + HOUR
    await posting.tick()
    assert len(posting.channels.posts[2001]) == 1, "the first still holds the lease"
    await posting.tick(TAKEOVER)
    assert len(posting.channels.posts[2001]) == 2


async def test_stopping_gives_back_what_was_not_sent(db: Database) -> None:
    await subscribe(db, *(digest(channel=n) for n in range(1, 6)))
    posting = Posting(db, EIGHT)
    await posting.delivery.tick()
    await posting.delivery.stop(2.0)
    sent = sum(map(len, posting.channels.posts.values()))
    assert sent + len(await slots(db, state="claimed")) + len(await slots(db, state="uncertain")) == 5
    await posting.delivery.tick()
    posting.restart()
    await posting.tick()
    assert {channel: len(posts) for channel, posts in posting.channels.posts.items()} == dict.fromkeys(range(1, 6), 1)


async def test_stopping_leaves_no_doubt_about_what_was_never_sent(db: Database) -> None:
    await subscribe(db, *(digest(server=1000 + n, channel=n) for n in range(1, 71)))
    posting = Posting(db, EIGHT, Options(joining=(0.001, 0.001)))

    async def never() -> None:
        await asyncio.Event().wait()

    posting.channels.turn = never  # type: ignore[method-assign]
    await posting.delivery.tick()
    for _ in range(100):
        if await slots(db, state="sent"):
            break
        await asyncio.sleep(0.01)
    marked = len(await slots(db, state="sent"))
    assert 0 < marked <= AHEAD, "few are marked ahead of their turn"
    await posting.delivery.stop(0.05)
    assert {state for _, state, _ in await slots(db)} == {"claimed"}
    assert await db.fetch_all("SELECT DISTINCT first_sent_at, owner FROM delivery") == [(None, None)]


@pytest.mark.parametrize("ahead", [10, AHEAD + 10])
async def test_as_many_are_marked_ahead_of_their_turn_as_the_pace_needs(db: Database, ahead: int) -> None:
    """With too few, a faster pace waits for marks; with more, each of them has to be looked for after a crash."""
    await subscribe(db, *(digest(server=1000 + n, channel=n) for n in range(1, AHEAD + 31)))
    posting = Posting(db, EIGHT, Options(joining=(0.001, 0.001), ahead=ahead))
    waiting = 0

    async def never() -> None:
        nonlocal waiting
        waiting += 1
        await asyncio.Event().wait()

    posting.channels.turn = never  # type: ignore[method-assign]
    await posting.delivery.tick()
    for _ in range(100):
        if waiting >= ahead:
            break
        await asyncio.sleep(0.01)
    for _ in range(5):  # whoever else comes, comes now
        await asyncio.sleep(0.01)
    assert (waiting, len(await slots(db, state="sent"))) == (ahead, ahead)
    await posting.delivery.stop(0.05)


async def test_a_mark_that_grew_old_while_waiting_is_renewed(db: Database) -> None:
    await subscribe(db, digest("mon 08:00"))
    posting = Posting(db, EIGHT)
    turn, waits = posting.channels.turn, [35, 35, 0]

    async def wait() -> None:
        await turn()
        posting.time.now += waits.pop(0)
        await posting.delivery.tick()

    posting.channels.turn = wait  # type: ignore[method-assign]
    posting.channels.faults.append("lost after")
    await posting.delivery.tick()
    await posting.delivery.settled()
    assert waits == []
    assert await db.fetch_all("SELECT first_sent_at, at, attempts FROM delivery") == [(EIGHT, EIGHT + 70, 3)]


async def test_who_slept_through_the_lease_sends_nothing(db: Database) -> None:
    await subscribe(db, digest())
    posting = Posting(db, EIGHT)
    sleeper = posting.delivery
    turn = posting.channels.turn

    async def nap() -> None:
        posting.channels.turn = turn  # type: ignore[method-assign]
        posting.time.now += 300
        posting.restart()
        other = posting.delivery
        await other.tick()
        await other.settled()

    posting.channels.turn = nap  # type: ignore[method-assign]
    await sleeper.tick()
    await sleeper.settled()
    await posting.tick(2)
    assert len(posting.channels.posts[2001]) == 1
    assert [state for _, state, _ in await slots(db)] == ["confirmed"]
