"""Notes what may let a paused digest go on, so that it need not wait for the next look by itself."""

from functools import cached_property
from typing import TYPE_CHECKING, Any

import discord
from discord.ext import commands

from bot.chat.client import SitrepClient
from bot.lazy import lazily

if TYPE_CHECKING:
    from bot.store.digests import patrol
else:
    patrol = lazily("bot.store.digests.patrol")


class Returns(commands.Cog):
    """Listens; has no commands. Whether a channel can be written to again is looked at elsewhere."""

    def __init__(self, client: SitrepClient) -> None:
        self.client = client

    @cached_property
    def _patrol(self) -> "patrol.Patrol":
        return patrol.Patrol(self.client.database)

    @commands.Cog.listener()
    async def on_guild_channel_update(self, before: discord.abc.GuildChannel, after: discord.abc.GuildChannel) -> None:
        """Its permissions may be others. Renamed or moved, it is no matter of ours."""
        if before.overwrites != after.overwrites or before.type != after.type:
            await self._look(after.guild)

    @commands.Cog.listener()
    async def on_thread_update(self, before: discord.Thread, after: discord.Thread) -> None:
        """Opened again, perhaps."""
        if (before.archived, before.locked) != (after.archived, after.locked):
            await self._look(after.guild)

    @commands.Cog.listener()
    async def on_guild_role_update(self, before: discord.Role, after: discord.Role) -> None:
        """One of the bot's own, perhaps."""
        if before.permissions != after.permissions:
            await self._look(after.guild)

    @commands.Cog.listener()
    async def on_member_update(self, _before: Any, after: discord.Member) -> None:
        """The bot itself was given a role: of members, Discord tells of no other."""
        if after == after.guild.me:
            await self._look(after.guild)

    @commands.Cog.listener()
    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Invited again."""
        await self._look(guild)

    @commands.Cog.listener()
    async def on_guild_available(self, guild: discord.Guild) -> None:
        """Back after an outage, or after a restart."""
        await self._look(guild)

    async def _look(self, guild: discord.Guild) -> None:
        await self._patrol.hasten(guild.id, int(self.client.now().timestamp()))


async def setup(client: SitrepClient) -> None:
    """Called by discord.py."""
    await client.add_cog(Returns(client))
