"""The first report, read by the parser, against the first report, read by a person (`seeds/aleppo-2016`).

Needs the report's text, which is not shipped: `../shared/reports/aleppo-2016-12-03.txt` beside the repository.
"""

from datetime import date
from pathlib import Path

import pytest

from bot.extraction.command import conflict_pack
from bot.extraction.conflict_pack import actor_id
from bot.extraction.draft import Draft
from bot.extraction.extract import extract
from bot.extraction.pack import Pack
from bot.extraction.seed_file import source_ids
from bot.facts.fact import Fact
from bot.facts.vocabulary import Kind, Population
from bot.seeds.folder import read_folder

TEXT = Path(__file__).parents[2] / "../shared/reports/aleppo-2016-12-03.txt"
SEEDS = Path(__file__).parents[2] / "seeds/aleppo-2016"
pytestmark = pytest.mark.skipif(not TEXT.exists(), reason="the first report's text is not shipped with the project")

# Where the person overruled the parser, and why.
OVERRULED = {
    ("18.3", "place"): "the sentence names the whole city; where people take refuge is told two sentences before",
}


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


def number(fact: Fact) -> str:
    return fact.id.rpartition("/")[2]


def overlaps(fact: Fact, draft: Draft) -> bool:
    span = fact.locator.span
    return span is not None and span[0] < draft.span[1] and draft.span[0] < span[1]


def test_every_figure_in_every_field(facts: tuple[Fact, ...], drafts: tuple[Draft, ...], pack: Pack) -> None:
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
            if value != expected and (number(fact), field) not in OVERRULED:
                wrong.append(f"{number(fact)} {field}: read {value}, the seed says {expected}")
    assert not wrong, "\n".join(wrong)


def test_no_figure_is_read_that_the_person_did_not_find(facts: tuple[Fact, ...], drafts: tuple[Draft, ...]) -> None:
    figures = [fact for fact in facts if fact.kind is Kind.FIGURE]
    assert not [d for d in drafts if d.kind is Kind.FIGURE and not any(overlaps(f, d) for f in figures)]


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


@pytest.mark.parametrize(("kind", "share"), [(Kind.CONTROL, 0.5), (Kind.EVENT, 0.6), (Kind.STATEMENT, 0.7)])
def test_claims_are_found(facts: tuple[Fact, ...], drafts: tuple[Draft, ...], kind: Kind, share: float) -> None:
    """A person divides what is told differently from the parser, so a claim counts as found when some draft that is no
    figure was read from the same words."""
    claims = [fact for fact in facts if fact.kind is kind]
    found = [f for f in claims if any(d.kind is not Kind.FIGURE and overlaps(f, d) for d in drafts)]
    assert len(found) >= share * len(claims)
