"""The floor of delivery: a bare discord.py client that sends a hard-coded layout to every channel, one after another,
at `RATE` posts a second, from `BENCH_AT` (seconds since the epoch) on. The layout is made once.
`python -m bench.sending_bot` runs it."""

from __future__ import annotations

import asyncio
import os
import time

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
        await asyncio.sleep(max(0.0, float(os.environ.get("BENCH_AT", "0")) - time.time()))
        view = Answer()
        due = clock()
        for guild in self.guilds:
            for channel in (one for one in guild.text_channels if not one.is_news()):
                await asyncio.sleep(max(0.0, due - clock()))
                due = max(due, clock() - 1) + 1 / float(os.environ["RATE"])
                await channel.send(view=view)


if __name__ == "__main__":
    Route.BASE = os.environ["DISCORD_API_URL"]
    DiscordWebSocket.DEFAULT_GATEWAY = URL(os.environ["DISCORD_GATEWAY_URL"])
    SendingBot(intents=discord.Intents(guilds=True)).run(os.environ["DISCORD_TOKEN"], log_handler=None)
