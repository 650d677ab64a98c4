"""What delivery needs of the outside: an edition to send, somebody who sends it, somebody to tell, the time."""

from typing import NamedTuple, Protocol

from bot.digests.verdict import Answer
from bot.store.digests.ledger_rows import Claim
from bot.store.digests.subscriptions import Stored


class Ready(NamedTuple):
    """A finished edition as it is kept.

    Attributes:
        upto: `revision.sequence` that it covers.
        payload: its components as JSON, the same text for every channel and every attempt.
    """

    id: int
    upto: int
    payload: str


class Run(Protocol):
    """Editions as of one moment, so that all channels of one claim get the same."""

    async def edition(self, claim: Claim) -> Ready | None:
        """The edition for a slot; None when nothing changed and the channel wants to hear nothing then."""
        ...


class Editions(Protocol):
    """Where editions come from."""

    async def run(self) -> Run:
        """A run as of now."""
        ...

    async def kept(self, id: int) -> Ready:
        """The edition that an earlier attempt carried."""
        ...


class Found(NamedTuple):
    """What a look into a channel brought.

    Attributes:
        message: the post, if it is there.
        readable: whether the channel's history could be read; if not, nothing follows from `message` being None.
        answer: of the last request, to be judged where the look did not come to its end.
    """

    message: int | None
    readable: bool
    answer: Answer


class Sender(Protocol):
    """Who speaks to Discord. No method raises but for CancelledError: every failure is an Answer."""

    async def turn(self) -> None:
        """Wait until the pace allows another request. Every other method but `send` does so by itself."""
        ...

    async def send(self, server: int, channel: int, payload: str, nonce: str, marker: int) -> Answer:
        """Post the components, with `marker` as the id of the first. Two posts with one nonce are one."""
        ...

    async def find(self, server: int, channel: int, marker: int, since: int, until: int) -> Found:
        """Look for a post with this marker that was made between two moments, seconds since the epoch, UTC."""
        ...

    async def publish(self, channel: int, message: int) -> Answer:
        """Publish a post of an announcement channel to those who follow it."""
        ...

    async def edit(self, channel: int, message: int, payload: str) -> Answer:
        """Put other components in the place of a post's."""
        ...

    async def writable(self, server: int, channel: int) -> bool:
        """Whether, as far as can be told without posting, the channel can be written to."""
        ...


class Announce(Protocol):
    """Who tells a server's log channel, or the person who subscribed. Never raises."""

    async def paused(self, stored: Stored) -> None:
        """Sitrep has paused the subscription; `paused_reason` says why (`bot.digests.reasons.words`)."""
        ...

    async def resumed(self, stored: Stored) -> None:
        """Sitrep goes on with a subscription that it had paused; `stored` is as it was before."""
        ...


class Clock(Protocol):
    """The time."""

    def __call__(self) -> int:
        """Seconds since the epoch, UTC."""
        ...


class Repeats(Protocol):
    """What servers want where it cannot be found out whether a post arrived."""

    def __call__(self, server: int) -> bool:
        """Whether to post again, at the risk of doubling; else the slot is skipped."""
        ...
