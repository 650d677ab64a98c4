"""Shows the page of `/settings` as things are: what was chosen, and what of it still exists on Discord."""

from datetime import UTC, datetime

import discord

from bot.chat.client import SitrepClient
from bot.chat.escape import line_start
from bot.chat.respond import replace, respond
from bot.chat.settings_choice import lacking
from bot.chat.settings_page import MOST_ZONES, View, settings_page
from bot.errors import SitrepError
from bot.i18n import _
from bot.store.keeping.servers import ServerSettings
from bot.subscriptions.zone_suggest import ZoneChoice, suggest_zones

Interaction = discord.Interaction[SitrepClient]
Zones = tuple[ZoneChoice, ...]


async def show(interaction: Interaction, note: str | None = None, zones: Zones = ()) -> None:
    """Show the page, in the place of the one that was used if there is one.

    Args:
        note: what has just happened, in Discord's markdown.
        zones: offered instead of the usual ones.

    Raises:
        SitrepError: Discord has not told of the server, or the database fails.
    """
    server = server_of(interaction)
    settings = await interaction.client.servers.read(str(server.id))
    found = settings_page(_view(interaction, server, settings, note, zones))
    # Only an answer that nobody else sees may change.
    if interaction.message is not None and interaction.message.flags.ephemeral:
        await replace(interaction, found)
    else:
        await respond(interaction, found, private=True)


def server_of(interaction: Interaction) -> discord.Guild:
    """The server where they click, with its roles and channels.

    Raises:
        SitrepError: Discord has not told of it.
    """
    server = interaction.client.get_guild(interaction.guild_id) if interaction.guild_id is not None else None
    if server is None or server.unavailable:
        raise SitrepError(_("Discord has not told Sitrep about this server yet."), _("Try again in a moment."))
    return server


def _view(
    interaction: Interaction, server: discord.Guild, settings: ServerSettings, note: str | None, zones: Zones
) -> View:
    role, channel = settings.corrections_role, settings.log_channel
    missing = lacking(server, channel) if channel is not None else ()
    return View(
        server=server.name,
        settings=settings,
        role_gone=role is not None and server.get_role(int(role)) is None,
        channel_gone=missing is None,
        lacking=missing or (),
        zones=_zones(settings.time_zone, zones, datetime.now(UTC)),
        conflict=interaction.client.library.known.reference.conflict.name,
        subscriptions=interaction.client.settings.subscriptions_per_server,
        fresh=str(interaction.id),
        found=bool(zones),
        note=None if note is None else line_start(note),
    )


def _zones(chosen: str, found: Zones, now: datetime) -> Zones:
    """Those to choose from: those found; or the one that is set, and then the usual ones."""
    if found:
        return found[:MOST_ZONES]
    nearest = suggest_zones(chosen, now, 1)
    own = nearest[0] if nearest and nearest[0].name == chosen else ZoneChoice(chosen, chosen)
    others = [zone for zone in suggest_zones("", now) if zone.name != chosen]
    return (own, *others[: MOST_ZONES - 1])
