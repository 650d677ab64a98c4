"""/digest: briefings that come by themselves, for who manages the channel."""

from typing import TYPE_CHECKING, Literal

from discord import app_commands
from discord.ext import commands

from bot.chat.client import Interaction, SitrepClient
from bot.chat.digesting.channels import Chosen, PostableChannels
from bot.chat.digesting.offers import Offers
from bot.chat.people import MANAGE_CHANNELS, managing
from bot.errors import SitrepError
from bot.i18n import _
from bot.lazy import lazily

if TYPE_CHECKING:
    from bot.chat.digesting import desk, typed, views
    from bot.store.digests.subscriptions import Stored
else:
    typed = lazily("bot.chat.digesting.typed")
    views = lazily("bot.chat.digesting.views")

Where = app_commands.Transform[Chosen, PostableChannels]
Unchanged = Literal["silent", "one-line"]
Corrections = Literal["at-once", "with-next"]
_WHICH = _("Which digest: its number, or a channel")
_OPTIONS = {
    "when": _("Such as: daily 08:00 · weekdays 07:30 · mon,thu 18:00 · hourly :15 · 0 8 1,15 * *"),
    "channel": _("Where to; this channel if you leave it out"),
    "time_zone": _("City, country or IANA name; the server’s own if you leave it out"),
    "topics": _("Only these topics, with commas between; all if you leave it out"),
    "places": _("Only these places and what lies in them, with commas between"),
    "language": _("Of the digest"),
    "unchanged": _("What to post when nothing has changed"),
    "corrections": _("When to tell of a correction to a figure that was shown here"),
    "quiet_hours": _("Nothing is posted in these hours of the zone, such as 22:00-07:00"),
}
_OFFERED = {
    "when": Offers.whens,
    "time_zone": Offers.zones,
    "topics": Offers.topics,
    "places": Offers.places,
    "language": Offers.languages,
}


@managing(MANAGE_CHANNELS)
class Digests(Offers, commands.GroupCog, group_name="digest", group_description=_("Briefings that come by themselves")):
    """Parse, ask the desk, show."""

    def __init__(self, client: SitrepClient) -> None:
        self.client = client

    @app_commands.command(description=_("A new digest: look at it first, then start it"), extras={"private": True})
    @app_commands.describe(**_OPTIONS)
    @app_commands.autocomplete(**_OFFERED)
    async def subscribe(
        self,
        interaction: Interaction,
        when: str,
        channel: Where | None = None,
        time_zone: str | None = None,
        topics: str | None = None,
        places: str | None = None,
        unchanged: Unchanged | None = None,
        corrections: Corrections | None = None,
        quiet_hours: str | None = None,
        language: str | None = None,
    ) -> None:
        """Shown with its next three times and its first edition."""
        wishes = typed.Wishes(
            time_zone=time_zone,
            topics=topics,
            places=places,
            language=language,
            unchanged=unchanged,
            corrections=corrections,
            quiet_hours=quiet_hours,
        )
        stored, page = await self._desk.subscribe(interaction, when, channel, wishes)
        await views.show_new(interaction, self._desk, stored, page)

    @app_commands.command(name="list", description=_("All digests of this server"), extras={"private": True})
    async def list_command(self, interaction: Interaction) -> None:
        """Last and next, sent, late, paused and why."""
        await views.show_list(interaction, self._desk)

    @app_commands.command(description=_("What a digest would post now"), extras={"private": True})
    @app_commands.describe(digest=_WHICH)
    @app_commands.autocomplete(digest=Offers.digests)
    async def preview(self, interaction: Interaction, digest: str | None = None) -> None:
        """For the asker alone."""
        if (stored := await self._one(interaction, digest)) is not None:
            await views.show_preview(interaction, self._desk, stored)

    @app_commands.command(description=_("Change a digest; what you leave out stays"), extras={"private": True})
    @app_commands.describe(digest=_WHICH, **_OPTIONS)
    @app_commands.autocomplete(digest=Offers.digests, **_OFFERED)
    async def edit(
        self,
        interaction: Interaction,
        digest: str,
        when: str | None = None,
        channel: Where | None = None,
        time_zone: str | None = None,
        topics: str | None = None,
        places: str | None = None,
        unchanged: Unchanged | None = None,
        corrections: Corrections | None = None,
        quiet_hours: str | None = None,
        language: str | None = None,
    ) -> None:
        """Shown as it is then."""
        stored = await self._one(interaction, digest)
        if stored is None:
            return
        wishes = typed.Wishes(when, time_zone, topics, places, language, unchanged, corrections, quiet_hours)
        found, changed = await self._desk.edit(interaction, stored, channel, wishes)
        title = _("Changed") if changed else _("Nothing to change: it is so already")
        await views.show_one(interaction, self._desk, found, title=title)

    @app_commands.command(description=_("Post nothing until somebody resumes it"), extras={"private": True})
    @app_commands.describe(digest=_WHICH)
    @app_commands.autocomplete(digest=Offers.digests)
    async def pause(self, interaction: Interaction, digest: str | None = None) -> None:
        """What falls due meanwhile is not made up for."""
        if (stored := await self._one(interaction, digest)) is not None:
            await self._desk.pause(interaction, stored)
            await views.show_one(interaction, self._desk, await self._desk.one(interaction, stored.id))

    @app_commands.command(description=_("Post again, from the next time on"), extras={"private": True})
    @app_commands.describe(digest=_WHICH)
    @app_commands.autocomplete(digest=Offers.digests)
    async def resume(self, interaction: Interaction, digest: str | None = None) -> None:
        """The channel is looked at first."""
        if (stored := await self._one(interaction, digest)) is not None:
            await views.show_one(interaction, self._desk, await self._desk.start(interaction, stored))

    @app_commands.command(description=_("Take a digest away"), extras={"private": True})
    @app_commands.describe(digest=_WHICH)
    @app_commands.autocomplete(digest=Offers.digests)
    async def remove(self, interaction: Interaction, digest: str | None = None) -> None:
        """After asking once."""
        if (stored := await self._one(interaction, digest)) is not None:
            await views.ask_to_remove(interaction, self._desk, stored)

    @property
    def _desk(self) -> "desk.Desk":
        return self.client.digests

    async def _one(self, interaction: Interaction, wanted: str | None) -> "Stored | None":
        """The digest that was meant; shows the list where several may be, and gives None then.

        Raises:
            SitrepError: there is none, or none of that number or channel.
        """
        found = await self._desk.all(interaction)
        if not found:
            raise SitrepError(_("This server has no digest yet."), _("/digest subscribe makes one."))
        wanted = (wanted or "").strip().lstrip("#").casefold()
        if wanted:
            number = wanted.partition(" ")[0]
            matching = [one for one in found if str(one.id) == number]
            found = matching or [one for one in found if wanted in views.digest_label(interaction, one).casefold()]
        if not found:
            raise SitrepError(_("This server has no such digest."), _("/digest list shows those there are."))
        if len(found) == 1:
            return found[0]
        await views.show_list(interaction, self._desk)
        return None


async def setup(client: SitrepClient) -> None:
    """Called by discord.py."""
    await client.add_cog(Digests(client))
