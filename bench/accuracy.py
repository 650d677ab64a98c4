"""Passages in, predictions out, in the union of the fields that the shared scorers ask for.

python -m bench.accuracy IN.jsonl OUT.jsonl          passages → predictions
python -m bench.accuracy --report FOLDER             score the development sets in FOLDER and print the figures
"""

import argparse
import json
import sys
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from bench.accuracy_fields import predictions, totals
from bench.accuracy_report import report
from bot.extraction.extract import extract
from bot.extraction.pack import Pack, plain_pack

_DATE_FORMS = ("%Y-%m-%d", "%d %B %Y", "%d %b %Y", "%B %d, %Y")


def passage_date(passage: dict[str, Any]) -> date | None:
    """The report's date, in any of the forms the sets write it in; None where it is absent or unreadable."""
    written = passage.get("report_date") or passage.get("article_date")
    for form in _DATE_FORMS:
        try:
            return datetime.strptime(str(written), form).date()  # noqa: DTZ007 a day has no zone
        except ValueError:
            continue
    return None


def predict(lines: Iterator[str], pack: Pack) -> Iterator[str]:
    """One JSON line of predictions for each JSON line of passages."""
    for line in lines:
        if not line.strip():
            continue
        passage = json.loads(line)
        drafts = extract(
            passage["text"], passage_date(passage), passage.get("publisher") or passage.get("outlet"), pack
        )
        yield json.dumps(
            {"id": passage["id"], "facts": predictions(drafts), "totals": totals(drafts)}, ensure_ascii=False
        )


def main(argv: list[str] | None = None) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m bench.accuracy", description=__doc__)
    parser.add_argument("passages", nargs="?", type=Path)
    parser.add_argument("predictions", nargs="?", type=Path)
    parser.add_argument("--report", type=Path, metavar="FOLDER", help="folder with the shared scorers and sets")
    arguments = parser.parse_args(argv)
    pack = plain_pack()
    if arguments.report is not None:
        return report(arguments.report, lambda lines: predict(lines, pack))
    if arguments.passages is None or arguments.predictions is None:
        parser.error("give IN.jsonl and OUT.jsonl, or --report FOLDER")
    with arguments.passages.open(encoding="utf-8") as source, arguments.predictions.open("w", encoding="utf-8") as out:
        for line in predict(iter(source), pack):
            out.write(line + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
