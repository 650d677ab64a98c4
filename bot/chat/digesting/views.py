"""The pages of /digest with what can be done on each of them."""

from collections.abc import Sequence
from typing import Any

import discord

from bot.answers.page import Page
from bot.chat import custom_ids
from bot.chat.actions import GREEN, RED, Button, Menu, Option, with_actions
from bot.chat.digesting.desk import Desk, waits
from bot.chat.digesting.pages import NOTHING_YET, PER_PAGE, list_page, one_page, rule_words
from bot.chat.rendering import Prepared, render
from bot.chat.respond import replace, respond
from bot.chat.scope import scope_of
from bot.i18n import _
from bot.store.digests.subscriptions import State, Stored

Interaction = discord.Interaction[Any]
Row = Sequence[Button] | Menu


def act(action: str, number: int) -> str:
    """The id of a button that does `action` to the digest of that number, or to the list from that number on."""
    return f"{custom_ids.DIGEST_DESK}{action}|{number}"


async def show(interaction: Interaction, page: Page, rows: Sequence[Row]) -> None:
    """Show a page to the one who asks alone, in the place of the one that was used if there is one."""
    view = Prepared(with_actions(render(page), rows))
    if interaction.message is not None and interaction.message.flags.ephemeral:
        await replace(interaction, view)
    else:
        await respond(interaction, view, private=True)


async def show_new(interaction: Interaction, desk: Desk, stored: Stored, page: Page) -> None:
    """What a new digest would post now, and below it, where the eye comes to rest, what is to be confirmed."""
    await show_preview(interaction, desk, stored)
    await show(interaction, page, [[Button(_("Start"), act("start", stored.id), GREEN), _discard(stored)]])


async def show_preview(interaction: Interaction, desk: Desk, stored: Stored) -> None:
    """What a digest would post now, as a message of its own."""
    page = await desk.preview(interaction, stored)
    await respond(interaction, Prepared(render(page)), private=True)


async def show_one(interaction: Interaction, desk: Desk, stored: Stored, *, title: str | None = None) -> None:
    """One digest as it is."""
    known = await interaction.client.library.known_in(scope_of(interaction))
    past = (await desk.pasts(interaction)).get(stored.id, NOTHING_YET)
    name = channel_name(interaction, stored.subscription.channel)
    page = one_page(stored, known, name, desk.now(), past, title=title)
    await show(interaction, page, [_actions(stored), [Button(_("All digests"), act("list", 0))]])


async def show_list(interaction: Interaction, desk: Desk, offset: int = 0) -> None:
    """All digests of the server, a page of them."""
    found = await desk.all(interaction)
    offset = max(0, min(offset, (len(found) - 1) // PER_PAGE * PER_PAGE))
    page = list_page(
        found,
        offset,
        lambda channel: channel_name(interaction, channel),
        await desk.pasts(interaction),
        desk.limits.subscriptions,
    )
    rows: list[Row] = []
    if found:
        options = [
            Option(
                f"#{channel_name(interaction, one.subscription.channel)} · {one.id}",
                str(one.id),
                rule_words(one.subscription),
            )
            for one in found[:25]
        ]
        rows.append(Menu(_("Open one of them"), act("choose", 0), options))
    turns = [Button(_("‹ Back"), act("list", offset - PER_PAGE))] if offset else []
    if offset + PER_PAGE < len(found):
        turns.append(Button(_("More ›"), act("list", offset + PER_PAGE)))
    if turns:
        rows.append(turns)
    await show(interaction, page, rows)


async def ask_to_remove(interaction: Interaction, desk: Desk, stored: Stored) -> None:
    """Make sure that a digest is to go."""
    name = channel_name(interaction, stored.subscription.channel)
    page = Page(
        accent="error",
        title=_("Remove this digest?"),
        notes=(
            (
                _("Digest {number} for #{channel}: {rule}.").format(
                    number=stored.id, channel=name, rule=rule_words(stored.subscription)
                ),
            ),
            (_("What it has posted stays, and is still corrected. To stop it for a while, pause it."),),
        ),
    )
    rows = [[Button(_("Remove"), act("removed", stored.id), RED), Button(_("Keep"), act("open", stored.id))]]
    await show(interaction, page, rows)


def channel_name(interaction: Interaction, channel: int) -> str:
    """Its name as Discord has told it; a word for one that is gone or hidden."""
    found = interaction.client.get_channel(channel)
    name = getattr(found, "name", None)
    return str(name) if name is not None else _("deleted or hidden channel")


def digest_label(interaction: Interaction, stored: Stored) -> str:
    """One line that tells a digest from the others of the server."""
    name = channel_name(interaction, stored.subscription.channel)
    words = f"{stored.id} · #{name} · {rule_words(stored.subscription)}"
    return f"{words} · {_('paused')}" if stored.state is State.PAUSED else words


def _actions(stored: Stored) -> list[Button]:
    if waits(stored):
        middle = Button(_("Start"), act("start", stored.id), GREEN)
    elif stored.state is State.PAUSED:
        middle = Button(_("Resume"), act("resume", stored.id), GREEN)
    else:
        middle = Button(_("Pause"), act("pause", stored.id))
    return [Button(_("Preview"), act("preview", stored.id)), middle, Button(_("Remove"), act("remove", stored.id), RED)]


def _discard(stored: Stored) -> Button:
    return Button(_("Discard"), act("removed", stored.id))
