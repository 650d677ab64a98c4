"""What editors decide: the queue of proposals, one at a time, each published for everyone or declined with a reason.

The queue can be opened in every server where the person counts as an editor, and only they see it: what a server has
proposed is for editors and that server alone. Who is an editor by a role is one in the editors' server only, since
only there does Discord tell.
"""

from datetime import UTC, datetime
from typing import Any

import discord

from bot.answers.corrections_log import Told, Waiting, news_section, proposal_entries
from bot.answers.page import Day, Entry, Page, Section, Text
from bot.answers.question import UnreadableQuestionError
from bot.chat.actions import GREEN, Button
from bot.chat.corrections_log.gate import allowed
from bot.chat.corrections_log.ids import Step, custom_id, number, read_request, request_text
from bot.chat.corrections_log.reading import since
from bot.chat.corrections_log.screen import Interaction, open_form, show
from bot.chat.escape import label
from bot.chat.modals import Filled, Form
from bot.corrections.errors import UnfitError
from bot.corrections.fields import REASON_LIMIT, read_reason
from bot.corrections.permission import Action
from bot.facts.revision import EVERYONE
from bot.i18n import _, ngettext
from bot.store.correcting import proposals
from bot.store.correcting.proposals import DecidedError, Proposed, State
from bot.store.revisions.recorded import Numbers, latest, numbers, revision
from bot.store.revisions.revising import StaleError

REASON = "reason"
_TITLE = 45


async def open_queue(interaction: Interaction, text: str = "0") -> None:
    """The next proposal that waits after one.

    Raises:
        SitrepError: they are no editor.
    """
    await allowed(interaction, Action.PUBLISH)
    database, after = interaction.client.database, number(text)
    count = await proposals.waiting(database)
    found = await proposals.queue(database, limit=2, after=after)
    if not found and after:
        # Behind the last one: from the start again.
        found = await proposals.queue(database, limit=2)
    if not found:
        await show(interaction, _empty_page())
        return
    first = found[0]
    row = [
        Button(_("Publish …"), custom_id(Step.PUBLISH, first.id), GREEN),
        Button(_("Decline …"), custom_id(Step.DECLINE, first.id)),
    ]
    if count > 1:
        row.append(Button(_("Next ›"), custom_id(Step.QUEUE, first.id)))
    words = ngettext("{count} waits for an editor", "{count} wait for an editor", count).format(count=count)
    page = Page(
        accent="record",
        title=_("Proposed for everyone"),
        subtitle=(words,),
        sections=(await _section(interaction, first),),
    )
    await show(interaction, page, [tuple(row)])


def _empty_page() -> Page:
    return Page(
        accent="record",
        title=_("Proposed for everyone"),
        notes=((_("Nothing waits for an editor. Moderators propose a correction under /corrections show."),),),
    )


async def _section(interaction: Interaction, one: Proposed) -> Section:
    """What would change for everyone, why, and who asks."""
    client = interaction.client
    known = client.library.known
    seen = await latest(client.database, one.revision.fact.id, EVERYONE)
    if one.published is not None:
        seen = await revision(client.database, one.revision.fact.id, EVERYONE, one.published - 1)
    server = client.get_guild(int(one.revision.scope)) if one.revision.scope.isdecimal() else None
    waiting = Waiting(
        Told(one.revision, seen),
        server.name if server is not None else _("a server that Sitrep is no longer in"),
        Day(datetime.fromtimestamp(one.proposed_at, UTC).date()),
    )
    return Section(None, proposal_entries(waiting, known))


async def _pending(interaction: Interaction, proposal_id: int) -> Proposed:
    """A proposal that is still to be decided.

    Raises:
        DecidedError: it was.
        SitrepError: there is none.
    """
    one = await proposals.get(interaction.client.database, proposal_id)
    if one.state is not State.PENDING:
        raise DecidedError(one)
    return one


async def ask_publish(interaction: Interaction, text: str) -> None:
    """Whether to publish: before and after once more, for everyone.

    Raises:
        SitrepError: they are no editor, or it was decided.
    """
    await allowed(interaction, Action.PUBLISH)
    await _ask_publish(interaction, await _pending(interaction, number(text)))


async def _ask_publish(interaction: Interaction, one: Proposed, news: tuple[Told, ...] | None = None) -> None:
    database = interaction.client.database
    # The numbers first: where somebody is faster in between, they are the older ones and the click is refused.
    seen = await numbers(database, one.revision.fact.id, EVERYONE)
    sections = [await _section(interaction, one)]
    if news is not None:
        sections.insert(0, news_section(news, interaction.client.library.known))
    page = Page(
        accent="error" if news is not None else "record",
        title=_("Somebody else changed this figure") if news is not None else _("Publish this for everyone?"),
        sections=tuple(sections),
        notes=((_("Every server sees it from then on, except those with a correction of their own."),),),
    )
    request = request_text(interaction.id)
    row = (
        Button(_("Publish for everyone"), custom_id(Step.CONFIRM, one.id, seen.everyone, request), GREEN),
        Button(_("Not now"), custom_id(Step.QUEUE, one.id - 1)),
    )
    await show(interaction, page, [row])


async def publish(interaction: Interaction, text: str) -> None:
    """Publish, once however often it is pressed. Where what everyone sees has changed, show how, and ask again.

    Raises:
        SitrepError: they are no editor (any more), or it was decided.
    """
    await allowed(interaction, Action.PUBLISH)
    parts = text.split("|")
    if len(parts) != 3:
        raise UnreadableQuestionError
    proposal_id, everyone, request = number(parts[0]), number(parts[1]), read_request(parts[2])
    client = interaction.client
    now = int(client.now().timestamp())
    try:
        done = await client.database.write(
            lambda tx: proposals.publish(
                tx, proposal_id, editor=str(interaction.user.id), expected=Numbers(0, everyone, 0), request=request,
                now=now, places=client.library.known.places,
            )
        )  # fmt: skip
    except StaleError:
        one = await _pending(interaction, proposal_id)
        news = await since(client.database, one.revision.fact.id, EVERYONE, Numbers(0, everyone, 0))
        await _ask_publish(interaction, one, news)
        return
    await client.library.renew()
    page = Page(
        accent="record",
        title=_("Published for everyone"),
        sections=(await _section(interaction, await proposals.get(client.database, proposal_id)),),
        notes=((_("Every server sees it from now on, except those with a correction of their own."),),),
    )
    await show(interaction, page, [_next(proposal_id)])
    if not done.repeated:
        await client.teller.tell_all()


def _next(proposal_id: int) -> tuple[Button, ...]:
    return (Button(_("Next ›"), custom_id(Step.QUEUE, proposal_id)),)


async def ask_decline(interaction: Interaction, text: str) -> None:
    """Open the form that asks why not.

    Raises:
        SitrepError: they are no editor, or it was decided.
    """
    await allowed(interaction, Action.DECLINE)
    one = await _pending(interaction, number(text))
    await _open_decline(interaction, one.id)


async def _open_decline(interaction: Interaction, proposal_id: int) -> None:
    field: discord.ui.TextInput[Any] = discord.ui.TextInput(
        custom_id=REASON, style=discord.TextStyle.paragraph, max_length=REASON_LIMIT
    )
    form = Form(
        label(_("Decline a proposal"), _TITLE),
        custom_id(Step.DECLINE_FORM, proposal_id, request_text(interaction.id)),
        [
            discord.ui.Label(
                text=label(_("Why not?"), _TITLE),
                description=label(_("The server that proposed it reads this."), 100),
                component=field,
            )
        ],
    )
    late = Page(accent="record", title=_("Decline a proposal"))
    await open_form(interaction, form, late, Button(_("Decline …"), custom_id(Step.DECLINE, proposal_id)))


async def decline(interaction: Interaction, text: str, filled: Filled) -> None:
    """Decline, once however often it is sent off.

    Raises:
        SitrepError: they are no editor (any more), it was decided, or the reason does not do.
    """
    await allowed(interaction, Action.DECLINE)
    parts = text.split("|")
    if len(parts) != 2:
        raise UnreadableQuestionError
    proposal_id, request = number(parts[0]), read_request(parts[1])
    typed = "".join(filled.get(REASON, ()))[:REASON_LIMIT].encode("utf-8", "ignore").decode()
    client = interaction.client
    try:
        reason, _removed = read_reason(typed)
    except UnfitError as error:
        lines: tuple[Text, ...] = ((_("You typed: {text}").format(text=typed),),)
        page = Page(
            accent="error", title=_("Not declined yet"), sections=(Section(None, (Entry((error.what,), (), lines),)),)
        )
        await show(interaction, page, [(Button(_("Decline …"), custom_id(Step.DECLINE, proposal_id)),)])
        return
    now = int(client.now().timestamp())
    one = await client.database.write(
        lambda tx: proposals.decline(
            tx, proposal_id, editor=str(interaction.user.id), reason=reason, request=request, now=now
        )
    )
    page = Page(
        accent="record",
        title=_("Declined"),
        sections=(await _section(interaction, one),),
        notes=((_("It still holds in the server that proposed it, which is told your reason."),),),
    )
    await show(interaction, page, [_next(proposal_id)])
    await client.teller.tell_all()
