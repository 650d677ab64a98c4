"""The floor: a bare discord.py client whose every answer is hard-coded. `python -m bench.floor_bot` runs it.

`/layout` answers with a layout of the size of a `/casualties` page, `/text` with one line, and the autocomplete of
`/choose` with fixed names. Nothing is looked up, and nothing is tuned: it is what one writes first.
"""

from __future__ import annotations

import os
from typing import Any

import discord
from discord import app_commands
from discord.gateway import DiscordWebSocket
from discord.http import Route
from discord.ui import ActionRow, Button, Container, LayoutView, Separator, TextDisplay
from yarl import URL

TOTALS = [
    ("about 310", "civilians killed · East Aleppo", "15 Nov 2016 – 3 Dec 2016 · by government and allied forces"),
    ("at least 69", "civilians killed · West Aleppo", "15 Nov 2016 – 3 Dec 2016 · by rebel forces"),
    ("nearly 1,200", "people injured · West Aleppo", "15 Nov 2016 – 3 Dec 2016 · by rebel forces"),
    ("more than 300,000", "people killed · Syria", "since Mar 2011 · in the war"),
]
EVENTS = [
    ("3", "people killed, in air strikes · Shaar", "<t:1480766400:D>"),
    ("5", "people killed, in shelling · West Aleppo", "<t:1480766400:D>"),
    ("2", "pilots killed, aircraft shot down · Nairab airport", "<t:1480680000:D>"),
    ("7", "people killed, in clashes · Tariq al-Bab", "<t:1480593600:D>"),
]
COMMANDS: list[dict[str, Any]] = [
    {"name": "layout"},
    {"name": "text"},
    {"name": "choose", "options": [{"name": "name", "description": "One", "type": 3, "autocomplete": True}]},
]
"""As Discord would know them: registering is not what is measured."""
NAMES = [f"Neighbourhood of East Aleppo {number}" for number in range(1, 19)]
"""Eighteen, as Sitrep finds on average among 100,000 names."""


class Answer(LayoutView):
    """Made anew for each reply, as a bot that has something to say must."""

    def __init__(self) -> None:
        super().__init__(timeout=None)
        inside: list[TextDisplay[Answer] | Separator[Answer] | ActionRow[Answer]] = [
            TextDisplay("## Casualties\n-# Aleppo offensive · as of <t:1480766400:D> · Syria · 1 report"),
            Separator(),
        ]
        inside += [TextDisplay(entry(row, "**Syrian Observatory for Human Rights**, via AFP")) for row in TOTALS]
        inside += [Separator(), TextDisplay("**Single events**")]
        inside += [TextDisplay(entry(row, "**SOHR**, via AFP")) for row in EVENTS]
        inside += [Separator(), TextDisplay("These figures overlap in place and time; they are not added up.")]
        inside.append(ActionRow(button("More ›", "more")))
        inside.append(ActionRow(*(button(name, name) for name in ("Sources", "Timeline", "Displaced", "Compare"))))
        self.add_item(Container(*inside, accent_colour=0x8B2D32))


def entry(row: tuple[str, str, str], source: str) -> str:
    """Two lines a figure."""
    number, what, when = row
    return f"**{number}** {what}\n-# {when} · {source}"


def button(label: str, custom_id: str) -> Button[Answer]:
    """One that nobody presses here."""
    return Button(label=label, custom_id=custom_id)


def client() -> discord.Client:
    """The client with its three commands."""
    bot = discord.Client(intents=discord.Intents(guilds=True), allowed_mentions=discord.AllowedMentions.none())
    tree = app_commands.CommandTree(bot)

    @tree.command(name="layout", description="A hard-coded layout")
    async def layout(interaction: discord.Interaction) -> None:
        await interaction.response.send_message(view=Answer())

    @tree.command(name="text", description="A hard-coded line")
    async def text(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("about 310 civilians killed · East Aleppo")

    @tree.command(name="choose", description="A hard-coded list of names")
    async def choose(interaction: discord.Interaction, name: str) -> None:
        await interaction.response.send_message(name)

    @choose.autocomplete("name")
    async def names(interaction: discord.Interaction, current: str) -> list[app_commands.Choice[str]]:
        return [app_commands.Choice(name=name, value=name) for name in NAMES]

    return bot


if __name__ == "__main__":
    Route.BASE = os.environ["DISCORD_API_URL"]
    DiscordWebSocket.DEFAULT_GATEWAY = URL(os.environ["DISCORD_GATEWAY_URL"])
    client().run(os.environ["DISCORD_TOKEN"], log_handler=None)
