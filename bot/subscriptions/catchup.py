"""What is due now. On time that is one slot; after downtime several, of which one is delivered for all."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.subscriptions.quiet import Quiet, release
from bot.subscriptions.rule import Rule
from bot.subscriptions.slots import Slot, slots_after

__all__ = ["CATCH_UP_BOUND", "LATE_AFTER", "Due", "due_now"]

CATCH_UP_BOUND = timedelta(hours=24)
"""Default: what was due longer ago is not posted any more."""
LATE_AFTER = timedelta(minutes=10)
"""From here on readers are told that an edition is late."""


@dataclass(frozen=True, slots=True)
class Due:
    """What to do about a subscription. Every slot after the handled one is in exactly one of the first four.

    Attributes:
        deliver: the latest slot due; its edition covers all that changed, so it stands for the merged ones too.
        merged: earlier slots within the bound, oldest first.
        skipped: slots due before the bound, oldest first, to be recorded as such.
        upcoming: the first slot not yet due.
        upcoming_at: when `upcoming` may be posted, in UTC: its instant, or the end of its quiet hours.
        behind: since when the oldest of `merged` and `deliver` could have been posted; nothing when none is due.
    """

    deliver: Slot | None
    merged: tuple[Slot, ...]
    skipped: tuple[Slot, ...]
    upcoming: Slot
    upcoming_at: datetime
    behind: timedelta

    @property
    def latest(self) -> Slot | None:
        """The last slot that is now handled, to start from next time; None when none is due."""
        return self.deliver or (self.skipped[-1] if self.skipped else None)

    @property
    def late(self) -> bool:
        """Whether the edition is to say that it is late. Waiting for the end of quiet hours is not."""
        return self.behind > LATE_AFTER


def due_now(
    rule: Rule,
    zone: ZoneInfo,
    since: datetime | Slot,
    now: datetime,
    *,
    quiet: Quiet | None = None,
    bound: timedelta = CATCH_UP_BOUND,
) -> Due:
    """What became due since the last slot that was handled, or since the instant of subscribing or resuming.

    Handled are slots that were delivered, merged or skipped. The work grows with the slots in between (an hourly
    rule has 8,766 a year): resuming after a pause starts anew from the instant of resuming.

    Args:
        now: aware.
        bound: how long after it could have been posted a slot is still delivered; not negative.

    Raises:
        ValueError: the bound is negative.
    """
    if bound < timedelta():
        raise ValueError(f"the bound of the catch-up is {bound}; it cannot be negative")
    skipped: list[Slot] = []
    kept: list[Slot] = []
    behind = timedelta()
    for slot in slots_after(rule, zone, since):
        at = release(slot, quiet, zone)
        if at > now:
            deliver = kept.pop() if kept else None
            return Due(deliver, tuple(kept), tuple(skipped), slot, at, behind)
        if now - at > bound:
            skipped.append(slot)
            continue
        behind = behind if kept else now - at
        kept.append(slot)
    raise AssertionError("slots have no end")
