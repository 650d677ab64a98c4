"""A consistent copy of the database while the bot runs."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from bot.errors import SitrepError
from bot.store.errors import StoreError, in_words

BUSY_TIMEOUT = 30.0
"""Seconds to wait for a lock. The bot itself never holds one that stops a reader."""


def backup(source: Path, target: Path) -> int:
    """Copy the database at `source` to the new file `target`; the size of the copy in bytes.

    The copy is what was committed at one moment, checked, and one file without a log beside it. It appears under
    its name only once it is whole. Blocks: the command line calls it as it is, a running loop through a thread.

    Raises:
        SitrepError: there is no database, or the target exists or cannot be made.
        StoreError: the database cannot be read, the disk is full, or the copy is not sound.
    """
    try:
        _refuse(source, target)
        unfinished = target.with_name(f".{target.name}.unfinished")
        unfinished.write_bytes(b"")  # also empties what a killed backup has left
        try:
            _copy(source, unfinished)
            _check(unfinished, source)
            with unfinished.open("rb+") as file:
                os.fsync(file.fileno())
            _refuse(source, target)
            unfinished.rename(target)
        finally:
            unfinished.unlink(missing_ok=True)
        return target.stat().st_size
    except OSError as error:
        raise SitrepError(f"{target} cannot be made: {error.strerror}.", "Choose another name or folder.") from error


def _refuse(source: Path, target: Path) -> None:
    if not source.is_file():
        raise SitrepError(f"There is no database at {source}.", "Check DATABASE_URL and the folder you run this in.")
    if target.exists():
        raise SitrepError(f"{target} exists already, and a backup replaces nothing.", "Give another name.")
    if not target.parent.is_dir():
        raise SitrepError(f"The folder {target.parent} does not exist.", "Make it first, or choose another.")


def _copy(source: Path, unfinished: Path) -> None:
    try:
        # mode=rw: never make a database where there was one a moment ago.
        with closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=rw", uri=True, timeout=BUSY_TIMEOUT)) as old:
            # One read transaction, so later writes stay out and are not held up: https://www.sqlite.org/lang_vacuum.html
            old.execute("VACUUM INTO ?1", (str(unfinished),))
    except sqlite3.Error as error:
        about_the_copy = error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN)
        raise in_words(error, unfinished.parent if about_the_copy else source) from error


def _check(unfinished: Path, source: Path) -> None:
    with closing(sqlite3.connect(unfinished)) as copy:
        try:
            ((fault,),) = copy.execute("PRAGMA integrity_check(1)")
            if fault == "ok":
                fault = "references lead nowhere" if copy.execute("PRAGMA foreign_key_check").fetchone() else ""
        except sqlite3.Error as error:
            fault = str(error)
    if fault:
        raise StoreError(
            f"The copy of {source} is not sound: {fault}.",
            "Keep the last good backup, run the command again, and have the disk checked if it fails again.",
        )
