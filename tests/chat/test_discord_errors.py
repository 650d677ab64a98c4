"""Discord refuses, forgets or fails: nobody is left in the dark, and nothing is said twice."""

import logging

import pytest
from simcord.env import Env

from tests.asking import Person, first_responses
from tests.reading import read

pytestmark = pytest.mark.simcord(check_errors=False)
CALLBACK = "/interactions/*/callback"


async def test_a_failure_of_discord_is_told_with_a_number(
    reader: Person, simcord_env: Env, caplog: pytest.LogCaptureFixture
) -> None:
    simcord_env.inject_error("POST", CALLBACK, status=400, code=50035, message="Invalid Form Body")
    answer = await reader.use("casualties")
    assert "tell the operator the number" in answer.seen.text
    assert answer.private
    assert [record for record in caplog.records if record.getMessage().startswith("failure ")]


@pytest.mark.parametrize("code", [10062, 40060])
async def test_an_interaction_that_is_gone_is_only_logged(
    reader: Person, simcord_env: Env, caplog: pytest.LogCaptureFixture, code: int
) -> None:
    caplog.set_level(logging.INFO)
    simcord_env.inject_error("POST", CALLBACK, status=404 if code == 10062 else 400, code=code, times=None)
    result = await reader.member.slash(reader.channel, "casualties")
    assert result.response is None
    assert not result.followups
    assert [record for record in caplog.records if record.getMessage() == "interaction.gone"]
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


async def test_when_nothing_can_be_said_the_log_says_it(
    reader: Person, simcord_env: Env, caplog: pytest.LogCaptureFixture
) -> None:
    simcord_env.inject_error("POST", CALLBACK, status=403, code=50013, message="Missing Permissions", times=None)
    result = await reader.member.slash(reader.channel, "casualties")
    assert result.response is None
    assert [record for record in caplog.records if "could not be told" in record.getMessage()]


async def test_the_next_question_is_answered(reader: Person, simcord_env: Env) -> None:
    simcord_env.inject_error("POST", CALLBACK, status=404, code=10062)
    await reader.member.slash(reader.channel, "casualties")
    assert "**About 310**" in (await reader.ask("casualties")).text


async def test_a_button_that_discord_refuses_once(reader: Person, simcord_env: Env) -> None:
    answer = await reader.use("timeline")
    simcord_env.inject_error("POST", CALLBACK, status=400, code=50035)
    pressed = await reader.press(answer.message, "More ›")
    assert "tell the operator the number" in pressed.seen.text
    assert read(answer.message.components).lines == answer.seen.lines


async def test_what_is_typed_is_forgotten_when_discord_has_gone_on(
    reader: Person, simcord_env: Env, caplog: pytest.LogCaptureFixture
) -> None:
    simcord_env.inject_error("POST", CALLBACK, status=404, code=10062)
    assert not await reader.type("district", "name", "sha")
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert len(first_responses(reader.env)) == 1
