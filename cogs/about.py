"""/status, /help and /privacy."""

import math
from functools import cached_property
from typing import TYPE_CHECKING

from discord import app_commands

from bot import __version__
from bot.answers.question import Ask, Question
from bot.chat.asking import AskingCog
from bot.chat.client import Interaction, SitrepClient
from bot.chat.options import everywhere
from bot.chat.people import is_here
from bot.i18n import _
from bot.lazy import lazily

if TYPE_CHECKING:
    from bot.answers import about
    from bot.chat import instruments
else:
    about = lazily("bot.answers.about")
    instruments = lazily("bot.chat.instruments")


class About(AskingCog):
    """Sitrep on itself. Answers only the one who asks: nobody else needs them in the channel."""

    @cached_property
    def _instruments(self) -> "instruments.Instruments":
        return instruments.Instruments(self.client)

    @app_commands.command(description=_("Whether all is well, and how fresh the data is"), extras={"private": True})
    @everywhere
    async def status(self, interaction: Interaction) -> None:
        """Health and freshness."""
        latency = self.client.latency
        health = about.Health(
            latency=latency if math.isfinite(latency) else None,
            started=self.client.started,
            now=self.client.now(),
            version=__version__,
            readable=await self.client.library.readable(),
            here=await self._instruments.outlook_of(interaction.guild_id) if is_here(interaction) else None,
            everywhere=await self._instruments.outlook(),
            looked_at=self.client.pulse.last,
        )
        await self.reply(interaction, about.status_page(health, self.client.library.known), private=True)

    @app_commands.command(description=_("How to ask Sitrep"), extras={"private": True})
    @everywhere
    async def help(self, interaction: Interaction) -> None:
        """Every command in a line."""
        await self.reply(interaction, Question(Ask.HELP), private=True)

    @app_commands.command(description=_("What Sitrep keeps about you"), extras={"private": True})
    @everywhere
    async def privacy(self, interaction: Interaction) -> None:
        """What is stored."""
        await self.reply(interaction, Question(Ask.PRIVACY), private=True)


async def setup(client: SitrepClient) -> None:
    """Called by discord.py."""
    await client.add_cog(About(client))
