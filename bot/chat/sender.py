"""Posting of one's own accord: discord.py's HTTP client, whatever it answers or raises turned into a value.

Needs no cache: routes are made from ids. Where the cache knows more (the kind of a channel, the bot's permissions,
whether a server is available), it is asked.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
import discord
import msgspec
from discord.http import Route

from bot.chat.pacer import Pacer, seconds
from bot.digests.parts import Found
from bot.digests.verdict import UNANSWERED, Answer, Fate, Kind

LONGEST = 30.0
"""Seconds for one request, discord.py's own second attempts and waits included. It frees no other channel sooner, as
each has a task of its own; but a slot is then tried again by our rules instead of its."""
PAGE = 100
PAGES = 20
"""Of messages, that are read in search of a post: 2,000 within a few minutes is a busy channel."""
V2 = 1 << 15
_EPOCH_MS = 1_420_070_400_000

Request = Callable[[], Awaitable[Any]]


class DiscordSender:
    """Implements `bot.digests.parts.Sender`."""

    def __init__(self, client: discord.Client, pacer: Pacer) -> None:
        self._client = client
        self._pacer = pacer

    async def turn(self) -> None:
        """Wait until the pace allows the request that follows."""
        await self._pacer.prepaid()

    async def send(self, server: int, channel: int, payload: str, nonce: str, marker: int) -> Answer:
        """Post the components, with `marker` as the id of the first."""
        components = msgspec.json.decode(payload)
        if components:
            components[0] = {**components[0], "id": marker}
        body = {
            "components": components,
            "flags": V2,
            "nonce": nonce,
            "enforce_nonce": True,
            "allowed_mentions": {"parse": []},
        }
        route = Route("POST", "/channels/{channel_id}/messages", channel_id=channel)
        # Its turn has come already: whoever sends decides after that, and at the last moment, whether to.
        return await self._answer(server, channel, lambda: self._client.http.request(route, json=body), prepaid=True)

    async def find(self, server: int, channel: int, marker: int, since: int, until: int) -> Found:
        """Look for a post with this marker among those made between two moments."""
        readable = self._readable(server, channel)
        if readable is False:
            return Found(None, False, Answer(403, 50013))
        after, seen = _snowflake(since), False
        for _ in range(PAGES):
            batch, answer = await self._page(server, channel, {"after": after, "limit": PAGE})
            for message in batch:
                if _marked(message.get("components"), marker) and self._own(message):
                    return Found(int(message["id"]), True, answer)
            if answer.status != 200:
                return Found(None, answer.fate is not Fate.ANSWERED or answer.status >= 429, answer)
            seen = seen or bool(batch)
            after = max((int(message["id"]) for message in batch), default=after)
            if len(batch) < PAGE or after >= _snowflake(until):
                return Found(None, await self._can_tell(server, channel, readable, seen=seen), answer)
        return Found(None, False, Answer(200))

    async def publish(self, channel: int, message: int) -> Answer:
        """Publish a post of an announcement channel."""
        route = Route(
            "POST",
            "/channels/{channel_id}/messages/{message_id}/crosspost",
            channel_id=channel,
            message_id=message,
        )
        return await self._answer(0, channel, lambda: self._client.http.request(route))

    async def edit(self, channel: int, message: int, payload: str) -> Answer:
        """Put other components in the place of a post's."""
        body = {"components": msgspec.json.decode(payload), "flags": V2, "allowed_mentions": {"parse": []}}
        route = Route("PATCH", "/channels/{channel_id}/messages/{message_id}", channel_id=channel, message_id=message)
        return await self._answer(0, channel, lambda: self._client.http.request(route, json=body))

    async def writable(self, server: int, channel: int) -> bool:
        """Whether the channel exists and the bot may write there, as far as the cache knows; else as Discord says."""
        if self._presence(server) in (Kind.UNAVAILABLE, Kind.LEFT):
            return False
        found = self._known(server, channel)
        if found is None:
            route = Route("GET", "/channels/{channel_id}", channel_id=channel)
            return (await self._answer(server, channel, lambda: self._client.http.request(route))).status == 200
        allowed = found.permissions_for(found.guild.me)
        if isinstance(found, discord.Thread):
            return allowed.view_channel and allowed.send_messages_in_threads and not found.locked
        return allowed.view_channel and allowed.send_messages

    async def _page(self, server: int, channel: int, params: dict[str, int]) -> tuple[list[dict[str, Any]], Answer]:
        """Some messages, the latest first."""
        batch: list[dict[str, Any]] = []
        route = Route("GET", "/channels/{channel_id}/messages", channel_id=channel)

        async def read() -> None:
            found = await self._client.http.request(route, params=params)
            batch.extend(found if isinstance(found, list) else ())

        return batch, await self._answer(server, channel, read)

    async def _can_tell(self, server: int, channel: int, readable: bool | None, *, seen: bool) -> bool:
        """Whether not having found it means that it is not there. Without Read Message History Discord answers with
        an empty list, not with a refusal."""
        if readable or seen:
            return True
        batch, answer = await self._page(server, channel, {"limit": 1})
        return answer.status == 200 and bool(batch)

    async def _answer(self, server: int, channel: int, request: Request, *, prepaid: bool = False) -> Answer:
        if not prepaid:
            await self.turn()  # outside of the time that the request has
        presence = self._presence(server)
        try:
            async with asyncio.timeout(LONGEST):
                said = await request()
        except discord.RateLimited as error:
            return Answer(429, retry_after=error.retry_after, server=presence)
        except discord.HTTPException as error:
            return Answer(
                error.status,
                error.code,
                retry_after=seconds(error.response.headers.get("Retry-After")),
                said=type(error).__name__,
                server=presence,
            )
        except (aiohttp.ClientConnectorError, aiohttp.InvalidURL) as error:
            return Answer(UNANSWERED, fate=Fate.NEVER_LEFT, said=type(error).__name__, server=presence)
        except (aiohttp.ClientError, OSError, TimeoutError, ValueError) as error:
            return Answer(UNANSWERED, fate=Fate.LOST, said=type(error).__name__, server=presence)
        message = said.get("id") if isinstance(said, dict) else None
        return Answer(
            200,
            message=int(message) if message is not None else None,
            server=presence,
            publish=self._announces(server, channel),
        )

    def _known(self, server: int, channel: int) -> discord.abc.GuildChannel | discord.Thread | None:
        guild = self._client.get_guild(server)
        return guild.get_channel_or_thread(channel) if guild is not None and guild.me is not None else None

    def _readable(self, server: int, channel: int) -> bool | None:
        """Whether the bot may read the history; None where that is not known."""
        found = self._known(server, channel)
        if found is None:
            return None
        allowed = found.permissions_for(found.guild.me)
        return allowed.view_channel and allowed.read_message_history

    def _announces(self, server: int, channel: int) -> bool:
        found = self._known(server, channel)
        return isinstance(found, discord.TextChannel) and found.is_news()

    def _presence(self, server: int) -> Kind:
        guild = self._client.get_guild(server)
        if guild is None:
            return Kind.UNKNOWN
        return Kind.UNAVAILABLE if guild.unavailable else Kind.HERE

    def _own(self, message: dict[str, Any]) -> bool:
        me = self._client.user
        return me is None or str(message.get("author", {}).get("id")) == str(me.id)


def _marked(components: object, marker: int) -> bool:
    return isinstance(components, list) and any(isinstance(one, dict) and one.get("id") == marker for one in components)


def _snowflake(at: int) -> int:
    """The id of a message that would be made then: https://discord.com/developers/docs/reference#snowflakes."""
    return max(at * 1000 - _EPOCH_MS, 0) << 22
