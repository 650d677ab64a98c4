"""Delivery and corrections, put together with Discord: who sends, who makes editions, who is told."""

import os
import secrets
import socket
from collections.abc import Callable
from functools import partial

from bot.answers.knowledge import Knowledge
from bot.answers.page import Text
from bot.chat.client import SitrepClient
from bot.chat.pacer import Pacer
from bot.chat.rendering import render
from bot.chat.sender import DiscordSender
from bot.digests.channel_work import AHEAD
from bot.digests.delivery import Delivery, Options
from bot.digests.notices import Notifier, Outside
from bot.digests.printing import Printing
from bot.digests.reasons import words
from bot.i18n import DEFAULT, _
from bot.store.digests.election import Election
from bot.store.digests.ledger import Ledger
from bot.store.digests.notices import Notices
from bot.store.digests.patrol import Patrol
from bot.store.digests.subscriptions import Stored
from bot.store.keeping.servers import Repeat


def build_delivery(client: SitrepClient, pacer: Pacer, clock: Callable[[], float]) -> Delivery:
    """Delivery for this process.

    Args:
        pacer: the one that the client's own requests wait for.
        clock: seconds since the epoch, UTC.
    """
    database, library, settings = client.database, client.library, client.settings
    bound = settings.catch_up_hours * 3600
    # Of this run alone: a process that comes back is another, so that its former self can be told from it.
    owner = f"{socket.gethostname()}-{os.getpid()}-{secrets.token_hex(4)}".replace(" ", "-")

    def now() -> int:
        return int(clock())

    return Delivery(
        ledger=Ledger(database, owner, bound=bound),
        patrol=Patrol(database),
        election=Election(database, owner, seconds=settings.takeover_seconds),
        editions=Printing(database, library.renew, partial(view, client), render, now),
        sender=DiscordSender(client, pacer),
        announce=PauseTeller(client),
        clock=now,
        repeats=partial(repeats, client),
        options=Options(bound=bound, ahead=max(AHEAD, settings.requests_per_second)),
    )


def build_notifier(client: SitrepClient, pacer: Pacer, clock: Callable[[], float], delivery: Delivery) -> Notifier:
    """What carries corrections to whoever was shown the figure, from the process that delivers."""
    outside = Outside(
        sender=DiscordSender(client, pacer),
        clock=lambda: int(clock()),
        repeats=partial(repeats, client),
        elected=lambda: delivery.elected,
        renew=client.library.renew,
        view=partial(view, client),
        render=render,
    )
    kept_for = client.settings.shown_days * 24 * 3600
    notices = Notices(client.database, client.settings.conflict)
    return Notifier(client.database, notices, outside, kept_for=kept_for)


async def view(client: SitrepClient, server: int) -> tuple[str, Knowledge]:
    """The scope that a server sees things in, and what is known there."""
    scope = client.library.scope_of(str(server))
    return scope, await client.library.known_in(scope)


def repeats(client: SitrepClient, server: int) -> bool:
    """What the server chose for a post of which nobody knows whether it arrived."""
    return client.servers.known(str(server)).repeat is Repeat.REPEAT


class PauseTeller:
    """Tells a server's log channel, or else the person who subscribed, that a digest stopped or goes on."""

    def __init__(self, client: SitrepClient) -> None:
        self._client = client

    async def paused(self, stored: Stored) -> None:
        """Sitrep has paused the subscription."""

        def said() -> Text:
            why = words(stored.paused_reason or "")
            what = _("Digest {number} for #{channel} in {server} is paused.").format(**self._names(stored))
            return (what, " ", why.what, " ", why.remedy)

        await self._tell(stored, said)

    async def resumed(self, stored: Stored) -> None:
        """Sitrep goes on with a subscription that it had paused."""

        def said() -> Text:
            return (_("Digest {number} for #{channel} in {server} goes on.").format(**self._names(stored)),)

        await self._tell(stored, said)

    async def _tell(self, stored: Stored, said: Callable[[], Text]) -> None:
        server = str(stored.subscription.server)
        if not await self._client.announcer.tell(server, said) and stored.created_by:
            language = self._client.servers.known(server).language or DEFAULT
            await self._client.announcer.tell_person(str(stored.created_by), said, language)

    def _names(self, stored: Stored) -> dict[str, str]:
        guild = self._client.get_guild(stored.subscription.server)
        channel = guild.get_channel_or_thread(stored.subscription.channel) if guild is not None else None
        return {
            "number": str(stored.id),
            "channel": str(stored.subscription.channel) if channel is None else channel.name,
            "server": str(stored.subscription.server) if guild is None else guild.name,
        }
