"""/corrections: what was corrected, for everybody to read; undone by moderators, published by editors."""

from typing import TYPE_CHECKING, Literal

import discord
from discord import app_commands

from bot.answers.moment import read_day
from bot.chat.asking import AskingCog
from bot.chat.client import Interaction, SitrepClient
from bot.chat.offers import Offer, offering
from bot.chat.options import everywhere
from bot.facts.vocabulary import CorrectionKind
from bot.i18n import _
from bot.lazy import lazily

if TYPE_CHECKING:
    from bot.answers import corrections_log
    from bot.chat.corrections_log import browsing, deciding, ids, undoing, wiping
    from bot.chat.corrections_log import offering as offered
else:
    corrections_log = lazily("bot.answers.corrections_log")
    browsing = lazily("bot.chat.corrections_log.browsing")
    deciding = lazily("bot.chat.corrections_log.deciding")
    ids = lazily("bot.chat.corrections_log.ids")
    offered = lazily("bot.chat.corrections_log.offering")
    undoing = lazily("bot.chat.corrections_log.undoing")
    wiping = lazily("bot.chat.corrections_log.wiping")

# Discord shows these as a fixed list; a test holds them to `CorrectionKind`.
Kind = Literal["reading", "source", "later_report", "clarification", "retraction", "undo"]


class Corrections(AskingCog):
    """The log of corrections."""

    corrections = everywhere(
        app_commands.Group(name="corrections", description=_("What was corrected, by whom, when and why"))
    )

    @corrections.command(name="list", description=_("What was corrected in this server and for everyone"))
    @app_commands.describe(
        place=_("A place, in any spelling or script"),
        kind=_("Only corrections of this sort"),
        person=_("Only those by this person, in this server"),
        since=_("From this day on, such as 2016-11-15"),
    )
    @app_commands.autocomplete(place=AskingCog.places)
    async def list_command(
        self,
        interaction: Interaction,
        place: str | None = None,
        kind: Kind | None = None,
        person: discord.User | None = None,
        since: str | None = None,
    ) -> None:
        """The log."""
        chosen = ids.Chosen(
            offered.find_place(place, self.client.library.known) if place and place.strip() else None,
            CorrectionKind(kind) if kind else None,
            person.id if person is not None else None,
            read_day(since),
        )
        await browsing.list_corrections(interaction, chosen)

    @corrections.command(
        name="show", description=_("One correction: before and after, who, when, why"), extras={"private": True}
    )
    @app_commands.describe(correction=_("Type a place, a number or a word of it"))
    async def show_command(self, interaction: Interaction, correction: str) -> None:
        """One correction."""
        found = await offered.find_reference(interaction, correction, await offered.readable(interaction))
        await browsing.show_correction(interaction, found)

    @corrections.command(
        name="undo", description=_("Take a correction back: moderators, with a reason"), extras={"private": True}
    )
    @app_commands.describe(correction=_("Type a place, a number or a word of it"))
    async def undo_command(self, interaction: Interaction, correction: str) -> None:
        """One more revision, which gives back the one before."""
        found = await offered.find_reference(interaction, correction, await offered.undoable(interaction), undoing=True)
        await undoing.ask(interaction, found)

    @corrections.command(
        name="queue", description=_("What servers propose for everyone: editors only"), extras={"private": True}
    )
    async def queue_command(self, interaction: Interaction) -> None:
        """What waits for an editor."""
        await deciding.open_queue(interaction)

    @corrections.command(
        name="wipe", description=_("Delete all corrections of this server: managers only"), extras={"private": True}
    )
    async def wipe_command(self, interaction: Interaction) -> None:
        """Asks first."""
        await wiping.ask_wipe(interaction)

    @show_command.autocomplete("correction")
    @offering
    async def all_corrections(self, interaction: Interaction, typed: str) -> list[Offer]:
        """Corrections for what was typed so far."""
        return await self._offers(interaction, typed, undo=False)

    @undo_command.autocomplete("correction")
    @offering
    async def own_corrections(self, interaction: Interaction, typed: str) -> list[Offer]:
        """Those that can be undone, for what was typed so far."""
        return await self._offers(interaction, typed, undo=True)

    async def _offers(self, interaction: Interaction, typed: str, *, undo: bool) -> list[Offer]:
        known = self.client.library.known
        found = await (offered.undoable(interaction) if undo else offered.readable(interaction))
        words = typed.casefold().replace(",", "").split()[:8]
        offers = [(corrections_log.told_label(told, known), str(key)) for key, told in found]
        return [
            (name, value)
            for name, value in offers
            if all(word in f"{name} {value}".casefold().replace(",", "") for word in words)
        ]


async def setup(client: SitrepClient) -> None:
    """Called by discord.py."""
    await client.add_cog(Corrections(client))
