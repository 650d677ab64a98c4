"""Clicks as Discord's gateway sends them, whoever sends them and whether or not their client would let them."""

from typing import Any

from simcord import interactions
from simcord.backend import serializers
from simcord.env import Env
from simcord.results import InteractionResult, ResponseMessage

from tests.asking import answer_of

COMMAND, COMPONENT, MODAL = 2, 3, 5


class Sender:
    """One person in one place.

    Args:
        guild: None in a direct message.
        more: fields of the interaction that are other than usual.
    """

    def __init__(self, env: Env, user: int, channel: int, guild: int | None, **more: Any) -> None:
        self.env, self.user, self.channel, self.guild, self.more = env, user, channel, guild, more

    def post(self, kind: int, data: dict[str, Any], **extra: Any) -> InteractionResult:
        """Send it; nothing has answered yet."""
        record, payload = interactions.base_payload(
            self.env.backend, type=kind, channel_id=self.channel, guild_id=self.guild, user_id=self.user, data=data
        )
        if "message" in extra:
            record.source_message_id = int(extra["message"]["id"])
        self.env.backend.emit("INTERACTION_CREATE", payload | extra | self.more)
        return InteractionResult(self.env, record)

    async def send(self, kind: int, data: dict[str, Any], **extra: Any) -> str:
        """Send it: `form`, or the title of the answer and its first lines."""
        result = self.post(kind, data, **extra)
        await self.env.settle()
        return said(result)

    def command(self, name: str, **options: str) -> dict[str, Any]:
        root = self.env.backend.find_command(name, None, type=1)
        assert root is not None
        given = [{"name": option, "type": 3, "value": value} for option, value in options.items()]
        return {"id": root["id"], "name": name, "type": 1, "options": given}

    def menu(self, name: str, message: ResponseMessage) -> dict[str, Any]:
        root = self.env.backend.find_command(name, None, type=3)
        assert root is not None
        resolved = {"messages": {str(message.id): self.message(message)}}
        return {"id": root["id"], "name": name, "type": 3, "target_id": str(message.id), "resolved": resolved}

    def message(self, message: ResponseMessage) -> dict[str, Any]:
        stored = self.env.backend.get_message(message.channel_id, message.id)
        return dict(serializers.message_payload(self.env.backend, stored))


def bearing(message: dict[str, Any], data: dict[str, Any]) -> dict[str, Any]:
    """The message with the component under it that `data` uses: discord.py answers no other."""
    part = {"type": 2, "style": 2, "label": "Forged"}
    if "values" in data:
        part = {"type": 3, "options": [{"label": value, "value": value} for value in data["values"]]}
    row = {"type": 1, "components": [{**part, "custom_id": data["custom_id"]}]}
    return {**message, "components": [*message["components"], row]}


def component(custom_id: str, *values: str) -> dict[str, Any]:
    """A button pressed, or these chosen from a list."""
    if values:
        return {"custom_id": custom_id, "component_type": 3, "values": list(values)}
    return {"custom_id": custom_id, "component_type": 2}


def form(custom_id: str, **fields: Any) -> dict[str, Any]:
    """A form sent off."""
    rows = []
    for number, (name, value) in enumerate(fields.items()):
        kind = {"type": 3, "values": value} if isinstance(value, list) else {"type": 4, "value": value}
        rows.append({"type": 18, "id": 2 * number, "component": {"id": 2 * number + 1, "custom_id": name, **kind}})
    return {"custom_id": custom_id, "components": rows}


def said(result: InteractionResult) -> str:
    """`form`, or the text of the answer, which only they see."""
    if result.modal is not None:
        return "form"
    answer = answer_of(result)
    assert answer.private
    return answer.seen.text
