"""What the tests of reading share. Every passage here is invented."""

from collections.abc import Callable
from datetime import date

import pytest

from bot.extraction.draft import Draft
from bot.extraction.extract import extract
from bot.extraction.pack import Pack, plain_pack
from bot.extraction.segmentation import sentences
from bot.extraction.sentence import Sentence, read_sentence

SATURDAY = date(2022, 5, 21)


@pytest.fixture(scope="session")
def pack() -> Pack:
    return plain_pack()


@pytest.fixture(scope="session")
def read(pack: Pack) -> Callable[..., tuple[Draft, ...]]:
    def reading(text: str, day: date | None = SATURDAY) -> tuple[Draft, ...]:
        return extract(text, day, None, pack)

    return reading


@pytest.fixture(scope="session")
def sentence(pack: Pack) -> Callable[[str], Sentence]:
    def reading(text: str) -> Sentence:
        return read_sentence(text, sentences(text)[0], pack.lexicon)

    return reading
