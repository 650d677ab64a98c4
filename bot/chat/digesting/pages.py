"""What is shown of subscriptions: one to confirm, one as it is, and all of a server."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from itertools import islice

from bot.answers.knowledge import Knowledge
from bot.answers.page import Entry, Instant, Page, Section, Strong, Text
from bot.chat.digesting.typed import topic_names
from bot.chat.permission_names import permission_names
from bot.digests.reasons import words as reason_words
from bot.i18n import _, ngettext
from bot.store.digests.subscriptions import UNCONFIRMED, State, Stored
from bot.store.keeping.pasts import Past
from bot.subscriptions.description import describe, describe_times
from bot.subscriptions.quiet import release
from bot.subscriptions.slots import slots_after
from bot.subscriptions.subscription import Subscription

NEXT_TIMES = 3
PER_PAGE = 6
"""Subscriptions on a page of the list."""


NOTHING_YET = Past()
ChannelName = Callable[[int], str]


def times(subscription: Subscription, now: datetime, count: int = NEXT_TIMES) -> list[Text]:
    """The next times it is posted, each in its own zone and as the reader's own clock shows it."""
    found: list[Text] = []
    for slot in islice(slots_after(subscription.rule, subscription.zone, now), count):
        at = release(slot, subscription.quiet, subscription.zone)
        local = at.astimezone(subscription.zone)
        found.append((f"{local:%a} {local.day} {local:%b %H:%M} · ", _("for you"), " ", Instant(int(at.timestamp()))))
    return found


def described(subscription: Subscription, known: Knowledge) -> str:
    """The subscription in sentences."""
    names = topic_names()
    return describe(
        subscription,
        [names.get(topic, topic) for topic in subscription.topics],
        [known.place_name(place) for place in subscription.places],
    )


def confirm_page(stored: Stored, known: Knowledge, channel: str, now: datetime, advised: Sequence[str]) -> Page:
    """A new subscription, not yet at work."""
    subscription = stored.subscription
    notes: list[Text] = [(_("Above stands what it would post now. Nothing is posted before you press Start."),)]
    if advised:
        notes.append(
            (
                _(
                    "Sitrep also does well to have {permissions} in that channel: after a crash it can then see "
                    "whether a post arrived. Without it, such a post is left out rather than posted twice."
                ).format(permissions=permission_names(advised)),
            )
        )
    return Page(
        accent="digest",
        title=_("A digest for #{channel}").format(channel=channel),
        sections=(
            Section(None, (Entry((described(subscription, known),)),)),
            Section(_("The next three times"), tuple(Entry(line) for line in times(subscription, now))),
        ),
        notes=tuple(notes),
    )


def one_page(
    stored: Stored, known: Knowledge, channel: str, now: datetime, past: Past, *, title: str | None = None
) -> Page:
    """One subscription with all there is to know of it."""
    sections = [
        Section(None, (Entry((described(stored.subscription, known),)),)),
        Section(_("How it goes"), (Entry(state_line(stored), past_line(past)),)),
    ]
    if stored.state is State.ACTIVE:
        upcoming = tuple(Entry(line) for line in times(stored.subscription, now))
        sections.append(Section(_("The next three times"), upcoming))
    return Page(
        accent="digest",
        title=title or _("Digest {number} for #{channel}").format(number=stored.id, channel=channel),
        sections=tuple(sections),
    )


def list_page(found: Sequence[Stored], offset: int, names: ChannelName, pasts: Mapping[int, Past], limit: int) -> Page:
    """The subscriptions of a server, a page of them."""
    entries = tuple(
        Entry(
            (Strong(f"#{names(one.subscription.channel)}"), f" · {rule_words(one.subscription)}"),
            (_("digest {number}").format(number=one.id), " · ", *state_line(one)),
            (past_line(pasts.get(one.id, NOTHING_YET)),),
        )
        for one in found[offset : offset + PER_PAGE]
    )
    count = ngettext("{count} digest", "{count} digests", len(found)).format(count=len(found))
    if not found:
        return Page(
            accent="digest",
            title=_("Digests of this server"),
            notes=(
                (_("None yet. /digest subscribe makes one: choose the channel and the time, then look and start it."),),
            ),
        )
    shown = _("{first} to {last} of {count}").format(first=offset + 1, last=offset + len(entries), count=count)
    return Page(
        accent="digest",
        title=_("Digests of this server"),
        subtitle=(shown if len(found) > PER_PAGE else count, " · ", _("{limit} at most").format(limit=limit)),
        sections=(Section(None, entries),),
    )


def rule_words(subscription: Subscription) -> str:
    """When, in a few words."""
    return describe_times(subscription)


def state_line(stored: Stored) -> Text:
    """Whether it is at work, and if not, why and what helps."""
    if stored.paused_reason == UNCONFIRMED:
        return (Strong(_("Not started")), " · ", _("it waits for somebody to press Start"))
    if stored.state is State.PAUSED:
        why = reason_words(stored.paused_reason or "")
        since: Text = (" ", Instant(stored.paused_at)) if stored.paused_at is not None else ()
        return (Strong(_("Paused")), *since, " · ", " ".join(part for part in why if part))
    if stored.next_at is None:
        return (Strong(_("At work")),)
    line: Text = (Strong(_("At work")), " · ", _("next"), " ", Instant(stored.next_at))
    if stored.strikes_since is not None:
        return (*line, " · ", _("Discord has refused it since"), " ", Instant(stored.strikes_since))
    return line


def past_line(past: Past) -> Text:
    """Last sent, how many, how many of them late, how many failed."""
    if past.last_sent is None:
        words: Text = (_("nothing posted yet"),)
    else:
        posted = ngettext("{count} posted", "{count} posted", past.sent).format(count=past.sent)
        words = (_("last"), " ", Instant(past.last_sent), f" · {posted}")
    if past.late:
        words = (*words, " · ", ngettext("{count} late", "{count} late", past.late).format(count=past.late))
    if past.failed:
        words = (*words, " · ", ngettext("{count} failed", "{count} failed", past.failed).format(count=past.failed))
    return words
