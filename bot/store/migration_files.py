"""The migrations as files: named, headed and cut into statements.

A migration is `NNNN_name.sql`, numbered from 0001 without a gap. Two comment lines stand in it:

    -- revises: 0001            (`nothing` in the first)
    -- reason: why it is there

It holds no transaction statements: each file runs as one unit of work together with the row that records it. A file
that has been released is never edited; what should be different goes into the next one.
"""

import hashlib
import re
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from bot.errors import SitrepError

FOLDER = Path(__file__).parent / "migrations"

_FILE = re.compile(r"(\d{4})_([a-z0-9_]+)\.sql")
_HEADER = re.compile(r"^-- (revises|reason): *(.*?) *$", re.MULTILINE)
_COMMENT = re.compile(r"--[^\n]*|/\*.*?\*/", re.DOTALL)
_TRANSACTION = re.compile(r"(begin|commit|end|rollback|savepoint|release|vacuum|attach|detach)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Migration:
    """One file, read and checked.

    Attributes:
        version: from 1.
        name: the file's name without number and ending.
        reason: why it is there, for people.
        checksum: SHA-256 of the text with newlines as \\n, so that a checkout on another system is the same file.
    """

    version: int
    name: str
    reason: str
    checksum: str
    statements: tuple[str, ...]

    @property
    def file(self) -> str:
        return f"{self.version:04}_{self.name}.sql"


def read_migrations(folder: Path = FOLDER) -> tuple[Migration, ...]:
    """Every migration of the folder in order.

    Raises:
        SitrepError: a file that is named or headed wrongly, a gap, two of one number, an unfinished statement.
    """
    found: list[Migration] = []
    for path in sorted(folder.glob("*.sql")):
        migration = _read(path)
        if migration.version != len(found) + 1:
            raise SitrepError(
                f"{path.name} follows version {len(found):04} in {folder}.",
                f"The next file has to be number {len(found) + 1:04}: put the missing one back, or renumber.",
            )
        found.append(migration)
    if not found:
        raise SitrepError(f"There are no migrations in {folder}.", "Install the program again.")
    return tuple(found)


def _read(path: Path) -> Migration:
    matched = _FILE.fullmatch(path.name)
    if matched is None:
        raise SitrepError(f"{path} is not named like a migration.", "Name it like 0002_what_it_does.sql.")
    version = int(matched[1])
    text = path.read_text(encoding="utf-8")  # universal newlines
    header = dict(_HEADER.findall(text))
    revises = "nothing" if version == 1 else f"{version - 1:04}"
    if header.get("revises") != revises:
        raise SitrepError(f"{path} does not say which version it revises.", f"Write the line: -- revises: {revises}")
    if not header.get("reason"):
        raise SitrepError(f"{path} gives no reason.", "Write a line: -- reason: why this migration is there")
    checksum = hashlib.sha256(text.encode()).hexdigest()
    return Migration(version, matched[2], header["reason"], checksum, tuple(_statements(path, text)))


def _statements(path: Path, text: str) -> list[str]:
    # Not executescript, which commits first. Only SQLite itself knows which semicolons end a statement.
    statements: list[str] = []
    begun = ""
    for piece in text.splitlines(keepends=True):
        for part in re.split(r"(?<=;)", piece):
            begun += part
            if part.endswith(";") and sqlite3.complete_statement(begun):
                statements.append(begun.strip())
                begun = ""
    if _COMMENT.sub("", begun).strip():
        raise SitrepError(f"{path} ends in the middle of a statement.", "Close the last statement with a semicolon.")
    for statement in statements:
        if word := _TRANSACTION.match(_COMMENT.sub("", statement).strip()):
            raise SitrepError(
                f"{path} contains the statement {word[0].upper()}.",
                "Leave it out: each migration runs in a transaction already.",
            )
    return statements
