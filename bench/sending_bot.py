"""The floor of delivery: a bare discord.py client that sends a hard-coded layout to every channel, one after another,
at `RATE` posts a second. `python -m bench.sending_bot` runs it."""

from __future__ import annotations

import asyncio
import os

import discord
from discord.gateway import DiscordWebSocket
from discord.http import Route
from yarl import URL

from bench.floor_bot import Answer


class SendingBot(discord.Client):
    """Sends once it is ready: the loop that one writes first, with the pause that the limit asks for."""

    async def on_ready(self) -> None:
        """Send to every channel."""
        clock = asyncio.get_running_loop().time
        due = clock()
        for guild in self.guilds:
            for channel in guild.text_channels:
                await asyncio.sleep(max(0.0, due - clock()))
                due = max(due, clock() - 1) + 1 / float(os.environ["RATE"])
                await channel.send(view=Answer())


if __name__ == "__main__":
    Route.BASE = os.environ["DISCORD_API_URL"]
    DiscordWebSocket.DEFAULT_GATEWAY = URL(os.environ["DISCORD_GATEWAY_URL"])
    SendingBot(intents=discord.Intents(guilds=True)).run(os.environ["DISCORD_TOKEN"], log_handler=None)
