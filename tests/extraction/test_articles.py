"""Invented articles, labelled by hand through the whole document: who says so, where and when, of every figure."""

import json
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from bench.accuracy_fields import predictions
from bot.extraction.draft import Draft

Read = Callable[..., tuple[Draft, ...]]
ARTICLES = [json.loads(line) for line in (Path(__file__).parent / "articles.jsonl").read_text("utf-8").splitlines()]


def names_one(read: str | None, names: list[str]) -> bool:
    words = set((read or "").lower().replace("'s", "").split())
    return any(set(name.lower().replace("'s", "").split()) & words for name in names)


def near(read: str | None, label: str | None, days: int) -> bool:
    if label is None:
        return True
    return read is not None and abs(date.fromisoformat(read) - date.fromisoformat(label)) <= timedelta(days)


def agrees(field: str, fact: dict[str, Any], label: dict[str, Any]) -> bool:
    if field == "sources":
        return names_one(fact["source"], label["sources"])
    if field == "places":
        return names_one(fact["place"], label["places"])
    if field == "part":
        return bool(fact["subset"])
    start, end = label["window"]
    days = label.get("days", 0)
    return near(fact["window_start"], start, days) and near(fact["window_end"], end, days)


def tally(found: list[dict[str, Any]], facts: list[Any], right: Counter[str], asked: Counter[str]) -> None:
    for kind, low, high, span, label in facts:
        if label.get("free"):
            continue
        here = [p for p in found if p["kind"] == kind and p["span"][0] < span[1] and span[0] < p["span"][1]]
        fact = next((p for p in here if (low if low is not None else high) in (p["value_min"], p["value_max"])), None)
        asked["figure"] += 1
        if fact is None:
            continue
        right["figure"] += 1
        for field in {"sources", "places", "window", "part"} & set(label):
            asked[field] += 1
            right[field] += agrees(field, fact, label)


@pytest.fixture(scope="module")
def shares(read: Read) -> dict[str, float]:
    right: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    for article in ARTICLES:
        found = predictions(read(article["text"], date.fromisoformat(article["date"])))
        tally(found, article["facts"], right, asked)
    return {field: right[field] / asked[field] for field in asked}


@pytest.mark.parametrize(
    ("field", "share"), [("figure", 0.96), ("sources", 0.95), ("places", 0.96), ("window", 0.94), ("part", 0.9)]
)
def test_articles_are_read_through(shares: dict[str, float], field: str, share: float) -> None:
    assert shares[field] >= share, shares
