"""A part that is shown under its whole is marked as corrected whenever it would be where it stands by itself."""

from pathlib import Path

from msgspec.structs import replace

from bot.app import App
from bot.facts.fact import Fact
from bot.facts.grammar import parse_quantity
from bot.facts.revision import EVERYONE
from bot.facts.vocabulary import CorrectionKind
from bot.seeds.folder import Seeds, read_folder
from tests.asking import Person
from tests.chat.corrections_log.world import correct, undo
from tests.store.small_world import bring

CHILDREN = "afp-2016-12-03/22.1"
"""Nearly 20,000 children, shown under more than 50,000 people."""
FOLDER = Path(__file__).parents[3] / "seeds" / "aleppo-2016"


def saying(words: str) -> Seeds:
    """The files, with another number of children."""
    seeds = read_folder(FOLDER)

    def said(fact: Fact) -> Fact:
        return replace(fact, quantity=parse_quantity(words)) if fact.id == CHILDREN else fact

    reports = [one._replace(facts=tuple(map(said, one.facts))) for one in seeds.reports]
    return replace(seeds, reports=tuple(reports))


async def line(person: Person) -> str:
    return (await person.ask("displaced")).line("of them")


async def test_changed_by_the_files(reader: Person, app: App) -> None:
    assert "corrected" not in await line(reader)
    await bring(app.database, saying("nearly 30,000"))
    await app.library.renew()
    assert (await line(reader)).endswith(" · **corrected**")
    history = await reader.press((await reader.use("displaced")).message, "History")
    assert "nearly 20,000 → **nearly 30,000**" in history.seen.text


async def test_clarified(reader: Person, app: App, server: str) -> None:
    await correct(app, "nearly 20,000", server, CHILDREN, kind=CorrectionKind.CLARIFICATION, note="under 18")
    assert (await line(reader)).endswith(" · **corrected**")
    await undo(app, server, CHILDREN)
    assert "corrected" not in await line(reader), "the server follows everyone again, who saw no correction"


async def test_given_back_for_everyone(reader: Person, stranger: Person, app: App) -> None:
    await correct(app, "nearly 30,000", EVERYONE, CHILDREN)
    await undo(app, EVERYONE, CHILDREN)
    for person in (reader, stranger):
        assert (await line(person)).endswith(" · **corrected**")
