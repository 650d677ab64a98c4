"""Every reading command as of a past step gives that step's answer, in every scope, beside what is known now."""

import tempfile
from collections.abc import AsyncIterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.answers.as_of import answer_as_of
from bot.answers.moment import read_moment
from bot.answers.page import Entry, Instant, Page, Section, Strong, Struck, Text
from bot.answers.question import READING, Ask, Question
from bot.answers.service import answer
from bot.chat.library import Library
from bot.errors import SitrepError
from bot.facts.fact import Fact
from bot.facts.revision import EVERYONE
from bot.facts.vocabulary import CorrectionKind, Measure, Population
from bot.places.gazetteer import Gazetteer
from bot.store.database import Database
from bot.store.reading.as_of import Pasts
from tests.store.by_hand import FACT, ONE, OTHER, correct, later
from tests.store.lists.test_listing import IDS, State, edited, states, whole
from tests.store.lists.test_server_lists import Step, do, steps
from tests.store.small_world import NOW, PLACES, SOURCES, bring, figure, opened, world

LISTS = (Ask.CASUALTIES, Ask.DISPLACED, Ask.CONTROL, Ask.TIMELINE, Ask.STATEMENTS)
QUESTIONS = (
    *(Question(ask) for ask in LISTS),
    *(Question(ask, place="east", source="watch") for ask in LISTS),
    Question(Ask.CASUALTIES, population=Population.CHILDREN),
    Question(Ask.CASUALTIES, until=date(2016, 12, 5)),
    Question(Ask.CASUALTIES, offset=2),
    Question(Ask.DISTRICT, place="east"),
    Question(Ask.PROVENANCE, of=Ask.CASUALTIES),
    Question(Ask.COMPARE),
    *(Question(Ask.SOURCE, fact=fact) for fact in IDS[:4]),
)
Said = Mapping[Question, tuple[tuple[Section, ...], Text] | None]


def plain(entry: Entry) -> Entry:
    """The entry without what stands below it, where what is known now goes."""
    return entry._replace(below=())


def said(page: Page) -> tuple[tuple[Section, ...], Text]:
    """What a page tells of the facts."""
    sections = tuple(part._replace(entries=tuple(plain(entry) for entry in part.entries)) for part in page.sections)
    return sections, page.subtitle[3:] if _dated(page.subtitle) else page.subtitle


def _dated(subtitle: Text) -> bool:
    return len(subtitle) > 1 and subtitle[0] == "As known on " and isinstance(subtitle[1], Instant)


async def everything(db: Database, scope: str, at: int | None = None) -> Said:
    library = Library(db, "small")
    await library.renew()
    known = await library.known_in(scope)
    pasts = Pasts(db)
    found: dict[Question, tuple[tuple[Section, ...], Text] | None] = {}
    for question in QUESTIONS:
        try:
            if at is None:
                page = await answer(question, known)
            else:
                page = await answer_as_of(replace(question, as_of=at), known, await pasts.at(scope, at, known.places))
                assert _dated(page.subtitle)
                if page.notes[:1] == (("This was not known yet.",),):
                    raise SitrepError("not known then")
        except SitrepError:
            found[question] = None  # no such fact
        else:
            found[question] = said(page)
    return found


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(states, steps)
async def test_every_command_as_of_any_step_gives_that_steps_answer(
    state: State, done: list[Step | Fact | str]
) -> None:
    moments: list[tuple[int, dict[str, Said]]] = []
    with tempfile.TemporaryDirectory() as folder:
        async with opened(folder) as db:
            await bring(db, world(*whole(state)), later())
            for step in (None, *done[:4]):
                if isinstance(step, tuple):
                    await do(db, *step)
                    if step[0] == "wipe" and step[1] != EVERYONE:
                        for _, answers in moments:
                            answers[step[1]] = answers[EVERYONE]
                elif step is not None:
                    state = edited(state, step)
                    await bring(db, world(*whole(state)), later())
                moments.append((later(), {scope: await everything(db, scope) for scope in (EVERYONE, ONE)}))
            for at, answers in moments:
                for scope, then in answers.items():
                    assert await everything(db, scope, at) == then


# By hand


@pytest.fixture
async def db(tmp_path: Path) -> AsyncIterator[Database]:
    async with opened(tmp_path) as db:
        yield db


async def ask(db: Database, question: Question, scope: str = EVERYONE) -> Page:
    library = Library(db, "small")
    await library.renew()
    known = await library.known_in(scope)
    assert question.as_of is not None
    return await answer_as_of(question, known, await Pasts(db).at(scope, question.as_of, Gazetteer(PLACES)))


def words(text: Text) -> str:
    return "".join(
        part if isinstance(part, str) else part.text for part in text if isinstance(part, str | Strong | Struck)
    )


def below(page: Page) -> list[str]:
    return [words(line) for part in page.sections for entry in part.entries for line in entry.below]


async def test_a_corrected_number_has_todays_beside_it(db: Database) -> None:
    await bring(
        db, world(figure(FACT, "310"), figure("r1/2.1", "9", part_of=FACT, population=Population.CHILDREN)), NOW
    )
    await correct(db, "at least 320", EVERYONE, now=NOW + 10)
    await correct(db, "12", EVERYONE, "r1/2.1", now=NOW + 11)
    page = await ask(db, Question(Ask.CASUALTIES, as_of=NOW + 5))
    (entry,) = page.sections[0].entries
    assert words(entry.lead).startswith("310 ")
    assert below(page) == ["now: at least 320", "of them 9 children · Watch", "now: 12 children killed · East"]
    assert page.correct is None


async def test_what_was_withdrawn_or_moved_says_so(db: Database) -> None:
    await bring(db, world(figure(FACT, "310"), figure("r1/2.1", "5", "2016-12-03", cumulative=False)), NOW)
    await correct(db, "1", EVERYONE, kind=CorrectionKind.RETRACTION, now=NOW + 10)
    await correct(db, "5", EVERYONE, "r1/2.1", place="west", now=NOW + 11)
    assert below(await ask(db, Question(Ask.CASUALTIES, as_of=NOW + 5))) == [
        "now: withdrawn",
        "now: 5 civilians killed · West · 3 Dec 2016",
    ]


async def test_a_later_step_stands_beside_the_one_that_was_the_latest(db: Database) -> None:
    first, second = figure(FACT, "310"), figure("r2/1.1", "369", "2016-11-15/2016-12-07")
    await bring(db, world(first), NOW)
    await bring(db, world(first, second), NOW + 10)
    page = await ask(db, Question(Ask.CASUALTIES, as_of=NOW + 5))
    assert below(page) == ["now: 369 civilians killed · East · 15 Nov – 7 Dec 2016"]
    assert "1 entry of this list came since." in map(words, page.notes)
    place = await ask(db, Question(Ask.DISTRICT, place="east", as_of=NOW + 5))
    assert "Came since, by list: Casualties\u00a01." in map(words, place.notes)
    rivals = await ask(db, Question(Ask.COMPARE, as_of=NOW + 5))
    assert "Came since, by list: Casualties\u00a01." in map(words, rivals.notes)
    others = await ask(db, Question(Ask.COMPARE, of=Ask.CONTROL, as_of=NOW + 5))
    assert not any("Came since" in words(note) for note in others.notes)
    record = await ask(db, Question(Ask.SOURCE, fact=FACT, as_of=NOW + 5))
    assert "now: 369 civilians killed · East · 15 Nov – 7 Dec 2016" in below(record)
    same = await ask(db, Question(Ask.CASUALTIES, as_of=NOW + 10))
    assert below(same) == []
    earlier = await ask(db, Question(Ask.CASUALTIES, until=date(2016, 12, 5), as_of=NOW + 10))
    assert below(earlier) == [], "who asks for an earlier day is shown the earlier step on purpose"


async def test_buttons_stay_in_that_time_and_one_leads_to_now(db: Database) -> None:
    many = [figure(f"r1/{number}.1", "5", f"2016-12-0{number % 9 + 1}", cumulative=False) for number in range(1, 12)]
    moved = figure("r2/1.1", "70", measure=Measure.DISPLACED)
    await bring(db, world(*many, moved), NOW)
    at = NOW + 5
    page = await ask(db, Question(Ask.CASUALTIES, place="east", as_of=at))
    assert page.follow[0] == ("What is known now", Question(Ask.CASUALTIES, place="east"))
    assert page.next == Question(Ask.CASUALTIES, place="east", offset=8, as_of=at)
    assert {one.question.as_of for one in page.follow[1:]} == {at}
    assert [one.label for one in page.follow] == ["What is known now", "Sources", "Displaced", "Timeline"]
    sources = await ask(db, page.follow[1].question)
    assert {choice.question.as_of for choice in sources.choices} == {at}


async def test_before_anything_was_read_it_says_since_when(db: Database) -> None:
    await bring(db, world(figure(FACT, "310")), NOW)
    page = await ask(db, Question(Ask.CASUALTIES, as_of=int(datetime(2016, 12, 5, tzinfo=UTC).timestamp())))
    assert page.sections == ()
    assert words(page.notes[0]).startswith("Sitrep had read nothing yet: its record begins on ")
    assert Instant(NOW) in page.notes[0]
    assert [one.label for one in page.follow] == ["What is known now", "until 5 Dec 2016"]
    assert page.follow[1].question == Question(Ask.CASUALTIES, until=date(2016, 12, 5))


async def test_a_fact_that_was_not_known_yet_is_no_mistake_of_the_readers(db: Database) -> None:
    await bring(db, world(figure(FACT, "310")), NOW)
    await bring(db, world(figure(FACT, "310"), figure("r2/1.1", "28", sources=("state",))), NOW + 10)
    page = await ask(db, Question(Ask.SOURCE, fact="r2/1.1", as_of=NOW + 5))
    assert [words(note) for note in page.notes] == ["This was not known yet."]
    assert page.follow == (("What is known now", Question(Ask.SOURCE, fact="r2/1.1")),)
    with pytest.raises(SitrepError, match=r"no fact “r9/1\.1”"):
        await ask(db, Question(Ask.SOURCE, fact="r9/1.1", as_of=NOW + 5))


async def test_the_sources_that_were_quoted_then(db: Database) -> None:
    await bring(db, world(figure(FACT, "310")), NOW)
    await bring(db, world(figure(FACT, "310"), figure("r2/1.1", "28", sources=("state",))), NOW + 10)

    async def named(at: int) -> set[str]:
        page = await ask(db, Question(Ask.SOURCES, as_of=at))
        return {words(entry.lead) for part in page.sections for entry in part.entries}

    assert await named(NOW + 10) - await named(NOW + 5) == {"State Radio"}
    assert await named(NOW - 5) == set()
    assert len(SOURCES) > 3


async def test_a_server_is_told_of_its_own_and_nobody_elses(db: Database) -> None:
    await bring(db, world(figure(FACT, "310")), NOW)
    await correct(db, "320", ONE, now=NOW + 10)
    question = Question(Ask.CASUALTIES, as_of=NOW + 5)
    assert below(await ask(db, question, ONE)) == ["now: 320"]
    assert below(await ask(db, question, OTHER)) == []


# The option


CLOCK = datetime(2026, 11, 22, 15, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2016-12-05", datetime(2016, 12, 5, 23, 59, 59, tzinfo=UTC)),
        ("5 Dec 2016", datetime(2016, 12, 5, 23, 59, 59, tzinfo=UTC)),
        ("2016-12-05 14:00", datetime(2016, 12, 5, 14, tzinfo=UTC)),
        ("2016-12-05T9:05Z", datetime(2016, 12, 5, 9, 5, tzinfo=UTC)),
        ("Dec 5, 2016, 23:59 UTC", datetime(2016, 12, 5, 23, 59, tzinfo=UTC)),
        (" yesterday ", datetime(2026, 11, 21, 23, 59, 59, tzinfo=UTC)),
        ("Yesterday 08:00", datetime(2026, 11, 21, 8, tzinfo=UTC)),
        ("14:00", datetime(2026, 11, 22, 14, tzinfo=UTC)),
        ("today", CLOCK),
        ("2026-11-22", CLOCK),
    ],
)
def test_times_as_people_write_them(typed: str, meant: datetime) -> None:
    assert read_moment(typed, CLOCK) == int(meant.timestamp())


@pytest.mark.parametrize("typed", ["2026-11-23", "2026-11-22 15:31", "16:00", "9999-12-31", "1 Jan 2027 00:00"])
def test_the_future_is_refused(typed: str) -> None:
    with pytest.raises(SitrepError, match=r"lies in the future; .* Give a day or a time in UTC that has passed\."):
        read_moment(typed, CLOCK)


@pytest.mark.parametrize(
    "typed", ["soon", "2016-13-01", "24:00", "2016-12-05 25:00", "5 Dec", "2016-12-05 14", "t 1:60"]
)
def test_what_is_no_time_is_refused(typed: str) -> None:
    with pytest.raises(SitrepError, match=r"is not a time that I can read\. Write a day such as 2016-12-05"):
        read_moment(typed, CLOCK)


@given(st.text(max_size=60))
def test_any_text_is_a_time_or_refused(typed: str) -> None:
    try:
        found = read_moment(typed, CLOCK)
    except SitrepError:
        return
    assert found is None or 0 <= found <= CLOCK.timestamp()


def test_every_reading_command_can_be_asked_as_of_a_time() -> None:
    assert {Ask.HELP, Ask.PRIVACY, Ask.HISTORY, Ask.CHANGES} == set(Ask) - READING
