"""/timeline and /statements."""

from discord import app_commands

from bot.answers.question import Ask
from bot.chat.asking import AskingCog
from bot.chat.client import Interaction, SitrepClient
from bot.chat.options import everywhere, narrowing
from bot.i18n import _


class Record(AskingCog):
    """What happened, and who said what."""

    @app_commands.command(description=_("What happened, the latest day first"))
    @narrowing("place", "source", "since", "until", "as_of")
    @everywhere
    async def timeline(
        self,
        interaction: Interaction,
        place: str | None = None,
        source: str | None = None,
        since: str | None = None,
        until: str | None = None,
        as_of: str | None = None,
    ) -> None:
        """Events in order."""
        await self.ask(interaction, Ask.TIMELINE, place=place, source=source, since=since, until=until, as_of=as_of)

    @app_commands.command(description=_("Who said what, in reported speech"))
    @narrowing("source", "place", "since", "until", "as_of")
    @everywhere
    async def statements(
        self,
        interaction: Interaction,
        source: str | None = None,
        place: str | None = None,
        since: str | None = None,
        until: str | None = None,
        as_of: str | None = None,
    ) -> None:
        """Statements."""
        await self.ask(interaction, Ask.STATEMENTS, place=place, source=source, since=since, until=until, as_of=as_of)


async def setup(client: SitrepClient) -> None:
    """Called by discord.py."""
    await client.add_cog(Record(client))
