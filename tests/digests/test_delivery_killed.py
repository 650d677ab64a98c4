"""Killed at any step, with anything going wrong on the way: every slot exactly once."""

import asyncio
import tempfile
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.digests.verdict import UNANSWERED, Answer, Fate
from bot.store.database import Database
from bot.store.digests.subscriptions import Subscriptions
from bot.store.migrate import migrate
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

WAITS = (0, 1, 15, 61, 119, 200, 600, 3600, 30 * 3600)


class Step(NamedTuple):
    """What happens before the next tick; then the clock moves, and the process asks what is due."""

    wait: int
    fault: Answer | str | None
    kill: int | None
    other: str | None
    channel: int


step = st.builds(
    Step,
    wait=st.sampled_from(WAITS),
    fault=st.one_of(st.none(), st.sampled_from(FAULTS)),
    kill=st.one_of(st.none(), st.integers(1, 30)),
    other=st.one_of(st.none(), st.sampled_from(["restart", "news", "refuse", "allow"])),
    channel=st.integers(1, 3),
)


async def play(db: Database, subscribed: list[tuple[int, int]], steps: list[Step]) -> Posting:
    await migrate(db, now=EIGHT)
    await subscribe(db, *(digest(RULES[rule], channel=channel) for channel, rule in subscribed))
    posting = Posting(db, EIGHT)
    for wait, fault, kill, other, channel in steps:
        posting.fuse.left = kill
        if fault is not None:
            posting.channels.faults.append(fault)
        match other:
            case "restart":
                posting.restart()
            case "news":
                posting.desks.upto += 1
            case "refuse":
                posting.channels.refused[channel] = Answer(403, 50001)
            case "allow":
                posting.channels.refused.pop(channel, None)
        await posting.tick(1 + wait)
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
    steps=st.lists(step, min_size=1, max_size=8),
)
def test_every_slot_exactly_once(subscribed: list[tuple[int, int]], steps: list[Step]) -> None:
    async def run() -> None:
        with tempfile.TemporaryDirectory() as folder:
            async with await Database.open(f"sqlite:///{Path(folder)}/sitrep.db") as db:
                await check(db, await play(db, subscribed, steps))

    asyncio.run(run())


async def test_killed_at_every_single_step(tmp_path: Path) -> None:
    """One digest, two channels: the whole way from claim to confirmation, cut at each of its steps in turn."""
    for count in range(1, 40):
        async with await Database.open(f"sqlite:///{tmp_path}/{count}.db") as db:
            posting = await play(
                db,
                [(1, 3), (2, 3)],
                [Step(0, None, count, None, 1), Step(15, None, None, None, 1), Step(61, None, None, None, 1)],
            )
            await check(db, posting)
            assert [len(posts) for posts in posting.channels.posts.values()] == [1, 1], count
