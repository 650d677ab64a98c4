"""The floor of digests: a bare discord.py client that sends one layout to one channel after another.

`BENCH_AT` (seconds since the epoch) says when it begins. The layout is made once and is of the size of a digest;
nothing is looked up or kept.
"""

from __future__ import annotations

import asyncio
import os
import time

import discord
from discord.gateway import DiscordWebSocket
from discord.http import Route
from yarl import URL

from bench.floor_bot import Answer


async def post(client: discord.Client, begin: float) -> None:
    """As one writes it first."""
    channels = [one for guild in client.guilds for one in guild.text_channels if not one.is_news()]
    await asyncio.sleep(begin - time.time())
    view = Answer()
    for channel in channels:
        await channel.send(view=view)


def main() -> None:
    """Connect, wait until it is time, send."""
    Route.BASE = os.environ["DISCORD_API_URL"]
    DiscordWebSocket.DEFAULT_GATEWAY = URL(os.environ["DISCORD_GATEWAY_URL"])
    client = discord.Client(intents=discord.Intents(guilds=True), max_messages=None)

    @client.event
    async def on_ready() -> None:
        await post(client, float(os.environ["BENCH_AT"]))

    client.run(os.environ["DISCORD_TOKEN"], log_handler=None)


if __name__ == "__main__":
    main()
