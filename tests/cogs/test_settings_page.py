"""/settings, as those who manage a server use it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from simcord.builders import ChannelHandle
from simcord.env import Env
from simcord.results import ResponseMessage

from bot import i18n
from bot.app import App
from bot.chat.settings_page import DECISIONS, FIND, LANGUAGE, LOG, REPEAT, ROLE, ZONE
from bot.settings import Settings
from bot.store.keeping.servers import NOTHING_CHOSEN, Repeat, ServerSettings, Told
from tests.cogs.managing import Manager, find, forbid, kept, shown, who
from tests.reading import Seen, read, walk

# The page


async def test_one_page_shows_everything_with_the_defaults(manager: Manager) -> None:
    answer = await manager.open()
    assert answer.seen.title == "Settings"
    assert answer.seen.lines[1].startswith("-# Newsroom · ")
    for heading in ("Role that may correct figures", "Log channel", "Decisions of editors", "Time zone"):
        assert answer.seen.line(f"**{heading}**")
    assert shown(answer.message, ROLE) == shown(answer.message, LOG) == []
    assert shown(answer.message, DECISIONS) == ["log"]
    assert shown(answer.message, ZONE) == ["UTC"]
    assert shown(answer.message, REPEAT) == ["skip"]
    assert "Aleppo" in answer.seen.line("**Conflict**")
    assert "up to 25" in answer.seen.line("**Digests**")
    assert "English" in answer.seen.text, "there is one language, so there is nothing to choose"
    assert "⚠️" not in answer.seen.text


async def test_looking_keeps_nothing(app: App, manager: Manager) -> None:
    await manager.open()
    assert await app.database.fetch_all("SELECT * FROM server") == []


# Choosing


async def test_a_role_is_chosen_shown_and_taken_back(app: App, manager: Manager, channel: ChannelHandle) -> None:
    role, other = channel.guild.create_role("Fact checkers"), channel.guild.create_role("Others")
    message = (await manager.open()).message
    seen = await manager.set(message, ROLE, role)
    assert seen.line("✅") == f"✅ Role that may correct figures: none → **<@&{role.id}>**"
    assert shown(message, ROLE) == [str(role.id)]
    assert await kept(app, channel) == ServerSettings(corrections_role=str(role.id))
    seen = await manager.set(message, ROLE, other)
    assert f"<@&{role.id}> → **<@&{other.id}>**" in seen.line("✅")
    assert "was set so already" in (await manager.set(message, ROLE, other)).text
    seen = await manager.set(message, ROLE)
    assert f"<@&{other.id}> → **none**" in seen.line("✅")
    assert await kept(app, channel) == NOTHING_CHOSEN


async def test_everybody_is_no_role_to_choose(app: App, manager: Manager, channel: ChannelHandle) -> None:
    seen = await manager.set((await manager.open()).message, ROLE, channel.guild.default_role)
    assert "everybody in the server could correct figures" in seen.line("⚠️")
    assert await kept(app, channel) == NOTHING_CHOSEN


@pytest.mark.parametrize("kind", ["text", "announcement"])
async def test_a_log_channel_is_chosen_and_hears_of_it(
    app: App, manager: Manager, channel: ChannelHandle, kind: str
) -> None:
    make = channel.guild.create_text_channel if kind == "text" else channel.guild.create_news_channel
    log = make("log")
    message = (await manager.open()).message
    seen = await manager.set(message, LOG, log)
    assert seen.line("✅") == f"✅ Log channel: none → **<#{log.id}>**"
    assert shown(message, LOG) == [str(log.id)]
    assert await kept(app, channel) == ServerSettings(log_channel=str(log.id))
    (line,) = log.history()
    assert line.content.startswith("Sitrep tells here what moderators correct")
    await manager.set(message, LOG, log)
    await manager.set(message, LOG)
    assert len(log.history()) == 1, "only where something begins"


@pytest.mark.parametrize(
    ("lacks", "named"),
    [
        ({"send_messages": True}, "the permission Send Messages"),
        ({"view_channel": True}, "the permissions View Channel and Send Messages"),
    ],
)
async def test_a_channel_that_sitrep_cannot_write_to_is_not_stored(
    app: App, manager: Manager, channel: ChannelHandle, lacks: dict[str, bool], named: str
) -> None:
    log = channel.guild.create_text_channel("log")
    forbid(manager.env, log, **lacks)
    message = (await manager.open()).message
    before = find(message, LOG)["custom_id"]
    seen = await manager.set(message, LOG, log)
    assert seen.line("⚠️") == f"⚠️ Not stored: in <#{log.id}> Sitrep lacks {named}."
    assert "under Permissions, add Sitrep" in seen.text
    assert shown(message, LOG) == []
    assert find(message, LOG)["custom_id"] != before, "a list with the same id would go on showing the refused channel"
    assert await kept(app, channel) == NOTHING_CHOSEN
    assert log.history() == []

    forbid(manager.env, log)
    await manager.set(message, LOG, log)
    assert (await kept(app, channel)).log_channel == str(log.id)


async def test_the_other_choices(app: App, manager: Manager, channel: ChannelHandle) -> None:
    message = (await manager.open()).message
    seen = await manager.set(message, DECISIONS, "proposer")
    assert "In the log channel → **In a direct message to who proposed**" in seen.line("✅")
    seen = await manager.set(message, REPEAT, "repeat")
    assert "Never twice, perhaps missing → **Never missing, perhaps twice**" in seen.line("✅")
    seen = await manager.set(message, ZONE, "Asia/Damascus")
    assert seen.line("✅") == "✅ Time zone: UTC → **Asia/Damascus**"
    assert [shown(message, one) for one in (DECISIONS, REPEAT, ZONE)] == [["proposer"], ["repeat"], ["Asia/Damascus"]]
    assert await kept(app, channel) == ServerSettings(
        decisions=Told.PROPOSER, repeat=Repeat.REPEAT, time_zone="Asia/Damascus"
    )


# Another time zone


async def submit(manager: Manager, message: ResponseMessage, typed: str) -> Seen:
    asked = await manager.member.click(message, custom_id=FIND)
    result = await manager.member.submit_modal(asked, {"zone": typed})
    assert result.response is not None
    assert result.response.id == message.id
    return read(result.response.components)


async def test_a_city_is_found_and_set(app: App, manager: Manager, channel: ChannelHandle) -> None:
    message = (await manager.open()).message
    seen = await submit(manager, message, "  kathmandu ")
    assert seen.line("✅") == "✅ Time zone: UTC → **Asia/Kathmandu**"
    assert shown(message, ZONE) == ["Asia/Kathmandu"]
    assert (await kept(app, channel)).time_zone == "Asia/Kathmandu"


@pytest.mark.parametrize(
    ("typed", "offered"), [("EST", "America/New_York"), ("Kazakhstan", "Asia/Almaty"), ("Damascsu", "Asia/Damascus")]
)
async def test_what_may_mean_several_is_offered_to_choose_from(
    app: App, manager: Manager, channel: ChannelHandle, typed: str, offered: str
) -> None:
    message = (await manager.open()).message
    seen = await submit(manager, message, typed)
    assert typed in seen.line("⚠️")
    values = [option["value"] for option in find(message, ZONE)["options"]]
    assert offered in values
    assert shown(message, ZONE) == [], "nothing is chosen yet, and the list says so"
    assert find(message, ZONE)["placeholder"] == "Choose one of these"
    assert await kept(app, channel) == NOTHING_CHOSEN
    await manager.set(message, ZONE, offered)
    assert (await kept(app, channel)).time_zone == offered


async def test_what_is_no_zone_at_all_says_so_harmlessly(app: App, manager: Manager, channel: ChannelHandle) -> None:
    message = (await manager.open()).message
    seen = await submit(manager, message, "@everyone **<@1>** zzzz")
    assert "is no time zone" in seen.line("⚠️")
    assert "@everyone" not in seen.text
    assert "<@1>" not in seen.text.replace("\\<", "")
    assert await kept(app, channel) == NOTHING_CHOSEN


# What is gone


async def test_a_deleted_role_and_channel_are_shown_as_gone(app: App, manager: Manager, channel: ChannelHandle) -> None:
    role, log = channel.guild.create_role("Fact checkers"), channel.guild.create_text_channel("log")
    message = (await manager.open()).message
    await manager.set(message, ROLE, role)
    await manager.set(message, LOG, log)
    manager.env.backend.delete_role(channel.guild.id, role.id)
    manager.env.backend.delete_channel(log.id)
    answer = await manager.open()
    assert "⚠️ The role chosen before is gone" in answer.seen.text
    assert "⚠️ The channel chosen before is gone" in answer.seen.text
    assert shown(answer.message, ROLE) == shown(answer.message, LOG) == []
    assert (await kept(app, channel)).log_channel == str(log.id), "looking changes nothing"
    await manager.set(answer.message, ROLE)
    await manager.set(answer.message, LOG)
    assert await kept(app, channel) == NOTHING_CHOSEN


async def test_a_log_channel_that_was_closed_to_sitrep_is_named(manager: Manager, channel: ChannelHandle) -> None:
    log = channel.guild.create_text_channel("log")
    await manager.set((await manager.open()).message, LOG, log)
    forbid(manager.env, log, send_messages=True)
    seen = (await manager.open()).seen
    assert seen.line("⚠️") == "⚠️ Sitrep lacks the permission Send Messages there, and cannot write."


# Over time


async def test_two_managers_change_different_things_at_once(
    app: App, simcord_env: Env, manager: Manager, channel: ChannelHandle
) -> None:
    other = Manager(simcord_env, who(channel, simcord_env, "other", manage_guild=True), channel)
    mine, theirs = (await manager.open()).message, (await other.open()).message
    await manager.set(mine, ZONE, "Asia/Damascus")
    seen = await other.set(theirs, DECISIONS, "proposer")
    assert shown(theirs, ZONE) == ["Asia/Damascus"], seen.text
    assert await kept(app, channel) == ServerSettings(time_zone="Asia/Damascus", decisions=Told.PROPOSER)


async def test_servers_do_not_see_each_others_choices(
    app: App, simcord_env: Env, manager: Manager, channel: ChannelHandle
) -> None:
    elsewhere = simcord_env.create_guild("Elsewhere").create_text_channel("general")
    stranger = Manager(simcord_env, who(elsewhere, simcord_env, "stranger", manage_guild=True), elsewhere)
    await manager.set((await manager.open()).message, ZONE, "Asia/Damascus")
    assert shown((await stranger.open()).message, ZONE) == ["UTC"]
    assert await kept(app, elsewhere) == NOTHING_CHOSEN


async def test_a_page_still_works_after_a_restart(
    settings: Settings, app: App, manager: Manager, channel: ChannelHandle
) -> None:
    message = (await manager.open()).message
    await manager.set(message, ZONE, "Asia/Damascus")
    asked = await manager.member.click(message, custom_id=FIND)
    async with App(settings) as again:
        await manager.env.restart_bot(again.client)
        await manager.set(message, DECISIONS, "proposer")
        assert shown(message, ZONE) == ["Asia/Damascus"]
        result = await manager.member.submit_modal(asked, {"zone": "Beirut"})
        assert result.response is not None
        assert await kept(again, channel) == ServerSettings(time_zone="Asia/Beirut", decisions=Told.PROPOSER)


# Languages


@pytest.fixture
def german(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A catalogue with two texts in it."""
    catalogue = Catalog(locale="de")
    catalogue.add("English", "Deutsch")
    catalogue.add("Sitrep tells here what moderators correct, what editors decide, and which digests pause.", "Hier.")
    file = tmp_path / "locale" / "de" / "LC_MESSAGES" / "sitrep.mo"
    file.parent.mkdir(parents=True)
    with file.open("wb") as out:
        write_mo(out, catalogue)
    monkeypatch.setattr(i18n, "_LOCALE_DIR", tmp_path / "locale")
    i18n._catalogue.cache_clear()
    yield
    i18n._catalogue.cache_clear()


@pytest.mark.usefixtures("german")
async def test_a_language_is_chosen_among_those_there_are(app: App, manager: Manager, channel: ChannelHandle) -> None:
    message = (await manager.open()).message
    assert [option["label"] for option in find(message, LANGUAGE)["options"]] == ["English", "Deutsch"]
    assert shown(message, LANGUAGE) == ["en"]
    seen = await manager.set(message, LANGUAGE, "de")
    assert seen.line("✅") == "✅ Language: English → **Deutsch**", "the page stays in the reader's own"
    assert await kept(app, channel) == ServerSettings(language="de")
    log = channel.guild.create_text_channel("log")
    await manager.set(message, LOG, log)
    assert log.history()[0].content == "Hier."


async def test_where_there_is_one_language_there_is_none_to_choose(manager: Manager) -> None:
    ids = [str(part.get("custom_id")).partition("|")[0] for part in walk((await manager.open()).message.components)]
    assert LANGUAGE not in ids
    assert ZONE in ids
