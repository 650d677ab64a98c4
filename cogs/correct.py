"""/correct, and *Apps › Correct a figure* on a message."""

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.answers.finding import find_fact
from bot.answers.page import Page
from bot.chat.client import Interaction, SitrepClient
from bot.chat.offers import CHOICES, Offer, offering
from bot.chat.scope import scope_of
from bot.i18n import _
from bot.lazy import lazily

if TYPE_CHECKING:
    from bot.chat.correcting import gate, opening
else:
    gate = lazily("bot.chat.correcting.gate")
    opening = lazily("bot.chat.correcting.opening")

MENU = "Correct a figure"


class Correct(commands.Cog):
    """For moderators. Discord shows both to everybody in a server (decision 15): who may is asked with every click."""

    def __init__(self, client: SitrepClient) -> None:
        self.client = client
        self.menu = app_commands.ContextMenu(
            name=MENU,
            callback=self.on_message,
            allowed_contexts=app_commands.AppCommandContext(guild=True),
            allowed_installs=app_commands.AppInstallationType(guild=True),
            extras={"private": True},
        )

    async def cog_load(self) -> None:
        """Menus of messages are no part of a cog."""
        self.client.tree.add_command(self.menu)

    async def cog_unload(self) -> None:
        """The reverse."""
        self.client.tree.remove_command(MENU, type=discord.AppCommandType.message)

    @app_commands.command(
        description=_("Correct a figure that is wrong, with your reason and evidence"), extras={"private": True}
    )
    @app_commands.describe(fact=_("Type a place, a number or a word of it"))
    @app_commands.guild_only()
    @app_commands.allowed_installs(guilds=True, users=False)
    async def correct(self, interaction: Interaction, fact: str) -> None:
        """The form for the fact; where several are meant, a list of them."""
        who = await gate.corrector(interaction)
        found = find_fact(fact, await self.client.library.known_in(who.server))
        meant = [choice.question for choice in found.choices] if isinstance(found, Page) else [found]
        await opening.offer(interaction, [question.fact or "" for question in meant])

    @correct.autocomplete("fact")
    @offering
    async def facts(self, interaction: Interaction, typed: str) -> list[Offer]:
        """Facts for what was typed so far, as the server sees them."""
        known = await self.client.library.known_in(scope_of(interaction))
        return [(words, fact_id) for fact_id, words in known.catalogue.suggest(typed, CHOICES)]

    async def on_message(self, interaction: Interaction, message: discord.Message) -> None:
        """The figures that a message showed."""
        await opening.of_message(interaction, message)


async def setup(client: SitrepClient) -> None:
    """Called by discord.py."""
    await client.add_cog(Correct(client))
