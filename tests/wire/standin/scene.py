"""Where a person acts, and the event by which the bot learns of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from . import objects
from .codec import Json
from .errors import ClientRefusalError
from .interactions import Interaction
from .world import World

IN_GUILD, IN_BOT_DM, IN_PRIVATE = 0, 1, 2
GUILD_INSTALL, USER_INSTALL = 0, 1
BOT_PERMISSIONS = objects.VIEW_CHANNEL | objects.SEND_MESSAGES | objects.EMBED_LINKS | objects.ATTACH_FILES


@dataclass(frozen=True)
class Scene:
    """Who acts, and where.

    ``where``: ``guild`` (a server with the bot in it), ``dm`` (with the bot), ``installed`` (a server without the
    bot, by a person who installed it), ``private`` (a group conversation, likewise).
    """

    user: str = "alice"
    where: str = "guild"
    guild: str | None = None
    channel: str | None = None
    member_permissions: int = objects.READER
    app_permissions: int = BOT_PERMISSIONS
    locale: str = "en-US"
    force: bool = False


@dataclass(frozen=True)
class Situation:
    """Where an interaction happens, in the terms of its payload."""

    channel: Json
    context: int
    owners: Json
    guild: Json | None = None
    person: Json = field(default_factory=dict)

    @property
    def installation(self) -> int:
        return GUILD_INSTALL if "0" in self.owners else USER_INSTALL


def situation(world: World, scene: Scene) -> Situation:
    person = objects.user(scene.user)
    if scene.where == "guild":
        guild = world.guild(scene.guild) if scene.guild else next(iter(world.guilds.values()))
        channel = world.channels[scene.channel] if scene.channel else guild["channels"][0]
        return Situation(channel, IN_GUILD, {"0": guild["id"]}, guild, person)
    if scene.where == "dm":
        return Situation(world.direct_channel(person), IN_BOT_DM, {"0": "0"}, None, person)
    if scene.where == "private":
        channel = objects.direct_channel(person, group=True)
        return Situation(
            world.outside.setdefault(channel["id"], channel), IN_PRIVATE, {"1": person["id"]}, None, person
        )
    if scene.where == "installed":
        guild = objects.guild(50_000, "Elsewhere", [("lobby", objects.TEXT)], "en-US")
        channel = guild["channels"][0]
        world.outside.setdefault(channel["id"], channel)
        return Situation(channel, IN_GUILD, {"1": person["id"]}, guild, person)
    raise ClientRefusalError(f"where={scene.where!r}: must be guild, dm, installed or private")


def payload(interaction: Interaction, at: Situation, scene: Scene) -> Json:
    """The INTERACTION_CREATE event."""
    out: Json = {
        "id": interaction.id,
        "application_id": objects.APPLICATION_ID,
        "type": interaction.kind,
        "data": interaction.data,
        "token": interaction.token,
        "version": 1,
        "channel_id": at.channel["id"],
        "channel": {**at.channel, "permissions": str(scene.member_permissions)},
        "app_permissions": str(scene.app_permissions),
        "locale": scene.locale,
        "entitlements": [],
        "authorizing_integration_owners": at.owners,
        "context": at.context,
        "attachment_size_limit": 10_485_760,
    }
    if at.guild is None:
        out["user"] = at.person
    else:
        locale = at.guild["preferred_locale"]
        out["guild"] = {"id": at.guild["id"], "locale": locale, "features": at.guild["features"]}
        out |= {"guild_id": at.guild["id"], "guild_locale": locale}
        out["member"] = objects.member(at.person, scene.member_permissions)
    if interaction.message is not None:
        out["message"] = interaction.message
    return out


def begin(kind: int, data: Json, at: Situation, message: Json | None = None) -> Interaction:
    guild_id = at.guild["id"] if at.guild else None
    return Interaction(kind, data, at.person, at.channel, guild_id, at.owners, message)
