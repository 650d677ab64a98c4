"""What Sitrep tells without having been asked: markup-safe, without a ping, at the pace given, and never a failure."""

import logging
from typing import Any

import discord
import msgspec
import pytest
from simcord.backend.models import Overwrite
from simcord.builders import ChannelHandle
from simcord.enums import OverwriteType
from simcord.env import Env

from bot.answers.page import Entry, Page, Section, Strong
from bot.app import App
from bot.chat.log_channel import Announcer
from bot.i18n import language
from tests.asking import Person
from tests.reading import read

LINE = (Strong("Correction"), " · East Aleppo: about 310 → at least 320")


@pytest.fixture
async def log(app: App, channel: ChannelHandle) -> ChannelHandle:
    """The log channel of the server."""
    made = channel.guild.create_text_channel("log")
    await choose(app, channel, log_channel=str(made.id))
    return made


async def choose(app: App, channel: ChannelHandle, **chosen: Any) -> None:
    await app.servers.change(server(channel), lambda settings: msgspec.structs.replace(settings, **chosen))


def server(channel: ChannelHandle) -> str:
    assert channel.guild is not None
    return str(channel.guild.id)


async def test_a_line_arrives_where_the_server_wants_it(app: App, channel: ChannelHandle, log: ChannelHandle) -> None:
    assert await app.client.announcer.tell(server(channel), LINE)
    (message,) = log.history()
    assert message.content == "**Correction** · East Aleppo: about 310 → at least 320"
    assert channel.history() == []


async def test_a_page_arrives_as_its_components(app: App, channel: ChannelHandle, log: ChannelHandle) -> None:
    page = Page(accent="record", title="Correction", sections=(Section(None, (Entry(LINE),)),))
    assert await app.client.announcer.tell(server(channel), page)
    (stored,) = app_messages(app, log)
    assert read(stored.components).title == "Correction"


async def test_nothing_that_a_person_wrote_pings_formats_or_links(
    app: App, channel: ChannelHandle, log: ChannelHandle, simcord_env: Env
) -> None:
    hostile = ("# @everyone <@1> **bold** https://example.org/ \u202etxet", "\nsecond line")
    assert await app.client.announcer.tell(server(channel), hostile)
    (message,) = log.history()
    assert not message.content.startswith("#")
    for part in ("@everyone", " <@1>", " **bold", "https://", "\u202e", "\n"):
        assert part not in message.content
    assert not message.mention_everyone
    sent = [request for request in simcord_env.http_requests if request.path == f"/channels/{log.id}/messages"]
    assert sent[-1].json["allowed_mentions"] == {"parse": []}


async def test_a_long_line_is_cut(app: App, channel: ChannelHandle, log: ChannelHandle) -> None:
    assert await app.client.announcer.tell(server(channel), ("*" * 5000,))
    (message,) = log.history()
    assert len(message.content) <= 2000
    assert message.content.endswith("…")


async def test_what_is_said_is_worded_in_the_language_of_the_server(
    app: App, channel: ChannelHandle, log: ChannelHandle
) -> None:
    await choose(app, channel, language="de")
    assert await app.client.announcer.tell(server(channel), lambda: (f"in {language()}",))
    assert log.history()[0].content == "in de"
    assert language() == "en"


async def test_without_a_log_channel_nothing_is_sent(app: App, channel: ChannelHandle, simcord_env: Env) -> None:
    before = len(simcord_env.http_requests)
    assert not await app.client.announcer.tell(server(channel), LINE)
    assert not await app.client.announcer.tell("1", LINE)
    assert len(simcord_env.http_requests) == before


@pytest.mark.parametrize("trouble", ["deleted", "hidden", "refused", "out of order"])
async def test_a_channel_that_fails_is_logged_and_nothing_is_raised(
    app: App, channel: ChannelHandle, log: ChannelHandle, simcord_env: Env, caplog: pytest.LogCaptureFixture,
    trouble: str,
) -> None:  # fmt: skip
    if trouble == "deleted":
        simcord_env.backend.delete_channel(log.id)
    elif trouble == "out of order":
        simcord_env.inject_error("POST", f"/channels/{log.id}/messages", status=400, code=50035, message="no")
    else:
        flag = {"view_channel": True} if trouble == "hidden" else {"send_messages": True}
        overwrite = Overwrite(
            target_id=simcord_env.backend.bot_user.id, type=OverwriteType.MEMBER, allow=0,
            deny=discord.Permissions(**flag).value,
        )  # fmt: skip
        simcord_env.backend.set_overwrite(log.id, overwrite)
    assert not await app.client.announcer.tell(server(channel), LINE)
    (record,) = [one for one in caplog.records if getattr(one, "event", "") == "log_channel.failed"]
    assert record.levelno == logging.WARNING
    assert "Correction" not in record.getMessage()


async def test_a_mistake_of_ours_is_logged_with_its_place(
    app: App, channel: ChannelHandle, log: ChannelHandle, caplog: pytest.LogCaptureFixture
) -> None:
    def broken() -> Page:
        raise KeyError("figure")

    assert not await app.client.announcer.tell(server(channel), broken)
    (record,) = [one for one in caplog.records if getattr(one, "event", "") == "log_channel.failed"]
    assert record.levelno == logging.ERROR
    assert record.exc_info is not None


async def test_a_damaged_row_is_no_failure_of_who_tells(app: App, channel: ChannelHandle, log: ChannelHandle) -> None:
    async def spoil(tx: Any) -> None:
        await tx.execute("UPDATE server SET settings = 'broken'")

    await app.database.write(spoil)
    assert not await app.client.announcer.tell(server(channel), LINE)


async def test_a_person_is_told_in_a_direct_message(app: App, reader: Person) -> None:
    assert await app.client.announcer.tell_person(str(reader.member.id), LINE)
    (message,) = reader.member.user.dm_channel.history()
    assert message.content.startswith("**Correction**")


@pytest.mark.parametrize("person", ["1", "nobody"])
async def test_a_person_who_cannot_be_told_is_logged(
    app: App, simcord_env: Env, caplog: pytest.LogCaptureFixture, person: str
) -> None:
    assert not await app.client.announcer.tell_person(person, LINE)
    assert [one for one in caplog.records if getattr(one, "event", "") == "direct_message.failed"]


async def test_every_call_waits_for_its_turn(
    app: App, channel: ChannelHandle, log: ChannelHandle, reader: Person, simcord_env: Env
) -> None:
    sent: list[int] = []

    async def pace() -> None:
        sent.append(len(simcord_env.http_requests))

    announcer = Announcer(app.client, app.servers, pace)
    before = len(simcord_env.http_requests)
    assert await announcer.tell(server(channel), LINE)
    assert sent == [before]
    assert await announcer.tell_person(str(reader.member.id), LINE)
    assert sent == [before, before + 1, before + 2], "opening the conversation is a call, too"


def app_messages(app: App, channel: ChannelHandle) -> list[Any]:
    return list(channel._env.backend.messages[channel.id].values())
