"""Wiping all that one server has corrected, after its manager has typed so."""

from typing import Any

import discord

from bot.answers.page import Page
from bot.answers.question import UnreadableQuestionError
from bot.chat.actions import RED, Button
from bot.chat.corrections_log.gate import allowed
from bot.chat.corrections_log.ids import Step, custom_id, number
from bot.chat.corrections_log.lines import figures_words, revisions_words, wiped_line
from bot.chat.corrections_log.screen import Interaction, open_form, show
from bot.chat.escape import label
from bot.chat.modals import Filled, Form
from bot.chat.scope import scope_of
from bot.corrections.permission import Action
from bot.errors import SitrepError
from bot.i18n import _
from bot.store.correcting.correction_log import Size, size
from bot.store.correcting.corrections import Wiped, wipe
from bot.store.database import Writer

TYPED = "phrase"
_TITLE = 45


def phrase(revisions: int) -> str:
    """What is to be typed: it names how many revisions go, so that nobody wipes more than they have seen."""
    return _("wipe {count}").format(count=revisions)


async def ask_wipe(interaction: Interaction, _text: str = "") -> None:
    """Open the form that says what would go, and asks to type so.

    Raises:
        SitrepError: they may not, or there is nothing to wipe.
    """
    await allowed(interaction, Action.WIPE)
    found = await size(interaction.client.database, scope_of(interaction))
    if not found.revisions:
        raise SitrepError(_("This server has corrected nothing."), _("There is nothing to wipe."))
    field: discord.ui.TextInput[Any] = discord.ui.TextInput(
        custom_id=TYPED, placeholder=label(phrase(found.revisions), 100), max_length=60
    )
    form = Form(
        label(_("Wipe this server's corrections"), _TITLE),
        custom_id(Step.WIPE_FORM, found.revisions, found.wipes),
        [
            discord.ui.TextDisplay(_words(found)),
            discord.ui.Label(
                text=label(_("Type: {phrase}").format(phrase=phrase(found.revisions)), _TITLE), component=field
            ),
        ],
    )
    late = Page(accent="record", title=_("Wipe this server's corrections"), notes=((_words(found),),))
    await open_form(interaction, form, late, Button(_("Wipe …"), custom_id(Step.WIPE_FORM), RED))


def _words(found: Size) -> str:
    return _(
        "All that was corrected in this server goes for good, with its history and its proposals: {revisions} of "
        "{figures}. The server then sees what everyone sees. What editors have published stays."
    ).format(revisions=revisions_words(found.revisions), figures=figures_words(found.facts))


async def submit_wipe(interaction: Interaction, text: str, filled: Filled) -> None:
    """Wipe, if there is still what the form said.

    Raises:
        SitrepError: they may not (any more), typed something else, or something was corrected or wiped meanwhile.
    """
    await allowed(interaction, Action.WIPE)
    parts = text.split("|")
    if len(parts) != 2:
        raise UnreadableQuestionError
    expected, wipes = number(parts[0]), number(parts[1])
    typed = " ".join("".join(filled.get(TYPED, ())).casefold().split())
    if typed != phrase(expected).casefold():
        raise SitrepError(
            _("Nothing was wiped: you typed something else than “{phrase}”.").format(phrase=phrase(expected)),
            _("Use /corrections wipe again, and type it exactly."),
        )
    client, server = interaction.client, scope_of(interaction)

    async def work(tx: Writer) -> Wiped:
        found = await size(tx, server)
        if found.wipes != wipes:
            raise SitrepError(
                _("The corrections of this server were wiped already."), _("There is nothing left to do.")
            )
        if found.revisions != expected:
            raise SitrepError(
                _("Nothing was wiped: something was corrected since you looked."),
                _("Use /corrections wipe again to see how much there is now."),
            )
        return await wipe(tx, server)

    done = await client.database.write(work)
    await client.library.renew()
    gone = _("{revisions} of {figures} are gone. The server sees what everyone sees.").format(
        revisions=revisions_words(done.revisions), figures=figures_words(done.facts)
    )
    await show(interaction, Page(accent="record", title=_("Wiped"), notes=((gone,),)))
    await client.announcer.tell(server, lambda: wiped_line(str(interaction.user.id), done.facts, done.revisions))
