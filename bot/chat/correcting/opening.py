"""From a figure to its form: by a button under an answer, a list of figures, or the menu of a message."""

from collections.abc import Sequence

import discord

from bot.answers.knowledge import Knowledge
from bot.answers.question import Ask, Question, UnreadableQuestionError, decode
from bot.answers.wording import attribution, fact_label
from bot.chat.actions import GREEN, Button, Menu, Option
from bot.chat.correcting.form import form
from bot.chat.correcting.gate import corrector
from bot.chat.correcting.ids import Step, custom_id, form_id
from bot.chat.correcting.pages import choose_page, late_page
from bot.chat.correcting.screen import Interaction, component_ids, open_form, show
from bot.chat.correcting.sight import look
from bot.chat.custom_ids import QUESTION
from bot.errors import SitrepError
from bot.i18n import _
from bot.store.digests.shown_facts import shown_facts

MOST = 25
"""Most entries of a list that Discord takes."""


async def pick(interaction: Interaction, text: str) -> None:
    """The button under an answer: the figures of that page, as they are now."""
    question = decode(text)
    who = await corrector(interaction)
    await offer(interaction, await _facts_of(interaction, question, who.server))


async def choose(interaction: Interaction, _text: str) -> None:
    """One figure of the list."""
    values = dict(interaction.data or {}).get("values")
    if not isinstance(values, list) or len(values) != 1:
        raise UnreadableQuestionError
    await open_fact(interaction, str(values[0]))


async def open_fact(interaction: Interaction, fact: str) -> None:
    """The form for one fact, filled with what the server sees.

    Raises:
        SitrepError: they may not, or there is no such fact.
    """
    who = await corrector(interaction)
    sight = await look(interaction.client.database, fact, who.server)
    known = await interaction.client.library.known_in(who.server)
    await open_form(
        interaction,
        form(form_id(fact, sight.numbers), sight.fact, known),
        late_page(sight.fact, known),
        Button(_("Open the form"), custom_id(Step.OPEN, fact), GREEN),
    )


async def of_message(interaction: Interaction, message: discord.Message) -> None:
    """*Apps › Correct a figure* on a message: the figures it showed.

    Raises:
        SitrepError: they may not; the message is none of ours, or shows no figures that are known.
    """
    who = await corrector(interaction)
    us = interaction.client.user
    if us is None or message.author.id != us.id:
        raise SitrepError(
            _("This message is not one of Sitrep's."),
            _("Use it on an answer or a digest of Sitrep's, or use /correct."),
        )
    facts = await shown_facts(interaction.client.database, str(message.id), who.server)
    if not facts and (question := _question_of(message)) is not None:
        facts = await _facts_of(interaction, question, who.server)
    await offer(interaction, facts)


async def offer(interaction: Interaction, facts: Sequence[str], words: str | None = None) -> None:
    """The form, where there is one figure; else a list of them.

    Args:
        facts: ids.
        words: before the list.

    Raises:
        SitrepError: there is none.
    """
    who = await corrector(interaction)
    if len(facts) == 1:
        await open_fact(interaction, facts[0])
        return
    known = await interaction.client.library.known_in(who.server)
    options = await _options(facts, known)
    if not options:
        raise SitrepError(
            _("Sitrep knows of no figures that this message shows now."),
            _("Use /correct, and type a number or a place."),
        )
    menu = Menu(_("Choose the figure"), custom_id(Step.CHOOSE), options)
    await show(interaction, choose_page(words or _("Which figure?"), more=len(facts) > MOST), [menu])


async def _options(facts: Sequence[str], known: Knowledge) -> list[Option]:
    found: list[Option] = []
    for fact in facts:
        shown = await known.facts.get(fact)
        if shown is not None and len(found) < MOST:
            said = "".join(str(part) if isinstance(part, str) else str(part[0]) for part in attribution(shown, known))
            found.append(Option(fact_label(shown.fact, known), fact, said))
    return found


async def _facts_of(interaction: Interaction, question: Question, server: str) -> tuple[str, ...]:
    if question.ask is Ask.SOURCE and question.fact is not None:
        # Its record names others too: steps of its series.
        return (question.fact,)
    answered = (await interaction.client.library.answer(question, server)).answered
    return answered.facts if answered is not None else ()


def _question_of(message: discord.Message) -> Question | None:
    """What a message that nothing was kept of answered, as far as its own buttons tell."""
    picked, sources = custom_id(Step.PICK), QUESTION + Ask.PROVENANCE.value
    for found in component_ids(message.components):
        try:
            if found.startswith(picked):
                return decode(found.removeprefix(picked))
            if found.startswith(sources):
                return decode(found.removeprefix(QUESTION))
        except UnreadableQuestionError:
            continue
    return None
