"""What the bot answered, as a test reads it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .standin.codec import Json
from .standin.limits import walk


@dataclass(frozen=True)
class Event:
    """One thing the bot answered: a callback type (4 message, 5 deferred, 7 update, 8 choices, 9 form) or
    ``followup``, ``edit``, ``delete``; ``data`` as the bot sent it, ``message`` as it stands in the channel."""

    type: int | str
    data: Any
    message: Json | None
    ms: float
    ephemeral: bool
    size: int


@dataclass(frozen=True)
class Reply:
    """What the bot answered to one interaction, by the time of asking."""

    id: str
    token: str
    answered: bool
    latency_ms: float | None
    events: list[Event]

    @property
    def first(self) -> Event:
        assert self.events, "the bot did not answer"
        return self.events[0]

    @property
    def message(self) -> Json:
        """The message as it stands now."""
        standing = [e.message for e in self.events if e.message]
        assert standing, "the bot answered without a message"
        return standing[-1]

    @property
    def text(self) -> str:
        """All that a person reads in the message, line by line."""
        return "\n".join(texts(self.message))

    @property
    def buttons(self) -> dict[str, str]:
        """Label → custom id of the enabled buttons."""
        found = [c for c in walk(self.message["components"]) if c["type"] == 2 and not c.get("disabled")]
        return {c.get("label") or "": c["custom_id"] for c in found if c.get("custom_id")}

    @property
    def choices(self) -> list[Json]:
        return list(self.first.data["choices"])


def texts(message: Json) -> Iterator[str]:
    yield from filter(None, [message.get("content")])
    for component in walk(message.get("components")):
        yield from filter(None, [component.get("content"), component.get("label")])
