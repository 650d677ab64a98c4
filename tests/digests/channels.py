"""Channels in memory, with all that can go wrong on the way to them: the outside of a delivery under test."""

import asyncio
from collections import defaultdict, deque
from dataclasses import dataclass, field

from bot.digests.parts import Found, Ready
from bot.digests.verdict import UNANSWERED, Answer, Fate
from bot.store.database import Database
from bot.store.digests.editions import Editions
from bot.store.digests.ledger_rows import Claim
from bot.store.digests.subscriptions import Stored

REMEMBERS = 180
"""Seconds for which these channels know a nonce: not much more than what delivery relies on."""


@dataclass
class Time:
    """A clock that stands still until it is moved."""

    now: int

    def __call__(self) -> int:
        return self.now


class Fuse:
    """Counts the steps of a run, and stops the world at one of them."""

    def __init__(self) -> None:
        self.left: int | None = None
        self.blown = asyncio.Event()

    async def step(self) -> None:
        await asyncio.sleep(0)
        if self.left is None:
            return
        self.left -= 1
        if self.left <= 0:
            self.blown.set()
            await asyncio.Event().wait()  # whoever is here never comes back


@dataclass(frozen=True)
class Post:
    """What stands in a channel."""

    id: int
    marker: int
    nonce: str
    payload: str
    at: int


@dataclass
class Channels:
    """Implements `Sender`. Faults strike sends in their turn: an Answer, or one of the two words."""

    time: Time
    fuse: Fuse
    posts: dict[int, list[Post]] = field(default_factory=lambda: defaultdict(list))
    faults: deque[Answer | str] = field(default_factory=deque)
    refused: dict[int, Answer] = field(default_factory=dict)
    unreadable: set[int] = field(default_factory=set)
    announcement: set[int] = field(default_factory=set)
    published: list[int] = field(default_factory=list)
    publishing: deque[Answer] = field(default_factory=deque)
    edits: dict[int, str] = field(default_factory=dict)
    looks: int = 0
    last: int = 0

    async def turn(self) -> None:
        await self.fuse.step()

    async def send(self, server: int, channel: int, payload: str, nonce: str, marker: int) -> Answer:
        await self.fuse.step()
        if channel in self.refused:
            return self.refused[channel]
        fault = self.faults.popleft() if self.faults else None
        if isinstance(fault, Answer):
            return fault
        if fault == "lost before":
            return Answer(UNANSWERED, fate=Fate.LOST)
        post = self._known(channel, nonce) or self._post(channel, payload, nonce, marker)
        await self.fuse.step()
        if fault == "lost after":
            return Answer(UNANSWERED, fate=Fate.LOST)
        return Answer(200, message=post.id, publish=channel in self.announcement)

    def _known(self, channel: int, nonce: str) -> Post | None:
        fresh = (post for post in self.posts[channel] if self.time.now - post.at < REMEMBERS)
        return next((post for post in fresh if post.nonce == nonce), None)

    def _post(self, channel: int, payload: str, nonce: str, marker: int) -> Post:
        self.last += 1
        post = Post(self.last, marker, nonce, payload, self.time.now)
        self.posts[channel].append(post)
        return post

    async def find(self, server: int, channel: int, marker: int, since: int, until: int) -> Found:
        await self.fuse.step()
        self.looks += 1
        if channel in self.unreadable or channel in self.refused:
            return Found(None, False, self.refused.get(channel, Answer(403, 50001)))
        within = (post for post in self.posts[channel] if since <= post.at <= until and post.marker == marker)
        post = next(within, None)
        return Found(None if post is None else post.id, True, Answer(200))

    async def publish(self, channel: int, message: int) -> Answer:
        await self.fuse.step()
        if self.publishing:
            return self.publishing.popleft()
        self.published.append(message)
        return Answer(200, message=message)

    async def edit(self, channel: int, message: int, payload: str) -> Answer:
        await self.fuse.step()
        fault = self.faults.popleft() if self.faults else None
        if isinstance(fault, Answer):
            return fault
        if fault != "lost before":
            self.edits[message] = payload
        await self.fuse.step()
        return Answer(UNANSWERED, fate=Fate.LOST) if fault else Answer(200, message=message)

    async def writable(self, server: int, channel: int) -> bool:
        await self.fuse.step()
        return channel not in self.refused


@dataclass
class Told:
    """Implements `Announce`."""

    said: list[tuple[str, int, str | None]] = field(default_factory=list)

    async def paused(self, stored: Stored) -> None:
        self.said.append(("paused", stored.id, stored.paused_reason))

    async def resumed(self, stored: Stored) -> None:
        self.said.append(("resumed", stored.id, stored.paused_reason))


class Desks:
    """Implements the editions: a line for each run, the same for all channels but late ones."""

    def __init__(self, db: Database, fuse: Fuse) -> None:
        self._kept = Editions(db)
        self._fuse = fuse
        self.upto = 7
        self.silent: set[int] = set()
        self.broken: set[int] = set()

    async def run(self) -> "Desks":
        await self._fuse.step()
        return self

    async def edition(self, claim: Claim) -> Ready | None:
        await self._fuse.step()
        if claim.stored.id in self.silent:
            return None
        if claim.stored.id in self.broken:
            raise ZeroDivisionError
        label = f"{self.upto} late={claim.late} covers={claim.covers}"
        kept = await self._kept.keep(
            key=label, scope="", language="en", since=None, upto=self.upto, payload=f'["{label}"]', facts=[], now=0
        )
        return Ready(*kept)

    async def kept(self, id: int) -> Ready:
        return Ready(*await self._kept.get(id))
