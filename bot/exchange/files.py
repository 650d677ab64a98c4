"""A file that appears under its name only once it is whole."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from bot.errors import SitrepError


@contextmanager
def new_file(target: Path) -> Iterator[IO[bytes]]:
    """Something to write the new file `target` with.

    Raises:
        SitrepError: it exists, or cannot be made; nothing is left behind, then and after any other error.
    """
    if target.exists():
        raise SitrepError(f"{target} exists already, and an export replaces nothing.", "Give another name.")
    unfinished = target.with_name(f".{target.name}.unfinished")
    try:
        try:
            with unfinished.open("wb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            unfinished.rename(target)
        finally:
            unfinished.unlink(missing_ok=True)
    except OSError as error:
        raise SitrepError(f"{target} cannot be made: {error.strerror}.", "Choose another name or folder.") from error
