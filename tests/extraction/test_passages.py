"""Invented passages in the style of many agencies, labelled by hand before the rules were tuned to anything."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bench.accuracy_fields import predictions
from bot.extraction.draft import Draft

Read = Callable[..., tuple[Draft, ...]]
PASSAGES = [
    json.loads(line) for line in (Path(__file__).parent / "passages.jsonl").read_text(encoding="utf-8").splitlines()
]


def labelled(passage: dict[str, Any]) -> list[tuple[str, float | None, float | None]]:
    return [(k, None, x["hi"]) if "hi" in x else (k, low, high) for k, low, high, x in passage["facts"]]


@pytest.fixture(scope="module")
def score(read: Read) -> tuple[int, int, int]:
    right = wrong = missed = 0
    for passage in PASSAGES:
        found = [
            (p["kind"], p["value_min"], p["value_max"])
            for p in predictions(read(passage["text"], date.fromisoformat(passage["date"])))
        ]
        for label in labelled(passage):
            if label in found:
                found.remove(label)
                right += 1
            else:
                missed += 1
        for kind, *_ in passage.get("free", []):
            extra = next((f for f in found if f[0] == kind), None)
            if extra is not None:
                found.remove(extra)
        wrong += len(found)
    return right, wrong, missed


def test_hardly_anything_is_read_that_is_not_there(score: tuple[int, int, int]) -> None:
    right, wrong, _ = score
    assert right / (right + wrong) >= 0.98


def test_most_of_what_is_there_is_read(score: tuple[int, int, int]) -> None:
    right, _, missed = score
    assert right / (right + missed) >= 0.96


def test_who_says_so(read: Read) -> None:
    """The speakers that the labels name, by any word of theirs."""
    right = told = 0
    for passage in PASSAGES:
        found = predictions(read(passage["text"], date.fromisoformat(passage["date"])))
        for kind, low, _, label in passage["facts"]:
            source = label.get("source")
            fact = next((p for p in found if p["kind"] == kind and low in (p["value_min"], p["value_max"])), None)
            if source is not None and fact is not None:
                told += 1
                right += bool(set(source.lower().split()) & set((fact["source"] or "").lower().split()))
    assert right / told >= 0.93
