"""The first answer to an interaction, and the follow-ups and edits that come after it."""

from __future__ import annotations

from . import objects
from .codec import Json
from .errors import ApiError, invalid_form, unknown_message
from .interactions import AUTOCOMPLETE, COMMAND, COMPONENT, MODAL
from .limits import check_choices, check_message, check_modal
from .routing import Answer, Call, Routes

routes = Routes()

MESSAGE, DEFERRED, DEFERRED_UPDATE, UPDATE, CHOICES, FORM = 4, 5, 6, 7, 8, 9
ALLOWED = {
    COMMAND: {MESSAGE, DEFERRED, FORM},
    COMPONENT: {MESSAGE, DEFERRED, DEFERRED_UPDATE, UPDATE, FORM},
    AUTOCOMPLETE: {CHOICES},
    MODAL: {MESSAGE, DEFERRED, DEFERRED_UPDATE, UPDATE},
}
TOKEN = r"/webhooks/\d+/(it_[^/]+)"


@routes.on("POST", r"/interactions/(\d+)/([^/]+)/callback")
async def first_answer(call: Call, interaction_id: str, token: str) -> Answer:
    world = call.discord.world
    try:
        interaction = call.discord.interactions.unanswered(interaction_id, token)
    except ApiError as refusal:
        world.stats[f"refused_{refusal.body['code']}"] += 1
        raise
    kind, data = call.body.get("type"), call.body.get("data") or {}
    updates = kind in (DEFERRED_UPDATE, UPDATE)
    if kind not in ALLOWED[interaction.kind] or (updates and interaction.message is None):
        flaw = f"callback type {kind} is not valid for interaction type {interaction.kind}"
        world.check([("type", flaw)])
    if kind == MESSAGE:
        world.check(check_message(data, "callback", files=call.files))
    elif kind == UPDATE:
        world.check(check_message(data, "edit", files=call.files, v2=_is_v2(interaction.message)))
    elif kind == CHOICES:
        world.check(check_choices(data.get("choices") or []))
    elif kind == FORM:
        world.check(check_modal(data))

    interaction.answered = call.at
    message: Json | None = None
    if kind == MESSAGE:
        message = objects.message(interaction.channel, data, world.bot, type=20, **interaction.metadata())
        interaction.original = await call.discord.post(message)
    elif kind == DEFERRED:
        waiting = {"flags": (data.get("flags") or 0) | objects.LOADING}
        interaction.original = objects.message(
            interaction.channel, waiting, world.bot, type=20, **interaction.metadata()
        )
    elif updates and interaction.message is not None:
        interaction.original = interaction.message
        if kind == UPDATE:
            message = interaction.message
            message.update(objects.edited(data), edited_timestamp=objects.now_iso())
            message["flags"] |= (data.get("flags") or 0) & objects.COMPONENTS_V2
    interaction.note(kind or 0, data, call.at, message or interaction.original, call.size)
    interaction.done.set()
    if call.query.get("with_response", "").lower() not in ("1", "true"):
        return 204, None
    original = interaction.original or {}
    about = {
        "id": interaction.id,
        "type": interaction.kind,
        "response_message_id": original.get("id"),
        "response_message_loading": kind == DEFERRED,
        "response_message_ephemeral": bool(original.get("flags", 0) & objects.EPHEMERAL),
    }
    resource = {"type": kind, **({"message": message} if message else {})}
    return 200, {"interaction": about, "resource": resource}


@routes.on("POST", TOKEN)
async def follow_up(call: Call, token: str) -> Answer:
    interaction = call.discord.interactions.answered(token)
    if interaction.original and interaction.original["flags"] & objects.LOADING:
        return await edit_answer(call, token, "@original")  # the first follow-up fills in a deferred answer
    call.discord.world.check(check_message(call.body, "followup", files=call.files))
    message = objects.message(interaction.channel, call.body, call.discord.world.bot, **interaction.metadata())
    await call.discord.post(message)
    interaction.note("followup", call.body, call.at, message, call.size)
    return 200, message


@routes.on("PATCH", TOKEN + r"/messages/(@original|\d+)")
async def edit_answer(call: Call, token: str, message_id: str) -> Answer:
    interaction = call.discord.interactions.answered(token)
    message = _of(call, token, message_id)
    call.discord.world.check(check_message(call.body, "edit", files=call.files, v2=_is_v2(message)))
    waiting = bool(message["flags"] & objects.LOADING)
    if not waiting and _is_v2(message) and call.body.get("flags") == 0:
        raise invalid_form([("flags", "IS_COMPONENTS_V2 cannot be taken back")])
    message.update(objects.edited(call.body), edited_timestamp=None if waiting else objects.now_iso())
    added = (call.body.get("flags") or 0) & objects.COMPONENTS_V2
    message["flags"] = (message["flags"] & ~objects.LOADING) | added
    if waiting:
        await call.discord.post(message)
    interaction.note("edit", call.body, call.at, message, call.size)
    return 200, message


@routes.on("GET", TOKEN + r"/messages/(@original|\d+)")
async def get_answer(call: Call, token: str, message_id: str) -> Answer:
    return 200, _of(call, token, message_id)


@routes.on("DELETE", TOKEN + r"/messages/(@original|\d+)")
async def delete_answer(call: Call, token: str, message_id: str) -> Answer:
    interaction = call.discord.interactions.answered(token)
    message = _of(call, token, message_id)
    call.discord.world.messages.get(message["channel_id"], {}).pop(message["id"], None)
    call.discord.world.ephemeral.pop(message["id"], None)
    interaction.note("delete", message["id"], call.at)
    return 204, None


def _of(call: Call, token: str, message_id: str) -> Json:
    interaction = call.discord.interactions.answered(token)
    own = [interaction.original, *(e["message"] for e in interaction.events)]
    wanted: list[Json | None] = own[:1]
    if message_id != "@original":
        wanted = [m for m in own if m and m["id"] == message_id]
    found = wanted[0] if wanted else None
    if found is None:
        raise unknown_message()
    return found


def _is_v2(message: Json | None) -> bool:
    return bool(message and message["flags"] & objects.COMPONENTS_V2)
