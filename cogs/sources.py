"""/sources and /source."""

from discord import app_commands

from bot.answers.finding import find_fact
from bot.answers.knowledge import Knowledge
from bot.answers.moment import at_time, read_moment
from bot.answers.question import Ask
from bot.chat.asking import AskingCog
from bot.chat.client import Interaction, SitrepClient
from bot.chat.offers import CHOICES, Offer, offering
from bot.chat.options import AS_OF, everywhere
from bot.chat.scope import scope_of
from bot.i18n import _


class Sources(AskingCog):
    """Who is quoted, and where a figure comes from."""

    @app_commands.command(name="sources", description=_("Everybody who is quoted, and what each one counts"))
    @app_commands.describe(as_of=AS_OF)
    @everywhere
    async def sources_command(self, interaction: Interaction, as_of: str | None = None) -> None:
        """All sources."""
        await self.ask(interaction, Ask.SOURCES, as_of=as_of)

    @app_commands.command(description=_("Where a figure comes from: source, publisher, paragraph, reading, history"))
    @app_commands.describe(fact=_("Type a place, a number or a word of it"), as_of=AS_OF)
    @everywhere
    async def source(self, interaction: Interaction, fact: str, as_of: str | None = None) -> None:
        """One fact's record."""
        at = read_moment(as_of, self.client.now())
        await self.reply(interaction, at_time(find_fact(fact, await self._known(interaction)), at))

    @source.autocomplete("fact")
    @offering
    async def facts(self, interaction: Interaction, typed: str) -> list[Offer]:
        """Facts for what was typed so far."""
        known = await self._known(interaction)
        return [(words, fact_id) for fact_id, words in known.catalogue.suggest(typed, CHOICES)]

    async def _known(self, interaction: Interaction) -> Knowledge:
        """With the labels of the facts as this server sees them: a corrected number is found by the number shown."""
        return await self.client.library.known_in(scope_of(interaction))


async def setup(client: SitrepClient) -> None:
    """Called by discord.py."""
    await client.add_cog(Sources(client))
