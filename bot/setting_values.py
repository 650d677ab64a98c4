"""How the text of a setting becomes its value, and which texts are refused."""

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from bot.database_url import database_path
from bot.errors import SitrepError


class Secret:
    """A text that no log, error or repr shows by accident."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """The text itself, for the one who needs it."""
        return self._text

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._text == self._text

    def __hash__(self) -> int:
        return hash(self._text)

    def __repr__(self) -> str:
        return "Secret(…)"


class NotAllowedError(ValueError):
    """A value that its setting does not allow. Its message, if any, says more than the setting's `allowed`."""


def token(text: str) -> Secret:
    if not text.isascii() or not text.isprintable() or " " in text:
        raise NotAllowedError
    return Secret(text)


def database(text: str) -> str:
    try:
        database_path(text)
    except SitrepError as error:
        raise NotAllowedError(str(error)) from error
    return text


def slug(text: str) -> str:
    if re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", text) is None:
        raise NotAllowedError
    return text


def folder(text: str) -> Path:
    if "\0" in text:
        raise NotAllowedError
    return Path(text).expanduser()


def one_of(*choices: str, fold: Callable[[str], str]) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if fold(text) not in choices:
            raise NotAllowedError
        return fold(text)

    return parse


def between(low: int, high: int) -> Callable[[str], int]:
    def parse(text: str) -> int:
        # int() alone also takes 1_0, +1 and Arabic digits.
        if re.fullmatch(r"[0-9]{1,9}", text) is None or not low <= int(text) <= high:
            raise NotAllowedError
        return int(text)

    return parse


def snowflake(text: str) -> int:
    """An id of Discord's: 64 bits, of which the first ones hold the time, so none is short."""
    if re.fullmatch(r"[0-9]{15,20}", text) is None or int(text) >= 2**63:
        raise NotAllowedError
    return int(text)


def snowflakes(text: str) -> tuple[int, ...]:
    return tuple(dict.fromkeys(snowflake(part.strip()) for part in text.split(",")))


def address(*schemes: str) -> Callable[[str], str]:
    def parse(text: str) -> str:
        try:
            parts = urlsplit(text)
            sound = parts.scheme in schemes and bool(parts.hostname) and (parts.port is None or parts.port > 0)
        except ValueError:
            raise NotAllowedError from None
        if not sound or parts.query or parts.fragment or any(char.isspace() for char in text):
            raise NotAllowedError
        return text.rstrip("/")

    return parse
