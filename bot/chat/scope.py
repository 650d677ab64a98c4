"""Whose corrections somebody sees."""

from typing import Any

import discord

from bot.facts.revision import EVERYONE


def scope_of(interaction: discord.Interaction[Any]) -> str:
    """The server where they ask; in a direct message, what everyone sees."""
    return str(interaction.guild_id) if interaction.guild_id is not None else EVERYONE
