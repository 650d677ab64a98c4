"""Every text that a person may read can be translated: shown with a language made up of other letters."""

import ast
import gettext
import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace as replace_place
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from msgspec.structs import replace

from bot import i18n
from bot.answers.about import Health, status_page
from bot.answers.knowledge import Knowledge
from bot.answers.options import read_question
from bot.answers.page import Page, Quiet, Strong, Text
from bot.answers.question import Ask, Question
from bot.answers.service import answer
from bot.answers.span import Span
from bot.chat.correcting.making import would
from bot.chat.correcting.pages import confirm_page
from bot.chat.correcting.sight import Sight
from bot.chat.correcting.written import Written
from bot.chat.library import Library
from bot.errors import SitrepError
from bot.facts.fact import OVERRULED, Fact
from bot.messages import TEMPLATE, catalogue, template_text
from bot.places.gazetteer import Gazetteer
from bot.seeds.folder import LoadedReport, Seeds, read_folder
from bot.store.revisions.recorded import Numbers
from tests.store.small_world import bring, opened

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "seeds" / "aleppo-2016"
PSEUDO = "x-pseudo"
LETTERS = re.compile(r"[A-Za-z]")
WORD = re.compile(r"[A-Za-z]{2,}")
NAMES = re.compile(r"Sitrep|Discord\b|[a-z0-9-]+/\d+\.\d+|/[a-z]+\b|\b[0-9a-f]{12}\b|\b\d+ ms\b")
"""What is the same in every language: names, ids of facts, commands, fingerprints, units."""


def test_the_template_for_translators_is_up_to_date() -> None:
    """The messages themselves; the files named beside them are a help and may lag behind."""
    written, made = (read_po(StringIO(text)) for text in (TEMPLATE.read_text(encoding="utf-8"), template_text()))
    assert {message.id for message in written} == {message.id for message in made}, "run: make messages"


def test_only_plain_texts_are_given_to_translators() -> None:
    """An f-string in `_` would be looked up after its values were put in, and never found."""
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for folder in ("bot", "cogs")
        for path in (ROOT / folder).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("_", "ngettext")
        if any(isinstance(argument, ast.JoinedStr | ast.BinOp) for argument in node.args)
    ]
    assert found == []


# A language in other letters


def other_letters(text: str) -> str:
    """English in full-width letters, with the fields left as they are."""
    parts = re.split(r"(\{[^}]*\})", text)
    return "".join(
        part if part.startswith("{") else LETTERS.sub(lambda m: chr(ord(m[0]) + 0xFEE0), part) for part in parts
    )


def in_russian_letters(text: str | None) -> str | None:
    """Data that cannot be mistaken for words of the program."""
    return LETTERS.sub("ж", text) if text is not None else None


@pytest.fixture
def pseudo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Speak the language, of which a whole catalogue lies in a folder of its own."""
    folder = tmp_path / "locale" / PSEUDO / "LC_MESSAGES"
    folder.mkdir(parents=True)
    translated = Catalog(locale="en", charset="utf-8")
    for message in catalogue():
        if message.id:
            both = isinstance(message.id, tuple | list)
            translated.add(
                message.id, tuple(map(other_letters, message.id)) if both else other_letters(str(message.id))
            )
    with (folder / "sitrep.mo").open("wb") as file:
        write_mo(file, translated)
    monkeypatch.setattr(i18n, "_LOCALE_DIR", tmp_path / "locale")
    i18n._catalogue.cache_clear()
    assert isinstance(gettext.translation("sitrep", tmp_path / "locale", [PSEUDO]), gettext.GNUTranslations)
    with i18n.speaking(PSEUDO):
        yield
    i18n._catalogue.cache_clear()


def foreign(seeds: Seeds) -> Seeds:
    """The same seeds, with all names and sentences in Russian letters."""

    def data(thing: Any, *fields: str) -> Any:
        return replace(thing, **{field: in_russian_letters(getattr(thing, field)) for field in fields})

    words = ("summary", "note", "of", "place_words", "window_words", "destination_words")

    def reported(fact: Fact) -> Fact:
        # Why a person overruled the parser is told in the words of the file too.
        told = [
            replace(step, field="ж", rule=OVERRULED + str(in_russian_letters(step.rule.removeprefix(OVERRULED))))
            if step.rule.startswith(OVERRULED)
            else step
            for step in fact.trace
        ]
        return replace(data(fact, *words), trace=tuple(told))

    return Seeds(
        data(seeds.conflict, "name"),
        tuple(data(actor, "name") for actor in seeds.actors),
        tuple(data(source, "name", "short", "sort", "counts") for source in seeds.sources),
        Gazetteer(replace_place(place, name=in_russian_letters(place.name) or "ж") for place in seeds.places),
        tuple(
            LoadedReport(data(report, "about"), tuple(map(reported, facts)))
            for report, facts, _corrected in seeds.reports
        ),
    )


@pytest.fixture
async def known(pseudo: None, tmp_path: Path) -> AsyncIterator[Knowledge]:
    async with opened(tmp_path) as db:
        await bring(db, foreign(read_folder(FOLDER, sorted((FOLDER / "later").glob("*.toml")))))
        library = Library(db, "aleppo-2016")
        await library.renew()
        yield library.known


def texts(page: Page) -> Iterator[str]:
    """Everything on the page that somebody reads."""

    def plain(text: Text) -> str:
        parts = [
            part if isinstance(part, str) else part.text for part in text if isinstance(part, str | Strong | Quiet)
        ]
        return " ".join(parts)

    yield page.title
    yield plain(page.subtitle)
    yield page.aside or ""
    for section in page.sections:
        yield section.heading or ""
        for entry in section.entries:
            yield from map(plain, (entry.lead, entry.detail, *entry.below))
    yield from map(plain, page.notes)
    yield page.choose or ""
    for choice in page.choices:
        yield from (choice.label, choice.description)
    yield from (follow.label for follow in page.follow)


def english(page: Page) -> list[str]:
    """Words of the program that are still English."""
    return [text for text in texts(page) if WORD.search(NAMES.sub("", text))]


FACTS = [f"afp-2016-12-03/{number}" for number in ("15.1", "33.1", "17.1", "19.2", "23.1")]
WITH_HEDGES = [f"afp-2016-12-03/{number}" for number in ("11.1", "3.2", "10.2", "22.1")]
QUESTIONS = [
    *(Question(ask) for ask in Ask if ask not in (Ask.SOURCE, Ask.PROVENANCE, Ask.DISTRICT, Ask.CHANGES)),
    *(Question(Ask.CHANGES, span=Span.over(since, 10**6), offset=offset) for since in (0, 62) for offset in (0, 10)),
    *(Question(Ask.DISTRICT, place=place) for place in ("sheikh-saeed", "east-aleppo", "aleppo-airport", "syria")),
    *(Question(Ask.SOURCE, fact=fact) for fact in (*FACTS, "sohr-2016-12-12/1.1")),
    *(Question(Ask.PROVENANCE, of=ask) for ask in (Ask.CASUALTIES, Ask.CONTROL, Ask.STATEMENTS)),
    *(Question(ask, offset=8) for ask in (Ask.CASUALTIES, Ask.DISPLACED, Ask.TIMELINE, Ask.STATEMENTS, Ask.SOURCES)),
    Question(Ask.CASUALTIES, source="sana", since=date(2016, 11, 15), until=date(2016, 12, 3)),
    Question(Ask.CASUALTIES, place="masaken-hanano", source="un"),
    Question(Ask.TIMELINE, offset=5_000),
]


async def test_no_answer_holds_a_word_that_translators_never_saw(known: Knowledge) -> None:
    found = {f"{question}": left for question in QUESTIONS if (left := english(await answer(question, known)))}
    assert found == {}


@pytest.mark.parametrize("fact", ["afp-2016-12-03/11.1", "afp-2016-12-03/22.1"])
async def test_nor_the_page_on_which_a_correction_is_confirmed(known: Knowledge, fact: str) -> None:
    written = Written(value="more than 7", kind="source", reason="жжж", evidence="https://example.org/a")
    sight = Sight((await known.facts.history(fact, limit=1))[0], Numbers(0, 1, 0))
    found = would(written, sight, known)
    page = confirm_page(sight, found.proposal, found.changes, None, known)
    assert english(page) == []
    assert any(other_letters("more than 7") in text for text in texts(page))


@pytest.mark.parametrize("fact", WITH_HEDGES)
async def test_nor_the_record_of_a_hedged_number(known: Knowledge, fact: str) -> None:
    assert english(await answer(Question(Ask.SOURCE, fact=fact), known)) == []


async def test_neither_does_the_status(known: Knowledge) -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    page = status_page(Health(0.05, now - timedelta(hours=3), now, "1.0", readable=True), known)
    assert english(page) == []


@pytest.mark.parametrize("place", ["Zzyzx", "al", "mashhad"])
async def test_nor_what_is_said_of_a_place_that_is_not_known(known: Knowledge, place: str) -> None:
    page = read_question(known, Ask.CASUALTIES, place=place)
    if isinstance(page, Page):
        assert [text for text in texts(page) if WORD.search(text.replace(place, ""))] == []


async def test_nor_any_refusal(known: Knowledge) -> None:
    for options in ({"since": "12"}, {"source": "77"}, {"since": "2016-12-03", "until": "2016-12-01"}):
        with pytest.raises(SitrepError) as caught:
            read_question(known, Ask.CASUALTIES, **options)
        assert WORD.findall(NAMES.sub("", str(caught.value))) == [], options
    with pytest.raises(SitrepError) as caught:
        await answer(Question(Ask.SOURCE, fact="1"), known)
    assert WORD.findall(NAMES.sub("", str(caught.value))) == []


def test_the_language_made_up_keeps_the_fields() -> None:
    assert other_letters("by {actor}") == "ｂｙ {actor}"
    assert not WORD.search(other_letters("No figure"))


def test_without_a_catalogue_it_is_english() -> None:
    assert i18n._("killed") == "killed"
    with i18n.speaking("xx"):
        assert i18n.ngettext("civilian", "civilians", 2) == "civilians"
