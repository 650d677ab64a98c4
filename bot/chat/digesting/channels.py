"""Where a digest may be posted: what Sitrep and the one who asks may do in the channel, at the time of asking."""

from typing import Any

import discord
from discord import app_commands

from bot.chat.permission_names import permission_name, permission_names
from bot.errors import SitrepError
from bot.i18n import _

Postable = discord.TextChannel | discord.Thread
"""Text and announcement channels, and threads."""
Chosen = app_commands.AppCommandChannel | app_commands.AppCommandThread


class PostableChannels(app_commands.Transformer):
    """An option of the channels that digests can be posted in; with what the asker may do there."""

    @property
    def type(self) -> discord.AppCommandOptionType:
        """A channel."""
        return discord.AppCommandOptionType.channel

    @property
    def channel_types(self) -> list[discord.ChannelType]:
        """What Discord offers."""
        kinds = discord.ChannelType
        return [kinds.text, kinds.news, kinds.public_thread, kinds.private_thread, kinds.news_thread]

    async def transform(self, _interaction: discord.Interaction[Any], value: Any, /) -> Any:
        """As it came, not looked up in memory: that would lose the asker's permissions."""
        return value


class CannotPostError(SitrepError):
    """Sitrep lacks permissions in the channel.

    Attributes:
        missing: their names in discord.py.
    """

    def __init__(self, channel: str, missing: list[str]) -> None:
        self.missing = missing
        super().__init__(
            _("In #{channel} Sitrep lacks {permissions}.").format(
                channel=channel, permissions=permission_names(missing)
            ),
            _(
                "Open the channel’s settings, Permissions, add Sitrep under “Roles/Members”, and allow {names}. "
                "Then ask again."
            ).format(names=", ".join(permission_name(name) for name in missing)),
        )


def channel_of(interaction: discord.Interaction[Any], chosen: Chosen | None) -> Postable:
    """The channel that was chosen, or else the one where they ask.

    Raises:
        MissingPermissions: the asker may not manage that channel.
        SitrepError: nothing can be posted there, or Sitrep does not see it.
    """
    if chosen is not None and not (chosen.permissions.manage_channels or chosen.permissions.administrator):
        raise app_commands.MissingPermissions(["manage_channels"])
    channel = chosen.resolve() if chosen is not None else interaction.channel
    if channel is None:
        name = chosen.name if chosen is not None else "?"
        raise CannotPostError(name, ["view_channel"])
    if not isinstance(channel, discord.TextChannel | discord.Thread):
        raise SitrepError(
            _("Digests go to text channels, announcement channels and threads."),
            _("Choose one of these with the option channel."),
        )
    return channel


def must_manage(interaction: discord.Interaction[Any], channel: int) -> None:
    """Refuse who may not manage the channel of a digest, wherever they ask. One that is gone asks for the right where
    they ask, which was looked at already.

    Raises:
        MissingPermissions: they may not.
    """
    found = interaction.client.get_channel(channel)
    member = interaction.user
    if channel == interaction.channel_id or not isinstance(found, discord.TextChannel | discord.Thread):
        return
    held = found.permissions_for(member) if isinstance(member, discord.Member) else discord.Permissions.none()
    if not (held.administrator or held.manage_channels):
        raise app_commands.MissingPermissions(["manage_channels"])


def check_postable(channel: Postable, held: discord.Permissions) -> None:
    """See that Sitrep can post there.

    Args:
        held: what Sitrep may do in the channel.

    Raises:
        CannotPostError: with every permission missing.
        SitrepError: the thread is locked.
    """
    thread = isinstance(channel, discord.Thread)
    needed = ["view_channel", "send_messages_in_threads" if thread else "send_messages"]
    missing = [name for name in needed if not (held.administrator or getattr(held, name))]
    if missing:
        raise CannotPostError(channel.name, missing)
    if isinstance(channel, discord.Thread) and channel.locked and not held.manage_threads:
        raise SitrepError(
            _("The thread {channel} is locked.").format(channel=channel.name),
            _("Unlock it, or choose another channel."),
        )


def held_by_sitrep(interaction: discord.Interaction[Any], channel: Postable) -> discord.Permissions:
    """What Sitrep may do in the channel: as Discord says with the click, or of another one as it has told."""
    if channel.id == interaction.channel_id:
        return interaction.app_permissions
    return channel.permissions_for(channel.guild.me)


def advice(held: discord.Permissions) -> list[str]:
    """Permissions that are not needed but make deliveries surer, as their names in discord.py."""
    return [] if held.administrator or held.read_message_history else ["read_message_history"]
