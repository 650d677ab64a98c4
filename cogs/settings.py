"""/settings: what a server chooses, on one page."""

from discord import app_commands
from discord.ext import commands

from bot.chat.client import SitrepClient
from bot.chat.custom_ids import SETTING
from bot.chat.people import managing
from bot.chat.settings_press import MANAGERS, Setting, find
from bot.chat.settings_view import Interaction, show
from bot.i18n import _


class SettingsCog(commands.Cog):
    """For who manages the server."""

    @app_commands.command(
        description=_("Who may correct, where Sitrep reports, and in which time zone"), extras={"private": True}
    )
    @managing(MANAGERS)
    async def settings(self, interaction: Interaction) -> None:
        """One page, with controls that change what it shows."""
        await show(interaction)


async def setup(client: SitrepClient) -> None:
    """Called by discord.py."""
    client.add_dynamic_items(Setting)
    client.modals.add(SETTING, find)
    await client.add_cog(SettingsCog())
