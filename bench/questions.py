"""What is asked while measuring: many different questions of the kinds that people ask, and key strokes."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from bench.facts import FIRST_DAY, LAST_DAY, in_the_news
from bench.names import keystrokes
from bot.places.place import Place
from bot.seeds.folder import Seeds

Asked = dict[str, Any]
MOST_ASKED = 12


def different(base: Seeds, seed: int = 7) -> Iterator[Asked]:
    """Questions without end, no two alike: none can be answered from memory.

    All are about places that reports speak of most, and leave room for a full page of answers: what is measured is
    finding and wording eight figures, not saying that there are none.
    """
    rng = random.Random(seed)
    wide = [place.id for place in base.places if place.kind in ("country", "city", "city half")]
    places = wide + in_the_news(base)[:MOST_ASKED]
    sources = [source.id for source in base.sources]
    seen: set[tuple[Any, ...]] = set()
    while True:
        command = rng.choice(("casualties", "casualties", "casualties", "displaced", "timeline", "control"))
        days = (LAST_DAY - FIRST_DAY).days
        options: dict[str, str] = {"place": rng.choice(places)}
        match rng.randrange(4):
            case 0:
                options["until"] = str(FIRST_DAY + timedelta(days=rng.randrange(days // 2, days)))
            case 1 if options["place"] in wide:
                options["source"] = rng.choice(sources)
                options["since"] = str(FIRST_DAY + timedelta(days=rng.randrange(days // 2)))
            case 2 if command in ("casualties", "displaced"):
                options["population"] = "civilians"
                options["since"] = str(FIRST_DAY + timedelta(days=rng.randrange(days // 2)))
            case _:
                options["since"] = str(FIRST_DAY + timedelta(days=rng.randrange(days // 2)))
        key = (command, *sorted(options.items()))
        if key not in seen:
            seen.add(key)
            yield {"command": f"/{command}", "options": options}


def over_and_over(questions: list[Asked]) -> Iterator[Asked]:
    """The same questions in turn, without end."""
    while True:
        yield from questions


def typing(command: str, option: str, places: list[Place]) -> Iterator[Asked]:
    """Autocomplete requests as people type the names of places letter by letter."""
    for typed in over_and_over([{"typed": text} for text in keystrokes(places, 2000)]):
        yield {"command": command, "options": {option: typed["typed"]}, "focused": option}
