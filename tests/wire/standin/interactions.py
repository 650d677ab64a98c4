"""Interactions under way: what a person did, and everything that the bot answered."""

from __future__ import annotations

import asyncio
import os
import time
from dataclasses import dataclass, field

from . import objects
from .codec import Json
from .errors import ApiError, ClientRefusalError

COMMAND, COMPONENT, AUTOCOMPLETE, MODAL = 2, 3, 4, 5
FIRST_ANSWER_S, TOKEN_LIFE_S = 3.0, 900.0


@dataclass(eq=False)
class Interaction:
    kind: int
    data: Json
    user: Json
    channel: Json
    guild_id: str | None
    owners: Json
    """Who authorised the bot here: installation type → id."""
    message: Json | None = None
    """The message whose component was used."""
    id: str = field(default_factory=objects.snowflake)
    token: str = field(default_factory=lambda: "it_" + os.urandom(24).hex())
    created: float = field(default_factory=time.time)
    sent: float = 0.0
    """``time.perf_counter`` at the gateway write; 0 while it waits for the bot to come back."""
    answered: float | None = None
    """``time.perf_counter`` when the request with the first answer was seen."""
    events: list[Json] = field(default_factory=list)
    original: Json | None = None
    done: asyncio.Event = field(default_factory=asyncio.Event)

    def age_s(self) -> float:
        return time.time() - self.created

    def note(self, kind: int | str, data: object, at: float, message: Json | None = None, size: int = 0) -> None:
        flags = (message or (data if isinstance(data, dict) else {})).get("flags") or 0
        self.events.append(
            {
                "type": kind,
                "data": data,
                "message": message,
                "ms": round((at - self.sent) * 1e3, 3),
                "ephemeral": bool(flags & objects.EPHEMERAL),
                "size": size,
            }
        )

    def mark_sent(self) -> None:
        self.sent = time.perf_counter()

    def metadata(self) -> Json:
        out: Json = {
            "id": self.id,
            "type": self.kind,
            "user": self.user,
            "authorizing_integration_owners": self.owners,
        }
        if self.kind == COMMAND:
            out |= {"name": self.data["name"], "command_type": self.data["type"]}
        elif self.kind == COMPONENT and self.message:
            out |= {"interacted_message_id": self.message["id"]}
        return {
            "interaction_metadata": out,
            "application_id": objects.APPLICATION_ID,
            "webhook_id": objects.APPLICATION_ID,
        }

    def report(self) -> Json:
        waited = None if self.answered is None else round((self.answered - self.sent) * 1e3, 3)
        return {
            "id": self.id,
            "token": self.token,
            "answered": self.answered is not None,
            "latency_ms": waited,
            "events": self.events,
        }


class Interactions:
    """Those that are kept, by token and by id; the oldest are dropped beyond ``kept``."""

    def __init__(self, kept: int) -> None:
        self._kept = kept
        self._by_token: dict[str, Interaction] = {}
        self._by_id: dict[str, Interaction] = {}

    def add(self, interaction: Interaction) -> Interaction:
        self._by_token[interaction.token] = self._by_id[interaction.id] = interaction
        while len(self._by_token) > self._kept:
            oldest = self._by_token.pop(next(iter(self._by_token)))
            self._by_id.pop(oldest.id)
        return interaction

    def by_token(self, token: str) -> Interaction:
        if token not in self._by_token:
            raise ClientRefusalError("that interaction is not known (any more)")
        return self._by_token[token]

    def unanswered(self, interaction_id: str, token: str) -> Interaction:
        """For the first answer. Raises 10062 when it is unknown or older than 3 s, 40060 when it has its answer."""
        interaction = self._by_id.get(interaction_id)
        if interaction is None or interaction.token != token:
            raise ApiError(404, 10062, "Unknown interaction")
        if interaction.answered is not None:
            raise ApiError(400, 40060, "Interaction has already been acknowledged.")
        if interaction.age_s() > FIRST_ANSWER_S:
            raise ApiError(404, 10062, "Unknown interaction")
        return interaction

    def answered(self, token: str) -> Interaction:
        """For what follows the first answer. Raises 10015, or 50027 when the token's 15 minutes are over."""
        interaction = self._by_token.get(token)
        if interaction is None or interaction.answered is None:
            raise ApiError(404, 10015, "Unknown Webhook")
        if interaction.age_s() > TOKEN_LIFE_S:
            raise ApiError(401, 50027, "Invalid Webhook Token")
        return interaction
