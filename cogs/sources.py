"""/sources and /source."""

from discord import app_commands

from bot.answers.question import Ask, Question
from bot.chat.asking import AskingCog, Interaction
from bot.chat.client import SitrepClient
from bot.chat.escape import label
from bot.chat.options import everywhere
from bot.i18n import _


class Sources(AskingCog):
    """Who is quoted, and where a figure comes from."""

    @app_commands.command(name="sources", description=_("Everybody who is quoted, and what each one counts"))
    @everywhere
    async def sources_command(self, interaction: Interaction) -> None:
        """All sources."""
        await self.ask(interaction, Ask.SOURCES)

    @app_commands.command(description=_("Where a figure comes from: source, publisher, paragraph, reading, history"))
    @app_commands.describe(fact=_("Type a place, a number or a word of it"))
    @everywhere
    async def source(self, interaction: Interaction, fact: str) -> None:
        """One fact's record."""
        await self.reply(interaction, Question(Ask.SOURCE, fact=self.client.library.known.catalogue.resolve(fact)))

    @source.autocomplete("fact")
    async def facts(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """Facts for what was typed so far."""
        found = self.client.library.known.catalogue.suggest(typed)
        return [app_commands.Choice(name=label(words, 100), value=fact_id) for fact_id, words in found]


async def setup(client: SitrepClient) -> None:
    """Called by discord.py."""
    await client.add_cog(Sources(client))
