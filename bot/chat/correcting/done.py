"""After a correction was made: the answer to whoever made it, the same however often they ask."""

from bot.answers.header import label
from bot.answers.page import Page, Text
from bot.answers.question import Ask, Question, encode
from bot.chat.actions import Button
from bot.chat.correcting.desk import made
from bot.chat.correcting.gate import Corrector
from bot.chat.correcting.ids import Step, custom_id
from bot.chat.correcting.pages import log_line, made_page
from bot.chat.correcting.screen import Interaction, show
from bot.chat.correcting.sight import look
from bot.chat.custom_ids import QUESTION
from bot.facts.revision import EVERYONE, Revision
from bot.i18n import _
from bot.store.correcting.drafts import Draft


async def tell_made(interaction: Interaction, who: Corrector, draft: Draft) -> None:
    """Show what a draft has become.

    Raises:
        SitrepError: it has since been wiped.
    """
    done = await made(interaction.client.database, draft)
    await show_made(interaction, who, done.revision)


async def show_made(interaction: Interaction, who: Corrector, revision: Revision) -> None:
    """Show a correction that its author has made, and what they may do next."""
    known = await interaction.client.library.known_in(who.server)
    fact = revision.fact.id
    sight = await look(interaction.client.database, fact, who.server)
    own = revision.scope == EVERYONE and sight.revision.scope != EVERYONE
    page = made_page(revision, await known.facts.before(revision), known, own=own)
    row = [Button(label(Ask.HISTORY), QUESTION + encode(Question(Ask.HISTORY, fact=fact)))]
    if revision.scope != EVERYONE and sight.revision.number == revision.number:
        row.insert(0, Button(_("Propose it for everyone"), custom_id(Step.PROPOSE, fact, revision.number)))
    await show(interaction, page, [tuple(row)])


async def tell_log(interaction: Interaction, who: Corrector, revision: Revision) -> None:
    """One line for the log channel of the server, where it has chosen one."""
    known = await interaction.client.library.known_in(who.server)
    before = await known.facts.before(revision)

    def line() -> Page | Text:
        return log_line(revision, before, known)

    await interaction.client.announcer.tell(who.server, line)
