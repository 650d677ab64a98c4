"""Whether the scheduler still does its round."""

from time import monotonic

STALE = 15.0
"""Seconds without a beat after which the scheduler counts as stuck; it beats every two."""


class Pulse:
    """When the scheduler looked last at what is due."""

    def __init__(self) -> None:
        self.last: int | None = None
        self._felt: float | None = None

    def beat(self, now: int) -> None:
        """It looks now: seconds since the epoch, UTC."""
        self.last = now
        self._felt = monotonic()  # the other clock may be set by hand

    @property
    def alive(self) -> bool:
        """Whether it has looked lately."""
        return self._felt is not None and monotonic() - self._felt < STALE
