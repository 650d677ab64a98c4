"""What is asked while measuring: many different questions of the kinds that people ask, and key strokes."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from bench.facts import FIRST_DAY, LAST_DAY
from bench.names import keystrokes
from bot.answers.lists import PAGE_SIZE
from bot.facts.revision import EVERYONE
from bot.facts.topics import Topic
from bot.facts.vocabulary import Population
from bot.places.place import Place
from bot.seeds.folder import Seeds
from bot.store.lists.list_query import Selection, list_query

Asked = dict[str, Any]
FIGURES = ("casualties", "casualties", "displaced")
COMMANDS = (*FIGURES, "timeline", "control")
KINDS = ("since", "until", "source", "population")
"""By which option, besides the place, a question is told apart from the others."""


def different(base: Seeds, seed: int = 7) -> Iterator[Asked]:
    """Questions without end, no two alike: none can be answered from memory. Each says its `kind`.

    All are about the city, its halves or the country, of which even a thousand facts tell a lot.
    """
    rng = random.Random(seed)
    places = [place.id for place in base.places if place.kind in ("country", "city", "city half")]
    sources = [source.id for source in base.sources]
    middle, days = FIRST_DAY + (LAST_DAY - FIRST_DAY) / 2, (LAST_DAY - FIRST_DAY).days
    seen: set[tuple[Any, ...]] = set()
    while True:
        kind = rng.choice(KINDS)
        options = {"place": rng.choice(places)}
        options["since"] = str(FIRST_DAY + timedelta(days=rng.randrange(days // 2)))
        if kind == "until":
            del options["since"]
            options["until"] = str(middle + timedelta(days=rng.randrange(days // 2)))
        elif kind == "source":
            options["source"] = rng.choice(sources)
        elif kind == "population":
            options["population"] = "civilians"
        command = rng.choice(FIGURES if kind == "population" else COMMANDS)
        key = (command, *sorted(options.items()))
        if key not in seen:
            seen.add(key)
            yield {"command": f"/{command}", "options": options, "kind": kind}


def filling_a_page(questions: Iterator[Asked], database: Path) -> Iterator[Asked]:
    """Those of the questions to which `database`, the one with the fewest facts, has more than a page to say.

    Asked of every database, they are about as much work to word in each; else the fewest facts would be the quickest
    for having the least to say (five figures to a page instead of eight).
    """
    with closing(sqlite3.connect(database)) as connection:
        for asked in questions:
            options = asked["options"]
            since, until = (
                date.fromisoformat(options[name]).toordinal() if name in options else None
                for name in ("since", "until")
            )
            population = Population(options["population"]) if "population" in options else None
            topic = Topic(asked["command"].removeprefix("/"))
            selection = Selection(topic, options["place"], options.get("source"), population, since, until)
            query = list_query(selection, EVERYONE, limit=PAGE_SIZE + 1, offset=0)
            if len(connection.execute(query.sql, query.values).fetchall()) > PAGE_SIZE:
                yield asked


def over_and_over(questions: list[Asked]) -> Iterator[Asked]:
    """The same questions in turn, without end."""
    while True:
        yield from questions


def typing(command: str, option: str, places: list[Place]) -> Iterator[Asked]:
    """Autocomplete requests as people type the names of places letter by letter."""
    for typed in over_and_over([{"typed": text} for text in keystrokes(places, 2000)]):
        yield {"command": command, "options": {option: typed["typed"]}, "focused": option}
