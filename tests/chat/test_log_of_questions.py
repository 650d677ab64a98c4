"""The log tells what was used and how it went, and nothing of who asked or what they wrote."""

import logging

import pytest

from bot.app import App
from tests.asking import Person

pytestmark = pytest.mark.simcord(check_errors=False)
SECRET = "my-secret-word"


async def test_nothing_that_a_person_wrote_is_logged(
    reader: Person, app: App, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    for command, option in (("district", "name"), ("casualties", "source"), ("control", "since"), ("source", "fact")):
        await reader.type(command, option, SECRET) if option != "since" else None
        await reader.use(command, **{option: SECRET})
    await app.database.close()
    await reader.use("timeline", place="Shaar")
    said = "\n".join(f"{record.getMessage()} {record.__dict__}" for record in caplog.records)
    assert "interaction.refused" in said
    assert "failure " in said
    for private in (SECRET, reader.member.name, str(reader.member.id), str(reader.channel.guild.id)):
        assert private not in said


async def test_a_refusal_is_logged_by_its_command(reader: Person, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    await reader.use("casualties", source=SECRET)
    (record,) = [record for record in caplog.records if record.getMessage() == "interaction.refused"]
    assert "/casualties" in str(record.__dict__)
