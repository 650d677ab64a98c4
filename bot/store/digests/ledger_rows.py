"""What the ledger hands out and takes back: slots to work on, and what became of them."""

from dataclasses import dataclass
from hashlib import sha256
from typing import NamedTuple

from bot.store.digests.subscription_rows import Stored

MERGED = "merged"
TOO_LATE = "too-late"
NOTHING_NEW = "nothing-new"
UNSURE = "unsure"
"""It may have arrived, and the channel cannot be read to find out."""
AWAY = {"paused": "paused", "removed": "removed"}
"""Why a slot that was already claimed is skipped, by what the subscription has become."""


class Claim(NamedTuple):
    """A slot that this process, and no other, works on. Times are seconds since the epoch, UTC.

    Attributes:
        channel: where it goes; of a post that may stand already, where that is, whatever was chosen since.
        slot: its instant.
        nonce: of the row, the same for every attempt.
        first_sent_at: when the first request left that may have brought it there; None while it is certain that
            nothing stands in the channel.
        tried_at: when the row was touched last.
        attempts: made so far.
        edition: the one that the first request carried.
        released: when it could be posted: the slot, or the end of the quiet hours around it.
        late: whether readers are to be told.
        covers: how many slots it stands for.
    """

    stored: Stored
    channel: int
    slot: int
    nonce: str
    first_sent_at: int | None
    tried_at: int
    attempts: int
    edition: int | None
    released: int
    late: bool
    covers: int

    @property
    def key(self) -> tuple[int, int]:
        """What its row is found by."""
        return self.stored.id, self.slot


class Passed(NamedTuple):
    """A slot that is not posted, and why: one of the texts above."""

    subscription: int
    channel: str
    slot: int
    why: str


class Claimed(NamedTuple):
    """What one claim brought. more: whether there is more to claim at once."""

    claims: list[Claim]
    passed: list[Passed]
    more: bool


@dataclass(frozen=True, slots=True)
class Begun:
    """A request with this edition is about to leave."""

    claim: Claim
    edition: int


@dataclass(frozen=True, slots=True)
class Confirmed:
    """It stands in the channel.

    Attributes:
        upto: `revision.sequence` that the channel has now seen.
        publish: whether it is still to be published.
    """

    claim: Claim
    message: int
    edition: int
    upto: int
    publish: bool


@dataclass(frozen=True, slots=True)
class Later:
    """To be tried again from `at` on. doubt: it may stand in the channel already."""

    claim: Claim
    at: int
    doubt: bool
    error: str


@dataclass(frozen=True, slots=True)
class Absent:
    """The channel was read, and it is not there: whatever was sent has not arrived."""

    claim: Claim


@dataclass(frozen=True, slots=True)
class Skipped:
    """Not posted, for a reason that is none of Discord's."""

    claim: Claim
    why: str


@dataclass(frozen=True, slots=True)
class Failed:
    """Given up because of a mistake of ours; `error` carries the number that the log tells more under."""

    claim: Claim
    error: str


@dataclass(frozen=True, slots=True)
class Struck:
    """The channel cannot be written to. Again from `at` on, unless that has lasted for `patience` seconds: then the
    subscription is paused and looked at again from `probe_at` on."""

    claim: Claim
    reason: str
    at: int
    patience: int
    probe_at: int


Outcome = Confirmed | Later | Absent | Skipped | Failed | Struck


def nonce_of(subscription: int, slot: int) -> str:
    """The nonce of a row: 25 characters at most, which is all that Discord takes."""
    return f"{subscription:x}.{slot:x}"


def marker_of(nonce: str) -> int:
    """The number by which a post is known again in the history of its channel, where Discord keeps no nonce: the `id`
    of its first component. 31 bits, and far above those that Discord gives by itself (1, 2, 3 …)."""
    return int.from_bytes(sha256(nonce.encode()).digest()[:4]) & 0x7FFF_FFFF | 1 << 20
