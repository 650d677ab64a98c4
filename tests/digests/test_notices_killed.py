"""Corrections on their way, killed at any step, with anything going wrong: told once each, and every post right."""

import asyncio
import tempfile
from collections import Counter
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.answers.knowledge import Knowledge
from bot.answers.page_json import dump
from bot.answers.question import Ask, Question, encode
from bot.answers.service import answer
from bot.chat.rendering import render
from bot.digests.notices import Notifier, Outside
from bot.digests.verdict import UNANSWERED, Answer, Fate
from bot.facts.grammar import parse_quantity
from bot.facts.revision import EVERYONE
from bot.facts.vocabulary import CorrectionKind
from bot.store.correcting import corrections
from bot.store.correcting.correction_log import value
from bot.store.database import Database
from bot.store.digests.ledger_rows import marker_of
from bot.store.digests.notices import Mending, Notice, Notices
from bot.store.digests.shown import Sighting, record
from bot.store.migrate import migrate
from bot.store.revisions.recorded import numbers
from tests.digests.aleppo import CONFLICT, Aleppo
from tests.digests.channels import Channels, Fuse, Time
from tests.digests.killing import between, killed
from tests.store.ledgers import EIGHT

FACT = "afp-2016-12-03/11.1"
DAYS_90 = 90 * 86_400
FAULTS: list[Answer | str] = [
    "lost before",
    "lost after",
    Answer(500),
    Answer(503),
    Answer(429, retry_after=3.0),
    Answer(UNANSWERED, fate=Fate.NEVER_LEFT),
]
VALUES = ("at least 320", "about 330", "340")


class FusedNotices(Notices):
    """The tables, with a step before and after each write: a process may die at either."""

    def __init__(self, db: Database, fuse: Fuse) -> None:
        super().__init__(db, CONFLICT)
        self._fuse = fuse

    async def spread(self, now: int, kept_for: int) -> int:
        return await between(self._fuse, lambda: super(FusedNotices, self).spread(now, kept_for))

    async def mended(self, mending: Mending, **given: Any) -> None:
        await between(self._fuse, lambda: super(FusedNotices, self).mended(mending, **given))

    async def sending(self, notice: Notice, now: int) -> bool:
        return await between(self._fuse, lambda: super(FusedNotices, self).sending(notice, now))

    async def settle(self, notice: Notice, state: str, **given: Any) -> None:
        await between(self._fuse, lambda: super(FusedNotices, self).settle(notice, state, **given))


class Carrying:
    """The program as far as corrections go."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self.aleppo = Aleppo(db)
        self.time = Time(EIGHT)
        self.fuse = Fuse()
        self.channels = Channels(self.time, self.fuse)
        self._requests = count(1)
        self.start()

    def start(self) -> None:
        outside = Outside(
            sender=self.channels,
            clock=self.time,
            repeats=lambda server: False,
            elected=lambda: True,
            renew=self.aleppo.library.renew,
            view=self._view,
            render=render,
        )
        self.notifier = Notifier(self.db, FusedNotices(self.db, self.fuse), outside, kept_for=DAYS_90)

    async def _view(self, _server: int) -> tuple[str, Knowledge]:
        return EVERYONE, self.aleppo.library.known

    async def show(self, message: int, channel: int) -> None:
        """An answer stands in a channel."""
        question = Question(Ask.CASUALTIES)
        page = await answer(question, self.aleppo.library.known)
        upto = await self.aleppo.now()
        sighting = Sighting(
            str(message),
            str(channel),
            "7",
            EVERYONE,
            "en",
            encode(question),
            upto,
            page.facts,
            f"k{upto}",
            self.time.now,
        )
        await record(self.db, [sighting], {f"k{upto}": dump(page)})

    async def correct(self, words: str) -> None:
        seen, before = await numbers(self.db, FACT, EVERYONE), await value(self.db, FACT, EVERYONE)
        assert before is not None
        after, request = replace(before.fact, quantity=parse_quantity(words)), f"r{next(self._requests)}"
        await self.db.write(
            lambda tx: corrections.record(
                tx, after, scope=EVERYONE, kind=CorrectionKind.READING, author="1", reason="seen again",
                evidence="https://example.org/a", expected=seen, request=request, now=self.time.now,
                places=self.aleppo.library.known.places,
            )
        )  # fmt: skip
        await self.aleppo.library.renew()

    async def tick(self, seconds: int = 0) -> None:
        self.time.now += seconds
        if await killed(self.fuse, self.notifier.tick):
            self.start()


class Step(NamedTuple):
    """What happens before the next tick."""

    wait: int
    fault: Answer | str | None
    kill: int | None
    value: str | None
    show: int | None


steps = st.builds(
    Step,
    wait=st.sampled_from((0, 2, 60, 119, 200, 600)),
    fault=st.none() | st.sampled_from(FAULTS),
    kill=st.none() | st.integers(1, 25),
    value=st.none() | st.sampled_from(VALUES),
    show=st.none() | st.integers(1, 2),
)


async def play(db: Database, plan: list[Step]) -> Carrying:
    await migrate(db, now=EIGHT)
    carrying = Carrying(db)
    await carrying.aleppo.load()
    messages = count(1000)
    await carrying.show(next(messages), 1)
    for step in plan:
        if step.show is not None:
            await carrying.show(next(messages), step.show)
        if step.value is not None:
            await carrying.correct(step.value)
        if step.fault is not None:
            carrying.channels.faults.append(step.fault)
        carrying.fuse.left = step.kill
        await carrying.tick(step.wait)
    carrying.fuse.left = None
    carrying.channels.faults.clear()
    for _ in range(20):
        await carrying.tick(400)
    return carrying


async def check(carrying: Carrying) -> None:
    rows = await carrying.db.fetch_all("SELECT id, channel, cause, state, error FROM notice")
    told = Counter(post.marker for posts in carrying.channels.posts.values() for post in posts)
    for number, channel, cause, state, error in rows:
        expected = 1 if state == "done" else 0
        assert told[marker_of(f"n{number:x}.{cause:x}")] == expected, (channel, state, error, told)
        assert state == "done" or error == "undone before it was told", (state, error)
    assert sum(told.values()) == sum(state == "done" for *_rest, state, _error in rows), "nothing but these"
    assert await carrying.db.fetch_all("SELECT message FROM mending WHERE state <> 'done'") == []
    shown = await carrying.aleppo.library.known.facts.get(FACT)
    assert shown is not None
    now = (await answer(Question(Ask.CASUALTIES), carrying.aleppo.library.known)).sections[0].entries[0].lead
    for (message,) in await carrying.db.fetch_all("SELECT message FROM mending"):
        words = str(now[0][0])
        assert words.lower() in carrying.channels.edits[int(message)].lower(), "the post says what holds now"


@settings(max_examples=30, suppress_health_check=list(HealthCheck))
@given(st.lists(steps, max_size=10))
def test_told_once_each_whatever_dies_on_the_way(plan: list[Step]) -> None:
    async def run() -> None:
        with tempfile.TemporaryDirectory() as folder:
            async with await Database.open(f"sqlite:///{Path(folder)}/sitrep.db") as db:
                await check(await play(db, plan))

    asyncio.run(run())
