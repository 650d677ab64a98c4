"""Editions for delivery: each is made and rendered once for all channels that want the same, then kept."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

import msgspec

from bot.answers.knowledge import Knowledge
from bot.answers.page import Page
from bot.answers.page_json import dump
from bot.digests.edition import Edition, edition_key, make_edition, unchanged_edition
from bot.digests.parts import Clock, Ready
from bot.i18n import speaking
from bot.store.counters import latest_sequence
from bot.store.database import Database
from bot.store.digests.editions import Editions, Kept
from bot.store.digests.ledger_rows import Claim
from bot.subscriptions.subscription import Unchanged

View = Callable[[int], Awaitable[tuple[str, Knowledge]]]
"""The scope that a server sees things in, and what is known there; renewed as far as anything was committed."""
Render = Callable[[Page], list[Any]]
"""The components of a page, in the language in force."""


class Printing:
    """Implements `bot.digests.parts.Editions`."""

    def __init__(
        self, database: Database, renew: Callable[[], Awaitable[object]], view: View, render: Render, clock: Clock
    ) -> None:
        """
        Args:
            renew: brings what `view` gives up to date.
        """
        self._database = database
        self._renew = renew
        self._view = view
        self._render = render
        self._clock = clock
        self._editions = Editions(database)

    async def run(self) -> "PrintRun":
        """A run as of what is committed now."""
        upto = await latest_sequence(self._database)
        await self._renew()  # after that, so that every name an edition needs is known
        return PrintRun(self._database, self._editions, self._view, self._render, self._clock(), upto)

    async def kept(self, id: int) -> Ready:
        """The edition that an earlier attempt carried."""
        return _ready(await self._editions.get(id))


class PrintRun:
    """Editions up to one sequence. Of many that ask for the same at once, one makes it."""

    def __init__(self, database: Database, editions: Editions, view: View, render: Render, now: int, upto: int) -> None:
        self._database = database
        self._editions = editions
        self._view = view
        self._render = render
        self._now = now
        self._upto = upto
        self._made: dict[str, asyncio.Task[Ready | None]] = {}

    async def edition(self, claim: Claim) -> Ready | None:
        """The edition for a slot; None when nothing changed and the channel wants to hear nothing then."""
        wanted = claim.stored.subscription
        scope, known = await self._view(wanted.server)
        inputs: dict[str, Any] = {
            "scope": scope,
            "since": claim.stored.seen,
            "upto": self._upto,
            "topics": wanted.topics,
            "places": wanted.places,
            "language": wanted.language,
            "late": claim.late,
            "merged": claim.covers,
        }
        made = await self._shared(edition_key(**inputs), partial(make_edition, self._database, known, **inputs))
        if made is not None or wanted.unchanged is Unchanged.SILENT or claim.stored.seen is None:
            return made
        quiet = {**inputs, "quiet_since": await self._editions.told_at(claim.stored.id)}
        return await self._shared(edition_key(**quiet, quiet=True), partial(self._quiet, known, quiet))

    async def _shared(self, key: str, make: Callable[[], Awaitable[Edition | None]]) -> Ready | None:
        if key not in self._made:
            self._made[key] = asyncio.create_task(self._print(key, make))
        # Shielded: one channel that is broken off must not take the edition from all others.
        return await asyncio.shield(self._made[key])

    async def _print(self, key: str, make: Callable[[], Awaitable[Edition | None]]) -> Ready | None:
        found = await self._editions.find(key)
        if found is not None:
            return _ready(found)
        made = await make()
        return await self._keep(made) if made is not None else None

    async def _quiet(self, known: Knowledge, inputs: dict[str, Any]) -> Edition:
        return unchanged_edition(known, **inputs)

    async def _keep(self, made: Edition) -> Ready:
        with speaking(made.language):
            payload = msgspec.json.encode(self._render(made.page)).decode()
        return _ready(
            await self._editions.keep(
                key=made.key,
                scope=made.scope,
                language=made.language,
                since=made.since,
                upto=made.upto,
                payload=payload,
                page=dump(made.page),
                facts=made.facts,
                now=self._now,
            )
        )


def _ready(kept: Kept) -> Ready:
    return Ready(kept.id, kept.upto, kept.payload)
