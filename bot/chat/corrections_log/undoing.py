"""Undoing: a form that shows before and after and asks why; sent off, it is one more revision, or says what changed."""

from typing import Any

import discord

from bot.answers.corrections_log import about, news_section, undo_words
from bot.answers.knowledge import Knowledge
from bot.answers.page import Entry, Page, Section, Text
from bot.answers.question import Ask, Question, UnreadableQuestionError, encode
from bot.answers.revisions import changed_words, what_words
from bot.answers.wording import fact_label, join, when
from bot.chat.actions import Button
from bot.chat.corrections_log.gate import allowed, not_too_many
from bot.chat.corrections_log.ids import (
    Reference,
    Step,
    custom_id,
    numbers_text,
    read_numbers,
    read_reference,
    read_request,
    request_text,
)
from bot.chat.corrections_log.lines import undone_line
from bot.chat.corrections_log.reading import Undoing, read, since, told, undoing
from bot.chat.corrections_log.screen import Interaction, open_form, show
from bot.chat.custom_ids import QUESTION
from bot.chat.escape import label
from bot.chat.modals import Filled, Form
from bot.chat.rendering import markup
from bot.chat.scope import scope_of
from bot.corrections.errors import UnfitError
from bot.corrections.fields import REASON_LIMIT, read_reason
from bot.corrections.permission import Action
from bot.facts.revision import EVERYONE, Revision
from bot.i18n import _
from bot.store.correcting import corrections, drafts
from bot.store.database import Writer
from bot.store.revisions.recorded import Numbers
from bot.store.revisions.revising import Done, StaleError, repeated

REASON = "reason"
_WHAT = "undo"
_TITLE = 45
_SHOWN = 600
"""Most characters of before and after in the form."""


async def open_undo(interaction: Interaction, text: str) -> None:
    """The button."""
    await ask(interaction, read_reference(text))


async def ask(interaction: Interaction, wanted: Reference, reason: str = "") -> None:
    """Open the form for the undo of a correction.

    Args:
        reason: what was typed before.

    Raises:
        SitrepError: they may not, or there is nothing to undo.
    """
    await _gate(interaction, wanted)
    server = scope_of(interaction)
    known = await interaction.client.library.known_in(server)
    found = await undoing(interaction.client.database, wanted, server)
    form = _form(found, known, wanted, request_text(interaction.id), reason)
    late = Page(accent="record", title=_("Undo a correction"), sections=(Section(None, (_entry(found, known),)),))
    await open_form(interaction, form, late, Button(_("Undo"), custom_id(Step.UNDO, wanted)))


def _form(found: Undoing, known: Knowledge, wanted: Reference, request: str, reason: str) -> Form:
    words = markup(undo_words(found.now, found.back, known), _SHOWN)
    figure = markup((fact_label(found.now.fact, known),), _SHOWN)
    text: discord.ui.TextInput[Any] = discord.ui.TextInput(
        custom_id=REASON, style=discord.TextStyle.paragraph, default=reason or None, max_length=REASON_LIMIT
    )
    return Form(
        label(_("Undo a correction"), _TITLE),
        custom_id(Step.UNDO_FORM, numbers_text(found.seen), request, wanted),
        [
            discord.ui.TextDisplay(f"{figure}\n{words}"),
            discord.ui.Label(
                text=label(_("Why?"), _TITLE),
                description=label(_("In plain words. Everybody here can read it."), 100),
                component=text,
            ),
        ],
    )


def _entry(found: Undoing, known: Knowledge) -> Entry:
    words: Text = (*undo_words(found.now, found.back, known), *about(found.now.fact, known))
    return Entry(words, (when(found.now.fact),))


async def submit_undo(interaction: Interaction, text: str, filled: Filled) -> None:
    """The form was sent off. Where the figure was changed meanwhile, show how, and ask again.

    Raises:
        SitrepError: they may not (any more), there is nothing to undo, or they are too fast.
    """
    parts = text.split("|", 2)
    if len(parts) != 3:
        raise UnreadableQuestionError
    seen, request, wanted = read_numbers(parts[0]), read_request(parts[1]), read_reference(parts[2])
    await _gate(interaction, wanted)
    typed = "".join(filled.get(REASON, ()))[:REASON_LIMIT].encode("utf-8", "ignore").decode()
    try:
        reason, _removed = read_reason(typed)
    except UnfitError as error:
        await _again(interaction, wanted, typed, seen, error)
        return
    client, server, author = interaction.client, scope_of(interaction), str(interaction.user.id)
    scope = server if wanted.own else EVERYONE
    known = await client.library.known_in(server)
    now = int(client.now().timestamp())

    async def work(tx: Writer) -> Done:
        if await repeated(tx, scope, request, wanted.fact, author) is None:
            await not_too_many(tx, author, client.settings.corrections_rate, now)
        return await corrections.undo(
            tx, wanted.fact, scope=scope, author=author, reason=reason, expected=seen, request=request, now=now,
            places=known.places,
        )  # fmt: skip

    try:
        done = await client.database.write(work)
    except StaleError:
        await _again(interaction, wanted, typed, seen)
        return
    await client.library.renew()
    await _show_done(interaction, done.revision)
    if not done.repeated:
        line = await told(client.database, done.revision)
        await client.announcer.tell(server, lambda: undone_line(line, known))


async def ask_again(interaction: Interaction, text: str) -> None:
    """The form once more, with the reason that was typed before.

    Raises:
        SitrepError: it is gone, or somebody else's.
    """
    draft = await drafts.get(
        interaction.client.database, text, author=str(interaction.user.id), server=scope_of(interaction)
    )
    if _WHAT not in draft.typed:
        raise UnreadableQuestionError
    await ask(interaction, read_reference(draft.typed[_WHAT]), draft.typed.get(REASON, ""))


async def _again(
    interaction: Interaction, wanted: Reference, typed: str, seen: Numbers, unfit: UnfitError | None = None
) -> None:
    """Say why it was not undone. What was typed is kept."""
    client, server = interaction.client, scope_of(interaction)
    scope = server if wanted.own else EVERYONE
    known = await client.library.known_in(server)
    news = await since(client.database, wanted.fact, scope, seen)
    now = int(client.now().timestamp())
    # What can be undone now is the latest of the history, whoever made it.
    one = await read(client.database, wanted, server)
    latest = news[0].revision if news and news[0].revision.scope == scope else one
    again = Reference(wanted.own, latest.number, wanted.fact)
    draft = await client.database.write(
        lambda tx: drafts.keep(
            tx, author=str(interaction.user.id), server=server, fact=wanted.fact,
            typed={REASON: typed, _WHAT: str(again)}, seen=seen, now=now,
        )
    )  # fmt: skip
    if unfit is not None:
        lines: tuple[Text, ...] = (
            ((_("For example: {example}").format(example=unfit.example),),) if unfit.example else ()
        )
        page = Page(
            accent="error",
            title=_("Not undone yet"),
            sections=(Section(None, (Entry((unfit.what,), (), lines),)),),
            notes=((_("Nothing you typed is lost: mend it, and go on."),),),
        )
    else:
        page = Page(
            accent="error",
            title=_("Somebody else changed this figure"),
            subtitle=(fact_label(one.fact, known),),
            sections=(news_section(news, known),) if news else (),
            notes=((_("Nothing was undone. Look at what it says now, and go on if it still has to be undone."),),),
        )
    nothing = unfit is None and latest.restores == 0
    await show(interaction, page, [] if nothing else [(Button(_("Go on"), custom_id(Step.UNDO_AGAIN, draft.id)),)])


async def _show_done(interaction: Interaction, one: Revision) -> None:
    client = interaction.client
    known = await client.library.known_in(scope_of(interaction))
    shown = await told(client.database, one)
    words: Text = (*changed_words(one, shown.before, known), *about(one.fact, known))
    page = Page(
        accent="record",
        title=_("Undone"),
        sections=(Section(None, (Entry(words, join([(what_words(one),), (one.reason or "",)])),)),),
        notes=((_("An undo is a revision too: it can itself be undone."),),) if one.restores else (),
    )
    button = Button(_("History"), QUESTION + encode(Question(Ask.HISTORY, fact=one.fact.id)))
    await show(interaction, page, [(button,)])


async def _gate(interaction: Interaction, wanted: Reference) -> None:
    await allowed(interaction, Action.UNDO, None if wanted.own else EVERYONE)
