"""Undoing, and giving back an earlier value: a form that shows before and after and asks why; sent off, it is one more
revision, or says what changed."""

from typing import Any

from bot.answers.question import Ask, Question, UnreadableQuestionError, encode
from bot.chat.actions import Button
from bot.chat.corrections_log.earlier import giving_back
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
from bot.chat.corrections_log.reading import read, since, told, undoing
from bot.chat.corrections_log.screen import Interaction, open_form, show
from bot.chat.corrections_log.undo_pages import (
    REASON,
    Way,
    button_words,
    changed_page,
    done_page,
    form,
    late_page,
    unfit_page,
)
from bot.chat.custom_ids import QUESTION
from bot.chat.modals import Filled
from bot.chat.scope import scope_of
from bot.corrections.errors import UnfitError
from bot.corrections.fields import REASON_LIMIT, read_reason
from bot.corrections.permission import Action
from bot.facts.revision import EVERYONE, Revision
from bot.i18n import _
from bot.store.correcting import corrections, drafts
from bot.store.correcting.correction_log import value
from bot.store.database import Writer
from bot.store.revisions.recorded import Numbers, latest
from bot.store.revisions.revising import Done, StaleError, repeated

_WHAT, _WAY = "undo", "way"
"""What a draft keeps beside the reason."""
_BUTTONS = {Way.UNDO: Step.UNDO, Way.GIVE_BACK: Step.GIVE_BACK}
_FORMS = {Way.UNDO: Step.UNDO_FORM, Way.GIVE_BACK: Step.GIVE_BACK_FORM}


async def open_undo(interaction: Interaction, text: str) -> None:
    """The button."""
    await ask(interaction, read_reference(text))


async def open_giving_back(interaction: Interaction, text: str) -> None:
    """The button under an earlier correction."""
    await ask(interaction, read_reference(text), Way.GIVE_BACK)


async def open_chosen_value(interaction: Interaction, _text: str) -> None:
    """The list of earlier values."""
    data: dict[str, Any] = dict(interaction.data or {})
    values = data.get("values") or [""]
    await ask(interaction, read_reference(str(values[0])), Way.GIVE_BACK)


async def ask(interaction: Interaction, wanted: Reference, way: Way = Way.UNDO, reason: str = "") -> None:
    """Open the form.

    Args:
        wanted: the correction to undo, or what to give back.
        reason: what was typed before.

    Raises:
        SitrepError: they may not, or there is nothing to undo or to give back.
    """
    await _gate(interaction, wanted)
    server, database = scope_of(interaction), interaction.client.database
    known = await interaction.client.library.known_in(server)
    find = undoing if way is Way.UNDO else giving_back
    found = await find(database, wanted, server)
    form_id = custom_id(_FORMS[way], numbers_text(found.seen), request_text(interaction.id), wanted)
    button = Button(button_words(way), custom_id(_BUTTONS[way], wanted))
    await open_form(interaction, form(way, form_id, found, known, reason), late_page(way, found, known), button)


async def submit_undo(interaction: Interaction, text: str, filled: Filled) -> None:
    """The form of an undo was sent off. Where the figure was changed meanwhile, show how, and ask again.

    Raises:
        SitrepError: they may not (any more), there is nothing to undo, or they are too fast.
    """
    await _submit(interaction, text, filled, Way.UNDO)


async def submit_giving_back(interaction: Interaction, text: str, filled: Filled) -> None:
    """The form that gives back an earlier value was sent off, likewise.

    Raises:
        SitrepError: they may not (any more), there is no such value, or they are too fast.
    """
    await _submit(interaction, text, filled, Way.GIVE_BACK)


async def _submit(interaction: Interaction, text: str, filled: Filled, way: Way) -> None:
    parts = text.split("|", 2)
    if len(parts) != 3:
        raise UnreadableQuestionError
    seen, request, wanted = read_numbers(parts[0]), read_request(parts[1]), read_reference(parts[2])
    await _gate(interaction, wanted)
    typed = "".join(filled.get(REASON, ()))[:REASON_LIMIT].encode("utf-8", "ignore").decode()
    try:
        reason, _removed = read_reason(typed)
    except UnfitError as error:
        await _again(interaction, wanted, way, typed, seen, error)
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
            places=known.places, to=wanted.number if way is Way.GIVE_BACK else None,
        )  # fmt: skip

    try:
        done = await client.database.write(work)
    except StaleError:
        await _again(interaction, wanted, way, typed, seen)
        return
    await client.library.renew()
    await _show_done(interaction, done.revision, way)
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
    way = Way(draft.typed.get(_WAY, Way.UNDO.value))
    await ask(interaction, read_reference(draft.typed[_WHAT]), way, draft.typed.get(REASON, ""))


async def _again(
    interaction: Interaction,
    wanted: Reference,
    way: Way,
    typed: str,
    seen: Numbers,
    unfit: UnfitError | None = None,
) -> None:
    """Say why nothing was done. What was typed is kept."""
    client, server = interaction.client, scope_of(interaction)
    scope = server if wanted.own else EVERYONE
    known = await client.library.known_in(server)
    last = await latest(client.database, wanted.fact, scope)
    if last is None:  # wiped meanwhile
        await read(client.database, wanted, server)
    # What can be undone now is the latest of the history, whoever made it.
    again = wanted if way is Way.GIVE_BACK or last is None else Reference(wanted.own, last.number, wanted.fact)
    now = int(client.now().timestamp())
    draft = await client.database.write(
        lambda tx: drafts.keep(
            tx, author=str(interaction.user.id), server=server, fact=wanted.fact,
            typed={REASON: typed, _WHAT: str(again), _WAY: way.value}, seen=seen, now=now,
        )
    )  # fmt: skip
    go_on = Button(_("Go on"), custom_id(Step.UNDO_AGAIN, draft.id))
    if unfit is not None:
        await show(interaction, unfit_page(way, unfit), [(go_on,)])
        return
    news = await since(client.database, wanted.fact, scope, seen)
    one = await value(client.database, wanted.fact, scope)
    assert one is not None, "whoever was faster changed something"
    nothing = way is Way.UNDO and last is not None and last.restores == 0
    await show(interaction, changed_page(way, one.fact, news, known), [] if nothing else [(go_on,)])


async def _show_done(interaction: Interaction, one: Revision, way: Way) -> None:
    client = interaction.client
    known = await client.library.known_in(scope_of(interaction))
    page = done_page(way, await told(client.database, one), known)
    button = Button(_("History"), QUESTION + encode(Question(Ask.HISTORY, fact=one.fact.id)))
    await show(interaction, page, [(button,)])


async def _gate(interaction: Interaction, wanted: Reference) -> None:
    await allowed(interaction, Action.UNDO, None if wanted.own else EVERYONE)
