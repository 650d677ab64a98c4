"""Why Sitrep stopped writing to a channel, in words: what is so, and what ends it."""

from enum import StrEnum
from typing import NamedTuple

from bot.i18n import _

__all__ = ["BY_PERSON", "Reason", "Words", "words"]

BY_PERSON = "by-person"
"""Not one of ours: somebody asked for the pause. The same text as `bot.store.digests.subscriptions.BY_PERSON`."""


class Reason(StrEnum):
    """What Discord keeps answering. The value is stored; never change one."""

    GONE = "gone"
    HIDDEN = "hidden"
    READ_ONLY = "read-only"
    ARCHIVED = "archived"
    UNFIT = "unfit"
    BLOCKED = "blocked"
    FORBIDDEN = "forbidden"
    LEFT = "left"


class Words(NamedTuple):
    """One sentence each; the remedy may be empty."""

    what: str
    remedy: str


def words(reason: str) -> Words:
    """The reason of a pause, as `paused_reason` holds it, in the reader's language."""
    return {
        BY_PERSON: Words(_("Somebody paused it."), _("Use /digest resume.")),
        Reason.GONE: Words(
            _("The channel was deleted."), _("Choose another one with /digest edit, or use /digest remove.")
        ),
        Reason.HIDDEN: Words(
            _("Sitrep cannot see the channel."), _("Allow it View Channel there; it then goes on by itself.")
        ),
        Reason.READ_ONLY: Words(
            _("Sitrep may not write in the channel."),
            _("Allow it Send Messages there, in a thread Send Messages in Threads; it then goes on by itself."),
        ),
        Reason.ARCHIVED: Words(
            _("The thread is closed or locked."), _("Open it again; Sitrep then goes on by itself.")
        ),
        Reason.UNFIT: Words(
            _("Nothing can be posted in a channel of this kind."), _("Choose another one with /digest edit.")
        ),
        Reason.BLOCKED: Words(
            _("The server's AutoMod blocks the posts."),
            _("Make an exception for Sitrep in the server's settings under AutoMod."),
        ),
        Reason.LEFT: Words(
            _("Sitrep is no longer in the server."), _("Invite it again; what was set up is kept for 30 days.")
        ),
    }.get(reason, Words(_("Discord refuses the posts."), _("Look at Sitrep's permissions in the channel.")))
