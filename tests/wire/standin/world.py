"""What the stand-in knows: servers, channels, messages, commands, and everything that the bot sent."""

from __future__ import annotations

import asyncio
from collections import Counter, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from . import objects
from .codec import Json
from .errors import ApiError, ClientRefusalError, Flaw, invalid_form, unknown_channel, unknown_message

Validator = Callable[[str, str, Json], Sequence[Flaw]]


@dataclass(frozen=True)
class Options:
    """How the stand-in is set up; every field is an option of its command line."""

    token: str = "stand-in-token"
    guilds: int = 1
    channels: int = 2
    """Channels a server: the first is text, the second an announcement channel, all further ones text."""
    shards: int = 0
    """What ``GET /gateway/bot`` recommends; 0 means one for every 1,000 servers."""
    rates: bool = True
    """Whether the rate limits of ``ratelimit.py`` hold. Faults can answer 429 either way."""
    heartbeat_ms: int = 41_250
    nonce_window_s: float = 300.0
    """How long a nonce is remembered. Discord says "a few minutes"."""
    kept: int = 200_000
    """Requests and interactions kept for a test to look at, the latest ones."""
    seed: int = 0
    """Of the dice for faults that strike with a probability."""
    spec: str | None = None
    """Path of Discord's OpenAPI document; every request body is then checked against it."""


@dataclass
class Received:
    """One REST request of the bot."""

    method: str
    path: str
    body: Json | list[Json] | None
    files: int
    at: float
    """``time.perf_counter`` when its headers had been read."""
    size: int
    """Bytes of the body."""
    status: int | None = None
    """What it was answered; None while the answer is due or was dropped."""


@dataclass
class World:
    options: Options
    guilds: dict[str, Json] = field(default_factory=dict)
    channels: dict[str, Json] = field(default_factory=dict)
    outside: dict[str, Json] = field(default_factory=dict)
    """Channels the bot is not in: of servers where only a person installed it, and group conversations."""
    messages: dict[str, dict[str, Json]] = field(default_factory=dict)
    """Channel → message id → message, in the order of posting."""
    ephemeral: dict[str, Json] = field(default_factory=dict)
    commands: dict[str | None, list[Json]] = field(default_factory=dict)
    """Registered commands by server, None for the global ones."""
    nonces: dict[tuple[str, str], tuple[float, Json]] = field(default_factory=dict)
    denied: dict[str, str] = field(default_factory=dict)
    """Channel → what the bot may not do there: ``send``, ``view`` or ``history``."""
    follows: list[tuple[str, str]] = field(default_factory=list)
    """(announcement channel, channel that follows it)"""
    stats: Counter[str] = field(default_factory=Counter)
    violations: list[Flaw] = field(default_factory=list)
    """Every payload flaw that was found, with the place in the payload."""
    changed: asyncio.Condition = field(default_factory=asyncio.Condition)

    def __post_init__(self) -> None:
        self.received: deque[Received] = deque(maxlen=self.options.kept)
        self.bot = objects.bot_user()
        self.me = {**self.bot, "mfa_enabled": True, "verified": True, "locale": "en-US", "premium_type": 0}
        self.application = objects.application()
        for i in range(self.options.guilds):
            self.add_guild(f"Server {i + 1}")

    def add_guild(self, name: str, locale: str = "en-US") -> Json:
        kinds = [("general", objects.TEXT), ("news", objects.ANNOUNCEMENT)]
        kinds += [(f"channel-{i}", objects.TEXT) for i in range(3, self.options.channels + 1)]
        guild = objects.guild(len(self.guilds), name, kinds[: self.options.channels], locale)
        self.guilds[guild["id"]] = guild
        self.channels.update({c["id"]: c for c in guild["channels"]})
        return guild

    def guild(self, guild_id: str) -> Json:
        if guild_id not in self.guilds:
            raise ApiError(404, 10004, "Unknown Guild")
        return self.guilds[guild_id]

    def channel(self, channel_id: str, *, sending: bool = False) -> Json:
        """A channel as the bot may use it. Raises :class:`ApiError` 404, 50001 (hidden) or 50013 (write-protected)."""
        if channel_id in self.outside:
            raise ApiError(403, 50001, "Missing Access")
        if channel_id not in self.channels:
            raise unknown_channel()
        denied = self.denied.get(channel_id)
        if denied == "view":
            raise ApiError(403, 50001, "Missing Access")
        if sending and denied == "send":
            raise ApiError(403, 50013, "Missing Permissions")
        return self.channels[channel_id]

    def direct_channel(self, person: Json) -> Json:
        channel = objects.direct_channel(person)
        return self.channels.setdefault(channel["id"], channel)

    def message(self, channel_id: str, message_id: str) -> Json:
        self.channel(channel_id)
        try:
            return self.messages[channel_id][message_id]
        except KeyError:
            raise unknown_message() from None

    def seen_message(self, message_id: str) -> Json:
        """A message as a person sees it, ephemeral ones included. Raises :class:`ClientRefusalError`."""
        if message_id in self.ephemeral:
            return self.ephemeral[message_id]
        for messages in self.messages.values():
            if message_id in messages:
                return messages[message_id]
        raise ClientRefusalError(f"there is no message {message_id}")

    def keep(self, message: Json) -> Json:
        if message["flags"] & objects.EPHEMERAL:
            self.ephemeral[message["id"]] = message
        else:
            self.messages.setdefault(message["channel_id"], {})[message["id"]] = message
            self.stats["messages"] += 1
        return message

    def check(self, flaws: Sequence[Flaw]) -> None:
        """Record the flaws and refuse the request with 50035 if there are any."""
        if flaws:
            self.violations.extend(flaws)
            raise invalid_form(flaws)

    def forget(self) -> None:
        """Forget what was received and posted; servers, commands and sessions stay."""
        for kept in (self.messages, self.ephemeral, self.nonces, self.denied, self.stats):
            kept.clear()
        self.received.clear()
        self.violations.clear()

    async def notify(self) -> None:
        async with self.changed:
            self.changed.notify_all()
