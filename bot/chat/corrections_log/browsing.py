"""/corrections list and show: everybody reads, each server of its own corrections and of those for everyone."""

from datetime import UTC, datetime, time
from typing import Any

from bot.answers.corrections_log import Fate, correction_page, list_page, told_label
from bot.answers.dates import day_words
from bot.answers.header import label
from bot.answers.knowledge import Knowledge
from bot.answers.question import Ask, Question, encode
from bot.answers.revisions import SEEDS, day_of, fact_seen, kind_words, what_words
from bot.answers.wording import fact_label
from bot.chat.actions import Button, Menu, Option
from bot.chat.correcting.ids import Step as Making
from bot.chat.correcting.ids import custom_id as making_id
from bot.chat.corrections_log.earlier import Earlier, can_be_given_back, earlier
from bot.chat.corrections_log.ids import Chosen, Reference, Step, Turn, custom_id, list_id, read_list, read_reference
from bot.chat.corrections_log.reading import fate, read, reference, told
from bot.chat.corrections_log.screen import Interaction, prepared
from bot.chat.corrections_log.undo_pages import Way, button_words, title
from bot.chat.custom_ids import QUESTION
from bot.chat.people import person_of
from bot.chat.rendering import Prepared
from bot.chat.respond import replace, respond
from bot.chat.scope import scope_of
from bot.corrections.permission import Action, Allowed, Person, may
from bot.errors import SitrepError
from bot.facts.revision import EVERYONE, Revision
from bot.i18n import _
from bot.store.correcting.correction_log import Filter, Logged, listing
from bot.store.reader import Reader

PAGE_SIZE = 5
"""Corrections on a page."""


async def list_corrections(interaction: Interaction, chosen: Chosen) -> None:
    """The first page.

    Raises:
        SitrepError: somebody asks for a person where persons are not shown.
    """
    await respond(interaction, await _page(interaction, chosen, None))


async def turn_page(interaction: Interaction, text: str) -> None:
    """Another page: in place of the message for whoever asked for it, anew for others."""
    view = await _page(interaction, *read_list(text))
    message = interaction.message
    asked = message.interaction_metadata if message is not None else None
    if message is not None and (message.flags.ephemeral or (asked and asked.user.id == interaction.user.id)):
        await replace(interaction, view)
    else:
        await respond(interaction, view, private=True)


async def _page(interaction: Interaction, chosen: Chosen, turn: Turn | None) -> Prepared:
    scope, database = scope_of(interaction), interaction.client.database
    if chosen.person is not None and scope == EVERYONE:
        raise SitrepError(
            _("Who corrected what is shown in their own server alone."), _("Ask there, or leave the person out.")
        )
    back = turn is not None and turn.back
    cursor = turn.cursor if turn is not None else None
    found = await listing(
        database,
        scope,
        Filter(
            chosen.place,
            chosen.kind,
            str(chosen.person) if chosen.person is not None else None,
            int(datetime.combine(chosen.since, time(), UTC).timestamp()) if chosen.since is not None else None,
            # What everyone sees is the editors' word, whoever of them it was.
            own=chosen.person is not None,
        ),
        limit=PAGE_SIZE + 1,
        after=None if back else cursor,
        before=cursor if back else None,
    )
    more = len(found) > PAGE_SIZE
    here = found[-PAGE_SIZE:] if back else found[:PAGE_SIZE]
    known = await interaction.client.library.known_in(scope)
    shown = tuple([await told(database, logged.revision) for logged in here])
    rows: list[tuple[Button, ...] | Menu] = []
    if shown:
        options = [Option(told_label(one, known), str(reference(one.revision))) for one in shown]
        rows.append(Menu(_("Open one"), custom_id(Step.OPEN), options))
    turns = _turns(here, chosen, earlier=more if back else cursor is not None, later=more or back)
    if turns:
        rows.append(turns)
    return prepared(list_page(shown, _narrowed(chosen, known), known), rows)


def _turns(here: list[Logged], chosen: Chosen, *, earlier: bool, later: bool) -> tuple[Button, ...]:
    found: list[Button] = []
    if earlier and here:
        found.append(Button(_("‹ Back"), list_id(chosen, Turn(here[0].cursor, back=True))))
    if later and here:
        found.append(Button(_("More ›"), list_id(chosen, Turn(here[-1].cursor, back=False))))
    return tuple(found)


def _narrowed(chosen: Chosen, known: Knowledge) -> tuple[str, ...]:
    parts: list[str] = []
    if chosen.place is not None:
        parts.append(_("in {place}").format(place=known.place_name(chosen.place)))
    if chosen.kind is not None:
        parts.append(kind_words(chosen.kind))
    if chosen.person is not None:
        parts.append(_("by one person"))
    if chosen.since is not None:
        parts.append(_("since {start}").format(start=day_words(chosen.since)))
    return tuple(parts)


async def open_chosen(interaction: Interaction, _text: str) -> None:
    """The correction that was chosen from the list."""
    data: dict[str, Any] = dict(interaction.data or {})
    values = data.get("values") or [""]
    await show_correction(interaction, read_reference(str(values[0])))


async def show_pressed(interaction: Interaction, text: str) -> None:
    """The correction that a button stands for."""
    await show_correction(interaction, read_reference(text))


async def show_correction(interaction: Interaction, wanted: Reference) -> None:
    """One correction, to the one who asks alone, with what they may do to it.

    Raises:
        SitrepError: there is no such correction here.
    """
    server, database = scope_of(interaction), interaction.client.database
    one = await read(database, wanted, server)
    known = await interaction.client.library.known_in(server)
    became = await fate(database, one)
    page = correction_page(await told(database, one), became, known)
    person = await person_of(interaction)
    acts = await _acts(person, database, one, became)
    row = (
        *acts,
        Button(label(Ask.HISTORY), QUESTION + encode(Question(Ask.HISTORY, fact=one.fact.id))),
        Button(label(Ask.SOURCE), QUESTION + encode(Question(Ask.SOURCE, fact=one.fact.id))),
    )
    rows: list[tuple[Button, ...] | Menu] = [row]
    if became.latest and isinstance(may(person, Action.UNDO, one.scope), Allowed):
        back = await earlier(database, one.fact.id, one.scope)
        # Where there is but one, `Undo` leads to it.
        if len(back) > (1 if _can_be_undone(one) else 0):
            rows.append(Menu(title(Way.GIVE_BACK), custom_id(Step.EARLIER), [_option(value, known) for value in back]))
    # Anew: the list it was chosen from stays for the next one.
    await respond(interaction, prepared(page, rows), private=True)


async def _acts(person: Person, reader: Reader, one: Revision, became: Fate) -> tuple[Button, ...]:
    """What they may do to a revision."""
    found: list[Button] = []
    if isinstance(may(person, Action.UNDO, one.scope), Allowed):
        if not became.latest:
            if await can_be_given_back(reader, one):
                found.append(Button(button_words(Way.GIVE_BACK), custom_id(Step.GIVE_BACK, reference(one))))
        elif _can_be_undone(one):
            found.append(Button(button_words(Way.UNDO), custom_id(Step.UNDO, reference(one))))
    own = became.latest and one.scope != EVERYONE and one.restores is None and became.proposed is None
    if own and isinstance(may(person, Action.CORRECT, one.scope), Allowed):
        found.append(Button(_("Propose it for everyone"), making_id(Making.PROPOSE, one.fact.id, one.number)))
    return tuple(found)


def _can_be_undone(latest: Revision) -> bool:
    return latest.author != SEEDS and latest.restores != 0


def _option(found: Earlier, known: Knowledge) -> Option:
    """One of the earlier values."""
    one = found.revision
    seen = fact_seen(one)
    words = fact_label(seen, known) if seen is not None else _("withdrawn")
    number, day = _("revision {number}").format(number=one.number), day_words(day_of(one).day)
    holds = _("what everyone sees") if not found.reference.number else f"{number} · {what_words(one)} · {day}"
    return Option(words, str(found.reference), holds)
