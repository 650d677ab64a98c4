"""/settings: what a server chooses, on one page."""

from typing import TYPE_CHECKING

from discord import app_commands
from discord.ext import commands

from bot.chat.client import Interaction, SitrepClient
from bot.chat.people import MANAGE_SERVER, managing
from bot.i18n import _
from bot.lazy import lazily

if TYPE_CHECKING:
    from bot.chat import settings_view
else:
    settings_view = lazily("bot.chat.settings_view")


class SettingsCog(commands.Cog):
    """For who manages the server."""

    @app_commands.command(
        description=_("Who may correct, where Sitrep reports, and in which time zone"), extras={"private": True}
    )
    @managing(MANAGE_SERVER)
    async def settings(self, interaction: Interaction) -> None:
        """One page, with controls that change what it shows."""
        await settings_view.show(interaction)


async def setup(client: SitrepClient) -> None:
    """Called by discord.py."""
    await client.add_cog(SettingsCog())
