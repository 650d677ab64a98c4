"""Somebody who corrects: opens the form, fills it in, presses what stands under it."""

from typing import Any, NamedTuple

from simcord.actors import MemberActor
from simcord.builders import ChannelHandle
from simcord.env import Env
from simcord.results import InteractionResult, ResponseMessage

from tests.asking import Answer, Person, answer_of

FACT = "afp-2016-12-03/11.1"
"""About 310 civilians killed · East Aleppo · 15 Nov – 3 Dec 2016."""
REASON = "the monitor's page now says 320"
LINK = "https://example.org/page"
GOOD = {"value": "at least 320", "kind": ["reading"], "reason": REASON, "evidence": LINK}


class Opened(NamedTuple):
    """A form on the screen.

    Attributes:
        filled: what stands in its fields.
    """

    result: InteractionResult
    title: str
    custom_id: str
    filled: dict[str, str]
    rows: list[dict[str, Any]]


def opened(result: InteractionResult) -> Opened:
    """The form that answers.

    Raises:
        AssertionError: something else does.
    """
    modal = result.modal
    assert modal is not None, f"no form but: {answer_of(result).seen.text}"
    filled = {}
    for row in modal["components"]:
        field = row["component"]
        chosen = [option["value"] for option in field.get("options", ()) if option.get("default")]
        filled[field["custom_id"]] = field.get("value") or "".join(chosen)
    return Opened(result, modal["title"], modal["custom_id"], filled, modal["components"])


class Corrector(Person):
    """A person who corrects."""

    async def correct(self, fact: str = FACT) -> Opened:
        """`/correct`, straight to the form."""
        return opened(await self.member.slash(self.channel, "correct", fact=fact))

    async def fill(self, form: Opened, **fields: Any) -> Answer:
        """Send the form off with these fields; the others as they stand in it."""
        kept = {name: [text] if name == "kind" else text for name, text in form.filled.items() if text}
        return answer_of(await self.member.submit_modal(form.result, {**kept, **fields}))

    async def preview(self, fact: str = FACT, **fields: Any) -> Answer:
        """As far as to what is to be confirmed."""
        return await self.fill(await self.correct(fact), **{**GOOD, **fields})

    async def made(self, fact: str = FACT, **fields: Any) -> Answer:
        """As far as it goes."""
        return await self.tap((await self.preview(fact, **fields)).message, "Confirm")

    async def tap(self, message: ResponseMessage, label: str) -> Answer:
        """Press a button under a private message, which changes the message itself."""
        return answer_of(await self.member.click(message, label=label))

    async def opens(self, message: ResponseMessage, label: str) -> Opened:
        """Press a button that opens a form."""
        return opened(await self.member.click(message, label=label))

    async def sees(self, fact: str = FACT) -> str:
        """What `/source` says first of the fact."""
        seen = await self.ask("source", fact=fact)
        return seen.lines[2]


def person(env: Env, channel: ChannelHandle, name: str, *roles: Any) -> Corrector:
    """A member with these roles, in the channel."""
    member: MemberActor = channel.guild.add_member(env.create_user(name), roles=list(roles))
    return Corrector(env, member, channel)
