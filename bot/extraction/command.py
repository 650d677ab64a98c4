"""`python -m bot extract FILE`: shows or writes what a report says. The one module of the room that opens files."""

import argparse
import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from bot.extraction.conflict_pack import PackError, make_pack
from bot.extraction.draft import Draft
from bot.extraction.extract import extract
from bot.extraction.jsonl import lines
from bot.extraction.outputs import ExtractError, check_outputs, write_all
from bot.extraction.pack import Pack, plain_pack
from bot.extraction.page import page
from bot.extraction.progress import progress_on
from bot.extraction.seed_file import SeedReport, seed_file
from bot.extraction.table import table
from bot.places.lookup import PlaceIndex
from bot.places.resolution import Found
from bot.seeds.folder import read_folder

LARGEST_BYTES = 20_000_000
_PROGRESS_FROM = 200_000
_SEEDS = Path("seeds")

__all__ = ["ExtractError", "add_arguments", "conflict_pack", "read_report", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `extract`."""
    parser.add_argument("file", type=Path, metavar="FILE", help="the report, plain text in UTF-8")
    parser.add_argument(
        "--date", metavar="YYYY-MM-DD", help="when it was published; Saturday and overnight count from it"
    )
    parser.add_argument("--publisher", help="who printed it, such as AFP")
    parser.add_argument("--conflict", help="the folder of seeds whose names and places to use, such as aleppo-2016")
    parser.add_argument("--json", action="store_true", help="JSON Lines instead of a table")
    parser.add_argument(
        "--html", type=Path, metavar="OUT", help="write the report as a page, each fact beside its words"
    )
    parser.add_argument("--seed", type=Path, metavar="OUT", help="write a report file for python -m bot load")


def run(arguments: argparse.Namespace) -> int:
    """Runs `extract`; 0 when the report was read.

    Raises:
        ExtractError: saying what is wrong with the file or the arguments, and what to do. No file is left behind.
    """
    published = _date(arguments.date)
    check_outputs(arguments.file, [out for out in (arguments.seed, arguments.html) if out is not None])
    text = read_report(arguments.file)
    publisher: str | None = arguments.publisher
    if arguments.seed is not None and (published is None or publisher is None or arguments.conflict is None):
        raise ExtractError(
            "A report file needs to know when the report was published, by whom and on which conflict.",
            "Add --date, --publisher and --conflict.",
        )
    pack, publishers = conflict_pack(arguments.conflict)
    if published is None and _needs_date(text):
        raise ExtractError(
            f"{arguments.file} tells days only as Saturday, yesterday or the like, which need the date of the report.",
            "Add --date YYYY-MM-DD.",
        )
    report = None
    if arguments.seed is not None and published is not None and publisher is not None:
        report = _report(arguments.file, publisher, published, publishers)
    progress = progress_on(sys.stderr) if len(text) >= _PROGRESS_FROM else None
    drafts = extract(text, published, publisher, pack, progress)
    contents: dict[Path, str] = {}
    if report is not None:
        contents[arguments.seed] = seed_file(text, drafts, report, pack)
    if arguments.html is not None:
        contents[arguments.html] = page(text, drafts, arguments.file.name, published, publisher)
    write_all(contents)
    try:
        _show(drafts, as_json=arguments.json)
        sys.stdout.flush()
    except BrokenPipeError:  # "… --json | head": the reader has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _show(drafts: Sequence[Draft], *, as_json: bool) -> None:
    if as_json:
        for line in lines(drafts):
            print(line)
    else:
        print(table(drafts))


def _date(written: str | None) -> date | None:
    if written is None:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise ExtractError(f"'{written}' is not a date.", "Write it as 2016-12-03.") from None


def read_report(path: Path) -> str:
    """The text of the report.

    Raises:
        ExtractError: it is not there, too large, empty, binary or not UTF-8.
    """
    try:
        size = path.stat().st_size
        if size > LARGEST_BYTES:
            raise ExtractError(f"{path} has {size:,} bytes; a report has at most {LARGEST_BYTES:,}.", "Cut it up.")
        raw = path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ExtractError(f"{path} cannot be read: {reason}.", "Give the path of a plain text file.") from None
    if b"\0" in raw:
        raise ExtractError(f"{path} is not plain text.", "Save the report as plain text in UTF-8.")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ExtractError(
            f"{path} is not UTF-8 text: byte {error.start} does not fit.", "Save it again with the encoding UTF-8."
        ) from None
    if not text.strip():
        raise ExtractError(f"{path} is empty.", "Give a file that holds the report's text.")
    return text


def _needs_date(text: str) -> bool:
    low = text[:200_000].lower()
    days = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "yesterday", "overnight")
    return any(word in low for word in days)


class _Places:
    def __init__(self, index: PlaceIndex) -> None:
        self._index = index

    def resolve(self, words: str) -> str | None:
        found = self._index.resolve(words)
        return found.place.id if isinstance(found, Found) else None


def conflict_pack(conflict: str | None, folder: Path = _SEEDS) -> tuple[Pack, dict[str, str]]:
    """The pack of a conflict, and its sources' names in small letters → their ids; a plain pack without a conflict.

    Raises:
        ExtractError: there is no such conflict, or its `lexicon.toml` is wrong.
    """
    if conflict is None:
        return plain_pack(), {}
    home = folder / conflict
    if not (home / "conflict.toml").exists():
        there = sorted(path.parent.name for path in folder.glob("*/conflict.toml"))
        raise ExtractError(f"No conflict is called '{conflict}'.", f"There are: {', '.join(there) or 'none'}.")
    seeds = read_folder(home)
    words = home / "lexicon.toml"
    try:
        added = words.read_text(encoding="utf-8") if words.exists() else ""
        pack = make_pack(conflict, seeds.sources, seeds.actors, _Places(PlaceIndex(seeds.places)), added)
    except PackError as error:
        raise ExtractError(f"{error}.", "Put it right and run it again.") from None
    names = {name.lower(): s.id for s in seeds.sources for name in (s.id, s.name, s.short) if name is not None}
    return pack, names


def _report(path: Path, publisher: str, published: date, publishers: dict[str, str]) -> SeedReport:
    known = publishers.get(publisher.lower())
    if known is None:
        raise ExtractError(
            f"No source of the seeds is called '{publisher}'.", "Use an id or name of sources.toml, or add it there."
        )
    return SeedReport(
        f"{known}-{published.isoformat()}"[:30],
        known,
        published,
        f"Report of {published.isoformat()}, {path.stem}"[:300],
    )
