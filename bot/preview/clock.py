"""SimCord's clock, kept at the present."""

from collections.abc import Callable
from datetime import UTC, datetime

from simcord._clock import Clock


def _utc_now() -> datetime:
    return datetime.now(UTC)


class PresentClock(Clock):
    """Tells the present, and never runs backwards.

    SimCord's own clock stands at 1 January 2026 until somebody moves it, so that every message would carry the
    date of the last push. Here the wall clock moves it. `advance` lifts a floor that the wall clock catches up
    with: what was asked for is reached, and the clock is not ahead for good. A wall clock set back holds it
    still, because the order of messages is the order of their times.

    Args:
        wall: the present, aware.
    """

    def __init__(self, wall: Callable[[], datetime] = _utc_now) -> None:
        self._wall = wall
        self._floor = 0.0
        super().__init__()

    @property
    def elapsed(self) -> float:
        """Seconds since SimCord's epoch."""
        self._floor = max(self._floor, (self._wall() - self._epoch).total_seconds())
        return self._floor

    @elapsed.setter
    def elapsed(self, seconds: float) -> None:
        self._floor = max(self._floor, seconds)
