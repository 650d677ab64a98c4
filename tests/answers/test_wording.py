"""Numbers keep their hedge, days their precision, people their number; and every claim its source and publisher."""

import tempfile
from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.compare import rivals
from bot.answers.dates import day_words, window_words
from bot.answers.knowledge import Knowledge
from bot.answers.numbers import quantity_words
from bot.answers.options import find_source, read_day, read_question, suggest_sources
from bot.answers.page import Day, Entry, Page, Quiet, Strong, Text
from bot.answers.people import counted, measure_words, population_words
from bot.answers.question import Ask, Question
from bot.answers.sums import reason_words, sum_note
from bot.answers.wording import attribution, entry
from bot.chat.library import Library
from bot.errors import SitrepError
from bot.facts.addition import Obstacle
from bot.facts.grammar import parse_quantity
from bot.facts.quantity import Modifier
from bot.facts.vocabulary import Accounting, Kind, Measure, Population, Stance, Unit
from bot.facts.window import parse_window
from bot.store.reading.facts import Shown
from tests.facts.test_grammar import quantities
from tests.store.small_world import bring, claim, figure, opened, world


@pytest.fixture
async def known() -> AsyncIterator[Knowledge]:
    """What is kept in memory of the small world."""
    with tempfile.TemporaryDirectory() as folder:
        async with opened(folder) as db:
            await bring(db, world(figure("r1/1.1", "about 310")))
            library = Library(db, "small")
            await library.renew()
            yield library.known


def plain(text: Text) -> str:
    return "".join(part if isinstance(part, str) else str(part[0]) for part in text if not isinstance(part, Day))


def whole(one: Entry) -> str:
    return "\n".join(plain(line) for line in (one.lead, one.detail, *one.below))


def shown(fact: Any, publisher: str = "wire", number: int = 1, attached: tuple[Any, ...] = ()) -> Shown:
    return Shown(fact, publisher, date(2016, 12, 3), number, attached)


# Numbers


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("69", "69"),
        ("none", "0"),
        ("at least 69", "at least 69"),
        ("more than 300000", "more than 300,000"),
        ("an estimated 310", "about 310"),
        ("nearly 20,000", "nearly 20,000"),
        ("as many as 200", "up to 200"),
        ("fewer than 12", "fewer than 12"),
        ("between 20 and 30", "20 to 30"),
        ("tens of thousands", "tens of thousands"),
        ("a handful", "a handful"),
        ("more than half", "more than half"),
        ("about 60 percent", "about 60 percent"),
        ("62.5 percent", "62.5 percent"),
        ("three quarters", "three quarters"),
        ("unknown", "an unknown number"),
    ],
)
def test_quantities(written: str, read: str) -> None:
    assert quantity_words(parse_quantity(written)) == read


HEDGES = {
    Modifier.AT_LEAST: "at least ", Modifier.MORE_THAN: "more than ", Modifier.ABOUT: "about ",
    Modifier.NEARLY: "nearly ", Modifier.UP_TO: "up to ", Modifier.LESS_THAN: "fewer than ",
}  # fmt: skip


@given(quantities)
def test_no_number_loses_its_hedge(quantity: Any) -> None:
    words = quantity_words(quantity)
    assert words.startswith(HEDGES.get(quantity.modifier, ""))
    if quantity.modifier is Modifier.VAGUE:
        assert words == quantity.words, "a vague number never becomes a precise one"
    if quantity.modifier not in (*HEDGES, Modifier.RANGE, Modifier.VAGUE, Modifier.UNKNOWN) and not quantity.share:
        assert words == f"{quantity.low:,}"


@pytest.mark.parametrize(
    ("quantity", "fields", "words"),
    [
        ("1", {}, ("1", "civilian")),
        ("2", {}, ("2", "civilians")),
        ("none", {}, ("0", "civilians")),
        ("about 1", {}, ("About 1", "civilian")),
        ("at least 1", {"population": Population.CHILDREN}, ("At least 1", "child")),
        ("2", {"population": Population.PILOTS}, ("2", "pilots")),
        ("1", {"population": Population.WOMEN}, ("1", "woman")),
        ("1", {"population": Population.PEOPLE}, ("1", "person")),
        ("tens of thousands", {}, ("Tens of thousands", "of civilians")),
        ("a handful", {}, ("A handful", "of civilians")),
        ("several", {}, ("Several", "civilians")),
        ("several hundred", {}, ("Several hundred", "civilians")),
        ("unknown", {}, ("An unknown number", "of civilians")),
        ("more than half", {"of": "the population"}, ("More than half", "of the population")),
        ("12", {"unit": Unit.HOUSEHOLD}, ("12", "households of civilians")),
    ],
)
def test_who_is_counted(quantity: str, fields: dict[str, Any], words: tuple[str, str]) -> None:
    fact = figure("r1/1.1", quantity, **fields)
    assert fact.quantity is not None
    assert counted(fact.quantity, fact) == words


def test_every_group_and_every_measure_has_words() -> None:
    assert len({population_words(group, None, 2) for group in Population}) == len(Population)
    assert len({measure_words(measure) for measure in Measure}) == len(Measure)
    assert all(reason_words(frozenset({obstacle})) for obstacle in Obstacle)


# Days


@pytest.mark.parametrize(
    ("window", "words"),
    [
        ("2016-12-03", "3 Dec 2016"),
        ("2016-12-02/2016-12-03", "2–3 Dec 2016"),
        ("2016-11-15/2016-12-03", "15 Nov – 3 Dec 2016"),
        ("2015-12-30/2016-01-02", "30 Dec 2015 – 2 Jan 2016"),
        ("2016-11-15~/2016-12-03", "since mid-November 2016, as of 3 Dec 2016"),
        ("2011-03/2016-12-03", "since March 2011, as of 3 Dec 2016"),
        ("2016-11", "November 2016"),
        ("2012-07~", "mid-2012"),
        ("2012-22", "summer 2012"),
        ("2015", "2015"),
        ("2016-11-02~", "early November 2016"),
        ("2016-11-28~", "late November 2016"),
        ("../2016-12-03", "by 3 Dec 2016"),
        ("2016-12-03/..", "since 3 Dec 2016"),
        ("unknown", "time not stated"),
    ],
)
def test_windows(window: str, words: str) -> None:
    assert window_words(parse_window(window)) == words


# Sources


def test_a_figure_is_never_bare(known: Knowledge) -> None:
    text = whole(entry(shown(figure("r1/1.1", "about 310")), known))
    for part in ("About 310", "civilians killed", "East", "15 Nov – 3 Dec 2016", "The Watch", "via Wire"):
        assert part in text


@pytest.mark.parametrize(
    ("sources", "publisher", "parts", "without"),
    [
        ((), "wire", ["no source named", "Wire"], ["via"]),
        (("watch",), "wire", ["The Watch", "via Wire"], ["party"]),
        (("wire",), "wire", ["Wire Agency"], ["via", "no source"]),
        (
            ("watch", "state"),
            "daily",
            ["The Watch", "State Radio (broadcaster, party to the conflict)", "via The Daily"],
            [],
        ),
        (("gone",), "wire", ["gone", "via Wire"], []),
    ],
)
def test_who_says_so(
    known: Knowledge, sources: tuple[str, ...], publisher: str, parts: list[str], without: list[str]
) -> None:
    text = plain(attribution(shown(figure("r1/1.1", sources=sources), publisher), known))
    assert all(part in text for part in parts), text
    assert not any(part in text for part in without), text


def test_parts_and_other_wordings_keep_their_own_hedge_and_source(known: Knowledge) -> None:
    people = figure("r1/1.1", "more than 50,000", population=Population.PEOPLE, sources=())
    children = figure("r1/1.2", "nearly 20,000", population=Population.CHILDREN, sources=("watch",), part_of="r1/1.1")
    again = figure("r1/1.3", "tens of thousands", restates="r1/1.1", sources=())
    below = [plain(line) for line in entry(shown(people, attached=(children, again)), known).below]
    assert "of them nearly 20,000 children" in below[0]
    assert "Watch" in below[0]
    assert "tens of thousands of civilians" in below[1]


async def test_what_another_paper_printed_says_so() -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with opened(folder) as db:
            whole_one, part = figure("r1/1.1", "50"), figure("r2/1.1", "nearly 20", part_of="r1/1.1")
            await bring(db, world(whole_one, part))
            library = Library(db, "small")
            await library.renew()
            (line,) = entry(shown(whole_one, attached=(part,)), library.known).below
            assert plain(line).endswith("Watch, via The Daily")


def test_a_correction_and_a_doubt_are_said(known: Knowledge) -> None:
    assert "corrected" in whole(entry(shown(figure("r1/1.1"), number=2), known))
    assert "corrected" not in whole(entry(shown(figure("r1/1.1")), known))
    alleged = claim("r1/1.2", Kind.STATEMENT, stance=Stance.ALLEGED)
    assert "alleged, not confirmed" in whole(entry(shown(alleged), known))


# Sums


def note(known: Knowledge, *facts: Any, all_of_them: bool = True) -> str:
    return plain(sum_note(facts, known, whole=all_of_them))


def test_what_is_added_says_so_and_by_whom(known: Knowledge) -> None:
    text = note(known, figure("r1/1.1", "3"), figure("r1/2.1", "at least 5", place="west"))
    assert text.startswith("At least 8 civilians killed together, 15 Nov – 3 Dec 2016")
    assert "added by Sitrep" in text


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"part_of": "r1/1.1"}, "some are parts of others"),
        ({"restates": "r1/1.1", "place": "west"}, "some say the same in other words"),
        ({"place": "hill"}, "these figures overlap in place and time"),
        ({"place": "west", "sources": ("state",)}, "they come from different sources"),
        ({"place": "west", "population": Population.CHILDREN}, "they count different groups of people"),
        ({"place": "west", "measure": Measure.INJURED}, "they count different things"),
        ({"place": "west", "accounting": Accounting.STOCK}, "some say how many are and some how many became"),
        ({"place": "west", "quantity": "dozens"}, "some are too vague for a sum"),
    ],
)
def test_what_is_not_added_says_why(known: Knowledge, fields: dict[str, Any], reason: str) -> None:
    text = note(known, figure("r1/1.1"), figure("r1/2.1", **fields))
    assert "Not added up: " in text
    assert reason in text
    assert not any(character.isdigit() for character in text)


def test_a_page_that_is_not_all_is_not_added(known: Knowledge) -> None:
    text = note(known, figure("r1/1.1", "3"), figure("r1/2.1", "5", place="west"), all_of_them=False)
    assert "these are not all figures" in text


# Rivals


def test_rivals_are_two_sources_on_one_question() -> None:
    ours, theirs = shown(figure("r1/1.1", "310")), shown(figure("r1/2.1", "28", sources=("state",)))
    assert rivals([ours, theirs]) == [[ours, theirs]]
    for apart in (
        shown(figure("r1/2.1", "28")),
        shown(figure("r1/2.1", "28", sources=("state",), population=Population.CHILDREN)),
        shown(figure("r1/2.1", "28", sources=("state",), place="west")),
        shown(figure("r1/2.1", "28", sources=("state",), measure=Measure.INJURED)),
        shown(figure("r1/2.1", "28", "2011-03/2016-12-03", sources=("state",))),
        shown(figure("r1/2.1", "28", "2016-12-03", sources=("state",), cumulative=False)),
    ):
        assert rivals([ours, apart]) == []


# Options


@pytest.mark.parametrize(
    "text",
    ["2016-12-03", "3 Dec 2016", "3 December 2016", "Dec 3, 2016", "December 3, 2016", " 3  dec. 2016 ", "03 DEC 2016"],
)
def test_days_as_people_write_them(text: str) -> None:
    assert read_day(text) == date(2016, 12, 3)


@pytest.mark.parametrize("text", ["yesterday", "03/12/2016", "2016-13-01", "31 Nov 2016", "3 Dec", "2016"])
def test_days_that_may_mean_another_day_are_refused(text: str) -> None:
    with pytest.raises(SitrepError, match=r"is not a day that I can read\. Write it as 2016-12-03"):
        read_day(text)


@given(st.text(max_size=200))
def test_any_text_is_a_day_or_refused(text: str) -> None:
    try:
        found = read_day(text)
    except SitrepError:
        return
    assert found is None or read_day(day_words(found)) == found or found.year < 1000


@pytest.mark.parametrize(
    ("typed", "source"),
    [
        ("watch", "watch"),
        ("The Watch", "watch"),
        ("WATCH", "watch"),
        ("radio", "state"),
        ("Wire", "wire"),
        ("daily", "daily"),
    ],
)
def test_sources_by_any_of_their_names(known: Knowledge, typed: str, source: str) -> None:
    assert find_source(typed, known).id == source


def test_sources_that_are_none_or_several(known: Knowledge) -> None:
    with pytest.raises(SitrepError, match=r"No source is called “BBC”\. Choose one of those offered: "):
        find_source("BBC", known)
    with pytest.raises(SitrepError, match=r"Several sources are called “the”\. Choose one: "):
        find_source("the", known)
    assert [source.id for source in suggest_sources("wat", known)] == ["watch"]


def test_a_time_that_ends_before_it_begins(known: Knowledge) -> None:
    with pytest.raises(SitrepError, match=r"ends before it begins\. Swap since and until"):
        read_question(known, Ask.CASUALTIES, since="2016-12-03", until="2016-12-01")


def test_a_place_that_is_not_known_is_asked_back(known: Knowledge) -> None:
    assert read_question(known, Ask.CASUALTIES, place="EAST") == Question(Ask.CASUALTIES, place="east")
    assert isinstance(read_question(known, Ask.CASUALTIES, place="Zzyzx"), Page)


# The catalogue


def test_facts_are_found_by_place_number_and_words(known: Knowledge) -> None:
    for typed in ("310", "east", "killed 310", "r1/1.1", "CIVILIANS east", ""):
        assert [fact for fact, _ in known.catalogue.suggest(typed)] == ["r1/1.1"], typed
    assert known.catalogue.suggest("pilots") == []
    ((fact, label),) = known.catalogue.suggest("310")
    assert known.catalogue.resolve(label) == known.catalogue.resolve("310") == fact
    assert known.catalogue.resolve("no such thing") == "no such thing"


def test_emphasis_is_part_of_what_is_said(known: Knowledge) -> None:
    parts = entry(shown(figure("r1/1.1", "about 310", sources=("state",))), known)
    assert Strong("About 310") in parts.lead
    assert any(isinstance(part, Quiet) and "party to the conflict" in part.text for part in parts.detail)


async def test_a_place_that_the_gazetteer_lost_may_be_anywhere(known: Knowledge) -> None:
    assert known.may_overlap("east", "a-place-taken-out")
