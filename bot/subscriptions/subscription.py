"""What a channel has subscribed to."""

import re
from dataclasses import dataclass
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.i18n import _
from bot.subscriptions.errors import SubscriptionError
from bot.subscriptions.quiet import Quiet
from bot.subscriptions.rule import Rule

__all__ = ["Corrections", "Limits", "Subscription", "Unchanged"]

_TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_SNOWFLAKE = range(1, 2**63)
MOST_TOPICS = 10
MOST_PLACES = 25


class Unchanged(StrEnum):
    """What a slot brings when nothing has changed since the last edition."""

    SILENT = "silent"
    ONE_LINE = "one-line"


class Corrections(StrEnum):
    """When the channel is told of a correction to a figure it was shown."""

    AT_ONCE = "at-once"
    WITH_NEXT = "with-next"


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a server may have.

    Attributes:
        subscriptions: of one server, paused ones counted.
    """

    subscriptions: int = 25

    def check_room(self, existing: int) -> None:
        """See whether a server with so many subscriptions may have one more.

        Raises:
            SubscriptionError: it may not.
        """
        if existing >= self.subscriptions:
            raise SubscriptionError(
                (
                    _("This server has {count} digests, and {limit} is the most it may have.").format(
                        count=existing, limit=self.subscriptions
                    ),
                ),
                _("Remove one with /digest remove, or ask the operator for more."),
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """One digest of one channel. What happened to it (last slot, strikes, pauses) is the ledger's to know.

    Attributes:
        server: Discord id.
        channel: Discord id of a text or announcement channel, or a thread.
        zone: from `zone_named`.
        topics: in the order of the edition; empty for all.
        places: ids of the gazetteer; empty for everywhere.
        language: IETF tag of the editions.
        quiet: hours of the zone in which nothing is posted; None for none.

    Raises:
        SubscriptionError: with every reason.
    """

    server: int
    channel: int
    rule: Rule
    zone: ZoneInfo
    topics: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    language: str = "en"
    unchanged: Unchanged = Unchanged.SILENT
    corrections: Corrections = Corrections.AT_ONCE
    quiet: Quiet | None = None

    def __post_init__(self) -> None:
        reasons = (
            *_of_id(_("server"), self.server),
            *_of_id(_("channel"), self.channel),
            *_of_list(_("topics"), self.topics, MOST_TOPICS),
            *_of_list(_("places"), self.places, MOST_PLACES),
            *_of_language(self.language),
        )
        if reasons:
            raise SubscriptionError(reasons)


def _of_id(what: str, number: int) -> list[str]:
    if number in _SNOWFLAKE:
        return []
    return [_("{number} is not the id of a {what}.").format(number=number, what=what)]


def _of_list(what: str, chosen: tuple[str, ...], most: int) -> list[str]:
    reasons = []
    if len(chosen) > most:
        reasons.append(
            _("{count} {what} are too many, {most} is the most; choose none for all.").format(
                count=len(chosen), what=what, most=most
            )
        )
    twice = [name for at, name in enumerate(chosen) if name in chosen[:at]]
    if twice:
        reasons.append(_("`{name}` stands twice among the {what}.").format(name=twice[0], what=what))
    if "" in chosen:
        reasons.append(_("One of the {what} is empty.").format(what=what))
    return reasons


def _of_language(tag: str) -> list[str]:
    return [] if _TAG.fullmatch(tag) else [_("`{tag}` is no language; write for example `en` or `ar`.").format(tag=tag)]
