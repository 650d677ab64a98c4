"""Where a page of corrections goes: to the one who asks alone, and in place of what it follows from."""

from collections.abc import Iterable
from typing import Any, TypeAlias

import discord

from bot.answers.page import Page
from bot.chat.actions import Button, Menu, with_actions
from bot.chat.client import SitrepClient
from bot.chat.correcting.screen import component_ids
from bot.chat.custom_ids import CORRECTIONS_LOG
from bot.chat.modals import Form
from bot.chat.rendering import Prepared, render
from bot.chat.respond import replace, respond

Interaction: TypeAlias = discord.Interaction[SitrepClient]
Rows: TypeAlias = Iterable[tuple[Button, ...] | Menu]


def prepared(page: Page, rows: Rows = ()) -> Prepared:
    """The page with its buttons."""
    return Prepared(with_actions(render(page), rows))


async def show(interaction: Interaction, page: Page, rows: Rows = ()) -> None:
    """Show the page to them alone: in place of our own private message where they came from one, else anew."""
    if _private_page(interaction.message):
        await replace(interaction, prepared(page, rows))
    else:
        await respond(interaction, prepared(page, rows), private=True)


async def open_form(interaction: Interaction, form: Form, otherwise: Page, button: Button) -> None:
    """Open a form. Discord takes one as a first response alone: where that has become too late, a button opens it."""
    if not interaction.response.is_done():
        async with interaction.client.attendance.answering(interaction):
            if not interaction.response.is_done():
                await interaction.response.send_modal(form)
                return
    await show(interaction, otherwise, [(button,)])


def _private_page(message: discord.Message | Any | None) -> bool:
    if message is None or not message.flags.ephemeral:
        return False
    return any(found.startswith(CORRECTIONS_LOG) for found in component_ids(message.components))
