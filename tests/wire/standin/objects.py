"""Discord's objects as the API sends them, with every field that its schema requires."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Sequence
from copy import deepcopy
from datetime import UTC, datetime
from itertools import count

from .codec import Json
from .limits import walk

APPLICATION_ID = "100000000000000001"
BOT_ROLE_OFFSET = 1
FIRST_CHANNEL_OFFSET = 10
EPOCH_MS = 1_420_070_400_000

# Permissions, as in Discord's documentation.
VIEW_CHANNEL, SEND_MESSAGES = 1 << 10, 1 << 11
MANAGE_MESSAGES, EMBED_LINKS, ATTACH_FILES = 1 << 13, 1 << 14, 1 << 15
READ_HISTORY, USE_COMMANDS = 1 << 16, 1 << 31
READER = USE_COMMANDS | READ_HISTORY | VIEW_CHANNEL | SEND_MESSAGES | EMBED_LINKS | ATTACH_FILES
ADMINISTRATOR = 1 << 3

EPHEMERAL, LOADING, COMPONENTS_V2, CROSSPOSTED = 1 << 6, 1 << 7, 1 << 15, 1 << 0
TEXT, DM, GROUP_DM, ANNOUNCEMENT = 0, 1, 3, 5

_serial = count()


def snowflake() -> str:
    """A fresh id, greater than every one before it, with the present in its upper bits."""
    return str((int(time.time() * 1000) - EPOCH_MS << 22) + next(_serial) % (1 << 22))


def stable_id(text: str) -> str:
    """The same id for the same text, in every run."""
    return str(200_000_000_000_000_000 + int(hashlib.sha1(text.encode()).hexdigest()[:12], 16))


def now_iso() -> str:
    return datetime.now(UTC).isoformat()


def user(name: str) -> Json:
    return {
        "id": stable_id(name),
        "username": name,
        "global_name": name.title(),
        "discriminator": "0",
        "avatar": None,
        "banner": None,
        "accent_color": None,
        "flags": 0,
        "public_flags": 0,
        "primary_guild": None,
        "avatar_decoration_data": None,
        "collectibles": None,
    }


def bot_user() -> Json:
    return {**user("stand-in bot"), "id": APPLICATION_ID, "global_name": None, "bot": True}


def application() -> Json:
    return {
        "id": APPLICATION_ID,
        "name": "stand-in bot",
        "icon": None,
        "description": "",
        "summary": "",
        "bot_public": True,
        "bot_require_code_grant": False,
        "verify_key": "0" * 64,
        "flags": 1 << 23,
        "rpc_origins": [],
        "redirect_uris": [],
        "owner": user("owner"),
        "team": None,
        "approximate_user_install_count": 0,
        "integration_types_config": {"0": {}, "1": {}},
        "interactions_endpoint_url": None,
        "role_connections_verification_url": None,
    }


def member(person: Json, permissions: int | None = None, roles: Sequence[str] = ()) -> Json:
    out: Json = {
        "user": person,
        "nick": None,
        "avatar": None,
        "banner": None,
        "roles": list(roles),
        "joined_at": "2024-01-01T00:00:00+00:00",
        "premium_since": None,
        "deaf": False,
        "mute": False,
        "flags": 0,
        "pending": False,
        "communication_disabled_until": None,
    }
    return out if permissions is None else {**out, "permissions": str(permissions)}


def guild_channel(channel_id: str, guild_id: str, name: str, kind: int, position: int) -> Json:
    return {
        "id": channel_id,
        "guild_id": guild_id,
        "name": name,
        "type": kind,
        "position": position,
        "permission_overwrites": [],
        "nsfw": False,
        "topic": None,
        "parent_id": None,
        "last_message_id": None,
        "rate_limit_per_user": 0,
        "flags": 0,
    }


def denial(guild_id: str, what: str) -> Json:
    """What a channel holds that takes a permission from the bot's role."""
    bits = {"view": VIEW_CHANNEL, "send": SEND_MESSAGES, "history": READ_HISTORY}[what]
    return {"id": str(int(guild_id) + BOT_ROLE_OFFSET), "type": 0, "allow": "0", "deny": str(bits)}


def direct_channel(person: Json, *, group: bool = False) -> Json:
    out: Json = {
        "id": stable_id(f"{'group' if group else 'dm'} {person['id']}"),
        "type": GROUP_DM if group else DM,
        "recipients": [person],
        "last_message_id": None,
    }
    return {**out, "name": None, "icon": None, "owner_id": person["id"]} if group else out


def _role(role_id: str, name: str, permissions: int, position: int) -> Json:
    return {
        "id": role_id,
        "name": name,
        "permissions": str(permissions),
        "position": position,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "managed": position > 0,
        "mentionable": False,
        "flags": 0,
        "icon": None,
        "unicode_emoji": None,
    }


def guild(ordinal: int, name: str, channels: Sequence[tuple[str, int]], locale: str) -> Json:
    """A server with the bot in it. ``channels`` are (name, type) pairs; ids follow from the ordinal."""
    gid = str((100_000 + ordinal) << 22)
    bot_role = _role(str(int(gid) + BOT_ROLE_OFFSET), "stand-in bot", READER, 1)
    return {
        "id": gid,
        "name": name,
        "owner_id": user("owner")["id"],
        "preferred_locale": locale,
        "features": ["COMMUNITY", "NEWS"],
        "roles": [_role(gid, "@everyone", READER, 0), bot_role],
        "members": [member(bot_user(), roles=[bot_role["id"]])],
        "channels": [
            guild_channel(str(int(gid) + FIRST_CHANNEL_OFFSET + i), gid, channel_name, kind, i)
            for i, (channel_name, kind) in enumerate(channels)
        ],
        "joined_at": now_iso(),
        "member_count": 2,
        "large": False,
        "unavailable": False,
        **dict.fromkeys(("emojis", "stickers", "threads", "presences", "voice_states"), ()),
        **dict.fromkeys(("stage_instances", "guild_scheduled_events", "soundboard_sounds"), ()),
        **dict.fromkeys(("icon", "splash", "discovery_splash", "banner", "description"), None),
        **dict.fromkeys(("afk_channel_id", "system_channel_id", "rules_channel_id"), None),
        **dict.fromkeys(("public_updates_channel_id", "safety_alerts_channel_id"), None),
        **dict.fromkeys(("application_id", "vanity_url_code"), None),
        **dict.fromkeys(("verification_level", "default_message_notifications"), 0),
        **dict.fromkeys(("explicit_content_filter", "mfa_level", "nsfw_level", "premium_tier"), 0),
        **dict.fromkeys(("system_channel_flags", "afk_timeout"), 0),
        "premium_progress_bar_enabled": False,
        "nsfw": False,
        "region": "us-east",
    }


def numbered(components: Sequence[Json]) -> list[Json]:
    """Components as Discord stores them: those that came without an id get their ordinal."""
    out = deepcopy(list(components))
    for ordinal, component in enumerate(walk(out), 1):
        component["id"] = component.get("id") or ordinal
    return out


def message(channel: Json, body: Json, author: Json, **extra: object) -> Json:
    """A message as it would stand in the channel after ``body`` was posted there."""
    out: Json = {
        "id": snowflake(),
        "channel_id": channel["id"],
        "author": author,
        "content": body.get("content") or "",
        "timestamp": now_iso(),
        "edited_timestamp": None,
        "tts": False,
        "mention_everyone": False,
        "mentions": [],
        "mention_roles": [],
        "attachments": [_attachment(a) for a in body.get("attachments") or ()],
        "embeds": [{"type": "rich", **e} for e in body.get("embeds") or ()],
        "components": numbered(body.get("components") or ()),
        "pinned": False,
        "type": 0,
        "flags": body.get("flags") or 0,
        **extra,
    }
    if body.get("nonce") is not None:
        out["nonce"] = body["nonce"]
    if "guild_id" in channel:
        out["guild_id"] = channel["guild_id"]
    return out


def edited(body: Json) -> Json:
    """The fields of a message that an edit replaces; null empties a field, absence leaves it alone."""
    out: Json = {}
    if "content" in body:
        out["content"] = body["content"] or ""
    if "embeds" in body:
        out["embeds"] = body["embeds"] or []
    if "components" in body:
        out["components"] = numbered(body["components"] or ())
    return out


def _attachment(raw: Json) -> Json:
    url = f"http://127.0.0.1/attachments/{raw.get('filename', 'file')}"
    return {
        "id": snowflake(),
        "filename": raw.get("filename", "file"),
        "description": raw.get("description"),
        "size": 1,
        "url": url,
        "proxy_url": url,
    }
