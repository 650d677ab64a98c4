"""Refusals: what Discord answers when a request is wrong, and what a client refuses to send."""

from __future__ import annotations

from collections.abc import Iterable

from .codec import Json

Flaw = tuple[str, str]
"""Where in the payload (a path with slashes) and what is wrong there."""


class ApiError(Exception):
    """An error answer of the REST API: status, Discord's error code, and where the payload is wrong."""

    def __init__(
        self,
        status: int,
        code: int,
        message: str,
        flaws: Iterable[Flaw] = (),
        headers: dict[str, str] | None = None,
    ) -> None:
        super().__init__(f"{status} {code} {message}")
        self.status = status
        self.headers = headers or {}
        self.body: Json = {"message": message, "code": code}
        tree: Json = {}
        for path, text in flaws:
            node = tree
            for part in filter(None, path.split("/")):
                node = node.setdefault(part, {})
            node.setdefault("_errors", []).append({"code": "INVALID", "message": text})
        if tree:
            self.body["errors"] = tree


class ClientRefusalError(Exception):
    """Discord's client would not let this person do that (hidden command, missing option, dead button …)."""


def unknown_channel() -> ApiError:
    return ApiError(404, 10003, "Unknown Channel")


def unknown_message() -> ApiError:
    return ApiError(404, 10008, "Unknown Message")


def invalid_form(flaws: Iterable[Flaw]) -> ApiError:
    return ApiError(400, 50035, "Invalid Form Body", flaws)
