"""The clicks that write: confirmed for the server or for everyone, and proposed to the editors."""

from bot.answers.question import UnreadableQuestionError
from bot.chat.correcting.desk import OutdatedError, Wanted, make
from bot.chat.correcting.done import show_made, tell_log
from bot.chat.correcting.gate import corrector
from bot.chat.correcting.ids import read_numbered
from bot.chat.correcting.making import present
from bot.chat.correcting.pages import proposed_page
from bot.chat.correcting.screen import Interaction, show
from bot.chat.scope import scope_of
from bot.corrections.errors import CorrectionError
from bot.errors import SitrepError
from bot.facts.revision import EVERYONE
from bot.i18n import _
from bot.store.correcting import drafts, proposals
from bot.store.revisions.recorded import revision
from bot.store.revisions.revising import StaleError


async def confirm_here(interaction: Interaction, text: str) -> None:
    """Make the correction in the server."""
    await _confirm(interaction, text, scope_of(interaction))


async def confirm_everyone(interaction: Interaction, text: str) -> None:
    """Make it for everyone."""
    await _confirm(interaction, text, EVERYONE)


async def _confirm(interaction: Interaction, text: str, scope: str) -> None:
    """Once for each draft. Where what was confirmed is not how things stand, show how they do.

    Raises:
        SitrepError: they may not (any more), it is no draft of theirs here, or they are too fast.
    """
    who = await corrector(interaction, scope)
    draft_id, version = read_numbered(text)
    client = interaction.client
    known = await client.library.known_in(who.server)
    wanted = Wanted(
        draft_id, version, who.author, who.server, scope, client.settings.corrections_rate,
        int(client.now().timestamp()),
    )  # fmt: skip
    try:
        done = await client.database.write(lambda tx: make(tx, wanted, known))
    except (OutdatedError, StaleError, CorrectionError):
        draft = await drafts.get(client.database, draft_id, author=who.author, server=who.server)
        await present(interaction, who, draft)
        return
    await client.library.renew()
    await show_made(interaction, who, done.revision)
    if not done.repeated:
        await tell_log(interaction, who, done.revision)


async def propose(interaction: Interaction, text: str) -> None:
    """Ask the editors to take a correction of the server for everyone. The same twice is one proposal.

    Raises:
        SitrepError: they may not, there is no such correction here, or it is no longer the latest.
    """
    who = await corrector(interaction, scope_of(interaction))
    fact, number = read_numbered(text)
    if not fact:
        raise UnreadableQuestionError
    client = interaction.client
    found = await revision(client.database, fact, who.server, number)
    if found is None:
        raise SitrepError(_("This server has no such correction."), _("Make it with /correct."))
    now = int(client.now().timestamp())
    await client.database.write(lambda tx: proposals.propose(tx, found, by=who.author, now=now))
    known = await client.library.known_in(who.server)
    await show(interaction, proposed_page(found, await known.facts.before(found), known))
