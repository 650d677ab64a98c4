"""/timeline and /statements."""

from discord import app_commands

from bot.answers.question import Ask
from bot.chat.asking import AskingCog, Interaction
from bot.chat.client import SitrepClient
from bot.chat.options import everywhere
from bot.i18n import _


class Record(AskingCog):
    """What happened, and who said what."""

    @app_commands.command(description=_("What happened, the latest day first"))
    @app_commands.describe(
        place=_("A place, in any spelling or script"),
        source=_("Only what this source says"),
        since=_("From this day on, such as 2016-11-15"),
        until=_("Up to this day, such as 2016-12-03"),
    )
    @app_commands.autocomplete(place=AskingCog.places, source=AskingCog.sources)
    @everywhere
    async def timeline(
        self,
        interaction: Interaction,
        place: str | None = None,
        source: str | None = None,
        since: str | None = None,
        until: str | None = None,
    ) -> None:
        """Events in order."""
        await self.ask(interaction, Ask.TIMELINE, place=place, source=source, since=since, until=until)

    @app_commands.command(description=_("Who said what, in reported speech"))
    @app_commands.describe(
        source=_("Only this speaker"),
        place=_("A place, in any spelling or script"),
        since=_("From this day on, such as 2016-11-15"),
        until=_("Up to this day, such as 2016-12-03"),
    )
    @app_commands.autocomplete(place=AskingCog.places, source=AskingCog.sources)
    @everywhere
    async def statements(
        self,
        interaction: Interaction,
        source: str | None = None,
        place: str | None = None,
        since: str | None = None,
        until: str | None = None,
    ) -> None:
        """Statements."""
        await self.ask(interaction, Ask.STATEMENTS, place=place, source=source, since=since, until=until)


async def setup(client: SitrepClient) -> None:
    """Called by discord.py."""
    await client.add_cog(Record(client))
