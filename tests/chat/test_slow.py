"""A database that takes its time: the answer is announced in time, and then it comes. Once."""

import asyncio
from collections.abc import Sequence
from typing import Any

import pytest
from simcord.env import Env

from bot.app import App
from bot.chat.attendance import PATIENCE
from bot.store.database import Row, Value
from tests.asking import Person, first_responses
from tests.reading import read

MESSAGE, DEFERRED_MESSAGE, DEFERRED_UPDATE, UPDATE = 4, 5, 6, 7


class Tap:
    """Holds up every query of the bot until it is opened; the database itself is the real one."""

    def __init__(self, app: App, env: Env, monkeypatch: pytest.MonkeyPatch) -> None:
        self._open = asyncio.Event()
        self._open.set()
        self._env = env
        self._fetch = app.database.fetch_all
        # A database as slow as this never answers on the spot.
        for name in ("fetch_all", "fetch_few"):
            monkeypatch.setattr(app.database, name, self._slowly)

    async def _slowly(self, sql: str, params: Sequence[Value] = ()) -> list[Row]:
        if not self._open.is_set():
            await self._env.external_wait(self._open.wait(), reason="a slow database")
        return await self._fetch(sql, params)

    def close(self) -> None:
        """From here on queries wait."""
        self._open.clear()

    async def open(self) -> None:
        """Let all of them go, and wait until the bot has done what it then does."""
        self._open.set()
        await self._env.settle()


@pytest.fixture
def tap(app: App, simcord_env: Env, monkeypatch: pytest.MonkeyPatch) -> Tap:
    """What makes the database slow."""
    return Tap(app, simcord_env, monkeypatch)


def kinds(env: Env) -> list[Any]:
    """The types of the first responses so far."""
    return [response["type"] for response in first_responses(env)]


async def test_a_command(reader: Person, tap: Tap) -> None:
    tap.close()
    result = await reader.member.slash(reader.channel, "casualties")
    await reader.env.advance_time(PATIENCE)
    assert PATIENCE < 3, "what Discord gives"
    assert kinds(reader.env) == [DEFERRED_MESSAGE]
    await tap.open()
    assert result.response is not None
    assert not result.response.ephemeral, "the channel reads it, as it would have at once"
    assert "**About 310**" in read(result.response.components).text
    assert not result.followups, "the answer stands where it was announced, and nowhere else"
    assert kinds(reader.env) == [DEFERRED_MESSAGE]


async def test_a_button(reader: Person, tap: Tap) -> None:
    answer = await reader.use("help")
    tap.close()
    result = await reader.member.click(answer.message, label="Displaced")
    await reader.env.advance_time(PATIENCE)
    assert kinds(reader.env) == [MESSAGE, DEFERRED_UPDATE]
    await tap.open()
    (followup,) = result.followups
    assert followup.ephemeral
    assert read(followup.components).title == "Displaced"
    assert read(answer.message.components).title == "How to ask Sitrep", "the message itself stays"


async def test_a_page_turned(reader: Person, tap: Tap) -> None:
    answer = await reader.use("timeline")
    tap.close()
    result = await reader.member.click(answer.message, label="More ›")
    await reader.env.advance_time(PATIENCE)
    await tap.open()
    assert kinds(reader.env) == [MESSAGE, DEFERRED_UPDATE]
    seen = read(answer.message.components)
    assert "‹ Back" in seen.buttons
    assert seen.lines[2:] != answer.seen.lines[2:]
    assert not result.followups


@pytest.mark.simcord(check_errors=False)
async def test_a_failure_after_the_announcement(reader: Person, tap: Tap) -> None:
    tap.close()
    result = await reader.member.slash(reader.channel, "source", fact="no such fact")
    await reader.env.advance_time(PATIENCE)
    await tap.open()
    assert kinds(reader.env) == [DEFERRED_MESSAGE]
    assert result.response is not None
    assert "Sitrep has no fact “no such fact”" in read(result.response.components).text
    assert not result.followups


async def test_a_command_that_answers_privately(reader: Person, tap: Tap) -> None:
    tap.close()
    result = await reader.member.slash(reader.channel, "status")
    await reader.env.advance_time(PATIENCE)
    await tap.open()
    assert kinds(reader.env) == [DEFERRED_MESSAGE]
    assert result.response is not None
    assert result.response.ephemeral


async def test_many_who_wait_get_one_answer_each(reader: Person, tap: Tap) -> None:
    tap.close()
    asked = ("casualties", "displaced", "control", "timeline", "statements")
    results = [await reader.member.slash(reader.channel, command) for command in asked]
    await reader.env.advance_time(PATIENCE)
    await tap.open()
    assert kinds(reader.env) == [DEFERRED_MESSAGE] * 5
    titles = [read(result.response.components).title.lower() for result in results if result.response is not None]
    assert tuple(titles) == asked


async def test_asked_before_it_needs_no_database(reader: Person, tap: Tap) -> None:
    first = await reader.ask("casualties")
    tap.close()
    assert await reader.ask("casualties") == first
    assert "Sheikh Saeed" in await reader.type("district", "name", "sheikh s")
    assert len(first_responses(reader.env)) == 3
