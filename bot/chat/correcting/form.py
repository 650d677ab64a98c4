"""The form of a correction: five fields at most, as Discord allows, filled with what there is."""

from typing import Any

import discord

from bot.answers.dates import window_words
from bot.answers.knowledge import Knowledge
from bot.answers.wording import lead
from bot.chat.correcting.written import ELSEWHERE_LIMIT, Row, Written
from bot.chat.escape import label
from bot.chat.modals import Form
from bot.corrections.fields import CHOICES, EVIDENCE_LIMIT, REASON_LIMIT, VALUE_LIMIT
from bot.corrections.link import EXAMPLE
from bot.facts.fact import Fact
from bot.facts.grammar import to_words
from bot.facts.vocabulary import CorrectionKind
from bot.i18n import _

_TITLE, _LABEL, _SMALL = 45, 45, 100
"""Longest title, label, and description or placeholder of a form that Discord takes, in characters."""


def form(custom_id: str, fact: Fact, known: Knowledge, written: Written | None = None) -> Form:
    """The form for a fact, which is its title.

    Args:
        written: what was typed before; None fills in the present value.
    """
    typed = written or Written(value=to_words(fact.quantity) if fact.quantity is not None else "")
    rows = [
        _row(
            _("What sort of correction is it?"),
            _("It is named wherever the correction is shown."),
            discord.ui.Select(
                custom_id=Row.KIND, options=_kinds(typed.kind), placeholder=_("Choose one"), required=True
            ),
        ),
        _row(
            _("Why?"),
            _("In plain words. Everybody here can read it."),
            _text(Row.REASON, typed.reason, REASON_LIMIT, _("the monitor's page now says 320"), long=True),
        ),
        _row(
            _("Evidence: a link"),
            _("Needed when the number changes."),
            _text(Row.EVIDENCE, typed.evidence, EVIDENCE_LIMIT, EXAMPLE),
        ),
        _row(
            _("Time or place, only if that is wrong"),
            _("A time, a place, or both with “;” between them: since 15 Nov 2016; Shaar"),
            _text(Row.ELSEWHERE, typed.elsewhere, ELSEWHERE_LIMIT, _now(fact, known)),
        ),
    ]
    if fact.quantity is not None:
        value = _text(Row.VALUE, typed.value, VALUE_LIMIT, _("at least 320"))
        rows.insert(0, _row(_("New value, in words"), _("at least 320 · about 70 · 20 to 30 · unknown"), value))
    title = "".join(part if isinstance(part, str) else str(part[0]) for part in lead(fact, known))
    return Form(label(title, _TITLE), custom_id, rows)


def kind_choice(kind: CorrectionKind) -> tuple[str, str]:
    """What a kind is called where it is chosen, and when it is the right one."""
    return {
        CorrectionKind.READING: (_("Our reading was wrong"), _("The report says something else than Sitrep.")),
        CorrectionKind.SOURCE: (_("The source corrected itself"), _("Who said it has since changed it.")),
        CorrectionKind.LATER_REPORT: (_("A later report supersedes it"), _("Something newer has another figure.")),
        CorrectionKind.CLARIFICATION: (_("Clarification"), _("The figure stays; your reason becomes its note.")),
        CorrectionKind.RETRACTION: (_("Retraction"), _("The figure is withdrawn and answers no question any more.")),
    }[kind]  # fmt: skip


def _kinds(chosen: str) -> list[discord.SelectOption]:
    options = []
    for kind in CHOICES:
        name, when = kind_choice(kind)
        options.append(
            discord.SelectOption(
                label=label(name, _SMALL), value=kind, description=label(when, _SMALL), default=kind == chosen
            )
        )
    return options


def _now(fact: Fact, known: Knowledge) -> str:
    where = known.place_name(fact.place) if fact.place is not None else _("no place")
    return _("now: {time}; {place}").format(time=window_words(fact.window), place=where)


def _text(
    row: Row, typed: str, limit: int, placeholder: str, *, long: bool = False
) -> discord.ui.TextInput[discord.ui.Modal]:
    return discord.ui.TextInput(
        custom_id=row,
        style=discord.TextStyle.paragraph if long else discord.TextStyle.short,
        placeholder=label(placeholder, _SMALL),
        # What is longer did not come from the form.
        default=typed[:limit] or None,
        # A form that Discord refuses to send tells nothing; an empty field that is needed is told with its reason.
        required=row is Row.REASON,
        max_length=limit,
    )


def _row(name: str, description: str, field: discord.ui.Item[Any]) -> discord.ui.Label[discord.ui.Modal]:
    return discord.ui.Label(text=label(name, _LABEL), description=label(description, _SMALL), component=field)
