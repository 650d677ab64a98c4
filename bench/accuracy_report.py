"""Runs the shared scorers over the development sets: `python -m bench.accuracy_report [FOLDER]`.

The sets are not shipped; they are looked for in `../shared/eval` beside the repository.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

Predict = Callable[[Iterator[str]], Iterator[str]]


def report(folder: Path, predict: Predict) -> int:
    """Scores the three sets in `folder`; 0 when all were there, else 1 with a message."""
    missing = [name for name in ("score.py", "score_docs.py", "gold_dev.jsonl") if not (folder / name).exists()]
    if missing:
        print(f"{folder} has no {', '.join(missing)}: nothing to measure against", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as scratch:
        passages = _scored(folder, predict, "gold_dev.jsonl", "score.py", ["--gold"], Path(scratch))
        documents = _scored(folder, predict, "gold_docs_dev.jsonl", "score_docs.py", ["--gold"], Path(scratch))
        coders = _scored(folder, predict, "wad_dev.jsonl", "score.py", ["--labels"], Path(scratch))
    strict = passages["strict"]
    _line("passages: strict F1", strict["overall"]["F1"], 0.94)
    _line("passages: attribution", strict["attribution"]["accuracy"], 0.93)
    _line("passages: whole record", strict["full_record"]["F1"], 0.70)
    print(f"passages: distractors taken {strict['distractor_hits']}")
    for kind, row in strict["by_kind"].items():
        print(f"    {kind:22} P {row['P']:.2f} R {row['R']:.2f} F1 {row['F1']:.2f}")
    matched = documents["on_matched"]
    _line("articles: strict F1", documents["strict"]["F1"], 0.90)
    for field, target in (("source", 0.85), ("place", 0.75), ("window", 0.70)):
        _line(f"articles: {field}", matched[field], target)
    print(f"articles: actor {matched['actor']}, distractors taken {documents['distractors']['hits']}")
    for kind, row in documents["by_kind"].items():
        print(f"    {kind:22} P {row['P']:.2f} R {row['R']:.2f} F1 {row['F1']:.2f}")
    for key, value in coders.items():
        print(f"coders: {key:26} {value}")
    return 0


def _line(name: str, value: float, target: float) -> None:
    print(f"{name:28} {value:.3f}  target {target:.2f}  {'met' if value >= target else 'MISSED'}")


def _scored(folder: Path, predict: Predict, name: str, scorer: str, flag: list[str], scratch: Path) -> dict[str, Any]:
    predicted = scratch / f"{name}.out"
    with (folder / name).open(encoding="utf-8") as source, predicted.open("w", encoding="utf-8") as out:
        out.writelines(line + "\n" for line in predict(iter(source)))
    run = subprocess.run(
        [sys.executable, str(folder / scorer), str(predicted), *flag, str(folder / name)],
        check=True,
        capture_output=True,
        text=True,
    )
    scored: dict[str, Any] = json.loads(run.stdout)
    return scored


def main(argv: list[str] | None = None) -> int:
    """The command line: 0 when everything was measured."""
    from bench.accuracy import predict
    from bot.extraction.pack import plain_pack

    parser = argparse.ArgumentParser(prog="python -m bench.accuracy_report", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=Path("../shared/eval"))
    pack = plain_pack()
    return report(parser.parse_args(argv).folder, lambda lines: predict(lines, pack))


if __name__ == "__main__":
    sys.exit(main())
