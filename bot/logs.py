"""Logs that machines can read and people may keep: one record a line, no secrets, nothing that users wrote.

Events are named like `store.migrated` and carry fields; what people typed is never a field, ids and counts are.
Other libraries' records keep their message. Whatever comes in, a record stays on its line: control characters, line
separators and invisible formatting are escaped.
"""

import json
import logging
import re
import traceback
import unicodedata
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Literal, TextIO

Format = Literal["text", "json"]

# At DEBUG these write whole payloads, or SQL with its values; the scheduler reports every tick at INFO.
_AT_LEAST = {
    "discord": logging.INFO,
    # "logging in using static token" puzzles whoever gave none, and tells nobody anything.
    "discord.client": logging.WARNING,
    "aiosqlite": logging.INFO,
    "asyncio": logging.INFO,
    "PIL": logging.INFO,
    "apscheduler": logging.WARNING,
    "aiohttp.access": logging.WARNING,
}

_HIDDEN = "[secret]"
_SECRETS = (
    # A bot token: the id in base64, a timestamp, a signature.
    re.compile(r"[\w-]{18,}\.[\w-]{5,}\.[\w-]{25,}", re.ASCII),
    # Tokens in paths: a webhook's is good for ever, an interaction's for 15 minutes.
    re.compile(r"(?<=/webhooks/)(\d+/)[\w-]+|(?<=/interactions/)(\d+/)[\w-]+", re.ASCII),
)
_UNSAFE = {"Cc", "Cf", "Cs", "Zl", "Zp"}  # control, format (bidi overrides too), lone surrogates, line separators
_PLAIN = re.compile(r"""[^\s"=\\]+""")


def configure(level: str, fmt: Format, stream: TextIO, *, secrets: Iterable[str] = ()) -> logging.Handler:
    """Send every log record of the process to `stream`. Called again, it replaces what it set before.

    Args:
        level: DEBUG, INFO, WARNING or ERROR. Libraries whose lower levels hold user content stay above them.
        fmt: `text`: time, level, logger, event, key=value. `json`: one object a line.
        stream: usually stderr.
        secrets: texts never to print whatever they look like; what has the shape of a token is hidden anyway.

    Returns:
        The handler, so that it can be taken off again.
    """
    root = logging.getLogger()
    for old in [handler for handler in root.handlers if isinstance(handler, _Handler)]:
        root.removeHandler(old)
    handler = _Handler(stream)
    handler.setFormatter((_Json if fmt == "json" else _Text)(tuple(filter(None, secrets))))
    root.addHandler(handler)
    threshold = logging.getLevelNamesMapping()[level]
    root.setLevel(threshold)
    for name, least in _AT_LEAST.items():
        logging.getLogger(name).setLevel(max(threshold, least))
    return handler


def log_event(
    logger: logging.Logger, level: int, event: str, /, *, error: BaseException | None = None, **fields: object
) -> None:
    """Record that something happened.

    Args:
        logger: the module's own, `logging.getLogger(__name__)`.
        level: such as `logging.INFO`.
        event: `room.what_happened`, a fixed text.
        error: what went wrong; its traceback is recorded once.
        fields: ids, counts, durations (`ms=`), names of files; never what a user wrote.
    """
    logger.log(level, event.replace("%", "%%"), exc_info=error, extra={"event": event, "fields": fields})


def redact(text: str, secrets: Iterable[str] = ()) -> str:
    """The text with everything hidden that is, or looks like, a token."""
    for secret in secrets:
        text = text.replace(secret, _HIDDEN)
    for shape in _SECRETS:
        text = shape.sub(lambda found: next(filter(None, found.groups()), "") + _HIDDEN, text)
    return text


def one_line(text: str) -> str:
    """The text with every character escaped that could end its line, colour it, or hide or turn what stands in it."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_escape(char) if unicodedata.category(char) in _UNSAFE else char for char in text)


def _escape(char: str) -> str:
    return {"\n": r"\n", "\r": r"\r", "\t": r"\t"}.get(char) or (
        f"\\u{ord(char):04x}" if ord(char) < 0x10000 else f"\\U{ord(char):08x}"
    )


class _Handler(logging.StreamHandler[TextIO]):
    """A type of its own, so that `configure` knows which handlers it has set."""


class _Base(logging.Formatter, ABC):
    def __init__(self, secrets: tuple[str, ...]) -> None:
        super().__init__()
        self._hidden = secrets

    def format(self, record: logging.LogRecord) -> str:
        return redact(self._line(record, getattr(record, "event", None), getattr(record, "fields", {})), self._hidden)

    @abstractmethod
    def _line(self, record: logging.LogRecord, event: str | None, fields: Mapping[str, object]) -> str:
        """One record as text, secrets still in it."""

    def _time(self, record: logging.LogRecord) -> str:
        return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")

    def _traceback(self, record: logging.LogRecord) -> str:
        # Not record.exc_text, where another handler may have left its own.
        return "".join(traceback.format_exception(*record.exc_info)).rstrip() if record.exc_info else ""


class _Text(_Base):
    def _line(self, record: logging.LogRecord, event: str | None, fields: Mapping[str, object]) -> str:
        head = [self._time(record), record.levelname, record.name, one_line(event or record.getMessage())]
        head += [f"{key}={self._value(value)}" for key, value in fields.items()]
        # Set in, so that no line of an error's message can pass for a record.
        return "\n".join([" ".join(head), *(f"    {one_line(line)}" for line in self._traceback(record).splitlines())])

    def _value(self, value: object) -> str:
        text = str(value)
        if _PLAIN.fullmatch(text):
            return one_line(text)
        return '"' + one_line(text.replace("\\", r"\\").replace('"', r"\"")) + '"'


class _Json(_Base):
    def _line(self, record: logging.LogRecord, event: str | None, fields: Mapping[str, object]) -> str:
        line: dict[str, object] = {"time": self._time(record), "level": record.levelname, "logger": record.name}
        line |= {"event": event} if event else {"message": record.getMessage()}
        line |= {f"{key}_" if key in line else key: value for key, value in fields.items()}
        if trace := self._traceback(record):
            line["traceback"] = trace
        # ASCII only: nothing in it can turn the reading direction. DEL alone is left for us to escape.
        return json.dumps(line, default=str).replace("\x7f", "\\u007f")
