"""The files that `extract` writes: all of them whole, or none."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from bot.errors import SitrepError


class ExtractError(SitrepError):
    """A report that cannot be read, or a file that cannot be written. Nothing was written."""


def check_outputs(report: Path, outs: Sequence[Path]) -> None:
    """Before a long report is read: whether its outputs can be written.

    Raises:
        ExtractError: an output is the report itself, a folder, in a folder that is not there, or named twice.
    """
    for number, out in enumerate(outs):
        if out.exists() and report.exists() and out.samefile(report):
            raise ExtractError(f"{out} is the report itself, which would be lost.", "Choose another path to write to.")
        if any(_same(out, other) for other in outs[:number]):
            raise ExtractError(f"{out} is named for two outputs.", "Give each a path of its own.")
        if out.is_dir():
            raise ExtractError(f"{out} cannot be written: it is a folder.", "Add the name of a file.")
        if not out.parent.is_dir():
            raise ExtractError(
                f"{out} cannot be written: there is no folder {out.parent}.", "Make the folder, or choose another path."
            )
        if not os.access(out.parent, os.W_OK):
            raise ExtractError(f"{out} cannot be written: {out.parent} takes no files.", "Choose another path.")


def _same(one: Path, other: Path) -> bool:
    return one.resolve() == other.resolve()


def write_all(contents: Mapping[Path, str]) -> None:
    """Writes each file beside its place first and moves them there when all are whole.

    Raises:
        ExtractError: one of them cannot be written; no file is left behind.
    """
    written: dict[Path, Path] = {}
    try:
        for path, content in contents.items():
            beside = path.with_name(f".{path.name}.{os.getpid()}")
            written[path] = beside
            with beside.open("x", encoding="utf-8") as out:
                out.write(content)
        for path, beside in written.items():
            beside.replace(path)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ExtractError(f"{path} cannot be written: {reason}.", "Choose another path.") from None
    finally:
        for beside in written.values():
            beside.unlink(missing_ok=True)
