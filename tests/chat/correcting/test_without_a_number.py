"""What has no number, or is withdrawn at the moment, can be corrected too."""

import pytest

from tests.asking import Person
from tests.chat.correcting.forms import FACT, Corrector

pytestmark = pytest.mark.simcord(check_errors=False)

EVENT, CONTROL, STATEMENT = (f"afp-2016-12-03/{number}" for number in ("17.1", "15.1", "33.1"))


@pytest.mark.parametrize("fact", [EVENT, CONTROL, STATEMENT])
async def test_its_time_and_place(moderator: Corrector, reader: Person, fact: str) -> None:
    typed = {"kind": ["reading"], "reason": "the report names another", "elsewhere": "1 Dec 2016; West Aleppo"}
    preview = await moderator.fill(await moderator.correct(fact), **typed)
    assert preview.seen.title == "Correct it like this?"
    line = preview.seen.line("time: ")
    assert "**1 Dec 2016**" in line
    assert "**West Aleppo**" in line
    done = await moderator.tap(preview.message, "Confirm")
    assert done.seen.title == "Corrected in this server"
    seen = await reader.ask("source", fact=fact)
    assert "1 Dec 2016" in seen.text
    assert "West Aleppo" in seen.text
    assert "**corrected**" in seen.text


@pytest.mark.parametrize("fact", [EVENT, CONTROL, STATEMENT])
async def test_it_is_clarified_and_withdrawn(moderator: Corrector, reader: Person, fact: str) -> None:
    typed = {"kind": ["clarification"], "reason": "said of the whole day"}
    done = await moderator.tap((await moderator.fill(await moderator.correct(fact), **typed)).message, "Confirm")
    assert done.seen.title == "Corrected in this server"
    assert "said of the whole day" in (await reader.ask("source", fact=fact)).text
    typed = {"kind": ["retraction"], "reason": "it was another place"}
    gone = await moderator.fill(await moderator.correct(fact), **typed)
    assert "→ **withdrawn**" in gone.seen.text
    assert (await moderator.tap(gone.message, "Confirm")).seen.title == "Corrected in this server"
    assert "retracted and answers no question" in (await reader.ask("source", fact=fact)).text


async def test_what_was_withdrawn_and_stays_as_it_was_is_told_how(moderator: Corrector) -> None:
    await moderator.made(value="about 310", evidence="", kind=["retraction"])
    answered = await moderator.fill(await moderator.correct(FACT), kind=["reading"], reason="it is true")
    assert answered.seen.title.startswith("Not yet")
    assert "/corrections undo brings it back as it was" in answered.seen.text
    again = await moderator.fill(await moderator.correct(FACT), kind=["retraction"], reason="it is wrong")
    assert "withdrawn already" in again.seen.text
