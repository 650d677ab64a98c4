"""Undoing a correction: a form with before and after and a reason; one revision however often it is sent off."""

from collections.abc import Callable

import pytest
from simcord.env import Env
from simcord.results import InteractionResult

from bot.app import App
from bot.chat.client import SitrepClient
from bot.facts.revision import EVERYONE
from bot.settings import Settings
from bot.store.correcting.correction_log import history
from tests.asking import Person, answer_of
from tests.chat.correcting.raw import MODAL, Sender, form
from tests.chat.corrections_log.world import FACT, OTHER, correct, propose, publish

WHY = "the page was changed back"


async def undo_form(person: Person, correction: str) -> InteractionResult:
    """The form of an undo.

    Raises:
        AssertionError: something else came.
    """
    result = await person.member.slash(person.channel, "corrections undo", correction=correction)
    assert result.modal is not None, answer_of(result).seen.text
    return result


def words(result: InteractionResult) -> str:
    """What the form shows above its field."""
    assert result.modal is not None
    return str(result.modal["components"][0]["content"])


def written(result: InteractionResult) -> str:
    """What stands in its field."""
    assert result.modal is not None
    return str(result.modal["components"][1]["component"].get("value") or "")


def sender(person: Person) -> Sender:
    return Sender(person.env, person.member.id, person.channel.id, person.channel.guild.id)


async def count(app: App) -> int:
    row = await app.database.fetch_one("SELECT COUNT(*) FROM correction")
    assert row is not None
    return int(row[0])


async def test_before_and_after_a_reason_and_it_is_undone(moderator: Person, app: App, server: str) -> None:
    await correct(app, "at least 320", server)
    shown = await undo_form(moderator, f"s1|{FACT}")
    assert "at least 320 → **about 310**" in words(shown)
    assert "civilians killed · East Aleppo" in words(shown)
    done = answer_of(await moderator.member.submit_modal(shown, {"reason": WHY}))
    assert done.private
    assert done.seen.title == "Undone"
    assert done.seen.line("at least 320 → **about 310** civilians killed · East Aleppo")
    assert "**About 310**" in (await moderator.ask("casualties")).text
    [latest, _first] = await history(app.database, FACT, server)
    assert (latest.author, latest.reason, latest.restores) == (str(moderator.member.id), WHY, 0)
    listed = await moderator.ask("corrections list")
    assert listed.under("at least 320 → **about 310**").startswith(
        f"undone: follows everyone again · by <@{moderator.member.id}>"
    )


async def test_from_the_page_of_the_correction(moderator: Person, app: App, server: str) -> None:
    await correct(app, "at least 320", server)
    await correct(app, "at least 330", server)
    page = await moderator.use("corrections show", correction=f"s2|{FACT}")
    assert "Undo" not in (await moderator.use("corrections show", correction=f"s1|{FACT}")).seen.buttons
    shown = await moderator.member.click(page.message, label="Undo")
    assert "at least 330 → **at least 320**" in words(shown)
    done = answer_of(await moderator.member.submit_modal(shown, {"reason": WHY}))
    assert "undone: gives back revision 1" in done.seen.text
    # An undo is a revision too.
    again = await undo_form(moderator, f"s3|{FACT}")
    assert "at least 320 → **at least 330**" in words(again)
    await moderator.member.submit_modal(again, {"reason": WHY})
    assert "**At least 330**" in (await moderator.ask("casualties")).text


async def test_only_what_can_be_undone_is_offered(
    moderator: Person, reader: Person, stranger: Person, editor: Person, app: App, server: str
) -> None:
    await correct(app, "at least 320", server)
    await correct(app, "at least 330", server)
    await correct(app, "4", fact=OTHER)
    offered = await moderator.type("corrections undo", "correction", "")
    assert list(offered.values()) == [f"s2|{FACT}"]
    assert await reader.type("corrections undo", "correction", "") == {}
    assert await stranger.type("corrections undo", "correction", "") == {}
    assert list((await editor.type("corrections undo", "correction", "")).values()) == [f"e2|{OTHER}"]


async def test_an_editor_undoes_for_everyone(editor: Person, reader: Person, app: App) -> None:
    await correct(app, "4", fact=OTHER)
    shown = await undo_form(editor, f"e2|{OTHER}")
    assert "4 → **3**" in words(shown)
    done = answer_of(await editor.member.submit_modal(shown, {"reason": WHY}))
    assert "undone: gives back revision 1" in done.seen.text
    assert "**3** people killed" in (await reader.ask("district", name="Shaar")).text


@pytest.mark.simcord(check_errors=False)
@pytest.mark.parametrize(
    ("correction", "said"),
    [
        (f"s9|{FACT}", "There is no such correction here."),
        (f"s1|{FACT}", "A later correction followed this one."),
        (f"e1|{OTHER}", "Only editors decide on what every server sees."),
        ("s1|afp-2016-12-03/99.9", "There is no such correction here."),
        ("nonsense", "No correction that you may take back holds these words."),
    ],
)
async def test_what_cannot_be_undone(moderator: Person, app: App, server: str, correction: str, said: str) -> None:
    await correct(app, "at least 320", server)
    await correct(app, "at least 330", server)
    answer = await moderator.use("corrections undo", correction=correction)
    assert answer.seen.line(said)
    assert await count(app) == 2


@pytest.mark.simcord(check_errors=False)
async def test_what_was_published_or_undone_is_not_the_servers_any_more(
    moderator: Person, app: App, server: str
) -> None:
    revision = await correct(app, "at least 320", server)
    await publish(app, await propose(app, revision))
    for number in (1, 2):
        answer = await moderator.use("corrections undo", correction=f"s{number}|{FACT}")
        assert answer.seen.line("This server has no correction of this figure any more.")


@pytest.mark.simcord(check_errors=False)
async def test_the_first_reading_cannot_be_undone(editor: Person) -> None:
    answer = await editor.use("corrections undo", correction=f"e1|{FACT}")
    assert answer.seen.line("This is the first reading; nothing came before it.")


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("..", "A correction needs its reason"),
        ("**because**", "is formatting"),
        ("ask <@77> why", "would call people"),
        ("see ftp://example.org", "no link to a web page"),
    ],
)
async def test_a_reason_that_does_not_do_is_kept_to_be_mended(
    moderator: Person, app: App, server: str, reason: str, said: str
) -> None:
    await correct(app, "at least 320", server)
    shown = await undo_form(moderator, f"s1|{FACT}")
    refused = answer_of(await moderator.member.submit_modal(shown, {"reason": reason}))
    assert said in refused.seen.text
    assert await count(app) == 1
    again = await moderator.member.click(refused.message, label="Go on")
    assert written(again) == reason
    done = answer_of(await moderator.member.submit_modal(again, {"reason": WHY}))
    assert done.seen.title == "Undone"


async def test_of_two_moderators_the_second_is_shown_what_changed(
    moderator: Person, second: Person, app: App, server: str
) -> None:
    await correct(app, "at least 320", server)
    await correct(app, "at least 330", server)
    stale = await undo_form(second, f"s2|{FACT}")
    first = await undo_form(moderator, f"s2|{FACT}")
    await moderator.member.submit_modal(first, {"reason": WHY})
    refused = answer_of(await second.member.submit_modal(stale, {"reason": "mine"}))
    assert refused.seen.title == "Somebody else changed this figure"
    assert refused.seen.line("at least 330 → **at least 320**")
    assert WHY in refused.seen.text
    assert await count(app) == 3
    again = await second.member.click(refused.message, label="Go on")
    assert "at least 320 → **at least 330**" in words(again), "what is undone now is the undo"
    assert written(again) == "mine"
    done = answer_of(await second.member.submit_modal(again, {"reason": "mine"}))
    assert done.seen.title == "Undone"
    assert [one.author for one in await history(app.database, FACT, server)][:2] == [
        str(second.member.id),
        str(moderator.member.id),
    ]


async def test_both_at_once_make_one_undo(moderator: Person, second: Person, app: App, server: str) -> None:
    await correct(app, "at least 320", server)
    forms = [await undo_form(person, f"s1|{FACT}") for person in (moderator, second)]
    results = []
    for person, shown in zip((moderator, second), forms, strict=True):
        assert shown.modal is not None
        results.append(sender(person).post(MODAL, form(shown.modal["custom_id"], reason=WHY)))
    await moderator.env.settle()
    titles = sorted(answer_of(result).seen.title for result in results)
    assert titles == ["Somebody else changed this figure", "Undone"]
    assert await count(app) == 2


async def test_when_nothing_is_left_to_undo_nothing_is_offered(
    moderator: Person, second: Person, app: App, server: str
) -> None:
    await correct(app, "at least 320", server)
    forms = [await undo_form(person, f"s1|{FACT}") for person in (moderator, second)]
    await moderator.member.submit_modal(forms[0], {"reason": WHY})
    refused = answer_of(await second.member.submit_modal(forms[1], {"reason": WHY}))
    assert refused.seen.line("at least 320 → **about 310**")
    assert refused.seen.buttons == {}


async def test_the_same_form_sent_off_twice_is_one_undo(moderator: Person, app: App, server: str) -> None:
    await correct(app, "at least 320", server)
    shown = await undo_form(moderator, f"s1|{FACT}")
    assert shown.modal is not None
    twice = [sender(moderator).post(MODAL, form(shown.modal["custom_id"], reason=WHY)) for _ in range(2)]
    await moderator.env.settle()
    assert [answer_of(result).seen.title for result in twice] == ["Undone", "Undone"]
    assert await count(app) == 2


@pytest.mark.simcord(check_errors=False)
async def test_a_form_sent_off_by_another_or_elsewhere_does_nothing(
    moderator: Person, reader: Person, stranger: Person, app: App, server: str
) -> None:
    await correct(app, "at least 320", server)
    shown = await undo_form(moderator, f"s1|{FACT}")
    assert shown.modal is not None
    for person, said in (
        (reader, "Only moderators correct figures in this server."),
        (stranger, "There is no such correction here."),
    ):
        assert said in await sender(person).send(MODAL, form(shown.modal["custom_id"], reason=WHY))
    assert await count(app) == 1


@pytest.mark.simcord(check_errors=False)
async def test_a_right_that_was_taken_away_meanwhile_counts(moderator: Person, app: App, server: str) -> None:
    await correct(app, "at least 320", server)
    page = await moderator.use("corrections show", correction=f"s1|{FACT}")
    shown = await undo_form(moderator, f"s1|{FACT}")
    stored = moderator.env.backend.get_guild(moderator.channel.guild.id)
    stored.members[moderator.member.id].role_ids.clear()
    for result in (
        await moderator.member.submit_modal(shown, {"reason": WHY}),
        await moderator.member.click(page.message, label="Undo"),
    ):
        assert answer_of(result).seen.line("Only moderators correct figures in this server.")
    assert await count(app) == 1


@pytest.mark.simcord(check_errors=False)
async def test_nobody_undoes_more_than_the_rate_allows(moderator: Person, app: App, server: str) -> None:
    now = int(app.client.now().timestamp())
    for number in range(app.client.settings.corrections_rate):
        await correct(app, str(400 + number), server, author=str(moderator.member.id), at=now - 60)
    shown = await undo_form(moderator, f"s{app.client.settings.corrections_rate}|{FACT}")
    answer = answer_of(await moderator.member.submit_modal(shown, {"reason": WHY}))
    assert "within the last hour" in answer.seen.text
    assert await count(app) == app.client.settings.corrections_rate


async def test_the_log_channel_is_told_once(
    moderator: Person, app: App, server: str, log: Callable[[], list[str]]
) -> None:
    await correct(app, "at least 320", server)
    shown = await undo_form(moderator, f"s1|{FACT}")
    assert shown.modal is not None
    await moderator.member.submit_modal(shown, {"reason": WHY})
    await sender(moderator).send(MODAL, form(shown.modal["custom_id"], reason=WHY))
    [line] = log()
    assert line.startswith(f"**Correction undone** by <@{moderator.member.id}> · at least 320 → **about 310**")
    assert WHY in line


async def test_a_form_and_a_button_outlive_a_restart(
    moderator: Person, app: App, server: str, settings: Settings, simcord_env: Env
) -> None:
    await correct(app, "at least 320", server)
    page = await moderator.use("corrections show", correction=f"s1|{FACT}")
    shown = await undo_form(moderator, f"s1|{FACT}")
    async with App(settings) as again:
        assert isinstance(again.client, SitrepClient)
        await simcord_env.restart_bot(again.client)
        assert "at least 320 → **about 310**" in words(await moderator.member.click(page.message, label="Undo"))
        done = answer_of(await moderator.member.submit_modal(shown, {"reason": WHY}))
        assert done.seen.title == "Undone"
        [latest, _first] = await history(again.database, FACT, server)
        assert latest.reason == WHY
        assert len(await history(again.database, FACT, EVERYONE)) == 1
