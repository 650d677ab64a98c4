"""A subscription as it lies in its row, and back."""

from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import msgspec

from bot.store.bodies import encode
from bot.store.database import Row
from bot.subscriptions.catchup import Due, due_now
from bot.subscriptions.quiet import Quiet, parse_quiet, release
from bot.subscriptions.rule import Rule
from bot.subscriptions.rule_text import parse_rule
from bot.subscriptions.slots import Slot, slots_after
from bot.subscriptions.subscription import Corrections, Subscription, Unchanged
from bot.subscriptions.zone import zone_named


class State(StrEnum):
    """Whether a subscription is at work. Removed ones keep their history, and nobody sees them."""

    ACTIVE = "active"
    PAUSED = "paused"
    REMOVED = "removed"


class Stored(NamedTuple):
    """A subscription with what became of it. Times are seconds since the epoch, UTC.

    Attributes:
        paused_reason: a code, such as `by-person` or one of `bot.digests.reasons`; None unless paused.
        strikes_since: since when Discord refuses the channel.
        next_at: when the next slot may be posted, or when a paused channel is looked at again.
        handled: the last slot that is done with, or the instant that slots are counted from.
        seen: `revision.sequence` that the last confirmed edition covered; None before the first.
    """

    id: int
    subscription: Subscription
    created_by: int
    created_at: int
    state: State
    paused_reason: str | None
    paused_at: int | None
    strikes_since: int | None
    next_at: int | None
    handled: Slot | datetime
    seen: int | None

    def due(self, now: int, bound: int) -> Due:
        """What is due of it at `now`, as `bot.subscriptions.catchup.due_now` says; `bound` in seconds."""
        return due(self.subscription, self.handled, now, bound)


class _Body(msgspec.Struct, frozen=True, omit_defaults=True):
    rule: str
    zone: str
    topics: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    language: str = "en"
    unchanged: Unchanged = Unchanged.SILENT
    corrections: Corrections = Corrections.AT_ONCE
    quiet: str | None = None


COLUMNS = (
    "s.id, s.server, s.channel, s.body, s.created_by, s.created_at, s.state, s.paused_reason, s.paused_at, "
    "s.strikes_since, s.next_at, s.handled_at, s.handled_date, s.handled_time, s.seen"
)
"""What `stored` reads, of `subscription s`."""
_decode = msgspec.json.Decoder(_Body).decode


def due(subscription: Subscription, since: Slot | datetime, now: int, bound: int) -> Due:
    """What is due of a subscription at `now`; `bound` in seconds."""
    return _due(subscription.rule, subscription.zone, since, now, subscription.quiet, bound)


@lru_cache(maxsize=1024)
def _due(rule: Rule, zone: ZoneInfo, since: Slot | datetime, now: int, quiet: Quiet | None, bound: int) -> Due:
    # Of thousands that are due at once, most have the same rule, zone and last slot.
    return due_now(rule, zone, since, instant(now), quiet=quiet, bound=timedelta(seconds=bound))


def next_at(subscription: Subscription, since: Slot | datetime) -> int:
    """When the first slot after `since` may be posted."""
    zone = subscription.zone
    return epoch(release(next(slots_after(subscription.rule, zone, since)), subscription.quiet, zone))


def body_of(subscription: Subscription) -> str:
    """The JSON of the rule and the choices."""
    return encode(
        _Body(
            rule=str(subscription.rule),
            zone=subscription.zone.key,
            topics=subscription.topics,
            places=subscription.places,
            language=subscription.language,
            unchanged=subscription.unchanged,
            corrections=subscription.corrections,
            quiet=None if subscription.quiet is None else str(subscription.quiet),
        )
    )


def stored(row: Row) -> Stored:
    """The value of a row of COLUMNS.

    Raises:
        SubscriptionError: what lies there is no subscription any more, as when a zone has left the zone data.
    """
    subscription = Subscription(server=int(row[1]), channel=int(row[2]), **_choices(row[3]))
    at = instant(row[11])
    handled = at if row[12] is None else Slot(at, date.fromisoformat(row[12]), _read_time(row[13]))
    return Stored(
        id=row[0],
        subscription=subscription,
        created_by=int(row[4]),
        created_at=row[5],
        state=State(row[6]),
        paused_reason=row[7],
        paused_at=row[8],
        strikes_since=row[9],
        next_at=row[10],
        handled=handled,
        seen=row[14],
    )


@lru_cache(maxsize=1024)
def _choices(body: str) -> dict[str, Any]:
    """What the JSON says, read once for all channels that want the same. Nobody changes it."""
    found = _decode(body)
    return {
        "rule": parse_rule(found.rule),
        "zone": zone_named(found.zone),
        "topics": found.topics,
        "places": found.places,
        "language": found.language,
        "unchanged": found.unchanged,
        "corrections": found.corrections,
        "quiet": None if found.quiet is None else parse_quiet(found.quiet),
    }


def handled_columns(handled: Slot | datetime) -> tuple[int, str | None, str | None]:
    """`handled_at`, `handled_date` and `handled_time`."""
    if isinstance(handled, datetime):
        return epoch(handled), None, None
    wall = handled.wall_time
    return epoch(handled.utc), handled.local_date.isoformat(), wall.isoformat() + ("+" if wall.fold else "")


def instant(seconds: int) -> datetime:
    """The aware datetime of seconds since the epoch."""
    return datetime.fromtimestamp(seconds, UTC)


def epoch(at: datetime) -> int:
    """Seconds since the epoch of an aware datetime, rounded down."""
    return int(at.timestamp() // 1)


def _read_time(text: str) -> time:
    # A plus marks the second pass of a repeated hour.
    return time.fromisoformat(text.removesuffix("+")).replace(fold=int(text.endswith("+")))
