"""The seeds against the report they were read from, and against what a careful reader must not get wrong.

The report belongs to its publisher and is no part of the project. Where a copy lies at
`../shared/reports/aleppo-2016-12-03.txt` (beside the checkout) every span is checked against it; elsewhere
those tests are skipped, and the others prove the seeds without it.
"""

import re
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import pytest

from bot.facts.fact import Fact
from bot.facts.grammar import read_quantity
from bot.facts.quantity import Modifier, Quantity
from bot.facts.series import series_key
from bot.facts.vocabulary import Accounting, ControlStatus, EventType, Kind, Measure, Population, Stance, Unit
from bot.facts.window import parse_window
from bot.seeds.folder import Seeds, read_folder

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "seeds" / "aleppo-2016"
TEXT = ROOT.parent / "shared" / "reports" / "aleppo-2016-12-03.txt"
REPORT = "afp-2016-12-03"

NUMBER = re.compile(
    r"\d+(?:,\d{3})*|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|both|half|"
    r"third|quarter|fourth|fifth|tens|dozens?|scores|hundreds?|thousands?|millions?|several|few|handful|couple|many)\b",
    re.IGNORECASE,
)
NO_COUNTS = {
    (7, "2012"): "the year in which the rebels came",
    (9, "five"): "how long the war has lasted, in years",
    (10, "2011"): "the year in which the war began",
    (11, "15"): "a day of November",
    (20, "Fourth"): "the name of a division",
    (33, "Both"): "the two governments that accuse",
    (32, "Many"): "no number: how many is not said",
    (32, "2015"): "the year in which the Russian campaign began",
}
"""(paragraph, word): why it is not a count."""


@pytest.fixture(scope="module")
def seeds() -> Seeds:
    return read_folder(FOLDER)


@pytest.fixture(scope="module")
def facts(seeds: Seeds) -> dict[str, Fact]:
    """The facts of the first report by their number."""
    return {fact.id.partition("/")[2]: fact for fact in seeds.facts if fact.locator.report == REPORT}


@pytest.fixture(scope="module")
def later() -> dict[str, Fact]:
    """Every fact by its whole id, those of later reports too."""
    return {fact.id: fact for fact in read_folder(FOLDER, sorted((FOLDER / "later").glob("*.toml"))).facts}


@pytest.fixture(scope="module")
def text() -> str:
    if not TEXT.exists():
        pytest.skip("the first report is not beside the checkout (../shared/reports/aleppo-2016-12-03.txt)")
    return TEXT.read_text(encoding="utf-8")


def paragraphs(text: str) -> list[tuple[int, int]]:
    """[start, end) of each paragraph that is not empty."""
    return [match.span() for match in re.finditer(r"^.*\S.*$", text, re.MULTILINE)]


def sentence_at(text: str, start: int, offset: int) -> int:
    """Which sentence, from 1, of the paragraph that begins at `start` holds `offset`."""
    ends = re.finditer(r"[.!?][\"']*\s+(?=[\"']?[A-Z])", text[start : offset + 1])
    return 1 + sum(1 for _ in ends)


def ngrams(text: str, size: int = 9) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[index : index + size]) for index in range(len(words) - size + 1)}


# Against the report


def test_the_report_is_the_one_that_was_read(seeds: Seeds, text: str) -> None:
    (report,) = [loaded.report for loaded in seeds.reports if loaded.report.id == REPORT]
    assert report.sha256 == sha256(text.encode()).hexdigest()


def test_every_fact_stands_where_it_says(facts: dict[str, Fact], text: str) -> None:
    spans = paragraphs(text)
    for number, fact in facts.items():
        locator = fact.locator
        assert locator.span is not None, number
        start, end = locator.span
        first, last = spans[locator.paragraph - 1]
        assert first <= start < end <= last, number
        assert locator.sha256 == sha256(text[start:end].encode()).hexdigest(), number
        assert locator.sentence == sentence_at(text, first, start), number


def test_the_words_given_as_the_reports_are_the_reports(facts: dict[str, Fact], text: str) -> None:
    spans = paragraphs(text)
    for number, fact in facts.items():
        start, end = spans[fact.locator.paragraph - 1]
        for words in (fact.place_words, fact.window_words):
            assert words is None or words in text[start:end], f"{number}: {words}"


def test_the_quantity_of_every_figure_is_what_its_words_mean(facts: dict[str, Fact], text: str) -> None:
    for number, fact in facts.items():
        if fact.kind is Kind.FIGURE:
            assert fact.locator.span is not None
            read = read_quantity(text[slice(*fact.locator.span)])
            assert read is not None, number
            assert read[0] == fact.quantity, number


def test_every_number_of_the_report_is_a_fact_or_known_to_be_no_count(facts: dict[str, Fact], text: str) -> None:
    counted = [fact.locator.span for fact in facts.values() if fact.quantity is not None and fact.locator.span]
    left = {
        (number, match.group())
        for number, (start, end) in enumerate(paragraphs(text), start=1)
        for match in NUMBER.finditer(text, start, end)
        if not any(first <= match.start() and match.end() <= last for first, last in counted)
    }
    missing = left - set(NO_COUNTS)
    # A year may stand within the span of a share; what is listed must at least be there.
    gone = {(n, word) for n, word in NO_COUNTS if word not in text[slice(*paragraphs(text)[n - 1])]}
    assert (missing, gone) == (set(), set())


def test_every_paragraph_but_the_caption_has_its_facts(facts: dict[str, Fact], text: str) -> None:
    read = {fact.locator.paragraph for fact in facts.values()}
    assert set(range(1, len(paragraphs(text)) + 1)) - read == {1, 2}


def test_no_sentence_of_the_report_is_in_the_project(text: str) -> None:
    theirs = ngrams(text)
    suffixes = {".toml", ".csv", ".md", ".py", ".json", ".txt", ".po", ".sql"}
    files = [
        path for folder in ("seeds", "docs", "bot", "cogs", "tests", "bench") for path in (ROOT / folder).rglob("*")
    ]
    for path in [*files, *ROOT.glob("*.md")]:
        if path.suffix in suffixes and path.is_file():
            shared = ngrams(path.read_text(encoding="utf-8")) & theirs
            assert not shared, f"{path.relative_to(ROOT)} has nine words of the report: {' '.join(sorted(shared)[0])}"


# Without it: the points where a hasty reading goes wrong


def test_facts_stand_in_the_order_of_the_text(facts: dict[str, Fact]) -> None:
    numbers = [tuple(map(int, number.split("."))) for number in facts]
    assert numbers == sorted(numbers)
    spans = [fact.locator.span for fact in facts.values()]
    assert all(fact.locator.sha256 for fact in facts.values())
    assert all(span is not None for span in spans)
    # Within one paragraph facts may nest; no paragraph reaches into the next.
    assert all(a.locator.paragraph <= b.locator.paragraph for a, b in pairwise(facts.values()))


@pytest.mark.parametrize("number", ["5.1", "5.2", "7.1", "11.1", "12.1", "19.1", "19.2", "20.1", "23.1", "23.2"])
def test_the_observatory_under_all_its_names_is_one_source(facts: dict[str, Fact], number: str) -> None:
    assert facts[number].sources == ("sohr",)


def test_two_sources_for_the_five(facts: dict[str, Fact]) -> None:
    assert facts["24.1"].sources == ("sohr", "sana")
    assert facts["24.1"].quantity == Quantity(5, 5)


def test_the_same_period_starts_where_the_sentence_before_does(facts: dict[str, Fact]) -> None:
    assert facts["12.1"].window == facts["11.1"].window == parse_window("2016-11-15/2016-12-03")
    assert facts["12.1"].window_words != facts["11.1"].window_words


def test_days_are_counted_from_the_reports_date(facts: dict[str, Fact]) -> None:
    assert facts["23.1"].window == parse_window("2016-12-03")
    assert facts["17.1"].window == parse_window("2016-12-02")
    assert facts["5.1"].window == facts["19.1"].window == parse_window("2016-12-02/2016-12-03")


def test_both_pilots_are_two(facts: dict[str, Fact]) -> None:
    pilots = facts["19.2"]
    assert (pilots.quantity, pilots.population, pilots.measure) == (Quantity(2, 2), Population.PILOTS, Measure.KILLED)


def test_the_children_are_a_part_and_the_estimate_is_theirs(facts: dict[str, Fact]) -> None:
    children, people, again = facts["22.1"], facts["21.1"], facts["4.1"]
    assert [relation.to for relation in children.relations] == [people.id]
    assert children.population is Population.CHILDREN
    assert (children.sources, people.sources) == (("un",), ())
    assert [relation.to for relation in again.relations] == [people.id]


def test_two_claims_about_the_ground_taken_stand_side_by_side(facts: dict[str, Fact]) -> None:
    own, observatory = facts["3.2"], facts["7.1"]
    assert own.quantity == Quantity(5_000, None, Modifier.MORE_THAN, share=True, fraction=True)
    assert observatory.quantity == Quantity(6_000, 6_000, Modifier.ABOUT, share=True)
    assert (own.sources, observatory.sources) == ((), ("sohr",))
    assert own.place == observatory.place
    assert own.relations == observatory.relations == ()


def test_pauses_corridors_and_those_who_used_them_are_not_people_displaced(facts: dict[str, Fact]) -> None:
    assert all(facts[number].measure is None for number in ("30.1", "31.1", "31.2"))
    assert facts["31.2"].quantity == Quantity(3, None, Modifier.VAGUE, words="a handful")
    displaced = [number for number, fact in facts.items() if fact.measure is Measure.DISPLACED]
    assert displaced == ["4.1", "10.2", "21.1", "22.1"]


def test_the_figures_of_the_report_are_these_and_no_more(facts: dict[str, Fact]) -> None:
    figures = [number for number, fact in facts.items() if fact.kind is Kind.FIGURE]
    assert figures == ["4.1", "10.1", "10.2", "11.1", "12.1", "18.3", "19.2", "20.1", "21.1", "22.1", "23.1", "24.1"]
    assert all(facts[number].unit is Unit.PERSON for number in figures)
    stocks = [number for number in figures if facts[number].accounting is Accounting.STOCK]
    totals = [number for number in figures if facts[number].cumulative]
    assert (stocks, totals) == (["18.3"], ["4.1", "10.1", "10.2", "11.1", "12.1", "21.1", "22.1"])


def test_who_did_it_is_said_only_where_the_report_says_it(facts: dict[str, Fact]) -> None:
    assert facts["23.1"].actor is None
    assert facts["16.3"].actor is None
    assert {number: facts[number].actor for number in ("11.1", "12.1", "24.1")} == {
        "11.1": "government-forces",
        "12.1": "rebel-forces",
        "24.1": "rebel-forces",
    }


def test_what_is_not_asserted_is_marked(facts: dict[str, Fact]) -> None:
    marked = {number: fact.stance for number, fact in facts.items() if fact.stance is not Stance.ASSERTED}
    assert marked == {"9.2": Stance.HYPOTHETICAL, "20.2": Stance.EXPECTED, "33.1": Stance.ALLEGED}


def test_sheikh_saeed_is_contested_and_the_aircraft_fell_near_the_airport(facts: dict[str, Fact]) -> None:
    assert (facts["17.1"].place, facts["17.1"].status) == ("sheikh-saeed", ControlStatus.CONTESTED)
    assert (facts["19.1"].place, facts["19.1"].event) == ("aleppo-airport", EventType.AIRCRAFT_LOST)


def test_terms_of_a_party_stay_within_what_it_said(seeds: Seeds, facts: dict[str, Fact]) -> None:
    said = re.compile(r"terroris|regime|martyr|liberat|militant", re.IGNORECASE)
    found = {n for n, fact in facts.items() if said.search(f"{fact.summary} {fact.of} {fact.destination_words}")}
    assert found == {"15.1"}
    assert facts["15.1"].kind is Kind.STATEMENT
    parties = {source.id for source in seeds.sources if source.party == "government-forces"}
    assert set(facts["15.1"].sources) <= parties


# Later reports


def test_later_counts_are_steps_of_the_series_that_begin_on_3_december(later: dict[str, Fact]) -> None:
    def steps(first: str) -> list[int | None]:
        key = series_key(later[first])
        return [f.quantity.low for f in sorted(later.values(), key=_ends) if f.quantity and series_key(f) == key]

    assert steps(f"{REPORT}/11.1") == [310, 369, 384, 442]
    assert steps(f"{REPORT}/12.1") == [69, 92, 130]  # the 114 of 8 December are people, not civilians


def _ends(fact: Fact) -> int:
    return fact.window.end.last.toordinal() if fact.window.end else 0


def test_a_count_of_everybody_is_no_count_of_civilians(later: dict[str, Fact]) -> None:
    together = later["sohr-2016-12-12/4.1"]
    assert together.population is Population.PEOPLE
    assert later["sohr-2016-12-12/1.1"].relations[0].to == together.id
    assert later["index-2016-12-08/2.1"].population is Population.PEOPLE


def test_later_reports_are_held_back(seeds: Seeds) -> None:
    assert [loaded.report.id for loaded in seeds.reports] == [REPORT]
