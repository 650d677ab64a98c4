"""What is within reach is never missed, and most of what is not is never touched."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from bot.places.segments import SegmentIndex

_KEYS = st.lists(st.text(alphabet="abc", max_size=9), min_size=1, max_size=30)


@given(_KEYS, st.text(alphabet="abc", max_size=9), st.integers(1, 3))
def test_every_key_within_reach_is_found(keys: list[str], text: str, edits: int) -> None:
    found = SegmentIndex(keys, edits).candidates(text)
    for number, key in enumerate(keys):
        if Levenshtein.distance(text, key) <= edits and abs(len(text) - len(key)) <= 2:
            assert number in found


def test_keys_come_back_in_the_order_given() -> None:
    index = SegmentIndex(["salhin", "nothing like it", "salhen", "salheen"], 2)
    assert index.near("salhin") == ["salhin", "salhen", "salheen"]


def test_what_shares_no_piece_is_not_looked_at() -> None:
    keys = [f"{first}{second}{'x' * 6}" for first in "abcdefghij" for second in "abcdefghij"]
    assert len(SegmentIndex([key[::-1] * 2 for key in keys], 1).candidates("zz" + "y" * 14)) == 0
