"""The seeds of Aleppo with the reports held back, brought in one by one, and the editions that come of them."""

from pathlib import Path
from typing import Any

from bot.answers.question import Question, decode
from bot.answers.service import answer
from bot.chat.custom_ids import QUESTION
from bot.chat.library import Library
from bot.chat.rendering import TURN, render
from bot.digests.edition import Edition, make_edition
from bot.facts.revision import EVERYONE
from bot.opening import load_seeds
from bot.seeds.folder import read_folder
from bot.store.counters import latest_sequence
from bot.store.database import Database
from bot.store.reading.facts import Facts
from tests.chat.test_rendering import check_limits
from tests.reading import Seen, read

FOLDER = Path(__file__).parents[2] / "seeds" / "aleppo-2016"
CONFLICT = "aleppo-2016"


class Aleppo:
    """What an operator does to the data, and what a channel then reads."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self.library = Library(db, CONFLICT)

    async def load(self, *names: str) -> None:
        """The seeds, with reports of `later/` beside those that are there."""
        known = await Facts(self.db).relations()
        files = [FOLDER / "later" / f"{name}.toml" for name in names]
        await load_seeds(self.db, read_folder(FOLDER, files, known))
        await self.library.renew()

    async def now(self) -> int:
        """The latest sequence."""
        return await latest_sequence(self.db)

    async def edition(self, since: int | None, scope: str = EVERYONE, **given: Any) -> Edition | None:
        """What a channel is told now that was told everything up to `since`."""
        await self.library.renew()
        upto = given.pop("upto", None) or await self.now()
        known = await self.library.known_in(scope)
        return await make_edition(self.db, known, scope=scope, since=since, upto=upto, **given)

    async def told(self, since: int | None, scope: str = EVERYONE, **given: Any) -> Seen:
        """The same as it is read."""
        edition = await self.edition(since, scope, **given)
        assert edition is not None, "nothing changed"
        return seen(edition)

    async def press(self, shown: Seen, label: str, scope: str = EVERYONE) -> Seen:
        """What a button under it opens, for somebody who may be the first to press it in years."""
        carried = shown.buttons[label].removeprefix(TURN).removeprefix(QUESTION)
        return await self.ask(decode(carried), scope)

    async def ask(self, question: Question, scope: str = EVERYONE) -> Seen:
        """The answer to a question, as it is read."""
        await self.library.renew()
        components = render(await answer(question, await self.library.known_in(scope)))
        check_limits(components)
        return read(components)


def seen(edition: Edition) -> Seen:
    """The edition as it is read."""
    components = render(edition.page)
    check_limits(components)
    return read(components)
