"""Buttons and lists under the pages of /digest. The rights are asked for with every click, whoever opened the page."""

from __future__ import annotations

import re
from typing import Any

from bot.answers.page import Page
from bot.answers.question import UnreadableQuestionError
from bot.chat.digesting.desk import Desk
from bot.chat.digesting.views import (
    Interaction,
    ask_to_remove,
    channel_name,
    show,
    show_list,
    show_one,
    show_preview,
)
from bot.chat.people import MANAGE_CHANNELS, require
from bot.i18n import _


async def press(interaction: Interaction, text: str) -> None:
    """Do something with one digest, or with the list of them, and show what came of it."""
    require(interaction, MANAGE_CHANNELS)
    await _do(interaction, interaction.client.digests, *_read(interaction, text))


def _read(interaction: Interaction, text: str) -> tuple[str, int]:
    """The action and the number it is about; for a list, the one that was chosen."""
    action, _bar, number = text.partition("|")
    if action == "choose":
        data: dict[str, Any] = dict(interaction.data or {})
        number = next((str(value) for value in data.get("values") or ()), "")
        action = "open"
    if not re.fullmatch(r"-?[0-9]{1,18}", number):
        raise UnreadableQuestionError
    return action, int(number)


async def _do(interaction: Interaction, desk: Desk, action: str, number: int) -> None:
    if action == "list":
        await show_list(interaction, desk, number)
        return
    stored = await desk.one(interaction, number)
    match action:
        case "open":
            await show_one(interaction, desk, stored)
        case "preview":
            await show_preview(interaction, desk, stored)
        case "start":
            found = await desk.start(interaction, stored)
            name = channel_name(interaction, found.subscription.channel)
            await show_one(
                interaction,
                desk,
                found,
                title=_("Started: digest {number} for #{channel}").format(number=found.id, channel=name),
            )
        case "resume":
            await show_one(interaction, desk, await desk.start(interaction, stored))
        case "pause":
            await desk.pause(interaction, stored)
            await show_one(interaction, desk, await desk.one(interaction, number))
        case "remove":
            await ask_to_remove(interaction, desk, stored)
        case "removed":
            await desk.remove(interaction, stored)
            name = channel_name(interaction, stored.subscription.channel)
            said = _("Digest {number} for #{channel} is gone; nothing more is posted by it.")
            words = said.format(number=number, channel=name)
            await show(interaction, Page(accent="digest", title=_("Removed"), notes=((words,),)), [])
        case _:
            raise UnreadableQuestionError
