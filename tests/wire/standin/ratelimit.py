"""Rate limits: 50 requests a second for the whole bot, and buckets for each route and its major parameter."""

from __future__ import annotations

import hashlib
import re
import time
from collections import deque

from .errors import ApiError

GLOBAL_PER_SECOND = 50
MAJOR = re.compile(r"/(?:channels|guilds)/\d+|/webhooks/\d+/[^/]+")
# (method, path, requests, seconds). Discord documents no numbers ("do not hard-code them"); these are the commonly
# observed ones. Interaction callbacks have no bucket.
BUCKETS = [
    ("POST", re.compile(r"/interactions/"), 0, 0.0),
    ("POST", re.compile(r"/channels/\d+/messages/\d+/crosspost$"), 10, 3600.0),
    ("POST", re.compile(r"/channels/\d+/messages$"), 5, 5.0),
    ("PATCH", re.compile(r"/channels/\d+/messages/\d+$"), 5, 5.0),
    ("*", re.compile(r"/webhooks/\d+/[^/]+"), 5, 2.0),
    ("PUT", re.compile(r"/applications/\d+/.*commands$"), 10, 20.0),
    ("*", re.compile("."), 50, 1.0),
]


def too_many(retry_after: float, scope: str, headers: dict[str, str] | None = None) -> ApiError:
    """Discord's own 429. Its ``Via`` header tells discord.py that it does not come from the CDN."""
    shown = {"Retry-After": str(int(retry_after) + 1), "Via": "1.1 google", "X-RateLimit-Scope": scope}
    if scope == "global":
        shown["X-RateLimit-Global"] = "true"
    refusal = ApiError(429, 0, "You are being rate limited.", headers={**shown, **(headers or {})})
    refusal.body = {
        "message": "You are being rate limited.",
        "retry_after": retry_after,
        "global": scope == "global",
    }
    return refusal


class RateLimiter:
    def __init__(self, enabled: bool) -> None:
        self.enabled = enabled
        self._recent: deque[float] = deque()
        self._used: dict[tuple[str, str], tuple[int, float]] = {}

    def take(self, method: str, path: str, *, with_token: bool) -> dict[str, str]:
        """Count a request and return the headers for its answer. Raises :class:`ApiError` 429.

        Routes that carry an interaction's or webhook's token are outside the global limit.
        """
        if not self.enabled:
            return {}
        now = time.time()
        if not with_token:
            self._take_global(now)
        row = next(r for r in BUCKETS if r[0] in ("*", method) and r[1].search(path))
        _, pattern, limit, window = row
        if not limit:
            return {}
        major = MAJOR.match(path)
        bucket = hashlib.sha1(f"{row[0]} {pattern.pattern}".encode()).hexdigest()[:32]
        key = (bucket, major.group(0) if major else "")
        used, reset = self._used.get(key, (0, 0.0))
        if now >= reset:
            used, reset = 0, now + window
        headers = {
            "X-RateLimit-Limit": str(limit),
            "X-RateLimit-Remaining": str(max(0, limit - used - 1)),
            "X-RateLimit-Reset": f"{reset:.3f}",
            "X-RateLimit-Reset-After": f"{reset - now:.3f}",
            "X-RateLimit-Bucket": bucket,
        }
        if used >= limit:
            raise too_many(round(reset - now, 3), "user", headers)
        self._used[key] = (used + 1, reset)
        return headers

    def _take_global(self, now: float) -> None:
        while self._recent and now - self._recent[0] > 1:
            self._recent.popleft()
        if len(self._recent) >= GLOBAL_PER_SECOND:
            raise too_many(round(1 - (now - self._recent[0]), 3) or 0.05, "global")
        self._recent.append(now)
