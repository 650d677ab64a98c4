"""A record stays on its line, shows no token, and tells of an error once."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.logs import Format, configure, log_event, one_line, redact

# The shape of a token, and nobody's.
TOKEN = "NDIxODgyMTIzNDU2Nzg5MDEy.GaBcDe." + "x7" * 19
LOG = logging.getLogger("tests.logs")


class Output:
    """Set logging up, and read what came out."""

    def __init__(self) -> None:
        self.stream = io.StringIO()

    def start(self, level: str = "INFO", fmt: Format = "text", **more: Any) -> logging.Handler:
        return configure(level, fmt, self.stream, **more)

    @property
    def lines(self) -> list[str]:
        return self.stream.getvalue().removesuffix("\n").split("\n")

    @property
    def last(self) -> dict[str, Any]:
        found = json.loads(self.lines[-1])
        assert isinstance(found, dict)
        return found


@pytest.fixture
def out() -> Iterator[Output]:
    """Logging set up by the test and put back after it."""
    names = ("discord", "aiosqlite", "asyncio", "PIL", "apscheduler", "aiohttp.access")
    loggers = [logging.getLogger(), *map(logging.getLogger, names)]
    levels = [logger.level for logger in loggers]
    handlers = list(logging.getLogger().handlers)
    yield Output()
    logging.getLogger().handlers[:] = handlers
    for logger, level in zip(loggers, levels, strict=True):
        logger.setLevel(level)


def test_a_line_of_text(out: Output) -> None:
    out.start()
    log_event(
        LOG, logging.INFO, "store.migrated", version=2, file="a b.sql", share="50%", quote='say "x\\y"', none=None
    )
    time, rest = out.lines[0].split(" ", 1)
    assert len(time) == len("2016-12-03T08:15:30.123Z")
    assert time.endswith("Z")
    assert rest == (
        'INFO tests.logs store.migrated version=2 file="a b.sql" share=50% quote="say \\"x\\\\y\\"" none=None'
    )


def test_a_line_of_json(out: Output) -> None:
    out.start(fmt="json")
    log_event(
        LOG, logging.WARNING, "store.slow", ms=1.5, ok=False, none=None, level="mine", at=("a", 1), obj=ValueError
    )
    assert out.last | {"time": "…"} == {
        "time": "…",
        "level": "WARNING",
        "logger": "tests.logs",
        "event": "store.slow",
        "ms": 1.5,
        "ok": False,
        "none": None,
        "level_": "mine",
        "at": ["a", 1],
        "obj": "<class 'ValueError'>",
    }
    assert out.last["time"].endswith("Z")


@pytest.mark.parametrize("fmt", ["text", "json"])
def test_records_of_other_libraries_keep_their_message(out: Output, fmt: Format) -> None:
    out.start(fmt=fmt)
    logging.getLogger("discord.gateway").info("connected as %s", "Sitrep")
    if fmt == "json":
        assert out.last["message"] == "connected as Sitrep"
    else:
        assert out.lines[-1].endswith("INFO discord.gateway connected as Sitrep")


@given(st.text(alphabet=st.characters(codec=None, exclude_categories=[]), max_size=40))
def test_no_value_leaves_its_line(value: str) -> None:
    for fmt in ("text", "json"):
        handler = configure("INFO", fmt, stream := io.StringIO())
        try:
            log_event(LOG, logging.INFO, "test.value", value=value)
            LOG.info("message %s", value)
        finally:
            logging.getLogger().removeHandler(handler)
        lines = stream.getvalue().splitlines()
        assert len(lines) == 2
        assert not any(one_line(line) != line for line in lines)
        "".join(lines).encode()
        if fmt == "json":
            assert json.loads(lines[0])["value"] == redact(value)


@pytest.mark.parametrize("fmt", ["text", "json"])
@pytest.mark.parametrize("char", ["\n", "\r", "\x1b", "\x07", "\x7f", "\x85", "\u2028", "\u202e", "\u2066", "\u200b"])
def test_characters_that_forge_colour_or_turn_are_escaped(out: Output, fmt: Format, char: str) -> None:
    out.start(fmt=fmt)
    log_event(LOG, logging.INFO, "test.value", value=f"a{char}b")
    assert char not in out.lines[0]
    assert len(out.lines) == 1


@pytest.mark.parametrize("fmt", ["text", "json"])
def test_tokens_are_hidden_wherever_they_stand(out: Output, fmt: Format) -> None:
    out.start(fmt=fmt, secrets=["hunter2", ""])
    fields: dict[str, Any] = {TOKEN: 1}
    log_event(LOG, logging.INFO, "test.value", value=f"line\n{TOKEN}", **fields)
    LOG.info("sent Authorization: Bot %s", TOKEN)
    LOG.info("POST https://discord.com/api/v10/interactions/123/aW50ZXJhY3Rpb246/callback")
    LOG.info("PATCH https://discord.com/api/v10/webhooks/123/aW50ZXJhY3Rpb246/messages/@original")
    LOG.info("the short one is hunter2")
    try:
        raise ValueError(f"401 for {TOKEN}")
    except ValueError as error:
        log_event(LOG, logging.ERROR, "test.failed", error=error)
    text = out.stream.getvalue()
    assert TOKEN not in text
    assert "aW50ZXJhY3Rpb246" not in text
    assert "hunter2" not in text
    assert "/interactions/123/[secret]/callback" in text
    assert "/webhooks/123/[secret]/messages/@original" in text


def test_what_only_resembles_a_token_from_afar_is_shown() -> None:
    for text in ("bot.store.migration_files", "discord.ext.commands.errors.CommandInvokeError", "10.0.0.1", "v1.2.3"):
        assert redact(text) == text


@pytest.mark.parametrize("fmt", ["text", "json"])
def test_an_error_carries_its_traceback_once(out: Output, fmt: Format) -> None:
    out.start(fmt=fmt)
    try:
        raise LookupError("first\n2016-12-03T08:15:30.123Z INFO forged record\x1b[31m")
    except LookupError as error:
        log_event(LOG, logging.ERROR, "test.failed", error=error, id="ab12")
    text = out.stream.getvalue()
    assert text.count("Traceback (most recent call last)") == 1
    assert text.count("LookupError: first") == 1
    assert text.count("test.failed") == 1
    assert "\x1b" not in text
    if fmt == "json":
        assert len(out.lines) == 1
        assert out.last["id"] == "ab12"
        assert out.last["traceback"].startswith("Traceback")
    else:
        assert all(line.startswith("    ") for line in out.lines[1:])


def test_libraries_write_no_payloads_even_at_debug(out: Output) -> None:
    out.start("DEBUG")
    LOG.debug("ours")
    logging.getLogger("discord.gateway").debug("WebSocket Event: what a user said")
    logging.getLogger("aiosqlite").debug("executing with what a user said")
    logging.getLogger("apscheduler.executors.default").info("Running job")
    assert len(out.lines) == 1
    assert out.lines[0].endswith("ours")


def test_a_stricter_level_holds_for_all(out: Output) -> None:
    out.start("ERROR")
    LOG.warning("quiet")
    logging.getLogger("discord").warning("quiet")
    assert out.stream.getvalue() == ""


def test_configured_twice_a_record_comes_once(out: Output) -> None:
    before = len(logging.getLogger().handlers)
    out.start()
    out.start(fmt="json")
    LOG.info("once")
    assert out.last["message"] == "once"
    assert len(out.lines) == 1
    assert len(logging.getLogger().handlers) == before + 1
