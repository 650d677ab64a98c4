"""What is measured, as values."""

from collections.abc import Mapping
from typing import NamedTuple, Protocol

from bot.store.digests.outlook import Outlook


class Vitals(NamedTuple):
    """What the process knows of itself without asking anybody. Times are seconds since the epoch, UTC.

    Attributes:
        online: the gateway's session stands.
        latency: of the gateway, in seconds; None when it is not known.
        ticking: the scheduler looks at what is due, as it should.
        last_tick: when it looked last; None before the first time.
        servers: that Sitrep is in.
        facts: that answer everyone's questions.
        answered: by the kind of interaction, since the start.
        failed: interactions, by how they failed, since the start.
    """

    version: str
    started: int
    online: bool
    latency: float | None
    ticking: bool
    last_tick: int | None
    servers: int
    facts: int
    answered: Mapping[str, int]
    failed: Mapping[str, int]


class Reading(NamedTuple):
    """Everything at one moment. outlook: None where the database does not answer."""

    vitals: Vitals
    outlook: Outlook | None


class Source(Protocol):
    """Who is asked. Neither raises nor takes longer than a few seconds."""

    def vitals(self) -> Vitals:
        """At this moment."""
        ...

    async def outlook(self) -> Outlook | None:
        """From the database, some seconds old at most; None where it does not answer."""
        ...

    async def readable(self) -> bool:
        """Whether the database answers now."""
        ...
