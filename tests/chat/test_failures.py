"""What nobody expected: the person gets a number, and the same number stands in the log."""

import logging
import re
import sqlite3
from pathlib import Path

import pytest
from simcord.env import Env

from bot.app import App
from bot.chat.client import SitrepClient
from bot.chat.library import Library
from tests.asking import Answer, Person, first_responses

pytestmark = pytest.mark.simcord(check_errors=False)


def number_of(answer: Answer) -> str:
    """The number that the person is told, in a message that only they see."""
    assert answer.private
    assert answer.seen.title == "That did not work"
    assert "not your doing" in answer.seen.text
    found = re.search(r"tell the operator the number ([0-9a-f]{6})\b", answer.seen.text)
    assert found is not None, answer.seen.text
    return found[1]


def check_logged(number: str, caplog: pytest.LogCaptureFixture) -> None:
    """That the log tells the operator what happened."""
    records = [record for record in caplog.records if number in record.getMessage()]
    assert len(records) == 1
    assert records[0].levelno == logging.ERROR
    assert records[0].exc_info is not None


@pytest.fixture
def break_facts(app: App) -> Path:
    """Take the lists away under the running bot, through another connection."""
    path = app.database.path
    with sqlite3.connect(path) as other:
        other.execute("DROP TABLE listing")
    other.close()
    return path


async def test_a_command_over_a_damaged_database(
    reader: Person, break_facts: Path, caplog: pytest.LogCaptureFixture
) -> None:
    answer = await reader.use("casualties")
    check_logged(number_of(answer), caplog)
    assert "listing" not in answer.seen.text, "no SQL for readers"
    assert len(first_responses(reader.env)) == 1


async def test_a_button_over_a_damaged_database(reader: Person, app: App, caplog: pytest.LogCaptureFixture) -> None:
    answer = await reader.use("help")
    with sqlite3.connect(app.database.path) as other:
        other.execute("DROP TABLE listing")
    other.close()
    check_logged(number_of(await reader.press(answer.message, "Control")), caplog)
    assert len(first_responses(reader.env)) == 2


async def test_trouble_with_the_file_is_for_the_operator_alone(
    reader: Person, app: App, caplog: pytest.LogCaptureFixture
) -> None:
    await app.database.close()
    answer = await reader.use("casualties")
    assert "The data cannot be read at the moment" in answer.seen.text
    assert str(app.database.path) not in answer.seen.text
    check_logged(number_of(answer), caplog)


async def test_status_tells_whether_the_data_can_be_read(reader: Person, app: App) -> None:
    assert (await reader.ask("status")).line("**Working**")
    await app.database.close()
    seen = await reader.ask("status")
    assert seen.line("**Not working**")
    assert seen.line("The database does not answer")


async def test_a_damaged_row_gives_a_number_for_a_command(
    reader: Person, app: App, caplog: pytest.LogCaptureFixture
) -> None:
    _spoil(app)
    check_logged(number_of(await reader.use("casualties")), caplog)
    assert len(first_responses(reader.env)) == 1


async def test_a_damaged_row_gives_a_number_for_a_button(
    reader: Person, app: App, caplog: pytest.LogCaptureFixture
) -> None:
    answer = await reader.use("help")
    _spoil(app)
    check_logged(number_of(await reader.press(answer.message, "Casualties")), caplog)
    assert len(first_responses(reader.env)) == 2


async def test_a_damaged_row_gives_a_number_for_a_page_turned(
    reader: Person, app: App, caplog: pytest.LogCaptureFixture
) -> None:
    answer = await reader.use("timeline")
    before = answer.message.components
    _spoil(app)
    check_logged(number_of(await reader.press(answer.message, "More ›")), caplog)
    assert answer.message.components == before, "the page stays as it was"


async def test_a_damaged_row_gives_a_number_for_a_choice(
    reader: Person, app: App, caplog: pytest.LogCaptureFixture
) -> None:
    answer = await reader.use("district", name="Sheikh Saeed")
    _spoil(app)
    tariq = await reader.use("district", name="Aleppo International Airport")
    number_of(tariq)
    value = answer.seen.options[0].value
    assert (await reader.choose(answer.message, value)).seen.title, "a silent place needs no row"


async def test_two_failures_have_two_numbers(reader: Person, app: App) -> None:
    _spoil(app)
    first, second = await reader.use("casualties"), await reader.use("control")
    assert number_of(first) != number_of(second)


async def test_after_a_failure_the_next_question_is_answered(reader: Person, app: App) -> None:
    bodies = _spoil(app)
    number_of(await reader.use("casualties"))
    _mend(app, bodies)
    assert "**About 310**" in (await reader.ask("casualties")).text


async def test_what_is_typed_gets_an_answer_with_a_number(app: App, caplog: pytest.LogCaptureFixture) -> None:
    """A library that was never opened: the one way in which memory alone can fail."""
    from bot.app import EXTENSIONS
    from bot.chat.sync import CommandSync
    from bot.store.meta import Meta

    closed = SitrepClient(
        Library(app.database, "aleppo-2016"),
        EXTENSIONS,
        CommandSync(Meta(app.database)),
        database=app.database,
        settings=app.client.settings,
        servers=app.servers,
    )
    env = Env(closed, check_errors=False)
    await env.start()
    try:
        channel = env.create_guild().create_text_channel("general")
        reader = Person(env, channel.guild.add_member(env.create_user("reader")), channel)
        for command, option in (("district", "name"), ("casualties", "source"), ("source", "fact")):
            (offered,) = await reader.type(command, option, "sha")
            found = re.search(r"number ([0-9a-f]{6})", offered)
            assert found is not None
            check_logged(found[1], caplog)
        assert len(first_responses(env)) == 3
        check_logged(number_of(await reader.use("casualties")), caplog)
    finally:
        await env.shutdown()


def _spoil(app: App) -> list[tuple[str, str]]:
    with sqlite3.connect(app.database.path) as other:
        bodies = other.execute("SELECT fact, body FROM fact_value").fetchall()
        other.execute("UPDATE fact_value SET body = '{}'")
    other.close()
    return bodies


def _mend(app: App, bodies: list[tuple[str, str]]) -> None:
    with sqlite3.connect(app.database.path) as other:
        other.executemany("UPDATE fact_value SET body = ?2 WHERE fact = ?1", bodies)
    other.close()
