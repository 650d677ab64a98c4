"""Logging in, registering commands, and looking up servers, channels and people."""

from __future__ import annotations

from . import objects
from .codec import Json
from .errors import ApiError
from .limits_commands import check_commands
from .routing import Answer, Call, Routes

routes = Routes()
APPLICATION = r"/applications/\d+"


@routes.on("GET", "/users/@me")
async def myself(call: Call) -> Answer:
    return 200, call.discord.world.me


@routes.on("GET", r"/(?:oauth2/)?applications/@me")
async def application(call: Call) -> Answer:
    world = call.discord.world
    return 200, {**world.application, "approximate_guild_count": len(world.guilds)}


@routes.on("GET", "/gateway")
async def gateway(call: Call) -> Answer:
    return 200, {"url": call.discord.gateway.url}


@routes.on("GET", "/gateway/bot")
async def gateway_bot(call: Call) -> Answer:
    discord = call.discord
    shards = discord.world.options.shards or max(1, -(-len(discord.world.guilds) // 1000))
    left = max(0, 1000 - discord.gateway.identifies)
    limit = {"total": 1000, "remaining": left, "reset_after": 14_400_000, "max_concurrency": 1}
    return 200, {"url": discord.gateway.url, "shards": shards, "session_start_limit": limit}


@routes.on("PUT", APPLICATION + "/commands")
async def overwrite_global_commands(call: Call) -> Answer:
    return 200, _overwrite(call, None)


@routes.on("PUT", APPLICATION + r"/guilds/(\d+)/commands")
async def overwrite_guild_commands(call: Call, guild_id: str) -> Answer:
    call.discord.world.guild(guild_id)
    return 200, _overwrite(call, guild_id)


@routes.on("GET", APPLICATION + "/commands")
async def global_commands(call: Call) -> Answer:
    return 200, call.discord.world.commands.get(None, [])


@routes.on("GET", APPLICATION + r"/guilds/(\d+)/commands")
async def guild_commands(call: Call, guild_id: str) -> Answer:
    return 200, call.discord.world.commands.get(guild_id, [])


@routes.on("GET", r"/guilds/(\d+)")
async def guild(call: Call, guild_id: str) -> Answer:
    return 200, call.discord.world.guild(guild_id)


@routes.on("GET", r"/guilds/(\d+)/(channels|roles)")
async def guild_part(call: Call, guild_id: str, part: str) -> Answer:
    return 200, call.discord.world.guild(guild_id)[part]


@routes.on("GET", r"/guilds/(\d+)/members/(\d+)")
async def guild_member(call: Call, guild_id: str, user_id: str) -> Answer:
    for member in call.discord.world.guild(guild_id)["members"]:
        if member["user"]["id"] == user_id:
            return 200, member
    raise ApiError(404, 10007, "Unknown Member")


@routes.on("DELETE", r"/users/@me/guilds/(\d+)")
async def leave_guild(call: Call, guild_id: str) -> Answer:
    await call.discord.remove_guild(guild_id)
    return 204, None


@routes.on("GET", r"/channels/(\d+)")
async def channel(call: Call, channel_id: str) -> Answer:
    return 200, call.discord.world.channel(channel_id)


@routes.on("POST", "/users/@me/channels")
async def open_direct_channel(call: Call) -> Answer:
    person = {**objects.user("somebody"), "id": str(call.body["recipient_id"])}
    return 200, call.discord.world.direct_channel(person)


def _overwrite(call: Call, scope: str | None) -> list[Json]:
    world = call.discord.world
    sent: list[Json] = call.body  # type: ignore[assignment]  # the one route whose body is a list
    world.check(check_commands(sent))
    before = {(c["type"], c["name"]): c["id"] for c in world.commands.get(scope, ())}
    world.commands[scope] = [_registered(c, scope, before) for c in sent]
    world.stats["command_sync"] += 1
    return world.commands[scope]


def _registered(command: Json, scope: str | None, before: dict[tuple[int, str], str]) -> Json:
    kind = command.get("type") or 1
    need = command.get("default_member_permissions")
    return {
        **command,
        "id": before.get((kind, command["name"])) or objects.snowflake(),
        "type": kind,
        "application_id": objects.APPLICATION_ID,
        "version": objects.snowflake(),
        "description": command.get("description") or "",
        "default_member_permissions": None if need is None else str(need),
        **({"guild_id": scope} if scope else {}),
    }
