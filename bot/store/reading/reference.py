"""What is small and asked for all the time: names, places, and which place has what. Read once a data version."""

from datetime import date
from sys import intern
from typing import NamedTuple

from bot.errors import SitrepError
from bot.facts.fact import Actor, Conflict, Source
from bot.facts.revision import EVERYONE
from bot.facts.topics import Topic
from bot.places.gazetteer import Gazetteer
from bot.store.bodies import decode_actor, decode_conflict, decode_place, decode_report, decode_source
from bot.store.database import Database
from bot.store.lists.list_keys import STANDING, facet_of


class Reference(NamedTuple):
    """The reference data of one conflict at one data version.

    Attributes:
        facts: how many there are, without those retracted.
        latest: date of the latest report, None when there is none.
        publishers: who printed each report, by its id.
        quoted: ids of the sources that a report quotes, or that printed one.
        topics: which topics each place has anything to say on.
    """

    version: int
    conflict: Conflict
    actors: dict[str, Actor]
    sources: dict[str, Source]
    places: Gazetteer
    reports: int
    facts: int
    latest: date | None
    loaded_at: int | None
    quoted: frozenset[str]
    topics: dict[str, frozenset[Topic]]
    publishers: dict[str, str]


async def data_version(database: Database) -> int:
    """Counts every change of what everyone sees; 0 before the first."""
    return (await data_versions(database)).get(EVERYONE, 0)


async def data_versions(database: Database) -> dict[str, int]:
    """Counts the changes by the scope that sees them: `EVERYONE`, and each server that ever had any of its own."""
    # Exactly the key, or the key with a server behind a colon; the semicolon is the next character.
    rows = await database.fetch_all(
        "SELECT key, value FROM meta WHERE key = 'data_version' OR (key > 'data_version:' AND key < 'data_version;')"
    )
    return {key.partition(":")[2]: int(value) for key, value in rows}


async def read_reference(database: Database, conflict_id: str) -> Reference:
    """Everything of `conflict_id`.

    Raises:
        SitrepError: nothing is known of this conflict yet.
    """
    version = await data_version(database)
    row = await database.fetch_one("SELECT body FROM conflict WHERE id = ?1", (conflict_id,))
    if row is None:
        raise SitrepError(
            f"The database knows no conflict '{conflict_id}'.",
            "Run `python -m bot load`, or set CONFLICT to one it knows.",
        )
    names = (conflict_id,)
    actors = await database.fetch_all("SELECT body FROM actor WHERE conflict = ?1", names)
    sources = await database.fetch_all("SELECT body FROM source WHERE conflict = ?1", names)
    quoted = await database.fetch_all("SELECT source FROM quoted WHERE conflict = ?1", names)
    places = await database.fetch_all("SELECT body FROM place WHERE conflict = ?1 ORDER BY id", names)
    printed = await database.fetch_all("SELECT id, body FROM report WHERE conflict = ?1", names)
    counts = await database.fetch_one(
        "SELECT COUNT(*), MAX(published), MAX(loaded_at), COALESCE(SUM(shown), 0) FROM report WHERE conflict = ?1",
        names,
    )
    reports, latest, loaded_at, facts = counts if counts is not None else (0, None, None, 0)
    actor_list = [decode_actor(row[0]) for row in actors]
    source_list = [decode_source(row[0]) for row in sources]
    return Reference(
        version=version,
        conflict=decode_conflict(row[0]),
        actors={actor.id: actor for actor in actor_list},
        sources={source.id: source for source in source_list},
        places=Gazetteer([decode_place(row[0]) for row in places]),
        reports=reports,
        facts=facts,
        latest=date.fromordinal(latest) if latest is not None else None,
        loaded_at=loaded_at,
        quoted=frozenset(row[0] for row in quoted),
        topics=await _topics(database, conflict_id),
        publishers={report: intern(decode_report(body).publisher) for report, body in printed},
    )


async def _topics(database: Database, conflict_id: str) -> dict[str, frozenset[Topic]]:
    rows = await database.fetch_all(
        "SELECT k.area, k.topic FROM list k JOIN place p ON p.conflict = ?1 AND p.id = k.area "
        "WHERE k.scope = ?2 AND k.facet = ?3 "
        "AND EXISTS (SELECT 1 FROM listing l WHERE l.list = k.id AND l.reign = ?4)",
        (conflict_id, EVERYONE, facet_of(), STANDING),
    )
    found: dict[str, set[Topic]] = {}
    for place, topic in rows:
        found.setdefault(place, set()).add(Topic(topic))
    return {place: frozenset(topics) for place, topics in found.items()}
