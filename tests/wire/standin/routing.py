"""Which function answers which request."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .codec import Json
from .errors import ApiError

if TYPE_CHECKING:
    from .server import StandIn

Answer = tuple[int, object]
"""Status and body; the body of a 204 is None."""


@dataclass(frozen=True)
class Call:
    """A request as its handler sees it."""

    discord: StandIn
    body: Json
    query: Mapping[str, str]
    files: int
    size: int
    at: float
    """``time.perf_counter`` when the request was seen."""


Handler = Callable[..., Awaitable[Answer]]


class Routes:
    """A table of (method, pattern, handler); the pattern's groups are passed after the :class:`Call`."""

    def __init__(self) -> None:
        self._table: list[tuple[str, re.Pattern[str], Handler]] = []

    def on(self, method: str, pattern: str) -> Callable[[Handler], Handler]:
        def add(handler: Handler) -> Handler:
            self._table.append((method, re.compile(pattern), handler))
            return handler

        return add

    def __add__(self, other: Routes) -> Routes:
        out = Routes()
        out._table = self._table + other._table
        return out

    def find(self, method: str, path: str) -> tuple[Handler, tuple[str, ...]]:
        """Raises :class:`ApiError` 404 for a route that the stand-in does not have."""
        for wanted, pattern, handler in self._table:
            if wanted == method and (match := pattern.fullmatch(path)):
                return handler, match.groups()
        raise ApiError(404, 0, f"404: Not Found (the stand-in has no route {method} {path})")
