"""The twelve rules, held to every answer that can be reached over the real reports."""

import re
from pathlib import Path

from bot.answers.knowledge import Knowledge
from bot.answers.page import Entry, Text
from bot.answers.question import Ask
from bot.facts.fact import Fact
from bot.facts.grammar import to_words
from bot.facts.vocabulary import Kind, RelationKind
from bot.facts.window import Moment, Precision
from bot.seeds.folder import Seeds
from tests.chat.everything import Reached, everything
from tests.chat.test_rendering import check_limits

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
NO_WORDS_FOR_PEOPLE = re.compile(r"\bterrorists?\b|\bregime\b|\bmilitants?\b|\bmartyr", re.IGNORECASE)


def plain(text: Text) -> str:
    """A text as it is read, without emphasis."""
    return "".join(part if isinstance(part, str) else str(part[0]) for part in text)


def shows_window(words: str, fact: Fact) -> bool:
    """Whether the words tell when, with each end of the window as finely as it is known."""
    if not fact.window.known:
        return "not dated" in words or "time not stated" in words
    return all(_shows_moment(words, moment) for moment in (fact.window.start, fact.window.end) if moment is not None)


def _shows_moment(words: str, moment: Moment) -> bool:
    day = moment.first
    if str(day.year) not in words:
        return False
    if moment.precision is Precision.DAY and not moment.approximate:
        return re.search(rf"\b{day.day}\b", words) is not None and MONTHS[day.month - 1] in words
    return True


def shows_source(words: str, fact: Fact, publisher: str, known: Knowledge) -> bool:
    """Whether the words name who says so and who printed it, or that nobody is named."""
    printed = known.source(publisher)
    if not fact.sources:
        return "no source named" in words and (printed.short or printed.name) in words
    if publisher not in fact.sources and f"via {printed.short or printed.name}" not in words:
        return False
    return all(_names(words, source, known) for source in fact.sources)


def _names(words: str, source_id: str, known: Knowledge) -> bool:
    source = known.source(source_id)
    named = source.name in words or (source.short or source.name) in words
    return named and (source.party is None or "party to the conflict" in words)


def check_figure(entry: Entry, fact: Fact, publisher: str, known: Knowledge) -> None:
    """Rules 1, 2 and 4 for one entry."""
    lead, detail = plain(entry.lead), plain(entry.detail)
    if fact.quantity is not None and fact.kind is Kind.FIGURE:
        assert to_words(fact.quantity).lower() in lead.lower(), f"{fact.id} lost its hedge: {lead}"
    if fact.kind is not Kind.STATEMENT:
        assert fact.place is not None
        assert known.place_name(fact.place) in lead, f"{fact.id} shows no place: {lead}"
    assert shows_window(detail, fact), f"{fact.id} shows no window: {detail}"
    assert shows_source(detail, fact, publisher, known), f"{fact.id} shows no source: {detail}"


def check_below(entry: Entry, whole: Fact, known: Knowledge, facts: dict[str, Fact]) -> None:
    """The same for what stands under an entry: where it says less, the entry above says it."""
    lines = [plain(line) for line in entry.below]
    parts = [fact for fact in facts.values() if whole.id in (relation.to for relation in fact.relations)]
    for fact in parts:
        if fact.quantity is None or fact.kind is not Kind.FIGURE:
            continue
        told = any(_tells(line, fact, whole, known) for line in lines)
        assert told or any("more in its record" in line for line in lines), (
            f"{fact.id} is not under {whole.id}: {lines}"
        )


def _tells(line: str, fact: Fact, whole: Fact, known: Knowledge) -> bool:
    assert fact.quantity is not None
    return (
        re.search(rf"(?<![\d,]){re.escape(to_words(fact.quantity))}\b", line, re.IGNORECASE) is not None
        and ("no source named" in line if not fact.sources else all(_names(line, one, known) for one in fact.sources))
        and (fact.place == whole.place or known.place_name(fact.place or "") in line)
        and (fact.window == whole.window or shows_window(line, fact))
    )


async def test_every_figure_shown_anywhere_is_answerable(known: Knowledge, seeds: Seeds) -> None:
    facts = {fact.id: fact for fact in seeds.facts}
    publishers = {fact.id: loaded.report.publisher for loaded in seeds.reports for fact in loaded.facts}
    shown: set[str] = set()
    for reached in await everything(known):
        for section in reached.page.sections:
            for entry in section.entries:
                if entry.facts:
                    shown.update(entry.facts)
                    main = entry.facts[0]
                    check_figure(entry, facts[main], publishers[main], known)
                    # Steps of a series stand in the record of one of them without their parts.
                    step = reached.question.ask is Ask.SOURCE and section.heading is not None
                    # What changed stands by itself where there is no more room under its whole.
                    if not step and reached.question.ask not in (Ask.PROVENANCE, Ask.COMPARE, Ask.CHANGES):
                        check_below(entry, facts[main], known, facts)
    assert len(shown) >= 60


async def test_every_fact_can_be_reached(known: Knowledge, seeds: Seeds) -> None:
    reached = {one.question.fact for one in await everything(known) if one.question.ask is Ask.SOURCE}
    shown = {fact for one in await everything(known) for fact in one.page.facts}
    asserted = {fact.id for fact in seeds.facts if fact.stance == "asserted" or fact.kind is Kind.STATEMENT}
    superseded = {to for fact in seeds.facts for to in fact.related(RelationKind.SUPERSEDES)}
    missing = asserted - reached - shown - superseded
    in_series = {fact for fact in missing if (await known.facts.series(fact, limit=2))[1:]}
    nested = {fact.id for fact in seeds.facts if fact.relations}
    assert not missing - in_series - nested


async def test_discord_takes_every_answer(known: Knowledge) -> None:
    for reached in await everything(known):
        check_limits(reached.components)


async def test_no_button_leads_to_nothing(known: Knowledge) -> None:
    for reached in await everything(known):
        text = str(reached.components)
        if reached.question.ask is not Ask.DISTRICT:
            assert "No report that Sitrep has read" not in text, f"{reached.through} leads to {reached.question}"
        assert "nothing further" not in text, f"{reached.through} leads to {reached.question}"


async def test_nothing_is_cut_short(known: Knowledge) -> None:
    for reached in await everything(known):
        texts = [part["content"] for part in _texts(reached)]
        assert not [text for text in texts if "…" in text], f"{reached.question} is cut: {texts}"


def _texts(reached: Reached) -> list[dict[str, str]]:
    return [part for part in reached.components[0]["components"] if part["type"] == 10]


async def test_words_of_one_party_stand_only_in_what_it_said(known: Knowledge) -> None:
    for reached in await everything(known):
        for text in _texts(reached):
            for line in text["content"].split("\n"):
                found = NO_WORDS_FOR_PEOPLE.search(line)
                assert found is None or f'"{found[0]}' in line, f"{reached.question}: {line}"


def test_the_later_reports_are_there() -> None:
    assert len(list((Path(__file__).parent.parent.parent / "seeds/aleppo-2016/later").glob("*.toml"))) >= 7
