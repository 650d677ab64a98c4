"""A person in a channel who asks, presses and chooses, and what they then see."""

from typing import Any, NamedTuple

from simcord.actors import MemberActor
from simcord.builders import ChannelHandle
from simcord.env import Env
from simcord.results import InteractionResult, ResponseMessage

from tests.reading import BUTTON, ROW, SELECT, Seen, read


class Answer(NamedTuple):
    """What came back.

    Attributes:
        private: whether only the one who asked sees it.
        message: for pressing what stands under it.
    """

    seen: Seen
    private: bool
    message: ResponseMessage


def answer_of(result: InteractionResult) -> Answer:
    """The one message that answers: the response itself, or the one that follows a deferred update."""
    messages = [result.response] if result.response is not None else []
    messages += result.followups
    assert len(messages) == 1, f"{len(messages)} messages instead of one: {result!r}"
    message = messages[0]
    return Answer(read(message.components), message.ephemeral, message)


class Person:
    """A member of a server in one of its channels."""

    def __init__(self, env: Env, member: MemberActor, channel: ChannelHandle) -> None:
        self.env = env
        self.member = member
        self.channel = channel

    async def ask(self, command: str, **options: Any) -> Seen:
        """Use a command and read the answer."""
        return (await self.use(command, **options)).seen

    async def use(self, command: str, **options: Any) -> Answer:
        """Use a command."""
        return answer_of(await self.member.slash(self.channel, command, **options))

    async def type(self, command: str, option: str, typed: str) -> dict[str, str]:
        """Type into an option: the names offered, with the values behind them."""
        choices = await self.member.autocomplete(self.channel, command, option, typed)
        return {choice["name"]: choice["value"] for choice in choices}

    async def press(self, message: ResponseMessage, label: str) -> Answer:
        """Press a button that answers anew."""
        return answer_of(await self.member.click(message, label=label))

    async def turn(self, message: ResponseMessage, label: str) -> Seen:
        """Press a button that changes the message itself, and read the message."""
        result = await self.member.click(message, label=label)
        assert not result.followups, "turning a page posts nothing"
        changed = result.response or message
        assert changed.id == message.id
        return read(changed.components)

    async def choose(self, message: ResponseMessage, value: str) -> Answer:
        """Choose from the list of a message."""
        return answer_of(await self.member.select(message, [value]))

    def beside(self, name: str) -> "Person":
        """Somebody else in the same channel."""
        member = self.channel.guild.add_member(self.env.create_user(name))
        return Person(self.env, member, self.channel)

    async def forge(self, message: ResponseMessage, custom_id: str, value: str | None = None) -> Answer:
        """Use a component such as another version may have put under the message."""
        stored = self.env.backend.get_message(message.channel_id, message.id)
        component = {"type": BUTTON, "style": 2, "label": "Old"}
        if value is not None:
            component = {"type": SELECT, "options": [{"label": "Old", "value": value}]}
        stored.components.append({"type": ROW, "components": [{**component, "custom_id": custom_id}]})
        if value is not None:
            return answer_of(await self.member.select(message, [value], custom_id=custom_id))
        return answer_of(await self.member.click(message, label="Old", custom_id=custom_id))


def first_responses(env: Env) -> list[Any]:
    """The bodies of the first responses to interactions so far."""
    return [
        request.json for request in env.http_requests if request.method == "POST" and request.path.endswith("/callback")
    ]
