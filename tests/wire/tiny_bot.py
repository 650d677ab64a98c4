"""A few commands on plain discord.py, to try the stand-in itself."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import discord
from discord import app_commands
from discord.gateway import DiscordWebSocket
from discord.http import Route
from yarl import URL

from .driver import Discord


class Form(discord.ui.Modal, title="Report"):
    what: discord.ui.TextInput[Form] = discord.ui.TextInput(label="What", custom_id="what")

    async def on_submit(self, interaction: discord.Interaction) -> None:
        await interaction.response.send_message(f"got {self.what.value}", ephemeral=True)


class Row(discord.ui.View):
    def __init__(self) -> None:
        super().__init__(timeout=None)

    @discord.ui.button(label="Refresh", custom_id="refresh")
    async def refresh(self, interaction: discord.Interaction, button: discord.ui.Button[Row]) -> None:
        await interaction.response.edit_message(content="refreshed")


class TinyBot(discord.Client):
    def __init__(self, intents: discord.Intents | None = None) -> None:
        super().__init__(
            intents=intents or discord.Intents(guilds=True), guild_ready_timeout=0.1, chunk_guilds_at_startup=False
        )
        self.tree = app_commands.CommandTree(self)
        self.second_answer: discord.InteractionResponded | discord.HTTPException | None = None
        add_commands(self)

    async def setup_hook(self) -> None:
        self.add_view(Row())
        await self.tree.sync()


def add_commands(bot: TinyBot) -> None:
    tree = bot.tree

    @tree.command(description="A plain answer")
    async def ping(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("pong", view=Row())

    @tree.command(description="Answers twice")
    async def twice(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("once")
        again = discord.interactions.InteractionResponse(interaction)  # forgets that it has answered
        try:
            await again.send_message("twice")
        except discord.HTTPException as error:
            bot.second_answer = error

    @tree.command(description="Answers after a while")
    async def later(interaction: discord.Interaction, seconds: float) -> None:
        await asyncio.sleep(seconds)
        try:
            await interaction.response.send_message("late")
        except discord.HTTPException as error:
            bot.second_answer = error

    @tree.command(description="Thinks first")
    async def think(interaction: discord.Interaction) -> None:
        await interaction.response.defer(ephemeral=True)
        await interaction.followup.send("thought")
        await interaction.edit_original_response(content="thought better")

    @tree.command(description="Opens a form")
    async def form(interaction: discord.Interaction) -> None:
        await interaction.response.send_modal(Form())

    @tree.command(description="Chooses a day")
    async def day(interaction: discord.Interaction, name: str) -> None:
        await interaction.response.send_message(name)

    @day.autocomplete("name")
    async def names(interaction: discord.Interaction, current: str) -> list[app_commands.Choice[str]]:
        days = ("today", "yesterday")
        return [app_commands.Choice(name=d, value=d) for d in days if d.startswith(current)]

    @tree.command(description="For those who manage the server")
    @app_commands.default_permissions(manage_guild=True)
    @app_commands.guild_only()
    async def settings(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("set")

    @tree.command(description="Everywhere")
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    @app_commands.allowed_installs(guilds=True, users=True)
    async def anywhere(interaction: discord.Interaction) -> None:
        place = "a server" if interaction.guild_id else "a conversation"
        await interaction.response.send_message(f"{interaction.user.name} in {place}")


@asynccontextmanager
async def running(bot: TinyBot, server: Discord) -> AsyncIterator[TinyBot]:
    """Log the bot in to the stand-in and wait until it has filled its cache."""
    before = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
    Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = server.address.api, URL(server.address.gateway)
    task = asyncio.create_task(bot.start(server.address.token))
    try:
        ready = asyncio.create_task(bot.wait_until_ready())
        await asyncio.wait([task, ready], return_when=asyncio.FIRST_COMPLETED, timeout=20)
        if task.done():
            ready.cancel()
            await task
        yield bot
    finally:
        await bot.close()
        await asyncio.gather(task, return_exceptions=True)
        Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = before
