"""Every revision has its place in one order, whoever made it and for whom, and no place is taken twice."""

from bot.facts.revision import EVERYONE
from bot.facts.vocabulary import CorrectionKind
from bot.store.correcting import corrections
from bot.store.database import Database
from bot.store.migrate import migrate
from tests.store.by_hand import FACT, ONE, OTHER, correct, propose, publish, undo
from tests.store.small_world import NOW, bring, figure, world


async def in_order(db: Database) -> list[tuple[str, str, int]]:
    """Every revision as (fact, scope, number), by its sequence."""
    rows = await db.fetch_all("SELECT fact, scope, number FROM revision ORDER BY sequence")
    return [(fact, scope, number) for fact, scope, number in rows]


async def last(db: Database) -> int:
    row = await db.fetch_one("SELECT MAX(sequence) FROM revision")
    assert row is not None
    return int(row[0])


async def test_sequences_ascend_over_seeds_and_corrections_of_every_scope(db: Database) -> None:
    await migrate(db, now=NOW)
    await bring(db, world(figure(FACT), figure("r1/2.1", "7")))
    await correct(db, "12", ONE)
    await correct(db, "13", OTHER, now=NOW - 500)
    done = await correct(db, "14", ONE, kind=CorrectionKind.SOURCE)
    await bring(db, world(figure(FACT, "11"), figure("r2/1.1", "20")))
    await publish(db, await propose(db, done))
    await undo(db, OTHER)
    await undo(db, EVERYONE)
    assert await in_order(db) == [
        (FACT, EVERYONE, 1),
        ("r1/2.1", EVERYONE, 1),
        (FACT, ONE, 1),
        (FACT, OTHER, 1),
        (FACT, ONE, 2),
        (FACT, EVERYONE, 2),
        ("r1/2.1", EVERYONE, 2),
        ("r2/1.1", EVERYONE, 1),
        (FACT, EVERYONE, 3),
        (FACT, ONE, 3),  # which follows everyone again
        (FACT, OTHER, 2),
        (FACT, EVERYONE, 4),
    ]


async def test_what_changes_nothing_takes_no_number(db: Database) -> None:
    await migrate(db, now=NOW)
    await bring(db, world(figure(FACT)))
    before = await last(db)
    await bring(db, world(figure(FACT)))
    request = "the same click"
    for _ in range(2):
        await correct(db, "12", request=request)
    assert await last(db) == before + 1


async def test_a_number_that_a_wipe_took_away_is_not_given_again(db: Database) -> None:
    await migrate(db, now=NOW)
    await bring(db, world(figure(FACT)))
    await correct(db, "12", ONE)
    wiped = await last(db)
    await db.write(lambda tx: corrections.wipe(tx, ONE))
    await correct(db, "13", ONE)
    assert await last(db) > wiped
