"""Notes which servers Sitrep is in, so that what is kept of the others can be deleted when its time has come."""

import discord
from discord.ext import commands

from bot.chat.client import SitrepClient


class Membership(commands.Cog):
    """Listens; has no commands."""

    def __init__(self, client: SitrepClient) -> None:
        self.client = client

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """Discord has listed every server with the session, unavailable ones too: what happened while it was away."""
        await self.client.servers.present([str(guild.id) for guild in self.client.guilds], self._now())

    @commands.Cog.listener()
    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Invited, be it again."""
        await self.client.servers.joined(str(guild.id))

    @commands.Cog.listener()
    async def on_guild_available(self, guild: discord.Guild) -> None:
        """Back from an outage, or invited again in a way that looks like it."""
        await self.client.servers.joined(str(guild.id))

    @commands.Cog.listener()
    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Removed, or the server was deleted. A server that is only unavailable is told as another event."""
        await self.client.servers.left(str(guild.id), self._now())

    def _now(self) -> int:
        return int(self.client.now().timestamp())


async def setup(client: SitrepClient) -> None:
    """Called by discord.py."""
    await client.add_cog(Membership(client))
