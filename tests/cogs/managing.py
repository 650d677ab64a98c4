"""Somebody who manages a server, with the page of /settings open."""

from typing import Any

import discord
from simcord.actors import MemberActor
from simcord.backend.models import Overwrite
from simcord.builders import ChannelHandle
from simcord.enums import OverwriteType
from simcord.env import Env
from simcord.results import ResponseMessage

from bot.app import App
from bot.store.keeping.servers import ServerSettings
from tests.asking import Answer, Person, answer_of
from tests.reading import Seen, read, walk


class Manager(Person):
    """Somebody with the page of /settings open."""

    async def open(self) -> Answer:
        answer = await self.use("settings")
        assert answer.private
        return answer

    async def set(self, message: ResponseMessage, control: str, *values: Any) -> Seen:
        """Choose, and read the page that then stands in the place of the one before."""
        result = await self.member.select(message, values, custom_id=find(message, control)["custom_id"])
        assert not result.followups
        assert result.response is not None
        assert result.response.id == message.id
        return read(result.response.components)

    async def refused(self, message: ResponseMessage, control: str, *values: Any) -> Answer:
        """Choose, and read the message of its own that refuses."""
        answer = answer_of(await self.member.select(message, values, custom_id=find(message, control)["custom_id"]))
        assert answer.private
        assert answer.message.id != message.id
        return answer


def who(channel: ChannelHandle, env: Env, name: str, **permissions: bool) -> MemberActor:
    role = channel.guild.create_role(f"role of {name}", permissions=discord.Permissions(**permissions))
    return channel.guild.add_member(env.create_user(name), roles=[role])


def find(message: ResponseMessage, control: str) -> dict[str, Any]:
    """The control, under whatever id it has now."""
    (found,) = [part for part in walk(message.components) if _is(part, control)]
    return found


def _is(part: dict[str, Any], control: str) -> bool:
    return str(part.get("custom_id")).partition("|")[0] == control


def shown(message: ResponseMessage, custom_id: str) -> list[str]:
    """What a list shows as chosen: ids of roles or channels, or values."""
    part = find(message, custom_id)
    if "options" in part:
        return [option["value"] for option in part["options"] if option.get("default")]
    return [value["id"] for value in part.get("default_values", ())]


async def kept(app: App, channel: ChannelHandle) -> ServerSettings:
    assert channel.guild is not None
    return await app.servers.read(str(channel.guild.id))


def forbid(env: Env, channel: ChannelHandle, **permissions: bool) -> None:
    """Take permissions from Sitrep in a channel."""
    overwrite = Overwrite(
        target_id=env.backend.bot_user.id,
        type=OverwriteType.MEMBER,
        allow=0,
        deny=discord.Permissions(**permissions).value,
    )
    env.backend.set_overwrite(channel.id, overwrite)
