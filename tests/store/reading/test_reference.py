"""What is read once a data version: names, places, counts, and where there is anything to say."""

from datetime import date

import pytest

from bot.errors import SitrepError
from bot.facts.topics import Topic
from bot.facts.vocabulary import Kind, Measure
from bot.store.database import Database
from bot.store.meta import Meta
from bot.store.migrate import migrate
from bot.store.reading.reference import data_version, read_reference
from tests.store.small_world import NOW, PLACES, bring, claim, figure, world


@pytest.fixture
async def db(db: Database) -> Database:
    await migrate(db, now=NOW)
    return db


async def test_everything_of_a_conflict(db: Database) -> None:
    await bring(db, world(figure("r1/1.1"), claim("r2/1.1", Kind.STATEMENT, place=None)))
    known = await read_reference(db, "small")
    assert (known.conflict.name, known.version, known.reports, known.facts) == ("Small conflict", 1, 3, 2)
    assert (known.latest, known.loaded_at) == (date(2016, 12, 7), NOW)
    assert {place.id for place in known.places} == {place.id for place in PLACES}
    assert known.actors["army"].name == "government forces"
    assert known.sources["state"].party == "army"


async def test_a_place_leads_to_a_topic_only_where_its_list_has_something_to_show(db: Database) -> None:
    old = figure("r1/1.1", place="hill", measure=Measure.DISPLACED, cumulative=False)
    instead = figure("r2/1.1", "20", "2016-12-07", place="west", measure=Measure.DISPLACED, supersedes="r1/1.1")
    await bring(db, world(old, instead, claim("r3/1.1", Kind.STATEMENT, place=None)))
    topics = (await read_reference(db, "small")).topics
    assert topics == {
        "land": {Topic.DISPLACED, Topic.STATEMENTS},
        **{place: {Topic.DISPLACED} for place in ("north", "town", "west")},
    }


async def test_a_conflict_that_is_not_known(db: Database) -> None:
    with pytest.raises(SitrepError, match=r"knows no conflict 'small'\. Run `python -m bot load`"):
        await read_reference(db, "small")
    assert await data_version(db) == 0


async def test_conflicts_do_not_mix(db: Database) -> None:
    await bring(db, world(figure("r1/1.1")))
    await bring(db, world(conflict="other", reports={}, places=PLACES[:1], sources=()))
    other = await read_reference(db, "other")
    assert (other.facts, other.reports, len(other.places), other.latest) == (0, 0, 1, None)
    assert (await read_reference(db, "small")).facts == 1
    assert other.version == 2


async def test_small_values_outlive_a_run(db: Database) -> None:
    meta = Meta(db)
    assert await meta.get("commands") is None
    await meta.put("commands", "one")
    await meta.put("commands", "two")
    assert await meta.get("commands") == "two"
