"""Where what somebody who corrects is shown goes: private, and in place of what it follows from."""

from collections.abc import Iterable
from typing import Any, TypeAlias

import discord

from bot.answers.page import Page
from bot.chat.actions import Button, Menu, with_actions
from bot.chat.client import SitrepClient
from bot.chat.correcting.ids import Step, custom_id
from bot.chat.custom_ids import CORRECTION
from bot.chat.modals import Form
from bot.chat.rendering import Prepared, render
from bot.chat.respond import replace, respond

Interaction: TypeAlias = discord.Interaction[SitrepClient]
Rows: TypeAlias = Iterable[tuple[Button, ...] | Menu]


async def show(interaction: Interaction, page: Page, rows: Rows = ()) -> None:
    """Show the page to them alone: in place of our own private message where they came from one, else anew."""
    view = Prepared(with_actions(render(page), rows))
    if _follows(interaction.message):
        await replace(interaction, view)
    else:
        await respond(interaction, view, private=True)


async def open_form(interaction: Interaction, form: Form, otherwise: Page, button: Button) -> None:
    """Open a form. Discord takes one as a first response alone: where that has become too late, a button opens it."""
    if not interaction.response.is_done():
        async with interaction.client.attendance.answering(interaction):
            if not interaction.response.is_done():
                await interaction.response.send_modal(form)
                return
    await show(interaction, otherwise, [(button,)])


def _follows(message: discord.Message | None) -> bool:
    """Whether the message is a private one on the way of a correction, rather than an answer with a button for one."""
    if message is None or not message.flags.ephemeral:
        return False
    return any(
        found.startswith(CORRECTION) and not found.startswith(custom_id(Step.PICK))
        for found in component_ids(message.components)
    )


def component_ids(components: Iterable[Any]) -> Iterable[str]:
    """The ids of all components of a message, nested ones included, from top to bottom."""
    for component in components:
        found = getattr(component, "custom_id", None)
        if isinstance(found, str):
            yield found
        yield from component_ids(getattr(component, "children", ()))
        accessory = getattr(component, "accessory", None)
        if accessory is not None:
            yield from component_ids((accessory,))
