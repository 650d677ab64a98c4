"""Giving back an earlier value of a figure, however many corrections followed it: as careful as an undo."""

from collections.abc import Callable

import pytest
from simcord.env import Env
from simcord.results import InteractionResult

from bot.app import App
from bot.chat.client import SitrepClient
from bot.facts.revision import EVERYONE
from bot.facts.vocabulary import CorrectionKind
from bot.settings import Settings
from bot.store.correcting.correction_log import history
from tests.asking import Answer, Person, answer_of
from tests.chat.correcting.raw import MODAL, form
from tests.chat.corrections_log.test_undoing import count, sender, words, written
from tests.chat.corrections_log.world import FACT, OTHER, correct, undo

WHY = "the second count was of another district"
GIVE = "Give this back"


async def show(person: Person, correction: str) -> Answer:
    return await person.use("corrections show", correction=correction)


async def press(person: Person, correction: str) -> InteractionResult:
    """The form behind the button under an earlier correction."""
    page = await show(person, correction)
    result = await person.member.click(page.message, label=GIVE)
    assert result.modal is not None, answer_of(result).seen.text
    return result


@pytest.fixture
async def thrice(app: App, server: str) -> None:
    """About 310, corrected three times in the server."""
    for number in ("at least 320", "at least 330", "at least 340"):
        await correct(app, number, server)


@pytest.mark.usefixtures("thrice")
async def test_from_the_page_of_an_earlier_correction(moderator: Person, app: App, server: str) -> None:
    shown = await press(moderator, f"s1|{FACT}")
    assert "at least 340 → **at least 320**" in words(shown)
    done = answer_of(await moderator.member.submit_modal(shown, {"reason": WHY}))
    assert done.private
    assert done.seen.title == "Given back"
    assert done.seen.line("at least 340 → **at least 320** civilians killed · East Aleppo")
    assert "undone: gives back revision 1" in done.seen.text
    assert "**At least 320**" in (await moderator.ask("casualties")).text
    latest = (await history(app.database, FACT, server))[0]
    assert (latest.number, latest.author, latest.reason, latest.restores) == (4, str(moderator.member.id), WHY, 1)
    now = await show(moderator, f"s4|{FACT}")
    assert "Undo" in now.seen.buttons, "it is a revision like any other"


@pytest.mark.usefixtures("thrice")
async def test_from_the_page_of_the_latest_any_earlier_value_is_chosen(
    moderator: Person, app: App, server: str
) -> None:
    page = await show(moderator, f"s3|{FACT}")
    assert GIVE not in page.seen.buttons, "it is what is seen now"
    assert [option.label for option in page.seen.options] == [
        "At least 330 civilians killed · East Aleppo · 15 Nov – 3 Dec 2016",
        "At least 320 civilians killed · East Aleppo · 15 Nov – 3 Dec 2016",
        "About 310 civilians killed · East Aleppo · 15 Nov – 3 Dec 2016",
    ]
    chosen = await moderator.member.select(page.message, values=[f"s0|{FACT}"])
    assert "at least 340 → **about 310**" in words(chosen)
    done = answer_of(await moderator.member.submit_modal(chosen, {"reason": WHY}))
    assert "undone: follows everyone again" in done.seen.text
    # What a server corrected once can be given back to it, although it follows everyone again.
    page = await show(moderator, f"s4|{FACT}")
    assert len(page.seen.options) == 3
    again = await moderator.member.select(page.message, values=[f"s2|{FACT}"])
    assert "about 310 → **at least 330**" in words(again)
    done = answer_of(await moderator.member.submit_modal(again, {"reason": WHY}))
    assert done.seen.title == "Given back"
    assert [one.restores for one in await history(app.database, FACT, server)][:2] == [2, 0]


async def test_each_value_is_offered_once_and_none_that_undo_offers(moderator: Person, app: App, server: str) -> None:
    await correct(app, "at least 320", server)
    assert (await show(moderator, f"s1|{FACT}")).seen.options == (), "undo gives back the only other value"
    await correct(app, "at least 330", server)
    await undo(app, server)
    await undo(app, server)
    page = await show(moderator, f"s4|{FACT}")
    assert [option.label.partition(" civ")[0] for option in page.seen.options] == ["At least 320", "About 310"]
    assert GIVE not in (await show(moderator, f"s2|{FACT}")).seen.buttons, "it says what is seen now"


async def test_of_many_the_latest_are_offered_and_what_everyone_sees(moderator: Person, app: App, server: str) -> None:
    for number in range(400, 430):
        await correct(app, str(number), server)
    page = await show(moderator, f"s30|{FACT}")
    offered = [option.value for option in page.seen.options]
    assert offered == [*(f"s{number}|{FACT}" for number in range(29, 5, -1)), f"s0|{FACT}"]
    assert "429 → **400**" in words(await press(moderator, f"s1|{FACT}")), "the others from their own page"


async def test_an_editor_gives_back_for_everyone_the_first_reading_too(
    editor: Person, reader: Person, app: App
) -> None:
    for number in ("4", "5", "6"):
        await correct(app, number, fact=OTHER)
    shown = await press(editor, f"e1|{OTHER}")
    assert "6 → **3**" in words(shown)
    done = answer_of(await editor.member.submit_modal(shown, {"reason": WHY}))
    assert "undone: gives back revision 1" in done.seen.text
    assert "**3** people killed" in (await reader.ask("district", name="Shaar")).text


async def test_a_retraction_is_given_back_as_one(moderator: Person, app: App, server: str) -> None:
    await correct(app, "about 310", server, kind=CorrectionKind.RETRACTION)
    await undo(app, server)
    await correct(app, "at least 330", server)
    shown = await press(moderator, f"s1|{FACT}")
    assert "**withdrawn**" in words(shown)
    await moderator.member.submit_modal(shown, {"reason": WHY})
    assert (await history(app.database, FACT, server))[0].kind is CorrectionKind.RETRACTION
    assert "330" not in (await moderator.ask("casualties")).text


@pytest.mark.usefixtures("thrice")
async def test_readers_and_other_servers_are_offered_nothing(
    reader: Person, stranger: Person, editor: Person, server: str
) -> None:
    for number in (1, 3):
        page = await show(reader, f"s{number}|{FACT}")
        assert GIVE not in page.seen.buttons
        assert page.seen.options == ()


@pytest.mark.simcord(check_errors=False)
@pytest.mark.usefixtures("thrice")
async def test_what_is_seen_now_is_not_given_back(moderator: Person, app: App) -> None:
    page = await show(moderator, f"s1|{FACT}")
    shown = await press(moderator, f"s1|{FACT}")
    await moderator.member.submit_modal(shown, {"reason": WHY})
    assert answer_of(await moderator.member.click(page.message, label=GIVE)).seen.line(
        "That is what the figure says now."
    )
    assert await count(app) == 4


@pytest.mark.usefixtures("thrice")
async def test_of_two_moderators_the_second_is_shown_what_changed(
    moderator: Person, second: Person, app: App, server: str
) -> None:
    stale, first = await press(second, f"s1|{FACT}"), await press(moderator, f"s2|{FACT}")
    await moderator.member.submit_modal(first, {"reason": WHY})
    refused = answer_of(await second.member.submit_modal(stale, {"reason": "mine"}))
    assert refused.seen.title == "Somebody else changed this figure"
    assert refused.seen.line("at least 340 → **at least 330**")
    assert "Nothing was given back." in refused.seen.text
    assert await count(app) == 4
    again = await second.member.click(refused.message, label="Go on")
    assert "at least 330 → **at least 320**" in words(again), "what was chosen, in place of what is seen now"
    assert written(again) == "mine"
    done = answer_of(await second.member.submit_modal(again, {"reason": "mine"}))
    assert done.seen.title == "Given back"


@pytest.mark.usefixtures("thrice")
async def test_a_reason_that_does_not_do_is_kept_to_be_mended(moderator: Person, app: App) -> None:
    refused = answer_of(await moderator.member.submit_modal(await press(moderator, f"s1|{FACT}"), {"reason": ".."}))
    assert refused.seen.title == "Not given back yet"
    assert await count(app) == 3
    again = await moderator.member.click(refused.message, label="Go on")
    assert written(again) == ".."
    done = answer_of(await moderator.member.submit_modal(again, {"reason": WHY}))
    assert done.seen.title == "Given back"
    assert "at least 340 → **at least 320**" in done.seen.text


@pytest.mark.usefixtures("thrice")
async def test_sent_off_twice_it_is_one_revision_and_told_once(
    moderator: Person, app: App, log: Callable[[], list[str]]
) -> None:
    shown = await press(moderator, f"s1|{FACT}")
    assert shown.modal is not None
    twice = [sender(moderator).post(MODAL, form(shown.modal["custom_id"], reason=WHY)) for _ in range(2)]
    await moderator.env.settle()
    assert [answer_of(result).seen.title for result in twice] == ["Given back", "Given back"]
    assert await count(app) == 4
    [line] = log()
    assert line.startswith(f"**Correction undone** by <@{moderator.member.id}> · at least 340 → **at least 320**")
    assert WHY in line


@pytest.mark.simcord(check_errors=False)
@pytest.mark.usefixtures("thrice")
async def test_a_right_that_was_taken_away_meanwhile_counts(moderator: Person, stranger: Person, app: App) -> None:
    page, latest = await show(moderator, f"s1|{FACT}"), await show(moderator, f"s3|{FACT}")
    shown = await press(moderator, f"s1|{FACT}")
    assert shown.modal is not None
    assert "There is no such correction here." in await sender(stranger).send(
        MODAL, form(shown.modal["custom_id"], reason=WHY)
    )
    moderator.env.backend.get_guild(moderator.channel.guild.id).members[moderator.member.id].role_ids.clear()
    for result in (
        await moderator.member.submit_modal(shown, {"reason": WHY}),
        await moderator.member.click(page.message, label=GIVE),
        await moderator.member.select(latest.message, values=[f"s0|{FACT}"]),
    ):
        assert answer_of(result).seen.line("Only moderators correct figures in this server.")
    assert await count(app) == 3


@pytest.mark.usefixtures("thrice")
async def test_button_list_and_form_outlive_a_restart(
    moderator: Person, server: str, settings: Settings, simcord_env: Env
) -> None:
    page, latest = await show(moderator, f"s1|{FACT}"), await show(moderator, f"s3|{FACT}")
    shown = await press(moderator, f"s2|{FACT}")
    async with App(settings) as again:
        assert isinstance(again.client, SitrepClient)
        await simcord_env.restart_bot(again.client)
        assert "→ **at least 320**" in words(await moderator.member.click(page.message, label=GIVE))
        assert "→ **about 310**" in words(await moderator.member.select(latest.message, values=[f"s0|{FACT}"]))
        done = answer_of(await moderator.member.submit_modal(shown, {"reason": WHY}))
        assert done.seen.title == "Given back"
        assert (await history(again.database, FACT, server))[0].restores == 2
        assert len(await history(again.database, FACT, EVERYONE)) == 1
