"""The pace: Discord takes 50 requests a second from a bot in all, and discord.py does not count them.

Answers to interactions are outside that limit and never wait here. Everything else does, discord.py's own second
attempts and look-ups too: the pacer stands in front of every HTTP request, as a trace of the session.
"""

import asyncio
import re
from collections import deque
from contextvars import ContextVar
from types import SimpleNamespace

import aiohttp

_FREE = re.compile(r"/(?:interactions|webhooks)/\d+/[^/]+|/gateway(?:/bot)?$")
"""Routes that carry the token of an interaction, and what is asked once at the start."""
EVENNESS = 0.8
"""The least time between two requests, as a part of what an even pace would put there."""
LONGEST_HOLD = 3600.0
"""Seconds, whatever a proxy asks for."""

_paid: ContextVar[list[bool] | None] = ContextVar("paid", default=None)


class Pacer:
    """Lets requests through one after another: never more than so many in any second, by the times at which they really
    went. Planned times would not do: a loop that stalls for a moment lets those that it delayed go at once, on top of
    those whose turn it is.
    """

    def __init__(self, per_second: int) -> None:
        """
        Args:
            per_second: requests; positive.
        """
        self._recent: deque[float] = deque(maxlen=per_second)
        # A little faster than even, so that what a stall has cost is caught up with; no faster, as a burst would meet
        # the limit of whatever stands in between.
        self._gap = EVENNESS / per_second
        self._held_until = 0.0
        self._line = asyncio.Lock()

    async def turn(self) -> None:
        """Wait until another request may go out. First come, first served."""
        clock = asyncio.get_running_loop().time
        async with self._line:
            while True:  # what holds everyone may begin during the wait
                wait = self._next() - clock()
                if wait <= 0:
                    break
                await asyncio.sleep(wait)
            self._recent.append(clock())

    def _next(self) -> float:
        if not self._recent:
            return self._held_until
        full = len(self._recent) == self._recent.maxlen
        return max(self._held_until, self._recent[-1] + self._gap, self._recent[0] + 1 if full else 0.0)

    async def prepaid(self) -> None:
        """Wait for a turn now, for the next request that this task makes; it then leaves at once.

        So that what is decided after the wait, such as whether to send at all, is decided right before the request.
        """
        await self.turn()
        _paid.set([True])

    def hold(self, seconds: float) -> None:
        """Let nothing through for so long."""
        until = asyncio.get_running_loop().time() + min(max(seconds, 0.0), LONGEST_HOLD)
        self._held_until = max(self._held_until, until)

    def trace(self) -> aiohttp.TraceConfig:
        """For the session that makes the requests."""
        config = aiohttp.TraceConfig()
        config.on_request_start.append(self._before)
        config.on_request_end.append(self._after)
        return config

    async def _before(
        self, _session: aiohttp.ClientSession, _context: SimpleNamespace, params: aiohttp.TraceRequestStartParams
    ) -> None:
        if params.url.scheme in ("ws", "wss") or _FREE.search(params.url.path):
            return
        paid = _paid.get()
        if paid:
            # In this task, so nobody else's; spent, so that a second attempt waits again.
            paid.clear()
            return
        await self.turn()

    async def _after(
        self, _session: aiohttp.ClientSession, _context: SimpleNamespace, params: aiohttp.TraceRequestEndParams
    ) -> None:
        response = params.response
        if response.status != 429:
            return
        headers = response.headers
        of_all = headers.get("X-RateLimit-Scope") == "global" or "X-RateLimit-Global" in headers
        # Without Via it is the CDN that speaks, and it means the whole address.
        if of_all or "Via" not in headers:
            self.hold(seconds(headers.get("Retry-After")) or 1.0)


def seconds(text: str | None) -> float | None:
    """The value of a Retry-After header; None where it says nothing that can be waited for."""
    try:
        found = float(text or "")
    except ValueError:
        return None
    return found if 0 <= found < float("inf") else None
