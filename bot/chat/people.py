"""Who is clicking, from what Discord says with this one click: never from memory, where it may be long out of date."""

from collections.abc import Callable
from typing import Any, TypeVar

import discord
from discord import app_commands

from bot.corrections.permission import Person
from bot.errors import SitrepError
from bot.i18n import _
from bot.settings import Settings

C = TypeVar("C")
MANAGE_CHANNELS = "manage_channels"
"""What makes a channel manager, by its name in discord.py."""
MANAGE_SERVER = "manage_guild"
"""What makes a server manager: Manage Server."""


class NotHereError(SitrepError, app_commands.CheckFailure):
    """Somebody brought Sitrep along as an app of their own, into a server that it is no member of."""

    def __init__(self) -> None:
        super().__init__(
            _("Sitrep is not a member of this server; you brought it along as an app of your own."),
            _("Ask somebody who manages the server to add it."),
        )


def is_here(interaction: discord.Interaction[Any]) -> bool:
    """Whether Sitrep is a member of the server where they click; False in a direct message.

    Discord names the owners of the installations that authorised an interaction (its documentation, "Interaction
    object", `authorizing_integration_owners`): the server itself only where it has installed Sitrep. Where it names
    none at all, membership decides.
    """
    if interaction.guild_id is None or interaction.is_guild_integration():
        return interaction.guild_id is not None
    return not interaction.is_user_integration() and interaction.client.get_guild(interaction.guild_id) is not None


def holds(interaction: discord.Interaction[Any], permission: str) -> bool:
    """Whether they hold a permission in the channel where they click; administrators hold every one."""
    held = interaction.permissions
    return is_here(interaction) and (held.administrator or getattr(held, permission))


async def person_of(interaction: discord.Interaction[Any]) -> Person:
    """The one who clicks, at this moment: permissions and roles as Discord sent them with the click, the server's
    chosen role as it stands in the database.

    Raises:
        StoreError: the settings of the server cannot be read.
    """
    settings: Settings = interaction.client.settings
    trusted = interaction.user.id in settings.editors
    if not is_here(interaction):
        return Person(server=None, editor=trusted)
    role = (await interaction.client.servers.read(str(interaction.guild_id))).corrections_role
    return Person(
        server=str(interaction.guild_id),
        manage_messages=holds(interaction, "manage_messages"),
        corrections_role=role is not None and _has_role(interaction, int(role)),
        server_manager=holds(interaction, MANAGE_SERVER),
        editor=trusted or _by_role(interaction, settings),
    )


def _by_role(interaction: discord.Interaction[Any], settings: Settings) -> bool:
    """Only in the editors' own server does Discord tell whether they have the role."""
    if settings.editors_role is None or interaction.guild_id != settings.editors_server:
        return False
    return _has_role(interaction, settings.editors_role)


def _has_role(interaction: discord.Interaction[Any], role: int) -> bool:
    # `Member.roles` and `get_role` leave out what the cache does not know; this is what came with the click.
    return isinstance(interaction.user, discord.Member) and interaction.user._roles.has(role)


def require(interaction: discord.Interaction[Any], *permissions: str) -> None:
    """Refuse whoever lacks one of `permissions` at this moment.

    Raises:
        NoPrivateMessage: a direct message.
        NotHereError: Sitrep is no member of the server.
        MissingPermissions: with those they lack.
    """
    if interaction.guild_id is None:
        raise app_commands.NoPrivateMessage
    if not is_here(interaction):
        raise NotHereError
    missing = [permission for permission in permissions if not holds(interaction, permission)]
    if missing:
        raise app_commands.MissingPermissions(missing)


def managing(*permissions: str) -> Callable[[C], C]:
    """Keep a command, a group or a cog that is a group to those who hold all of `permissions`, in servers that have
    installed Sitrep. Discord hides it from the others, and it is asked for again with every use, since a server's
    administrators can show it to anybody.

    Args:
        permissions: by their names in discord.py, such as `manage_guild`.
    """

    async def check(interaction: discord.Interaction[Any]) -> bool:
        require(interaction, *permissions)
        return True

    async def check_bound(_self: Any, interaction: discord.Interaction[Any]) -> bool:
        return await check(interaction)

    def decorate(command: C) -> C:
        app_commands.default_permissions(**dict.fromkeys(permissions, True))(command)
        app_commands.guild_only(command)
        app_commands.allowed_installs(guilds=True, users=False)(command)
        # discord.py asks for a check of a whole group by this name, and types it as a method of the class alone.
        if isinstance(command, type):
            command.interaction_check = check_bound  # type: ignore[attr-defined]
        elif isinstance(command, app_commands.Group):
            command.interaction_check = check  # type: ignore[method-assign]
        else:
            app_commands.check(check)(command)
        return command

    return decorate
