"""Killed at any step, with anything going wrong on the way: every slot exactly once."""

import asyncio
import tempfile
from collections import Counter
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.digests.verdict import UNANSWERED, Answer, Fate
from bot.store.database import Database
from bot.store.migrate import migrate
from bot.store.subscriptions import Subscriptions
from tests.digests.posting import Posting
from tests.store.ledgers import EIGHT, HOUR, digest, subscribe

FAULTS: list[Answer | str] = [
    "lost before",
    "lost after",
    Answer(500),
    Answer(503),
    Answer(429, retry_after=3.0),
    Answer(429, retry_after=90.0),
    Answer(UNANSWERED, fate=Fate.NEVER_LEFT),
    Answer(200),
]
RULES = ("hourly :00", "hourly :30", "daily 09:00", "daily 08:00")

step = st.one_of(
    st.tuples(st.just("kill"), st.integers(1, 40)),
    st.tuples(st.just("fault"), st.sampled_from(FAULTS)),
    st.tuples(st.just("wait"), st.sampled_from([1, 2, 16, 61, 119, 125, 200, 1800, 3600, 4 * 3600, 30 * 3600])),
    st.tuples(st.just("restart"), st.none()),
    st.tuples(st.just("news"), st.none()),
    st.tuples(st.just("refuse"), st.integers(1, 3)),
    st.tuples(st.just("allow"), st.integers(1, 3)),
)


async def play(db: Database, subscribed: list[tuple[int, int]], steps: list[tuple[str, object]]) -> Posting:
    await migrate(db, now=EIGHT)
    await subscribe(db, *(digest(RULES[rule], channel=channel) for channel, rule in subscribed))
    posting = Posting(db, EIGHT)
    for what, which in steps:
        match what, which:
            case "kill", int(which):
                posting.fuse.left = which
            case "fault", Answer() | str():
                posting.channels.faults.append(which)
            case "wait", int(which):
                posting.time.now += which
            case "restart", _:
                posting.restart()
            case "news", _:
                posting.desks.upto += 1
            case "refuse", int(which):
                posting.channels.refused[which] = Answer(403, 50001)
            case "allow", int(which):
                posting.channels.refused.pop(which, None)
        await posting.tick(1)
    posting.fuse.left = None
    posting.channels.faults.clear()
    posting.channels.refused.clear()
    for _ in range(6):
        await posting.tick(300)
    for _ in range(3):
        await posting.tick(3 * HOUR)
    return posting


async def check(db: Database, posting: Posting) -> None:
    rows = await db.fetch_all("SELECT subscription, slot, channel, state, nonce, message FROM delivery")
    posts = [(str(channel), post) for channel, posts in posting.channels.posts.items() for post in posts]
    standing = Counter(post.nonce for _, post in posts)
    assert all(count == 1 for count in standing.values()), f"doubled: {standing}"
    by_state: dict[str, set[str]] = {}
    for row in rows:
        by_state.setdefault(row[3], set()).add(row[4])
    assert set(by_state) <= {"confirmed", "skipped", "failed"}, f"left open: {by_state}"
    assert by_state.get("confirmed", set()) == set(standing), "what is confirmed stands there, and nothing else does"
    places = {(row[4], row[2], row[5]) for row in rows if row[3] == "confirmed"}
    assert places == {(post.nonce, channel, str(post.id)) for channel, post in posts}

    kept = {one.id: one for one in await Subscriptions(db).listing(1001)}
    for one in kept.values():
        slots = sorted(row[1] for row in rows if row[0] == one.id)
        expected = [EIGHT + n * HOUR // 2 for n in range(2 * 24 * 60)]
        rule = str(one.subscription.rule)
        wanted = [at for at in expected if _on(rule, at) and at <= max(slots, default=0)]
        assert slots == wanted, f"{rule}: every slot has its row"
        confirmed = [row for row in rows if row[0] == one.id and row[3] == "confirmed"]
        upto = [int(post.payload[2:].split()[0]) for _, post in posts if post.nonce in {row[4] for row in confirmed}]
        assert one.seen == (max(upto) if upto else None)


def _on(rule: str, at: int) -> bool:
    hour, minute = at // 3600 % 24, at // 60 % 60
    return {
        "hourly :00": minute == 0,
        "hourly :30": minute == 30,
        "daily 09:00": (hour, minute) == (9, 0),
        "daily 08:00": (hour, minute) == (8, 0),
    }[rule]


@settings(max_examples=60)
@given(
    subscribed=st.lists(st.tuples(st.integers(1, 3), st.integers(0, 3)), min_size=1, max_size=4),
    steps=st.lists(step, max_size=14),
)
def test_every_slot_exactly_once(subscribed: list[tuple[int, int]], steps: list[tuple[str, object]]) -> None:
    async def run() -> None:
        with tempfile.TemporaryDirectory() as folder:
            async with await Database.open(f"sqlite:///{Path(folder)}/sitrep.db") as db:
                await check(db, await play(db, subscribed, steps))

    asyncio.run(run())


async def test_killed_at_every_single_step(tmp_path: Path) -> None:
    """One digest, two channels: the whole way from claim to confirmation, cut at each of its steps in turn."""
    for count in range(1, 40):
        async with await Database.open(f"sqlite:///{tmp_path}/{count}.db") as db:
            posting = await play(db, [(1, 3), (2, 3)], [("kill", count), ("wait", 16), ("wait", 61)])
            await check(db, posting)
            assert [len(posts) for posts in posting.channels.posts.values()] == [1, 1], count
