"""Over any history: told is exactly what looks different, and the same span tells the same for ever."""

from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.errors import SitrepError
from bot.facts.revision import EVERYONE
from bot.facts.vocabulary import CorrectionKind
from bot.store.correcting import corrections
from bot.store.counters import latest_sequence
from bot.store.database import Database
from bot.store.revisions.changes import Changes, Group, read_changes
from tests.store.by_hand import ONE, OTHER, correct, propose, publish, seen, undo
from tests.store.small_world import REPORTS, bring, figure, opened, world

FACTS = ("r1/1.1", "r1/2.1", "r2/1.1")
SCOPES = (EVERYONE, ONE, OTHER)
_fact, _scope = st.sampled_from(FACTS), st.sampled_from(SCOPES)
_steps = st.lists(
    st.one_of(
        st.tuples(st.just("correct"), _fact, _scope, st.sampled_from(["10", "11", "at least 12"])),
        st.tuples(st.just("retract"), _fact, _scope),
        st.tuples(st.just("undo"), _fact, _scope),
        st.tuples(st.just("publish"), _fact, st.sampled_from([ONE, OTHER])),
        st.tuples(st.just("load"), st.sets(_fact), st.sampled_from(["10", "11"])),
    ),
    min_size=1,
    max_size=12,
)


async def do(db: Database, step: tuple[object, ...]) -> None:
    """One step, or nothing where it cannot be done now."""
    try:
        match step:
            case ("correct", str(fact), str(scope), str(words)):
                await correct(db, words, scope, fact)
            case ("retract", str(fact), str(scope)):
                await correct(db, "10", scope, fact, kind=CorrectionKind.RETRACTION)
            case ("undo", str(fact), str(scope)):
                await undo(db, scope, fact)
            case ("publish", str(fact), str(scope)):
                await publish(db, await propose(db, await correct(db, "13", scope, fact)))
            case ("load", set(facts), str(words)):
                places = {"r1/1.1": "east", "r1/2.1": "mill", "r2/1.1": "west"}
                given = [figure(fact, words, place=places[fact]) for fact in FACTS if fact in facts]
                await bring(db, world(*given, reports={name: REPORTS[name] for name in ("r1", "r2")}))
    except (SitrepError, AssertionError):
        return  # there is no such fact yet, or nothing to undo


async def look(db: Database) -> dict[tuple[str, str], str | None]:
    """What each scope sees of each fact, in words."""
    return {(scope, fact): await seen(db, scope, fact) for scope in SCOPES for fact in FACTS}


async def changes(db: Database, scope: str, since: int, upto: int) -> Changes:
    return await read_changes(db, "small", scope=scope, since=since, upto=upto)


def told(found: Changes) -> set[str]:
    return {change.fact.id for kept in found.kept.values() for change in kept}


def differ(before: str | None, now: str | None) -> bool:
    """Whether there is anything to tell; not of what was withdrawn before anybody was told of it."""
    return before != now and {before, now} != {None, "withdrawn"}


@settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
@given(_steps)
async def test_told_is_what_looks_different_and_stays_so(steps: list[tuple[object, ...]]) -> None:
    with TemporaryDirectory() as folder:
        async with opened(folder) as db:
            marks = [(await latest_sequence(db), await look(db))]
            then: dict[tuple[str, int, int], Changes] = {}
            for step in steps:
                await do(db, step)
                marks.append((await latest_sequence(db), await look(db)))
                upto, now = marks[-1]
                for since, before in marks:
                    for scope in SCOPES:
                        found = then[scope, since, upto] = await changes(db, scope, since, upto)
                        different = {fact for fact in FACTS if differ(before[scope, fact], now[scope, fact])}
                        assert told(found) == different
                        assert found.total == len(different)
                        for kept in found.kept.values():
                            for change in kept:
                                assert (change.before is None) == (before[scope, change.fact.id] is None)
                                assert (change.kind is not None) == (change.group is Group.CORRECTED)
            for (scope, since, upto), found in then.items():
                assert await changes(db, scope, since, upto) == found, "what came later changes nothing of it"


@settings(deadline=None, max_examples=20, suppress_health_check=list(HealthCheck))
@given(_steps)
async def test_a_wiped_server_is_told_what_everyone_is(steps: list[tuple[object, ...]]) -> None:
    with TemporaryDirectory() as folder:
        async with opened(folder) as db:
            for step in steps:
                await do(db, step)
            await db.write(lambda tx: corrections.wipe(tx, ONE))
            upto = await latest_sequence(db)
            assert await changes(db, ONE, 0, upto) == await changes(db, EVERYONE, 0, upto)
