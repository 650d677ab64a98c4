"""/sources and /source."""

from discord import app_commands

from bot.answers.question import Ask
from bot.answers.record import find_fact
from bot.chat.asking import AskingCog, Interaction
from bot.chat.client import SitrepClient
from bot.chat.offers import CHOICES, Offer, offering
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
        await self.reply(interaction, find_fact(fact, self.client.library.known))

    @source.autocomplete("fact")
    @offering
    async def facts(self, interaction: Interaction, typed: str) -> list[Offer]:
        """Facts for what was typed so far."""
        return [(words, fact_id) for fact_id, words in self.client.library.known.catalogue.suggest(typed, CHOICES)]


async def setup(client: SitrepClient) -> None:
    """Called by discord.py."""
    await client.add_cog(Sources(client))
