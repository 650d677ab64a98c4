"""What can go wrong with the database, in words: what happened and what the operator can do."""

import sqlite3
from pathlib import Path

from bot.errors import SitrepError


class StoreError(SitrepError):
    """The database cannot do its work now, through no fault of the question asked."""


class ConstraintError(Exception):
    """A rule of the schema (unique, foreign key, check, not null) refused a row.

    Repositories catch it where a clash is expected. Anywhere else it is a bug, so it is no SitrepError.
    """


# By primary result code: https://www.sqlite.org/rescode.html
_WORDS: dict[int, tuple[str, str]] = {
    sqlite3.SQLITE_BUSY: (
        "Another process keeps the database {path} locked.",
        "Try again in a moment; if it stays so, look for a second bot or an open database tool on the same file.",
    ),
    sqlite3.SQLITE_FULL: (
        "The disk that holds the database {path} is full.",
        "Make room on it; nothing already saved is lost and the bot need not be restarted.",
    ),
    sqlite3.SQLITE_READONLY: (
        "The database {path} cannot be written to.",
        "Give the user who runs the bot the right to write to the file and to its folder.",
    ),
    sqlite3.SQLITE_PERM: (
        "The database {path} may not be opened.",
        "Give the user who runs the bot the right to read and write the file and its folder.",
    ),
    sqlite3.SQLITE_CANTOPEN: (
        "The database {path} cannot be opened.",
        "Check that the path names a file, not a folder, and that the user who runs the bot may read and write it.",
    ),
    sqlite3.SQLITE_IOERR: (
        "Reading or writing the database {path} failed.",
        "Check the disk and the system's log, then start the bot again.",
    ),
    sqlite3.SQLITE_CORRUPT: (
        "The database {path} is damaged.",
        "Stop the bot, keep the damaged file, and put the last backup in its place.",
    ),
    sqlite3.SQLITE_NOTADB: (
        "The file {path} is no SQLite database.",
        "Point DATABASE_URL to the right file, or move this one away and start again.",
    ),
}
_WORDS[sqlite3.SQLITE_LOCKED] = _WORDS[sqlite3.SQLITE_BUSY]


def is_busy(error: sqlite3.Error) -> bool:
    """Whether another connection held the lock for longer than the busy timeout, so that trying again may help."""
    return _primary_code(error) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def in_words(error: sqlite3.Error, path: Path) -> Exception:
    """What to raise in place of `error`: StoreError for trouble with the file, ConstraintError for a refused row,
    and `error` itself for everything else, which is a bug of ours."""
    code = _primary_code(error)
    if code == sqlite3.SQLITE_CONSTRAINT:
        return ConstraintError(str(error))
    if code not in _WORDS:
        return error
    what, remedy = _WORDS[code]
    return StoreError(what.format(path=path), remedy)


def _primary_code(error: sqlite3.Error) -> int:
    # Extended codes carry the primary one in their low byte. Errors of the module itself carry none.
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF
