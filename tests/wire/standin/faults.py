"""Faults on demand: what the network, Discord and the CDN in front of it do on a bad day."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass

ACTIONS = ("429", "cloudflare", "slow", "drop", "commit_then_drop")


@dataclass
class Fault:
    """Strikes requests whose method and path match.

    ``action``: ``429`` (value: retry after, s; scope user, global or shared), ``cloudflare`` (the CDN's own 429),
    ``slow`` (value: s), ``drop`` (the connection is cut before anything is done), ``commit_then_drop`` (done, but
    the answer is lost: the classic way to a duplicate), or an HTTP status such as ``500`` or ``403``. The path
    ``websocket`` stands for the gateway's handshake, ``.`` for everything but that.
    ``times`` None means for good; ``chance`` is the probability of each strike.
    """

    action: str
    path: str = "."
    method: str = "*"
    times: int | None = 1
    chance: float = 1.0
    value: float = 1.0
    scope: str = "user"
    code: int = 0
    message: str = "the stand-in was told to fail"

    def __post_init__(self) -> None:
        if self.action not in ACTIONS and not self.action.isdecimal():
            raise ValueError(f"fault {self.action!r} is unknown: {', '.join(ACTIONS)}, or an HTTP status")
        re.compile(self.path)


class Faults:
    def __init__(self, seed: int) -> None:
        self._dice = random.Random(seed)
        self._pending: list[Fault] = []

    def add(self, fault: Fault) -> None:
        self._pending.append(fault)

    def clear(self) -> None:
        self._pending.clear()

    def strike(self, method: str, path: str) -> Fault | None:
        """The first fault that strikes this request; one that has struck its number of times is used up."""
        for fault in self._pending:
            if (fault.path == "websocket") != (path == "websocket"):
                continue
            if fault.method not in ("*", method) or not re.search(fault.path, path):
                continue
            if fault.chance < 1 and self._dice.random() >= fault.chance:
                continue
            if fault.times is not None:
                fault.times -= 1
                if fault.times <= 0:
                    self._pending.remove(fault)
            return fault
        return None
