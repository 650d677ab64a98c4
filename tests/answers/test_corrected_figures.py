"""A corrected figure carries its mark wherever it is shown, and a page names every fact that it shows, so that whoever
saw a figure is told: each number of the reports is corrected in turn, and every page is looked at before and after."""

from collections.abc import AsyncIterator, Mapping
from pathlib import Path

import pytest
from msgspec.structs import replace

from bot.answers.knowledge import Knowledge
from bot.answers.page import Page, Struck, Text
from bot.answers.question import Ask, Question
from bot.answers.service import answer
from bot.answers.span import Span
from bot.chat.library import Library
from bot.corrections.proposal import Proposal, apply
from bot.facts.fact import Fact
from bot.facts.quantity import Quantity
from bot.facts.revision import EVERYONE
from bot.facts.vocabulary import CorrectionKind
from bot.seeds.folder import read_folder
from bot.store.correcting import corrections
from bot.store.correcting.correction_log import value
from bot.store.database import Database
from bot.store.revisions.recorded import numbers
from tests.store.small_world import bring, opened

FOLDER = Path(__file__).parents[2] / "seeds" / "aleppo-2016"
SERVER = "77"
LISTS = (Ask.CASUALTIES, Ask.DISPLACED, Ask.CONTROL, Ask.TIMELINE, Ask.STATEMENTS)
PLACES = ("east-aleppo", "west-aleppo", "aleppo", "syria", "shaar", "sheikh-saeed")
QUESTIONS = (
    *(Question(ask, offset=offset) for ask in LISTS for offset in (0, 8, 16)),
    *(Question(Ask.PROVENANCE, of=ask, offset=offset) for ask in LISTS for offset in (0, 8, 16)),
    *(Question(Ask.DISTRICT, place=place) for place in PLACES),
    *(Question(Ask.PROVENANCE, of=Ask.DISTRICT, place=place) for place in PLACES),
    *(Question(Ask.COMPARE, offset=offset) for offset in (0, 2)),
    *(Question(Ask.CHANGES, span=Span.over(0, 10**6), offset=offset) for offset in (0, 10, 20)),
)


@pytest.fixture
async def db(tmp_path: Path) -> AsyncIterator[Database]:
    async with opened(tmp_path) as db:
        await bring(db, read_folder(FOLDER, sorted((FOLDER / "later").glob("*.toml"))))
        yield db


async def pages(db: Database, facts: list[str], scope: str) -> Mapping[Question, Page]:
    library = Library(db, "aleppo-2016")
    await library.renew()
    known = await library.known_in(scope)
    asked = (*QUESTIONS, *(Question(Ask.SOURCE, fact=fact) for fact in facts))
    return {question: await answer(question, known) for question in asked}


async def correct(db: Database, fact: str, scope: str, known: Knowledge) -> Fact:
    seen = await value(db, fact, scope)
    assert seen is not None
    old = seen.fact.quantity
    assert old is not None
    proposal = Proposal(
        kind=CorrectionKind.READING, reason="miscounted", evidence="https://example.org/a", quantity=other_number(old)
    )
    after = apply(seen.fact, proposal)
    expected = await numbers(db, fact, scope)
    await db.write(
        lambda tx: corrections.record(
            tx, after, scope=scope, kind=proposal.kind, author="7", reason=proposal.reason,
            evidence=proposal.evidence, expected=expected, request=f"of {fact}", now=1_900_000_000,
            places=known.places,
        )
    )  # fmt: skip
    return after


def other_number(old: Quantity) -> Quantity:
    """Near enough to keep its place in every list."""
    low = (old.low if old.low is not None else (old.high or 50)) + 1
    return replace(old, low=low, high=low, modifier="exact", words=None, fraction=False)


def plain(text: Text) -> str:
    return "".join(part if isinstance(part, str) else str(part[0]) for part in text)


def entries_of(page: Page) -> dict[str, list[str]]:
    """The words of the entries that name a fact."""
    found: dict[str, list[str]] = {}
    for section in page.sections:
        for entry in section.entries:
            words = "\n".join(map(plain, (entry.lead, entry.detail, *entry.below)))
            for fact in entry.facts:
                found.setdefault(fact, []).append(words)
    return found


def is_struck(page: Page, fact: str) -> bool:
    """A correction itself, old number and new, says so in its first word."""
    found = [entry for section in page.sections for entry in section.entries if fact in entry.facts]
    return all(any(isinstance(part, Struck) for part in entry.lead) for entry in found)


@pytest.mark.parametrize("scope", [EVERYONE, SERVER])
async def test_each_is_marked_and_named_on_every_page(db: Database, scope: str) -> None:
    facts = [fact for (fact,) in await db.fetch_all("SELECT id FROM fact ORDER BY rowid")]
    seen = [await value(db, fact, scope) for fact in facts]
    facts = [one.fact.id for one in seen if one is not None and one.fact.quantity is not None]
    library = Library(db, "aleppo-2016")
    await library.renew()
    before = await pages(db, facts, scope)
    met: set[str] = set()
    for fact in facts:
        await correct(db, fact, scope, library.known)
        after = await pages(db, facts, scope)
        for question, page in after.items():
            if page.sections != before[question].sections:
                assert fact in before[question].facts, f"{question} shows {fact} and does not name it"
            for words in entries_of(page).get(fact, ()):
                met.add(fact)
                assert "corrected" in words or is_struck(page, fact), f"{question}: {words}"
        before = after
    assert len(met) > 20
