"""What Discord's answer to a post means: a pure function, so that every answer that can come stands in a table.

Codes: Discord's documentation, "Opcodes and Status Codes", as of mid-2026.
"""

from dataclasses import dataclass
from enum import Enum

from bot.digests.reasons import Reason

__all__ = ["Again", "Answer", "Broken", "Delivered", "Fate", "Kind", "Posted", "Refused", "Stopped", "Verdict", "judge"]

LONGEST_WAIT = 300
"""Seconds between two attempts at most, unless Discord asks for more."""
PROBATION = 600
"""Seconds until a refused channel is tried again, while the refusals have not lasted long enough for a pause."""
UNANSWERED = 0
"""The status of an attempt that brought no answer."""


class Fate(Enum):
    """What became of a request that got no answer."""

    ANSWERED = "answered"
    NEVER_LEFT = "never left"
    """No connection came about: nothing can have arrived."""
    LOST = "lost"
    """The connection broke or the time ran out: it may have arrived."""


class Kind(Enum):
    """What kind of presence the server has, as the gateway told."""

    HERE = "here"
    UNAVAILABLE = "unavailable"
    LEFT = "left"
    UNKNOWN = "unknown"
    """The gateway has not told yet, or keeps it in another shard."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back.

    Attributes:
        status: of HTTP; UNANSWERED without one.
        code: Discord's own error code, 0 where it gave none.
        message: the id of the message that now stands, where one does.
        retry_after: seconds, from the body or the header.
        said: Discord's own words for the log, without anything that users wrote.
        server: its presence when the answer came.
        publish: whether the message stands in an announcement channel and can be published.
    """

    status: int
    code: int = 0
    message: int | None = None
    retry_after: float | None = None
    fate: Fate = Fate.ANSWERED
    said: str = ""
    server: Kind = Kind.UNKNOWN
    publish: bool = False


class Posted(Enum):
    """Whether the attempt left a message behind."""

    NO = "no"
    MAYBE = "maybe"


@dataclass(frozen=True, slots=True)
class Delivered:
    """It stands in the channel."""

    message: int


@dataclass(frozen=True, slots=True)
class Again:
    """Nobody's fault, or Discord's: try again after so many seconds. Never pauses anything."""

    after: int
    posted: Posted


@dataclass(frozen=True, slots=True)
class Refused:
    """The channel cannot be written to, and only people can change that: a strike."""

    reason: Reason
    after: int = PROBATION


@dataclass(frozen=True, slots=True)
class Broken:
    """Discord cannot take what we sent: our bug. The subscription goes on with its next slot."""


@dataclass(frozen=True, slots=True)
class Stopped:
    """The token is refused: nothing more is sent until somebody looks."""

    after: int = LONGEST_WAIT


Verdict = Delivered | Again | Refused | Broken | Stopped

_REASONS = {
    10003: Reason.GONE,  # Unknown Channel
    10004: Reason.LEFT,  # Unknown Guild
    20009: Reason.BLOCKED,  # explicit content cannot be sent to the recipient
    50001: Reason.HIDDEN,  # Missing Access
    50008: Reason.UNFIT,  # cannot send messages in a non-text channel
    50013: Reason.READ_ONLY,  # Missing Permissions
    50024: Reason.UNFIT,  # cannot execute action on this channel type
    50083: Reason.ARCHIVED,  # operation on an archived thread
    160005: Reason.ARCHIVED,  # this thread is locked
    200000: Reason.BLOCKED,  # AutoMod
    200001: Reason.BLOCKED,  # AutoMod: title
    240000: Reason.BLOCKED,  # harmful links filter
}
_TRANSIENT = {
    20016,  # slow mode
    20022,  # announcement edit limit
    20028,  # the channel's write rate limit
    40004,  # this feature has been temporarily disabled server-side
    40333,  # internal network error, which comes as a 403
    50075,  # temporarily unavailable
    110001,  # the application is not available
    130000,  # API overloaded
}
_UNAUTHORIZED = {40001, 40002, 50014}
_TRANSIENT_STATUSES = {408, 425, 429}


def judge(answer: Answer, attempts: int) -> Verdict:
    """What to do about a post.

    Args:
        answer: of the last attempt.
        attempts: made so far, this one counted; at least 1. It sets the wait before the next.
    """
    if answer.fate is not Fate.ANSWERED:
        return Again(backoff(attempts), Posted.NO if answer.fate is Fate.NEVER_LEFT else Posted.MAYBE)
    if 200 <= answer.status < 300:
        # A success without a message is an answer cut short on its way: it stands, but we do not know where.
        return Delivered(answer.message) if answer.message is not None else Again(backoff(attempts), Posted.MAYBE)
    if answer.status in _TRANSIENT_STATUSES or answer.code in _TRANSIENT:
        return Again(_wait(answer, attempts), Posted.NO)
    if answer.status >= 500:
        # Some of them come after the message was stored.
        return Again(_wait(answer, attempts), Posted.MAYBE)
    if answer.status == 401 or answer.code in _UNAUTHORIZED:
        return Stopped()
    if answer.code in _REASONS:
        return _refusal(_REASONS[answer.code], answer, attempts)
    if answer.status in (403, 404):
        # Without one of Discord's codes it may be a proxy that speaks: a strike, never a verdict at once.
        return _refusal(Reason.FORBIDDEN, answer, attempts)
    if answer.status >= 400:
        return Broken()
    return Again(_wait(answer, attempts), Posted.MAYBE)


def backoff(attempts: int) -> int:
    """Seconds before the next attempt: 2, 4, 8 … up to LONGEST_WAIT."""
    return int(min(2 ** min(attempts, 20), LONGEST_WAIT))


def _wait(answer: Answer, attempts: int) -> int:
    # At most a day, whatever a broken proxy asks; rounded up, so as not to come a moment too early.
    asked = min(answer.retry_after or 0.0, 86_400.0)
    return max(-int(-asked // 1), 1) if asked else backoff(attempts)


def _refusal(reason: Reason, answer: Answer, attempts: int) -> Verdict:
    if answer.server is Kind.UNAVAILABLE:
        # During an outage Discord says of many channels that they are gone.
        return Again(backoff(attempts), Posted.NO)
    if answer.server is Kind.LEFT:
        return Refused(Reason.LEFT)
    return Refused(reason)
