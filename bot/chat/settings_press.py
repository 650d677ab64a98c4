"""Using the page of `/settings`. The rights are asked for with every click, whoever opened the page."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import discord

from bot.chat import custom_ids
from bot.chat.escape import escape, label
from bot.chat.modals import Filled, Form
from bot.chat.people import MANAGE_SERVER, require
from bot.chat.settings_choice import Choice, RefusedError, read_choice, read_zone
from bot.chat.settings_page import FIND, FRESH, MOST_ZONES, ZONE_FIELD
from bot.chat.settings_view import Interaction, server_of, show
from bot.i18n import _
from bot.subscriptions.errors import ZoneNameError
from bot.subscriptions.zone_suggest import suggest_zones

_LONGEST_ZONE = 60


async def press(interaction: Interaction, text: str) -> None:
    """Store what was chosen with a control, and show it."""
    require(interaction, MANAGE_SERVER)
    await _use(interaction, custom_ids.SETTING + text.partition(FRESH)[0])


async def submit(interaction: Interaction, _text: str, filled: Filled) -> None:
    """Answer the form that asks for a time zone: set the one that is meant, else offer those that may be.

    Raises:
        MissingPermissions: they no longer manage the server.
    """
    require(interaction, MANAGE_SERVER)
    typed = " ".join("".join(filled.get(ZONE_FIELD, ())).split())[:_LONGEST_ZONE]
    now = datetime.now(UTC)
    try:
        choice = read_zone(typed, now)
    except ZoneNameError as error:
        found = tuple(suggest_zones(typed, now, MOST_ZONES))
        remedy = _("The list of time zones below now holds what comes closest.") if found else error.remedy
        said = re.sub("`([^`]*)`", "“\\1”", f"{error.what} {remedy}")
        await show(interaction, f"⚠️ {escape(said)}", found)
        return
    await _store(interaction, choice)


async def _use(interaction: Interaction, control: str) -> None:
    if control == FIND:
        await _ask_for_zone(interaction)
        return
    data: dict[str, Any] = dict(interaction.data or {})
    value = next((str(value) for value in data.get("values") or ()), None)
    try:
        choice = read_choice(control, value, server_of(interaction), datetime.now(UTC))
    except RefusedError as error:
        await show(interaction, f"⚠️ {error.what}\n{error.remedy}")
        return
    await _store(interaction, choice)


async def _store(interaction: Interaction, choice: Choice) -> None:
    server = str(server_of(interaction).id)
    before, after = await interaction.client.servers.change(server, choice.apply)
    old, new = choice.said(before), choice.said(after)
    if old == new:
        await show(interaction, f"{choice.name}: **{new}**. {_('It was set so already.')}")
    else:
        await show(interaction, f"✅ {choice.name}: {old} → **{new}**")
    if after.log_channel is not None and after.log_channel != before.log_channel:
        await interaction.client.announcer.tell(server, _first_line)


def _first_line() -> tuple[str, ...]:
    return (_("Sitrep tells here what moderators correct, what editors decide, and which digests pause."),)


async def _ask_for_zone(interaction: Interaction) -> None:
    field: discord.ui.Label[Any] = discord.ui.Label(
        text=label(_("City, country or zone"), 45),
        description=label(_("Such as Damascus, New York or Europe/Berlin"), 100),
        component=discord.ui.TextInput(custom_id=ZONE_FIELD, min_length=2, max_length=_LONGEST_ZONE),
    )
    async with interaction.client.attendance.answering(interaction):
        await interaction.response.send_modal(Form(label(_("Find a time zone"), 45), FIND, [field]))
