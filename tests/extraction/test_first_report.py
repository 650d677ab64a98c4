"""The first report, read by the parser, against the first report, read by a person (`seeds/aleppo-2016`).

Needs the report's text, which is not shipped: `../shared/reports/aleppo-2016-12-03.txt` beside the repository.
"""

import shutil
from datetime import date
from pathlib import Path

import pytest

from bot.extraction.command import conflict_pack
from bot.extraction.conflict_pack import actor_id
from bot.extraction.draft import Draft
from bot.extraction.extract import extract
from bot.extraction.pack import Pack
from bot.extraction.seed_file import SeedReport, seed_file, source_ids
from bot.facts.fact import OVERRULED, Fact
from bot.facts.vocabulary import Kind, Population
from bot.seeds.folder import read_folder

TEXT = Path(__file__).parents[2] / "../shared/reports/aleppo-2016-12-03.txt"
SEEDS = Path(__file__).parents[2] / "seeds/aleppo-2016"
pytestmark = pytest.mark.skipif(not TEXT.exists(), reason="the first report's text is not shipped with the project")


@pytest.fixture(scope="module")
def pack() -> Pack:
    return conflict_pack("aleppo-2016", SEEDS.parent)[0]


@pytest.fixture(scope="module")
def drafts(pack: Pack) -> tuple[Draft, ...]:
    return extract(TEXT.read_text(encoding="utf-8"), date(2016, 12, 3), "AFP", pack)


@pytest.fixture(scope="module")
def facts() -> tuple[Fact, ...]:
    seeds = read_folder(SEEDS)
    return next(loaded.facts for loaded in seeds.reports if loaded.report.published == date(2016, 12, 3))


@pytest.fixture(scope="module")
def overruled(facts: tuple[Fact, ...]) -> set[tuple[str, str]]:
    """Where the person overruled the parser: (number, field). The seed says so, and why."""
    return {(number(f), step.field) for f in facts for step in f.trace if step.rule.startswith(OVERRULED)}


def number(fact: Fact) -> str:
    return fact.id.rpartition("/")[2]


def overlaps(fact: Fact, draft: Draft) -> bool:
    span = fact.locator.span
    return span is not None and span[0] < draft.span[1] and draft.span[0] < span[1]


def test_every_figure_in_every_field(
    facts: tuple[Fact, ...], drafts: tuple[Draft, ...], pack: Pack, overruled: set[tuple[str, str]]
) -> None:
    wrong = []
    for fact in (f for f in facts if f.kind is Kind.FIGURE):
        draft = next((d for d in drafts if d.kind is Kind.FIGURE and overlaps(fact, d)), None)
        assert draft is not None, f"{number(fact)} was not read"
        read = {
            "measure": draft.measure,
            "quantity": draft.quantity,
            "population": draft.population or Population.PEOPLE,
            "accounting": draft.accounting,
            "cumulative": draft.cumulative,
            "place": draft.place_id,
            "window": str(draft.window),
            "sources": tuple(source_ids(draft, pack)[0]),
            "actor": actor_id(pack, draft.actor),
            "stance": draft.stance,
        }
        for field, value in read.items():
            expected = str(fact.window) if field == "window" else getattr(fact, field)
            if value != expected and (number(fact), field) not in overruled:
                wrong.append(f"{number(fact)} {field}: read {value}, the seed says {expected}")
    assert not wrong, "\n".join(wrong)


def test_no_figure_is_read_that_the_person_did_not_find(facts: tuple[Fact, ...], drafts: tuple[Draft, ...]) -> None:
    figures = [fact for fact in facts if fact.kind is Kind.FIGURE]
    assert not [d for d in drafts if d.kind is Kind.FIGURE and not any(overlaps(f, d) for f in figures)]


def test_the_report_file_that_is_written_loads_and_leaves_out_what_is_doubtful(
    drafts: tuple[Draft, ...], pack: Pack, tmp_path: Path
) -> None:
    folder = tmp_path / "aleppo-2016"
    shutil.copytree(SEEDS, folder)
    kept = next((folder / "reports").glob("2016-12-03-*.toml"))
    report = SeedReport("afp-2016-12-03", "afp", date(2016, 12, 3), "Read by the parser")
    kept.write_text(seed_file(TEXT.read_text(encoding="utf-8"), drafts, report, pack), encoding="utf-8")
    loaded = next(r.facts for r in read_folder(folder).reports if r.report.published == date(2016, 12, 3))
    sure = {draft.span for draft in drafts if not draft.doubtful}
    assert loaded
    assert {fact.locator.span for fact in loaded} <= sure


def test_parts_and_twins(facts: tuple[Fact, ...], drafts: tuple[Draft, ...]) -> None:
    by_number = {
        number(f): next(d for d in drafts if d.kind is Kind.FIGURE and overlaps(f, d))
        for f in facts
        if f.kind is Kind.FIGURE
    }
    for fact in (f for f in facts if f.kind is Kind.FIGURE):
        for relation in fact.relations:
            here, there = by_number[number(fact)], by_number[relation.to.rpartition("/")[2]]
            if relation.kind.value == "part_of":
                assert here.part_of == there.index
            else:  # the parser points from the later wording to the earlier
                assert here.restates == there.index or there.restates == here.index


def kindred(fact: Fact, draft: Draft) -> bool:
    """Whether the draft tells the same sort of thing of the same words: the same control status, the same event."""
    if draft.kind is not fact.kind or not overlaps(fact, draft):
        return False
    return draft.status == fact.status and draft.event == fact.event


def claims_of(facts: tuple[Fact, ...]) -> list[Fact]:
    return [fact for fact in facts if fact.kind is not Kind.FIGURE]


def test_every_claim_is_found_or_the_seed_says_why_not(
    facts: tuple[Fact, ...], drafts: tuple[Draft, ...], overruled: set[tuple[str, str]]
) -> None:
    missing = {number(f) for f in claims_of(facts) if not any(kindred(f, d) for d in drafts)}
    assert missing == {name for name, field in overruled if field == "kind"}


def test_claims_agree_in_every_field_that_was_read(
    facts: tuple[Fact, ...], drafts: tuple[Draft, ...], pack: Pack, overruled: set[tuple[str, str]]
) -> None:
    """What the parser leaves empty a person fills in; what it does read must be right, or the seed says why not. Its
    own window counts only where words of the sentence gave it."""
    wrong = []
    for fact in claims_of(facts):
        draft = next((d for d in drafts if kindred(fact, d)), None)
        if draft is None:
            continue
        read = {
            "place": (draft.place_id, fact.place),
            "window": (str(draft.window) if draft.window_words else None, str(fact.window)),
            "actor": (actor_id(pack, draft.actor), fact.actor),
            "sources": (tuple(source_ids(draft, pack)[0]) or None, fact.sources),
            "stance": (draft.stance, fact.stance),
        }
        wrong += [
            (number(fact), field, str(value), str(expected))
            for field, (value, expected) in read.items()
            if value is not None and value != expected
        ]
    unexplained = [row for row in wrong if row[:2] not in overruled]
    assert not unexplained, "\n".join(f"{a} {b}: read {c}, the seed says {d}" for a, b, c, d in unexplained)


def test_nothing_is_listed_as_overruled_that_the_parser_reads_right(
    facts: tuple[Fact, ...], drafts: tuple[Draft, ...], pack: Pack, overruled: set[tuple[str, str]]
) -> None:
    by_number = {number(fact): fact for fact in facts}
    for name, field in sorted(pair for pair in overruled if pair[1] != "kind"):
        fact = by_number[name]
        found = [d for d in drafts if (kindred(fact, d) if fact.kind is not Kind.FIGURE else overlaps(fact, d))]
        draft = found[0]
        read = {
            "place": draft.place_id,
            "window": str(draft.window),
            "actor": actor_id(pack, draft.actor),
            "sources": tuple(source_ids(draft, pack)[0]),
            "stance": draft.stance,
        }[field]
        expected = str(fact.window) if field == "window" else getattr(fact, field)
        assert read != expected, f"{name} {field} is read right by now: take it out of the seed"
