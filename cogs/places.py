"""/district and /control."""

from discord import app_commands

from bot.answers.question import Ask
from bot.chat.asking import AskingCog
from bot.chat.client import Interaction, SitrepClient
from bot.chat.options import AS_OF, everywhere, narrowing
from bot.i18n import _


class Places(AskingCog):
    """One place, and who is reported to hold what."""

    @app_commands.command(description=_("One place: who is reported to hold it, what happened there, what lies near"))
    @app_commands.describe(name=_("A place, in any spelling or script"), as_of=AS_OF)
    @app_commands.autocomplete(name=AskingCog.places)
    @everywhere
    async def district(self, interaction: Interaction, name: str, as_of: str | None = None) -> None:
        """One place."""
        await self.ask(interaction, Ask.DISTRICT, place=name, as_of=as_of)

    @app_commands.command(description=_("Who is reported to hold what, with each claim's source and date"))
    @narrowing("place", "source", "since", "until", "as_of")
    @everywhere
    async def control(
        self,
        interaction: Interaction,
        place: str | None = None,
        source: str | None = None,
        since: str | None = None,
        until: str | None = None,
        as_of: str | None = None,
    ) -> None:
        """Claims of control."""
        await self.ask(interaction, Ask.CONTROL, place=place, source=source, since=since, until=until, as_of=as_of)


async def setup(client: SitrepClient) -> None:
    """Called by discord.py."""
    await client.add_cog(Places(client))
