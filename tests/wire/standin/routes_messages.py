"""Messages in channels: post (deduplicated by nonce), edit, read, delete, publish."""

from __future__ import annotations

import time

from . import objects
from .codec import Json
from .errors import ApiError, invalid_form
from .limits import check_message
from .routing import Answer, Call, Routes

routes = Routes()
CHANNEL = r"/channels/(\d+)"
MESSAGE = CHANNEL + r"/messages/(\d+)"


@routes.on("POST", CHANNEL + "/messages")
async def post(call: Call, channel_id: str) -> Answer:
    world = call.discord.world
    channel = world.channel(channel_id, sending=True)
    world.check(check_message(call.body, "create", files=call.files))
    nonce = call.body.get("nonce")
    key = (channel_id, str(nonce)) if nonce is not None and call.body.get("enforce_nonce") else None
    if key:
        # Same author, same nonce, within the window: the first message is returned, nothing is posted.
        remembered = world.nonces.get(key)
        if remembered and time.monotonic() - remembered[0] < world.options.nonce_window_s:
            world.stats["deduplicated"] += 1
            return 200, remembered[1]
    message = await call.discord.post(objects.message(channel, call.body, world.bot))
    channel["last_message_id"] = message["id"]
    if key:
        world.nonces[key] = (time.monotonic(), message)
    return 200, message


@routes.on("GET", CHANNEL + "/messages")
async def history(call: Call, channel_id: str) -> Answer:
    """The latest first; ``before`` and ``after`` are exclusive, ``after`` counts from the oldest."""
    world = call.discord.world
    world.channel(channel_id)
    messages = list(world.messages.get(channel_id, {}).values())
    if world.denied.get(channel_id) == "history":
        messages = []  # Discord refuses nothing: it shows nothing
    limit = int(call.query.get("limit", 50))
    if not 1 <= limit <= 100:
        raise invalid_form([("limit", "must be 1 to 100")])
    if "before" in call.query:
        messages = [m for m in messages if int(m["id"]) < int(call.query["before"])]
    if "after" in call.query:
        messages = [m for m in messages if int(m["id"]) > int(call.query["after"])]
        return 200, messages[:limit][::-1]
    return 200, messages[-limit:][::-1]


@routes.on("GET", MESSAGE)
async def read(call: Call, channel_id: str, message_id: str) -> Answer:
    return 200, call.discord.world.message(channel_id, message_id)


@routes.on("PATCH", MESSAGE)
async def edit(call: Call, channel_id: str, message_id: str) -> Answer:
    world = call.discord.world
    message = world.message(channel_id, message_id)
    world.channel(channel_id, sending=True)
    if message["author"]["id"] != objects.APPLICATION_ID:
        raise ApiError(403, 50005, "Cannot edit a message authored by another user")
    v2 = bool(message["flags"] & objects.COMPONENTS_V2)
    world.check(check_message(call.body, "edit", files=call.files, v2=v2))
    message.update(objects.edited(call.body), edited_timestamp=objects.now_iso())
    message["flags"] |= (call.body.get("flags") or 0) & objects.COMPONENTS_V2
    await call.discord.gateway.dispatch("MESSAGE_UPDATE", message, message.get("guild_id"))
    return 200, message


@routes.on("DELETE", MESSAGE)
async def delete(call: Call, channel_id: str, message_id: str) -> Answer:
    world = call.discord.world
    message = world.message(channel_id, message_id)
    del world.messages[channel_id][message_id]
    gone: Json = {k: message[k] for k in ("id", "channel_id", "guild_id") if k in message}
    await call.discord.gateway.dispatch("MESSAGE_DELETE", gone, message.get("guild_id"))
    return 204, None


@routes.on("POST", MESSAGE + "/crosspost")
async def publish(call: Call, channel_id: str, message_id: str) -> Answer:
    world = call.discord.world
    message = world.message(channel_id, message_id)
    if world.channel(channel_id, sending=True)["type"] != objects.ANNOUNCEMENT:
        raise ApiError(400, 50024, "Cannot execute action on this channel type")
    if message["flags"] & objects.CROSSPOSTED:
        raise ApiError(400, 40033, "This message has already been crossposted.")
    message["flags"] |= objects.CROSSPOSTED
    for source, follower in world.follows:
        if source == channel_id:
            reference = {"channel_id": channel_id, "guild_id": message["guild_id"], "message_id": message_id}
            copy = {**message, "id": objects.snowflake(), "channel_id": follower, "flags": 1 << 1}
            await call.discord.post({**copy, "message_reference": reference})
    return 200, message


@routes.on("POST", CHANNEL + "/followers")
async def follow(call: Call, channel_id: str) -> Answer:
    call.discord.world.channel(channel_id)
    call.discord.world.follows.append((channel_id, str(call.body["webhook_channel_id"])))
    return 200, {"channel_id": channel_id, "webhook_id": objects.snowflake()}


@routes.on("POST", CHANNEL + "/typing")
async def typing(call: Call, channel_id: str) -> Answer:
    call.discord.world.channel(channel_id, sending=True)
    return 204, None
