"""/help, /privacy and /status: Sitrep on itself."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from bot.answers.header import label
from bot.answers.knowledge import Knowledge
from bot.answers.page import Day, Entry, Follow, Instant, Page, Section, Strong
from bot.answers.question import Ask, Question
from bot.i18n import _, ngettext
from bot.store.digests.outlook import Corrections, Outlook
from bot.store.digests.patrol import Totals


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
        ("/corrections", _("what was corrected, by whom, when and why")),
        ("/status", _("whether all is well, how fresh the data is, how digests stand")),
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
            Section(None, _rows(rows)),
            Section(_("For moderators and managers"), _rows(managing)),
        ),
        notes=(
            (_("Places are found in any spelling or script. Every number keeps its hedge, window and source."),),
            (_("Figures that overlap are never added up, and the answer says why."),),
        ),
        follow=buttons,
    )


def _rows(rows: Iterable[tuple[str, str]]) -> tuple[Entry, ...]:
    return tuple(Entry((Strong(head), f" {words}")) for head, words in rows)


def privacy_page() -> Page:
    """What is stored, for how long, and who deletes it."""
    readers = (
        (_("Your questions"), _("are answered and forgotten; who asked is never written down.")),
        (_("Messages"), _("are never read: Sitrep does not ask Discord for their content or for who is a member.")),
        (_("Logs"), _("hold command names, timings and error ids, no names, no words of anybody.")),
    )
    kept = (
        (
            _("Corrections"),
            _(
                "keep the Discord id of who made them, the time, the reason and the evidence given. They belong to "
                "their server. Only what an editor publishes is seen elsewhere, and without the id."
            ),
        ),
        (_("Digests"), _("keep the id of who made them, the channel’s id, and what became of each post.")),
        (_("Settings"), _("keep the ids of the role and of the log channel that the server chose.")),
        (
            _("Posts with figures"),
            _(
                "are remembered with what they show, without who asked, so that a correction reaches whoever saw the "
                "figure: for 90 days, or as long as whoever runs Sitrep has set."
            ),
        ),
    )
    deleted = (
        (_("When Sitrep leaves a server"), _("all that is kept of the server is deleted 30 days later.")),
        (_("The server’s managers"), _("can delete its corrections and digests at any time.")),
        (_("Your own id"), _("is taken out of whatever you made if you ask who runs Sitrep for your server.")),
    )
    return Page(
        accent="about",
        title=label(Ask.PRIVACY),
        sections=tuple(Section(None, _rows(rows)) for rows in (readers, kept, deleted)),
    )


class Health(NamedTuple):
    """What the program knows of itself at one moment.

    Attributes:
        latency: of the gateway, in seconds; None when it is not known.
        started: when the program was started.
        readable: whether the database answers.
        here: digests and corrections of the server where it is asked; None where there is none, or it is not known.
        everywhere: the same of all servers together.
        looked_at: when it was last looked what is due; seconds since the epoch, UTC. None before the first time.
    """

    latency: float | None
    started: datetime
    now: datetime
    version: str
    readable: bool
    here: Outlook | None = None
    everywhere: Outlook | None = None
    looked_at: int | None = None


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
    sections = [Section(None, tuple(entries))]
    if posting := _posting(health):
        sections.append(Section(_("Digests and corrections"), posting))
    return Page(accent="about", title=_("Status"), sections=tuple(sections))


def _posting(health: Health) -> tuple[Entry, ...]:
    """What Sitrep posts by itself: in this server, and in all."""
    entries = [
        Entry((Strong(where), " ", _digests(outlook.digests)), (_corrections(outlook.corrections),))
        for where, outlook in ((_("In this server"), health.here), (_("In all servers"), health.everywhere))
        if outlook is not None
    ]
    if health.looked_at is not None:
        entries.append(Entry((Strong(_("Last looked for what is due")), " ", Instant(health.looked_at))))
    return tuple(entries)


def _digests(totals: Totals) -> str:
    working = ngettext("{count} digest at work", "{count} digests at work", totals.active)
    counts = (
        (ngettext("{count} paused", "{count} paused", totals.paused), totals.paused),
        (ngettext("{count} due now", "{count} due now", totals.due), totals.due),
        (ngettext("{count} posted in 24 hours", "{count} posted in 24 hours", totals.sent), totals.sent),
        (ngettext("{count} of them late", "{count} of them late", totals.late), totals.late),
        (ngettext("{count} failed", "{count} failed", totals.failed), totals.failed),
    )
    # What there is none of is not worth a line.
    told = [(working, totals.active), *(pair for pair in counts if pair[1])]
    return " · ".join(words.format(count=f"{count:,}") for words, count in told)


def _corrections(corrections: Corrections) -> str:
    if not any(corrections):
        return _("No correction on its way.")
    edits = ngettext("{count} post to edit", "{count} posts to edit", corrections.edits)
    notices = ngettext("{count} correction to tell", "{count} corrections to tell", corrections.notices)
    return _("On their way: {edits}, {notices}").format(
        edits=edits.format(count=f"{corrections.edits:,}"), notices=notices.format(count=f"{corrections.notices:,}")
    )
