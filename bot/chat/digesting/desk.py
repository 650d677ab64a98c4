"""The digests of a server: looked up, made, changed and previewed for whoever manages its channels."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import discord

from bot.answers.page import Page
from bot.chat.digesting.channels import (
    Chosen,
    Postable,
    advice,
    channel_of,
    check_postable,
    held_by_sitrep,
    must_manage,
)
from bot.chat.digesting.pages import confirm_page
from bot.chat.digesting.typed import Wishes, changed
from bot.chat.library import Library
from bot.chat.scope import scope_of
from bot.digests.edition import make_edition, unchanged_edition
from bot.errors import SitrepError
from bot.i18n import _
from bot.store.counters import latest_sequence
from bot.store.database import Database
from bot.store.digests.editions import Editions
from bot.store.digests.subscriptions import BY_PERSON, UNCONFIRMED, State, Stored, Subscriptions
from bot.store.keeping.pasts import Past, pasts
from bot.store.keeping.servers import Servers
from bot.subscriptions.rule_text import parse_rule
from bot.subscriptions.subscription import Limits, Subscription
from bot.subscriptions.zone import zone_named

Interaction = discord.Interaction[Any]


class Desk:
    """What /digest does. Who may is asked before; `now` is the client's own clock, `limit` the most digests that a
    server may have."""

    def __init__(
        self, database: Database, library: Library, servers: Servers, limit: int, now: Callable[[], datetime]
    ) -> None:
        self.subscriptions = Subscriptions(database)
        self.limits = Limits(limit)
        self.now = now
        self._database = database
        self._library = library
        self._servers = servers

    async def subscribe(
        self, interaction: Interaction, when: str, chosen: Chosen | None, wishes: Wishes
    ) -> tuple[Stored, Page]:
        """Keep a new subscription that waits to be started, and the page to confirm it.

        Raises:
            SitrepError: an option that cannot be read; a channel that will not do; as many digests as may be had.
            MissingPermissions: the asker may not manage the channel.
        """
        channel = channel_of(interaction, chosen)
        known = await self._library.known_in(scope_of(interaction))
        defaults = await self._servers.read(str(interaction.guild_id))
        subscription = Subscription(
            server=channel.guild.id,
            channel=channel.id,
            rule=parse_rule(when),
            zone=zone_named(defaults.time_zone),
            language=defaults.language,
        )
        subscription = changed(subscription, wishes, known, self.now())
        held = held_by_sitrep(interaction, channel)
        check_postable(channel, held)
        stored = await self.subscriptions.add(
            subscription, by=interaction.user.id, now=self._seconds(), limits=self.limits, confirmed=False
        )
        return stored, confirm_page(stored, known, channel.name, self.now(), advice(held))

    async def edit(
        self, interaction: Interaction, stored: Stored, chosen: Chosen | None, wishes: Wishes
    ) -> tuple[Stored, bool]:
        """Change what was typed; the subscription, and whether anything is different.

        Raises:
            SitrepError: as for `subscribe`; it was removed meanwhile.
        """
        must_manage(interaction, stored.subscription.channel)
        known = await self._library.known_in(scope_of(interaction))
        new = changed(stored.subscription, wishes, known, self.now())
        if chosen is not None:
            channel = channel_of(interaction, chosen)
            check_postable(channel, held_by_sitrep(interaction, channel))
            new = _moved(new, channel)
        if new == stored.subscription:
            return stored, False
        found = await self.subscriptions.edit(stored.id, new, self._seconds())
        if found is None:
            raise _gone()
        return found, True

    async def one(self, interaction: Interaction, id: int) -> Stored:
        """The subscription of this server with that number.

        Raises:
            SitrepError: there is none, or it is another server's.
        """
        found = await self.subscriptions.get(id)
        if found is None or found.subscription.server != interaction.guild_id:
            raise _gone()
        return found

    async def all(self, interaction: Interaction) -> list[Stored]:
        """Those of this server, in the order made."""
        return await self.subscriptions.listing(interaction.guild_id or 0)

    async def pasts(self, interaction: Interaction) -> dict[int, Past]:
        """What became of their slots."""
        return await pasts(self._database, str(interaction.guild_id), self._seconds())

    async def start(self, interaction: Interaction, stored: Stored) -> Stored:
        """Put it to work, from the next slot on. Its channel is looked at first.

        Raises:
            SitrepError: Sitrep cannot post there; it was removed meanwhile.
        """
        must_manage(interaction, stored.subscription.channel)
        channel = interaction.client.get_channel(stored.subscription.channel)
        if not isinstance(channel, discord.TextChannel | discord.Thread):
            raise SitrepError(
                _("The channel of this digest is gone, or Sitrep cannot see it."),
                _("Choose another one with /digest edit."),
            )
        check_postable(channel, held_by_sitrep(interaction, channel))
        found = await self.subscriptions.resume(stored.id, self._seconds())
        if found is None:
            raise _gone()
        return found

    async def pause(self, interaction: Interaction, stored: Stored) -> bool:
        """Post nothing until somebody resumes it; False where it was not at work.

        Raises:
            MissingPermissions: they may not manage its channel.
        """
        must_manage(interaction, stored.subscription.channel)
        return await self.subscriptions.pause(stored.id, BY_PERSON, self._seconds())

    async def remove(self, interaction: Interaction, stored: Stored) -> bool:
        """Take it away; False where it was gone already.

        Raises:
            MissingPermissions: they may not manage its channel.
        """
        must_manage(interaction, stored.subscription.channel)
        return await self.subscriptions.remove(stored.id)

    async def preview(self, interaction: Interaction, stored: Stored) -> Page:
        """What it would post now."""
        subscription = stored.subscription
        scope = scope_of(interaction)
        await self._library.renew()
        upto = await latest_sequence(self._database)
        known = await self._library.known_in(scope)
        edition = await make_edition(
            self._database,
            known,
            scope=scope,
            since=stored.seen,
            upto=upto,
            topics=subscription.topics,
            places=subscription.places,
            language=subscription.language,
        )
        if edition is None:
            edition = unchanged_edition(
                known,
                scope=scope,
                since=stored.seen or 0,
                upto=upto,
                topics=subscription.topics,
                places=subscription.places,
                language=subscription.language,
                quiet_since=await Editions(self._database).told_at(stored.id),
            )
        return edition.page

    def _seconds(self) -> int:
        return int(self.now().timestamp())


def waits(stored: Stored) -> bool:
    """Whether nobody has started it yet."""
    return stored.state is State.PAUSED and stored.paused_reason == UNCONFIRMED


def _moved(subscription: Subscription, channel: Postable) -> Subscription:
    return replace(subscription, channel=channel.id)


def _gone() -> SitrepError:
    return SitrepError(_("This server has no such digest any more."), _("/digest list shows those there are."))
