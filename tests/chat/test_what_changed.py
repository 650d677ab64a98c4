"""*What changed* stands under an answer whose list changed within the last days, and leads to the changes."""

from collections.abc import AsyncIterator

import pytest
from simcord.builders import ChannelHandle
from simcord.env import Env

from bot.app import App
from bot.chat.client import SitrepClient
from bot.settings import Settings
from tests.asking import Person
from tests.chat.corrections_log.world import FACT, OTHER, correct, undo
from tests.living import Hand, hand, report
from tests.reading import ROW, walk
from tests.store.ledgers import DAY

__all__ = ["hand"]

CHANGED = "What changed"


@pytest.fixture
async def app(settings: Settings, hand: Hand) -> AsyncIterator[App]:
    async with App(settings, clock=hand) as opened:
        row = await opened.database.fetch_one("SELECT MAX(recorded_at) FROM revision")
        assert row is not None
        hand.now = row[0] + 60.0
        yield opened


async def bring(app: App, name: str) -> None:
    """A report arrives."""
    await report(app, name)
    # Loads go by the clock of the machine.
    await app.database.write(
        lambda tx: tx.execute(
            "UPDATE revision SET recorded_at = recorded_at + 60 WHERE fact IN "
            "(SELECT id FROM fact WHERE report <> 'afp-2016-12-03')"
        )
    )
    await app.library.renew()


async def test_nothing_changed_and_nothing_is_offered(reader: Person) -> None:
    for command in ("casualties", "displaced", "control", "timeline", "statements"):
        assert CHANGED not in (await reader.ask(command)).buttons


async def test_after_a_correction_it_leads_to_it(reader: Person, app: App, hand: Hand) -> None:
    await correct(app, "at least 320", at=int(hand()))
    answer = await reader.use("casualties")
    changes = await reader.press(answer.message, CHANGED)
    assert changes.private
    assert changes.seen.title == CHANGED
    assert "~~About 310~~ → **at least 320**" in changes.seen.text
    assert CHANGED not in changes.seen.buttons


async def test_only_where_it_would_tell_of_something(reader: Person, app: App, hand: Hand) -> None:
    await correct(app, "4", fact=OTHER, at=int(hand()))
    for place in ("Shaar", "East Aleppo", "Aleppo"):
        assert CHANGED in (await reader.ask("district", name=place)).buttons
        answer = await reader.use("casualties", place=place)
        assert "**4**" in (await reader.press(answer.message, CHANGED)).seen.text
    assert CHANGED not in (await reader.ask("casualties", place="West Aleppo")).buttons
    assert CHANGED not in (await reader.ask("statements")).buttons
    assert CHANGED not in (await reader.ask("casualties", population="children")).buttons, "which it cannot tell apart"


async def test_what_was_undone_is_no_change(reader: Person, app: App, hand: Hand) -> None:
    await correct(app, "at least 320", at=int(hand()))
    await undo(app)
    assert CHANGED not in (await reader.ask("casualties")).buttons


async def test_a_new_report_is_one_and_a_week_later_no_more(reader: Person, app: App, hand: Hand) -> None:
    await bring(app, "2016-12-07-morning-star")
    answer = await reader.use("casualties")
    changes = await reader.press(answer.message, CHANGED)
    assert "about 310 → " in changes.seen.text.lower()
    hand.now += 6 * DAY
    assert not await app.library.renew()
    assert CHANGED in (await reader.ask("casualties")).buttons
    hand.now += 2 * DAY  # the report came some seconds after the first load
    assert await app.library.renew()
    assert CHANGED not in (await reader.ask("casualties")).buttons
    assert not await app.library.renew(), "it is looked at once"


async def test_a_servers_correction_is_a_change_there_alone(
    reader: Person, app: App, hand: Hand, channel: ChannelHandle, simcord_env: Env
) -> None:
    await correct(app, "at least 320", str(channel.guild.id), at=int(hand()))
    elsewhere = simcord_env.create_guild("Elsewhere").create_text_channel("general")
    other = Person(simcord_env, elsewhere.guild.add_member(simcord_env.create_user("other")), elsewhere)
    answer = await reader.use("casualties")
    assert "**at least 320**" in (await reader.press(answer.message, CHANGED)).seen.text
    assert CHANGED not in (await other.ask("casualties")).buttons


async def test_under_an_old_post_it_tells_what_came_after_it_too(
    reader: Person, app: App, hand: Hand, settings: Settings, simcord_env: Env
) -> None:
    """The figure that a later report replaced is left as it was posted, and its buttons show the one that counts."""
    await correct(app, "4", fact=OTHER, at=int(hand()))
    post = await reader.use("casualties")
    await bring(app, "2016-12-07-morning-star")
    async with App(settings) as again:
        assert isinstance(again.client, SitrepClient)
        await simcord_env.restart_bot(again.client)
        changes = await reader.press(post.message, CHANGED)
        assert "about 310 → " in changes.seen.text.lower()
        sources = await reader.press(post.message, "Sources")
        assert FACT not in sources.seen.text


async def test_it_stands_before_the_last_button_and_no_row_is_too_long(reader: Person, app: App, hand: Hand) -> None:
    await correct(app, "20", fact=OTHER, at=int(hand()))
    for command in ("casualties", "timeline"):
        answer = await reader.use(command)
        rows = [part["components"] for part in walk(answer.message.components) if part["type"] == ROW]
        assert all(len(row) <= 5 for row in rows)
        assert [button["label"] for row in rows for button in row][-2:] == [CHANGED, "Correct a figure"]
