"""How far a long report has been read: one line that counts up on a terminal, a line for every tenth elsewhere."""

from collections.abc import Callable
from typing import TextIO

_TENTHS = 10


def progress_on(out: TextIO) -> Callable[[int, int], None]:
    """What to call with (characters read, characters in all)."""
    return _counting(out) if out.isatty() else _by_tenths(out)


def _counting(out: TextIO) -> Callable[[int, int], None]:
    def tell(done: int, size: int) -> None:
        out.write(f"\rread {done:,} of {size:,} characters" + ("\n" if done >= size else ""))
        out.flush()

    return tell


def _by_tenths(out: TextIO) -> Callable[[int, int], None]:
    told = 0

    def tell(done: int, size: int) -> None:
        nonlocal told
        tenth = done * _TENTHS // size
        if tenth > told:
            told = tenth
            out.write(f"read {done:,} of {size:,} characters\n")
            out.flush()

    return tell
