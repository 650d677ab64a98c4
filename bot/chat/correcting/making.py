"""From the form to what it would change: kept, read, and shown to be confirmed."""

from typing import NamedTuple

from bot.answers.dates import window_words
from bot.answers.knowledge import Knowledge
from bot.answers.numbers import quantity_words
from bot.chat.actions import GREEN, GREY, RED, Button
from bot.chat.correcting.desk import corrected
from bot.chat.correcting.done import tell_made
from bot.chat.correcting.form import form
from bot.chat.correcting.gate import Corrector, corrector
from bot.chat.correcting.ids import Step, custom_id, read_form
from bot.chat.correcting.pages import cancelled_page, confirm_page, late_page, unfit_page
from bot.chat.correcting.screen import Interaction, open_form, show
from bot.chat.correcting.sight import Sight, look, news
from bot.chat.correcting.written import Written, read
from bot.chat.modals import Filled
from bot.corrections.errors import CorrectionError
from bot.corrections.proposal import Change, Proposal, changes
from bot.facts.revision import EVERYONE
from bot.facts.vocabulary import CorrectionKind
from bot.i18n import _
from bot.store.correcting import drafts
from bot.store.correcting.drafts import Draft


async def fill(interaction: Interaction, text: str, filled: Filled) -> None:
    """The form of a new correction came back.

    Raises:
        SitrepError: they may not correct (any more), or there is no such fact.
    """
    who = await corrector(interaction)
    meant = read_form(text)
    database, now = interaction.client.database, int(interaction.client.now().timestamp())
    await look(database, meant.fact, who.server)
    typed = Written.from_form(filled).keep()
    draft = await database.write(
        lambda tx: drafts.keep(
            tx, author=who.author, server=who.server, fact=meant.fact, typed=typed, seen=meant.seen, now=now
        )
    )
    await present(interaction, who, draft)


async def mend(interaction: Interaction, text: str, filled: Filled) -> None:
    """The form of a draft came back. What was typed replaces what was typed before.

    Raises:
        SitrepError: they may not correct (any more), or it is no draft of theirs here.
    """
    who = await corrector(interaction)
    typed = Written.from_form(filled).keep()
    database = interaction.client.database
    draft = await drafts.get(database, text, author=who.author, server=who.server)
    if draft.made is None:
        draft = await database.write(lambda tx: drafts.retype(tx, draft, typed))
    await present(interaction, who, draft)


async def edit(interaction: Interaction, text: str) -> None:
    """A button: the form again, with what was typed."""
    who = await corrector(interaction)
    draft = await drafts.get(interaction.client.database, text, author=who.author, server=who.server)
    if draft.made is not None:
        await tell_made(interaction, who, draft)
        return
    sight = await look(interaction.client.database, draft.fact, who.server)
    known = await interaction.client.library.known_in(who.server)
    filled = form(custom_id(Step.MEND, draft.id), sight.fact, known, Written.from_kept(draft.typed))
    await open_form(interaction, filled, late_page(sight.fact, known), _mend(draft, _("Open the form")))


async def cancel(interaction: Interaction, text: str) -> None:
    """A button: no correction after all."""
    who = await corrector(interaction)
    draft = await drafts.get(interaction.client.database, text, author=who.author, server=who.server)
    if draft.made is not None:
        await tell_made(interaction, who, draft)
        return
    await interaction.client.database.write(lambda tx: drafts.drop(tx, draft))
    await show(interaction, cancelled_page())


async def present(interaction: Interaction, who: Corrector, draft: Draft) -> None:
    """Show a draft as it stands: what it would change, or what does not do; and what somebody else has changed since
    its author looked, which from then on counts as seen."""
    if draft.made is not None:
        await tell_made(interaction, who, draft)
        return
    database = interaction.client.database
    known = await interaction.client.library.known_in(who.server)
    sight, since = await look(database, draft.fact, who.server), None
    if sight.numbers != draft.opened:
        since = await news(database, draft.fact, who.server, draft.opened, sight.numbers)
    if sight.numbers != draft.seen:
        draft = await database.write(lambda tx: drafts.saw(tx, draft, sight.numbers))
    general = await look(database, draft.fact, EVERYONE) if who.editor else None
    written = Written.from_kept(draft.typed)
    try:
        here = would(written, sight, known) if who.moderator or general is None else None
        everyone = would(written, general, known) if general is not None else None
    except CorrectionError as error:
        page = unfit_page(error, sight.fact, known, since, withdrawn=sight.shown is None)
        await show(interaction, page, [(_mend(draft, _("Mend it")), _cancel(draft))])
        return
    first = here or everyone
    assert first is not None
    page = confirm_page(
        sight if here else general or sight,
        first.proposal,
        here.changes if here else None,
        everyone.changes if everyone else None,
        known,
        since,
    )
    await show(interaction, page, [_buttons(draft, here=here is not None, everyone=everyone is not None)])


class Would(NamedTuple):
    """A correction, understood, and what it would change."""

    proposal: Proposal
    changes: tuple[Change, ...]


def would(written: Written, sight: Sight, known: Knowledge) -> Would:
    """What the form asks for and changes where it is seen like this.

    Raises:
        CorrectionError: it does not do.
    """
    proposal = read(written, sight.fact, known)
    after = corrected(sight, proposal)
    shown = None if proposal.kind is CorrectionKind.RETRACTION else after
    found = changes(
        sight.shown,
        shown,
        place_name=known.place_name,
        window_words=window_words,
        quantity_words=quantity_words,
    )
    return Would(proposal, found)


def _buttons(draft: Draft, *, here: bool, everyone: bool) -> tuple[Button, ...]:
    row: list[Button] = []
    if here:
        words = _("Confirm for this server") if everyone else _("Confirm")
        row.append(Button(words, custom_id(Step.HERE, draft.id, draft.version), GREEN))
    if everyone:
        row.append(Button(_("Correct for everyone"), custom_id(Step.EVERYONE, draft.id, draft.version), GREEN))
    return (*row, _mend(draft, _("Change")), _cancel(draft))


def _mend(draft: Draft, words: str) -> Button:
    return Button(words, custom_id(Step.EDIT, draft.id), GREY)


def _cancel(draft: Draft) -> Button:
    return Button(_("Cancel"), custom_id(Step.CANCEL, draft.id), RED)
