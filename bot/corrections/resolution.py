"""Which revision a server sees, now or at an earlier time, and when a view of it is out of date.

Histories are given oldest first: the server's own, and the one for everyone.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol, TypeVar

from bot.facts.vocabulary import CorrectionKind


class Step(Protocol):
    """What the rules need to know of a revision."""

    @property
    def number(self) -> int:
        """From 1 within its history, without gaps."""

    @property
    def kind(self) -> CorrectionKind:
        """Why it differs from the one before."""

    @property
    def recorded_at(self) -> int:
        """Seconds since the epoch, UTC."""

    @property
    def restores(self) -> int | None:
        """The number it gives back; 0 for what there was before the server had one of its own; None for a new one."""


R = TypeVar("R", bound=Step)


def in_force(own: Sequence[R], everyone: Sequence[R], *, as_of: int | None = None) -> R | None:
    """The revision that a server sees: its own latest, else the latest for everyone; None where nothing is known.

    A server whose own latest gives back what was there before its first (its correction was undone, or published)
    follows everyone again, later corrections for everyone included.

    Args:
        own: the server's revisions; empty for everyone's view.
        as_of: only what was known then, seconds since the epoch, that second included.
    """
    latest = _latest(own, as_of)
    if latest is not None and not follows(latest):
        return latest
    return _latest(everyone, as_of)


def follows(latest: Step | None) -> bool:
    """Whether a server with this latest revision of its own (None: it has none) sees what everyone sees."""
    return latest is None or latest.restores == 0


def shown(revision: R | None) -> R | None:
    """The same, None once it is a retraction: it then answers no question."""
    return None if revision is None or revision.kind is CorrectionKind.RETRACTION else revision


def before(history: Sequence[R], number: int) -> int | None:
    """Which earlier number undoing revision `number` gives back: the one just before. 0 is what there was before the
    first; None when there is nothing to undo, since the number is not in the history."""
    return number - 1 if 0 < number <= len(history) else None


class View(NamedTuple):
    """What somebody has before their eyes.

    Attributes:
        own: latest number of the server's own history, 0 for none.
        everyone: latest number of everyone's, 0 for none.
        wipes: how often the server's own were wiped; numbers begin again after that.
    """

    own: int
    everyone: int
    wipes: int = 0


def view(own: Sequence[Step], everyone: Sequence[Step], wipes: int = 0) -> View:
    """The view as of now."""
    return View(own[-1].number if own else 0, everyone[-1].number if everyone else 0, wipes)


class Stale(NamedTuple):
    """What came about since somebody looked.

    Attributes:
        own: revisions of the server since then, oldest first.
        everyone: revisions for everyone since then, oldest first.
        wiped: the server's own were taken away in between; `own` then holds all there are again.
    """

    own: tuple[Step, ...]
    everyone: tuple[Step, ...]
    wiped: bool


def stale(expected: View, own: Sequence[Step], everyone: Sequence[Step], wipes: int = 0) -> Stale | None:
    """What changed since `expected` was seen; None if nothing did, so that it is safe to go on."""
    if view(own, everyone, wipes) == expected:
        return None
    wiped = wipes != expected.wipes
    return Stale(
        tuple(own) if wiped else tuple(step for step in own if step.number > expected.own),
        tuple(step for step in everyone if step.number > expected.everyone),
        wiped,
    )


class Rate(NamedTuple):
    """At most `most` within any `seconds`."""

    most: int
    seconds: int


def wait(times: Iterable[int], now: int, rate: Rate) -> int:
    """Seconds until one more is allowed; 0 when it is now.

    Args:
        times: when the earlier ones were, seconds since the epoch, in any order.
    """
    recent = sorted(time for time in times if time > now - rate.seconds)
    if len(recent) < rate.most:
        return 0
    if rate.most < 1:
        return rate.seconds
    return max(1, recent[-rate.most] + rate.seconds - now)


def _latest(history: Sequence[R], as_of: int | None) -> R | None:
    for revision in reversed(history):
        if as_of is None or revision.recorded_at <= as_of:
            return revision
    return None
