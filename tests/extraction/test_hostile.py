"""Text that is no report: nothing fails, and the work grows with the length alone.

Work is counted in function calls, not in seconds, so that a busy machine changes nothing.
"""

import cProfile
import pstats
from collections.abc import Callable

import pytest

from bot.extraction.draft import Draft

Read = Callable[..., tuple[Draft, ...]]
PIECES = (
    "a ",
    "1",
    "12 ",
    ",",
    ", ",
    '"',
    "(",
    "12 people (",
    "killed ",
    "and 12 people ",
    "were ",
    "x",
    ".",
    ". ",
    "since ",
    "since a ",
    "between 1 ",
    " ",
    "\n",
    "_",
    "_â",
    "-",
    "a-",
    "a'",
    "said ",
    "according to the ",
    "The ",
    "In Aleppo ",
    "12 people who ",
    "including 12 ",
    "of ",
    "1,",
    "half a ",
    "one thousand million ",
    "at least ",
    "five hundred and ",
    "\u200d",
    "\U0001f600",
    "قتل ١٢ ",
    "january ",
    "mid-",
    "2016 ",
    "12 people) ",
    "death toll ",
    "as well as ",
    "“",
    "12 people were killed, police said. ",
)


def calls(read: Read, text: str) -> int:
    profile = cProfile.Profile()
    profile.runcall(read, text)
    return int(pstats.Stats(profile).total_calls)  # type: ignore[attr-defined]


@pytest.mark.parametrize("piece", PIECES)
def test_work_is_linear(read: Read, piece: str) -> None:
    small, large = (calls(read, (piece * size)[:size]) for size in (5_000, 20_000))
    assert large < 6 * small + 5_000
