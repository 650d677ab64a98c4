"""TOML text into a checked struct, with errors that name the line."""

import re
import tomllib
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from bot.seeds.errors import SeedError

T = TypeVar("T")

_SYNTAX_LINE = re.compile(r"\(at line (\d+), column \d+\)")
_PATH = re.compile(r" - at `\$(.*)`$")
_STEP = re.compile(r"\.([A-Za-z0-9_]+)(?:\[(\d+)\])?")
_TABLE = re.compile(r"^\s*\[\[?\s*([A-Za-z0-9_.]+)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"^\s*([A-Za-z0-9_]+)\s*=")


def read_text(path: Path) -> str:
    """The text of a seed file, with or without the mark that some editors put before UTF-8.

    Raises:
        SeedError: there is no such file, it may not be read, or it is not UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise SeedError(
            str(path), None, "", "there is no such file", "docs/seeds.md says what a folder holds."
        ) from None
    except UnicodeDecodeError:
        raise SeedError(
            str(path), None, "", "this is not UTF-8 text", "Save it again with the encoding UTF-8."
        ) from None
    except OSError as error:
        problem = f"it cannot be read: {error.strerror or error}"
        raise SeedError(str(path), None, "", problem, "Give the path of a file that you may read.") from None


def read(text: str, file: str, shape: type[T]) -> T:
    """`text` as `shape`.

    Raises:
        SeedError: no TOML, an unknown or missing field, a value of the wrong kind.
    """
    try:
        data: dict[str, Any] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = _SYNTAX_LINE.search(str(error))
        raise SeedError(
            file,
            int(line[1]) if line else None,
            "",
            f"this is not TOML: {_SYNTAX_LINE.sub('', str(error)).strip()}",
            "Texts stand in double quotes, lists in [ ], and every fact begins with [[fact]].",
        ) from None
    try:
        return msgspec.convert(data, shape)
    except msgspec.ValidationError as error:
        raise _located(text, file, data, str(error)) from None


def line_of(text: str, table: str, index: int = 0, key: str | None = None) -> int | None:
    """The line (from 1) of the `index`-th `[table]` or `[[table]]`, or of `key` within it where it has that key."""
    seen = -1
    header: int | None = None
    for number, line in enumerate(text.splitlines(), start=1):
        found = _TABLE.match(line)
        if found is not None:
            if header is not None:
                return header
            if found[1] == table:
                seen += 1
                if seen == index:
                    header = number
        elif header is not None and key is not None:
            written = _KEY.match(line)
            if written is not None and written[1] == key:
                return number
    return header


def _located(text: str, file: str, data: dict[str, Any], message: str) -> SeedError:
    path = _PATH.search(message)
    problem = _PATH.sub("", message)
    steps = _STEP.findall(path[1]) if path else []
    table, index = (steps[0][0], int(steps[0][1] or 0)) if steps else ("", 0)
    key = steps[1][0] if len(steps) > 1 else _named_field(problem)
    label = _label(data, table, index)
    line = line_of(text, table, index, key) if table else _top_line(text, key)
    remedy = "docs/seeds.md lists the fields and their values."
    if "unknown field" in problem:
        remedy = "Check the spelling against docs/seeds.md, or take the line out."
    elif "missing required field" in problem:
        remedy = f"Add `{key} = …` to it." if table else "docs/seeds.md shows the tables that a file holds."
    return SeedError(
        file, line, ", ".join(part for part in (label, key) if part), problem[:1].lower() + problem[1:], remedy
    )


def _top_line(text: str, key: str | None) -> int | None:
    """The line of something that stands outside of all known tables."""
    if key is None:
        return None
    for number, line in enumerate(text.splitlines(), start=1):
        found = _TABLE.match(line) or _KEY.match(line)
        if found is not None and found[1] == key:
            return number
    return None


def _named_field(problem: str) -> str | None:
    named = re.search(r"field `([^`]+)`", problem)
    return named[1] if named else None


def _label(data: dict[str, Any], table: str, index: int) -> str:
    rows = data.get(table)
    if isinstance(rows, list) and index < len(rows) and isinstance(rows[index], dict):
        return f"{table} {rows[index].get('id', index + 1)}"
    return table
