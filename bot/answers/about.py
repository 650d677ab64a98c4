"""/help, /privacy and /status: Sitrep on itself."""

from datetime import datetime
from typing import NamedTuple

from bot.answers.header import label
from bot.answers.knowledge import Knowledge
from bot.answers.page import Day, Entry, Follow, Page, Section, Strong
from bot.answers.question import Ask, Question
from bot.i18n import _, ngettext


def help_page(known: Knowledge) -> Page:
    """How to use it, with every command."""
    rows = (
        ("/casualties", _("who was reported killed, injured, missing or detained")),
        ("/displaced", _("who fled, returned, was evacuated or is besieged")),
        ("/district", _("one place: control, events, figures, what lies near")),
        ("/control", _("who is reported to hold what")),
        ("/timeline", _("what happened, the latest day first")),
        ("/statements", _("who said what")),
        ("/compare", _("rival sources side by side")),
        ("/sources", _("who is quoted, and what each one counts")),
        ("/source", _("one figure’s whole record and history")),
        ("/status", _("whether all is well, and how fresh the data is")),
        ("/privacy", _("what Sitrep keeps, and how to have it deleted")),
    )
    managing = (
        ("/digest", _("briefings that come by themselves · needs Manage Channels")),
        ("/correct", _("correct a figure · needs Manage Messages, or the role chosen in /settings")),
        ("/settings", _("who corrects, where Sitrep reports, the time zone · needs Manage Server")),
    )
    buttons = tuple(
        Follow(label(ask), Question(ask))
        for ask in (Ask.CASUALTIES, Ask.DISPLACED, Ask.CONTROL, Ask.TIMELINE, Ask.SOURCES)
    )
    return Page(
        accent="about",
        title=_("How to ask Sitrep"),
        subtitle=(_("Figures on the {conflict}, each with its source").format(conflict=known.reference.conflict.name),),
        sections=(
            Section(None, tuple(Entry((Strong(command), f"  {words}")) for command, words in rows)),
            Section(
                _("For who runs a server"), tuple(Entry((Strong(command), f"  {words}")) for command, words in managing)
            ),
        ),
        notes=(
            (_("Places are found in any spelling or script. Every number keeps its hedge, window and source."),),
            (_("Figures that overlap are never added up, and the answer says why."),),
        ),
        follow=buttons,
    )


def privacy_page() -> Page:
    """What is stored, for how long, and who deletes it."""
    you = (
        (_("Your questions"), _("are answered and forgotten; neither they nor who asked are written down.")),
        (_("Messages"), _("are never read: Sitrep does not ask Discord for their content or for who is a member.")),
        (_("Logs"), _("hold command names, timings and error ids, no names, no words of anybody.")),
        (
            _("If you correct a figure"),
            _(
                "your Discord id, the time, your reason and your evidence stay with the correction, in the server "
                "where you made it: nobody can trust a correction that nobody stands behind. Only where an editor "
                "publishes it does everyone see it."
            ),
        ),
        (_("If you subscribe a channel"), _("your Discord id stays with the digest until it is removed.")),
    )
    servers = (
        (_("Settings"), _("the ids of the role and of the log channel, the time zone, the language.")),
        (_("Digests"), _("the channel’s id, what was asked for, when, and what became of each post.")),
        (_("Corrections"), _("those made in the server, and what editors decided on them.")),
        (
            _("Posts that showed figures"),
            _("for 90 days the ids of message and channel, so that a correction reaches whoever saw the figure."),
        ),
    )
    return Page(
        accent="about",
        title=label(Ask.PRIVACY),
        sections=(
            Section(_("About you"), tuple(Entry((Strong(head), f" {words}")) for head, words in you)),
            Section(_("About servers"), tuple(Entry((Strong(head), f" {words}")) for head, words in servers)),
            Section(
                _("Having it deleted"),
                (
                    Entry((_("When Sitrep is removed from a server, all of that is deleted 30 days later."),)),
                    Entry((_("The server’s managers can delete its corrections and its digests at any time."),)),
                    Entry(
                        (_("To have your own id removed from what you made, ask whoever runs Sitrep for your server."),)
                    ),
                ),
            ),
        ),
    )


class Health(NamedTuple):
    """What the program knows of itself at one moment.

    Attributes:
        latency: of the gateway, in seconds; None when it is not known.
        started: when the program was started.
        readable: whether the database answers.
    """

    latency: float | None
    started: datetime
    now: datetime
    version: str
    readable: bool


def status_page(health: Health, known: Knowledge) -> Page:
    """Whether all is well, and how fresh the data is."""
    reference = known.reference
    latest = reference.latest
    hours, rest = divmod(int((health.now - health.started).total_seconds()), 3600)
    facts = ngettext("{count} fact", "{count} facts", reference.facts).format(count=f"{reference.facts:,}")
    reports = ngettext("{count} report", "{count} reports", reference.reports).format(count=f"{reference.reports:,}")
    places = ngettext("{count} place", "{count} places", len(reference.places)).format(
        count=f"{len(reference.places):,}"
    )
    data = (f" {facts}, {reports}, {places}",)
    entries = [
        Entry((Strong(_("Working") if health.readable else _("Not working")), f" · Sitrep {health.version}")),
        Entry((Strong(_("Data")), *data)),
    ]
    if not health.readable:
        said = _("The database does not answer. Whoever runs Sitrep finds the reason in its log.")
        entries.insert(1, Entry((said,)))
    if latest is not None:
        entries.append(Entry((Strong(_("Latest report")), " ", Day(latest))))
    entries.append(
        Entry((Strong(_("Up for")), " " + _("{hours} h {minutes} min").format(hours=hours, minutes=rest // 60)))
    )
    if health.latency is not None:
        milliseconds = f"{health.latency * 1000:.0f}"
        entries.append(Entry((Strong(_("Discord answers in")), f" {milliseconds} ms")))
    return Page(accent="about", title=_("Status"), sections=(Section(None, tuple(entries)),))
