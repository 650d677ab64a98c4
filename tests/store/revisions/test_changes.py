"""What changed between two sequences, in the small world: each sort of change, for everyone and for a server."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import pytest
from msgspec.structs import replace

from bot.facts.fact import Fact, TraceStep
from bot.facts.grammar import to_words
from bot.facts.revision import EVERYONE
from bot.facts.vocabulary import ControlStatus, CorrectionKind, Kind, Population, Stance
from bot.seeds.folder import Seeds
from bot.store.correcting import corrections
from bot.store.counters import latest_sequence
from bot.store.database import Database, Row, Value
from bot.store.migrate import migrate
from bot.store.revisions.changes import Change, Changes, Group, read_changes
from bot.store.revisions.seen import Seen
from tests.store.by_hand import FACT, ONE, OTHER, correct, propose, publish, undo
from tests.store.small_world import NOW, REPORTS, bring, claim, figure, world

LATER = "2016-11-15/2016-12-07"


@pytest.fixture
async def db(db: Database) -> Database:
    await migrate(db, now=NOW)
    await bring(db, world(figure(FACT, "about 310"), reports={"r1": REPORTS["r1"]}))
    return db


class Told(NamedTuple):
    """A change in words: the fact, and what it was and is."""

    group: Group
    fact: str
    was: str | None
    now: str
    kind: CorrectionKind | None = None


def value(seen: Seen) -> str:
    if seen.withdrawn:
        return "withdrawn"
    return to_words(seen.fact.quantity) if seen.fact.quantity is not None else seen.fact.summary or ""


def told(changes: Changes) -> list[Told]:
    def one(change: Change) -> Told:
        old = change.replaces or change.before
        return Told(
            change.group, change.fact.id, value(old) if old is not None else None, value(change.after), change.kind
        )

    return [one(change) for group in Group for change in changes.kept[group]]


class Since:
    """Remembers where it began; `told` is what changed since then."""

    def __init__(self, db: Database, since: int) -> None:
        self.db, self.since = db, since

    async def told(self, scope: str = EVERYONE, **given: Any) -> list[Told]:
        upto = await latest_sequence(self.db)
        return told(await read_changes(self.db, "small", scope=scope, since=self.since, upto=upto, **given))


async def from_now(db: Database) -> Since:
    return Since(db, await latest_sequence(db))


def second(*facts: Fact) -> Seeds:
    """The second report, of 7 December, alone."""
    return world(*facts, reports={"r2": REPORTS["r2"]})


async def test_nothing_changed_is_nothing(db: Database) -> None:
    since = await from_now(db)
    assert await since.told() == []
    assert await since.told(ONE) == []


async def test_at_first_everything_is_new(db: Database) -> None:
    assert await Since(db, 0).told() == [Told(Group.NEW, FACT, None, "about 310")]


async def test_a_later_count_moves_the_figure(db: Database) -> None:
    since = await from_now(db)
    await bring(db, second(figure("r2/1.1", "369", LATER)))
    assert await since.told() == [Told(Group.MOVED, "r2/1.1", "about 310", "369")]


async def test_the_step_before_is_the_last_that_was_told(db: Database) -> None:
    await bring(db, second(figure("r2/1.1", "369", LATER)))
    since = await from_now(db)
    third = world(figure("r3/1.1", "384", "2016-11-15~/2016-12-08"), reports={"r3": REPORTS["r3"]})
    await bring(db, third)
    assert await since.told() == [Told(Group.MOVED, "r3/1.1", "369", "384")]


async def test_two_steps_at_once_both_continue_what_was_told(db: Database) -> None:
    since = await from_now(db)
    reports = {"r2": REPORTS["r2"], "r3": REPORTS["r3"]}
    await bring(
        db, world(figure("r2/1.1", "369", LATER), figure("r3/1.1", "384", "2016-11-15/2016-12-08"), reports=reports)
    )
    assert await since.told() == [
        Told(Group.MOVED, "r3/1.1", "about 310", "384"),
        Told(Group.MOVED, "r2/1.1", "about 310", "369"),
    ]


async def test_a_part_under_its_wholes_name_is_no_step(db: Database) -> None:
    since = await from_now(db)
    await bring(db, second(figure("r2/1.1", "369", LATER), figure("r2/1.2", "3", LATER, part_of="r2/1.1")))
    assert Told(Group.NEW, "r2/1.2", None, "3") in await since.told()


@pytest.mark.parametrize(
    "other",
    [
        {"place": "west"},
        {"sources": ("state",)},
        {"population": Population.PEOPLE},
        {"stance": Stance.ASSERTED, "window": "2016-11-20/2016-12-07"},
    ],
    ids=str,
)
async def test_another_count_is_new(db: Database, other: dict[str, Any]) -> None:
    since = await from_now(db)
    await bring(db, second(figure("r2/1.1", "369", **{"window": LATER, **other})))
    assert await since.told() == [Told(Group.NEW, "r2/1.1", None, "369")]


async def test_an_earlier_step_comes_late(db: Database) -> None:
    since = await from_now(db)
    await bring(db, second(figure("r2/1.1", "290", "2016-11-15/2016-12-01")))
    assert await since.told() == [Told(Group.LATE, "r2/1.1", None, "290")]


@pytest.mark.parametrize(
    ("day", "group"),
    [
        ("2016-12-07", Group.NEW),
        ("2016-12-03", Group.NEW),  # the day that was told last is not over for the reports
        ("2016-12-02", Group.LATE),  # told on the 3rd, and now reported on the 7th
        ("2016-11", Group.LATE),
        ("unknown", Group.NEW),
    ],
)
async def test_a_report_on_a_day_that_was_told_is_late(db: Database, day: str, group: Group) -> None:
    since = await from_now(db)
    await bring(db, second(claim("r2/1.1", Kind.CONTROL, day, status=ControlStatus.CAPTURED)))
    assert [one.group for one in await since.told()] == [group]


async def test_the_day_before_is_not_late_in_a_report_of_the_same_day(db: Database) -> None:
    since = await from_now(db)
    again = {"r9": replace(REPORTS["r1"], id="r9")}
    await bring(db, world(claim("r9/1.1", Kind.EVENT, "2016-12-02"), reports=again))
    assert [one.group for one in await since.told()] == [Group.NEW]


async def test_what_answers_no_question_is_not_told(db: Database) -> None:
    since = await from_now(db)
    await bring(db, second(figure("r2/1.1", "400", LATER, stance=Stance.EXPECTED)))
    assert await since.told() == []


async def test_a_correction_is_old_and_new(db: Database) -> None:
    since = await from_now(db)
    await correct(db, "about 300", EVERYONE, kind=CorrectionKind.SOURCE)
    assert await since.told() == [
        Told(Group.CORRECTED, FACT, "about 310", "about 300", CorrectionKind.SOURCE)
    ]  # fmt: skip


async def test_several_corrections_are_one_change_for_the_last_reason(db: Database) -> None:
    since = await from_now(db)
    await correct(db, "about 300", EVERYONE, kind=CorrectionKind.SOURCE)
    await correct(db, "about 301", EVERYONE, kind=CorrectionKind.READING)
    assert await since.told() == [Told(Group.CORRECTED, FACT, "about 310", "about 301", CorrectionKind.READING)]


async def test_corrected_and_undone_in_between_is_nothing(db: Database) -> None:
    since = await from_now(db)
    await correct(db, "about 300", EVERYONE)
    between = await from_now(db)
    await undo(db, EVERYONE)
    assert await since.told() == []
    assert await between.told() == [Told(Group.CORRECTED, FACT, "about 300", "about 310", CorrectionKind.UNDO)]


async def test_a_retraction_and_its_undo(db: Database) -> None:
    since = await from_now(db)
    await correct(db, "about 310", EVERYONE, kind=CorrectionKind.RETRACTION)
    assert await since.told() == [Told(Group.CORRECTED, FACT, "about 310", "withdrawn", CorrectionKind.RETRACTION)]
    between = await from_now(db)
    await undo(db, EVERYONE)
    assert await between.told() == [Told(Group.CORRECTED, FACT, "withdrawn", "about 310", CorrectionKind.UNDO)]


async def test_a_new_fact_that_was_corrected_before_anybody_saw_it_is_new(db: Database) -> None:
    since = await from_now(db)
    await bring(db, second(figure("r2/1.1", "20", place="west"), figure("r2/2.1", "7", place="mill")))
    await correct(db, "21", EVERYONE, "r2/1.1")
    await correct(db, "7", EVERYONE, "r2/2.1", kind=CorrectionKind.RETRACTION)
    assert await since.told() == [Told(Group.NEW, "r2/1.1", None, "21")]


async def test_a_reading_that_nobody_sees_the_difference_of_is_nothing(db: Database) -> None:
    since = await from_now(db)
    steps = (TraceStep("quantity", "numeral", (3, 6)),)
    again = figure(FACT, "about 310", trace=steps, note="read once more", place_words="the east")
    assert (await bring(db, world(again, reports={"r1": REPORTS["r1"]}))).revised == 1
    assert await since.told() == []


async def test_what_a_person_clarifies_is_told_though_the_figure_stays(db: Database) -> None:
    since = await from_now(db)
    await correct(db, "about 310", EVERYONE, kind=CorrectionKind.CLARIFICATION, note="civilians only")
    assert [one.kind for one in await since.told()] == [CorrectionKind.CLARIFICATION]


async def test_a_fact_taken_out_of_its_file_is_withdrawn(db: Database) -> None:
    since = await from_now(db)
    await bring(db, world(reports={"r1": REPORTS["r1"]}))
    assert await since.told() == [Told(Group.CORRECTED, FACT, "about 310", "withdrawn", CorrectionKind.RETRACTION)]


async def test_what_a_report_supersedes_moves_on_later_days_and_is_corrected_on_the_same(db: Database) -> None:
    since = await from_now(db)
    await bring(db, second(figure("r2/1.1", "350", sources=("state",), supersedes=FACT)))
    assert await since.told() == [
        Told(Group.CORRECTED, "r2/1.1", "about 310", "350", CorrectionKind.LATER_REPORT)
    ]  # fmt: skip
    since = await from_now(db)
    third = world(
        figure("r3/1.1", "360", LATER, sources=("state",), supersedes="r2/1.1"), reports={"r3": REPORTS["r3"]}
    )
    await bring(db, third)
    assert await since.told() == [Told(Group.MOVED, "r3/1.1", "350", "360")]


async def test_of_two_conflicts_each_hears_of_its_own(db: Database) -> None:
    since = await from_now(db)
    elsewhere = {"r7": replace(REPORTS["r1"], id="r7")}
    await bring(db, world(figure("r7/1.1", "5"), reports=elsewhere, conflict="other"))
    assert await since.told() == []
    upto = await latest_sequence(db)
    other = await read_changes(db, "other", scope=EVERYONE, since=since.since, upto=upto)
    assert [change.fact.id for change in other.kept[Group.NEW]] == ["r7/1.1"]


# Servers


async def test_a_servers_correction_is_news_there_and_nowhere_else(db: Database) -> None:
    since = await from_now(db)
    await correct(db, "at least 290", ONE)
    assert await since.told(ONE) == [Told(Group.CORRECTED, FACT, "about 310", "at least 290", CorrectionKind.READING)]
    assert await since.told(OTHER) == []
    assert await since.told() == []


async def test_what_everyone_is_told_is_no_news_where_a_server_sees_its_own(db: Database) -> None:
    await correct(db, "at least 290", ONE)
    since = await from_now(db)
    await correct(db, "about 300", EVERYONE)
    assert await since.told(ONE) == []
    assert await since.told(OTHER) == [Told(Group.CORRECTED, FACT, "about 310", "about 300", CorrectionKind.READING)]
    await undo(db, ONE)
    assert await since.told(ONE) == [Told(Group.CORRECTED, FACT, "at least 290", "about 300", CorrectionKind.UNDO)]


async def test_what_a_server_published_is_no_news_to_it(db: Database) -> None:
    done = await correct(db, "at least 290", ONE)
    since = await from_now(db)
    await publish(db, await propose(db, done))
    assert await since.told(ONE) == []
    assert [one.now for one in await since.told(OTHER)] == ["at least 290"]


async def test_a_step_continues_what_the_server_saw(db: Database) -> None:
    await correct(db, "at least 290", ONE)
    since = await from_now(db)
    await bring(db, second(figure("r2/1.1", "369", LATER)))
    assert await since.told(ONE) == [Told(Group.MOVED, "r2/1.1", "at least 290", "369")]
    assert await since.told(OTHER) == [Told(Group.MOVED, "r2/1.1", "about 310", "369")]


async def test_a_step_that_was_withdrawn_in_a_server_is_not_continued_there(db: Database) -> None:
    await correct(db, "about 310", ONE, kind=CorrectionKind.RETRACTION)
    since = await from_now(db)
    await bring(db, second(figure("r2/1.1", "369", LATER)))
    assert await since.told(ONE) == [Told(Group.NEW, "r2/1.1", None, "369")]


async def test_after_a_wipe_the_server_hears_what_everyone_does(db: Database) -> None:
    await correct(db, "at least 290", ONE)
    since = await from_now(db)
    await db.write(lambda tx: corrections.wipe(tx, ONE))
    await bring(db, second(figure("r2/1.1", "369", LATER)))
    assert await since.told(ONE) == [Told(Group.MOVED, "r2/1.1", "about 310", "369")]


# However much


@pytest.mark.parametrize("many", [99, 100, 101, 350])
async def test_of_any_load_the_most_important_are_kept_and_the_rest_is_counted(db: Database, many: int) -> None:
    since = await from_now(db)
    facts = [figure(f"r2/{n}.1", str(n), "2016-12-07", cumulative=False, place="mill") for n in range(1, many + 1)]
    await bring(db, second(*facts))
    upto = await latest_sequence(db)
    changes = await read_changes(db, "small", scope=EVERYONE, since=since.since, upto=upto, most=7)
    assert [value(change.after) for change in changes.kept[Group.NEW]] == [str(many - n) for n in range(7)]
    assert (changes.counts[Group.NEW], changes.total) == (many, many)


async def test_only_what_is_wanted_counts(db: Database) -> None:
    since = await from_now(db)
    await bring(db, second(figure("r2/1.1", "20", place="west"), figure("r2/2.1", "7", place="hill")))
    found = await since.told(wanted=lambda fact: fact.place == "hill")
    assert [one.fact for one in found] == ["r2/2.1"]


async def test_what_moves_to_another_place_is_told_in_both(db: Database) -> None:
    since = await from_now(db)
    await correct(db, "about 310", EVERYONE, place="west")
    for place in ("east", "west"):
        assert len(await since.told(wanted=lambda fact, place=place: fact.place == place)) == 1
    assert await since.told(wanted=lambda fact: fact.place == "hill") == []


async def test_every_fact_is_found_by_its_own_revisions_and_never_by_a_span_of_all(db: Database) -> None:
    """Timed, this would be minutes for 10,000 changes instead of a second; the plan says it at once."""
    asked: list[tuple[str, int]] = []

    class Listening:
        async def fetch_all(self, sql: str, params: Sequence[Value] = ()) -> list[Row]:
            asked.append((sql, len(params)))
            return await db.fetch_all(sql, params)

        async def fetch_one(self, sql: str, params: Sequence[Value] = ()) -> Row | None:
            rows = await self.fetch_all(sql, params)
            return rows[0] if rows else None

    since = await latest_sequence(db)
    await correct(db, "about 300", ONE)
    await bring(db, second(figure("r2/1.1", "369", LATER), figure("r2/1.2", "3", LATER, part_of="r2/1.1")))
    await read_changes(Listening(), "small", scope=ONE, since=since, upto=await latest_sequence(db))
    assert len(asked) > 5
    for sql, values in asked:
        plan = [row[3] for row in await db.fetch_all(f"EXPLAIN QUERY PLAN {sql}", [""] * values)]
        whole = [line for line in plan if line.startswith("SCAN") or line.endswith("revision_by_sequence (scope=?)")]
        assert not whole, f"{whole} in {sql}"
