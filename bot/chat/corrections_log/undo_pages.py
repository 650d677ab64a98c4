"""The form and the pages of taking a correction back, or giving back an earlier value: what it would change, what came
in between, what was done."""

from enum import Enum
from typing import Any

import discord

from bot.answers.corrections_log import ACCENT, Told, about, news_section, undo_words
from bot.answers.knowledge import Knowledge
from bot.answers.page import Entry, Page, Section, Text
from bot.answers.revisions import changed_words, what_words
from bot.answers.wording import fact_label, join, when
from bot.chat.corrections_log.reading import Undoing
from bot.chat.escape import label
from bot.chat.modals import Form
from bot.chat.rendering import markup
from bot.corrections.errors import UnfitError
from bot.corrections.fields import REASON_LIMIT
from bot.facts.fact import Fact
from bot.i18n import _

REASON = "reason"
"""The id of the field."""
_TITLE = 45
_SHOWN = 600
"""Most characters of before and after in the form."""


class Way(Enum):
    """How a moderator goes back. The value stands in drafts: never give it to something else."""

    UNDO = "undo"
    """The latest correction is taken back."""
    GIVE_BACK = "give back"
    """Any earlier value is chosen."""


def title(way: Way) -> str:
    """Of its form."""
    return _("Undo a correction") if way is Way.UNDO else _("Give back an earlier value")


def button_words(way: Way) -> str:
    """On the button that opens the form."""
    return _("Undo") if way is Way.UNDO else _("Give this back")


def form(way: Way, custom_id: str, found: Undoing, known: Knowledge, reason: str) -> Form:
    """Before and after, and why.

    Args:
        reason: what was typed before.
    """
    words = markup(undo_words(found.now, found.back, known), _SHOWN)
    figure = markup((fact_label(found.now.fact, known),), _SHOWN)
    text: discord.ui.TextInput[Any] = discord.ui.TextInput(
        custom_id=REASON, style=discord.TextStyle.paragraph, default=reason or None, max_length=REASON_LIMIT
    )
    return Form(
        label(title(way), _TITLE),
        custom_id,
        [
            discord.ui.TextDisplay(f"{figure}\n{words}"),
            discord.ui.Label(
                text=label(_("Why?"), _TITLE),
                description=label(_("In plain words. Everybody here can read it."), 100),
                component=text,
            ),
        ],
    )


def late_page(way: Way, found: Undoing, known: Knowledge) -> Page:
    """Above the button that opens the form, where it has become too late to open it at once."""
    words: Text = (*undo_words(found.now, found.back, known), *about(found.now.fact, known))
    entry = Entry(words, (when(found.now.fact),))
    return Page(accent=ACCENT, title=title(way), sections=(Section(None, (entry,)),))


def unfit_page(way: Way, unfit: UnfitError) -> Page:
    """The reason does not do."""
    example: tuple[Text, ...] = ((_("For example: {example}").format(example=unfit.example),),) if unfit.example else ()
    return Page(
        accent="error",
        title=_("Not undone yet") if way is Way.UNDO else _("Not given back yet"),
        sections=(Section(None, (Entry((unfit.what,), (), example),)),),
        notes=((_("Nothing you typed is lost: mend it, and go on."),),),
    )


def changed_page(way: Way, fact: Fact, news: tuple[Told, ...], known: Knowledge) -> Page:
    """Somebody was faster."""
    note = _("Nothing was undone. Look at what it says now, and go on if it still has to be undone.")
    if way is Way.GIVE_BACK:
        note = _("Nothing was given back. Look at what it says now, and go on if the earlier value is right after all.")
    return Page(
        accent="error",
        title=_("Somebody else changed this figure"),
        subtitle=(fact_label(fact, known),),
        sections=(news_section(news, known),) if news else (),
        notes=((note,),),
    )


def done_page(way: Way, done: Told, known: Knowledge) -> Page:
    """It is so from now on."""
    one = done.revision
    words: Text = (*changed_words(one, done.before, known), *about(one.fact, known))
    return Page(
        accent=ACCENT,
        title=_("Undone") if way is Way.UNDO else _("Given back"),
        sections=(Section(None, (Entry(words, join([(what_words(one),), (one.reason or "",)])),)),),
        notes=((_("An undo is a revision too: it can itself be undone."),),) if one.restores else (),
    )
