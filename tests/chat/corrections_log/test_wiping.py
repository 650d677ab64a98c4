"""Wiping a server's corrections: its managers alone, after they typed so, and nothing else is touched."""

from collections.abc import Callable

import pytest
from simcord.results import InteractionResult

from bot.app import App
from bot.facts.revision import EVERYONE
from bot.store.correcting.correction_log import history
from tests.asking import Person, answer_of
from tests.chat.correcting.raw import MODAL, Sender, form
from tests.chat.corrections_log.world import FACT, OTHER, correct, propose, publish


async def wipe_form(person: Person) -> InteractionResult:
    result = await person.member.slash(person.channel, "corrections wipe")
    assert result.modal is not None, answer_of(result).seen.text
    return result


@pytest.fixture
async def corrected(app: App, server: str) -> None:
    """Three revisions on two figures, one of them published."""
    await correct(app, "at least 320", server)
    await publish(app, await propose(app, await correct(app, "4", server, OTHER)))


async def test_it_says_how_much_goes_and_asks_to_type_so(manager: Person, corrected: None) -> None:
    result = await wipe_form(manager)
    assert result.modal is not None
    assert "3 revisions of 2 figures" in result.modal["components"][0]["content"]
    assert result.modal["components"][1]["label"] == "Type: wipe 3"


async def test_typed_it_is_gone_and_nothing_else(
    manager: Person, stranger: Person, app: App, server: str, corrected: None, log: Callable[[], list[str]]
) -> None:
    other = str(stranger.channel.guild.id)
    await correct(app, "at least 333", other)
    done = answer_of(await manager.member.submit_modal(await wipe_form(manager), {"phrase": " WIPE  3 "}))
    assert done.seen.line("3 revisions of 2 figures are gone.")
    assert await history(app.database, FACT, server) == []
    assert len(await history(app.database, FACT, other)) == 1
    assert len(await history(app.database, FACT, EVERYONE)) == 1
    assert "**About 310**" in (await manager.ask("casualties")).text
    assert "**At least 333**" in (await stranger.ask("casualties")).text
    assert "**4** people" in (await manager.ask("district", name="Shaar")).text, "what was published stays"
    [line] = log()
    assert line == (
        f"**All corrections of this server were wiped** by <@{manager.member.id}> · 3 revisions of 2 figures"
    )


@pytest.mark.simcord(check_errors=False)
@pytest.mark.parametrize("typed", ["wipe", "3", "wipe 4", "yes", "wipe 33"])
async def test_anything_else_typed_wipes_nothing(
    manager: Person, app: App, server: str, corrected: None, typed: str
) -> None:
    refused = answer_of(await manager.member.submit_modal(await wipe_form(manager), {"phrase": typed}))
    assert refused.seen.line("you typed something else than “wipe 3”")
    assert len(await history(app.database, FACT, server)) == 1


@pytest.mark.simcord(check_errors=False)
async def test_something_corrected_meanwhile_wipes_nothing(
    manager: Person, app: App, server: str, corrected: None
) -> None:
    shown = await wipe_form(manager)
    await correct(app, "at least 330", server)
    refused = answer_of(await manager.member.submit_modal(shown, {"phrase": "wipe 3"}))
    assert refused.seen.line("something was corrected since you looked")
    assert len(await history(app.database, FACT, server)) == 2


@pytest.mark.simcord(check_errors=False)
async def test_the_same_form_again_says_so(manager: Person, app: App, server: str, corrected: None) -> None:
    shown = await wipe_form(manager)
    assert shown.modal is not None
    sender = Sender(manager.env, manager.member.id, manager.channel.id, manager.channel.guild.id)
    await sender.send(MODAL, form(shown.modal["custom_id"], phrase="wipe 3"))
    for number in range(3):
        await correct(app, str(400 + number), server)
    said = await sender.send(MODAL, form(shown.modal["custom_id"], phrase="wipe 3"))
    assert "were wiped already" in said
    assert len(await history(app.database, FACT, server)) == 3


@pytest.mark.simcord(check_errors=False)
async def test_nothing_to_wipe(manager: Person) -> None:
    assert (await manager.ask("corrections wipe")).line("This server has corrected nothing.")
