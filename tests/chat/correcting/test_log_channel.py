"""What the server hears of a correction, in the log channel it has chosen."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from msgspec import structs
from simcord.builders import ChannelHandle

from bot.app import App
from tests.chat.correcting.forms import REASON, Corrector


@pytest.fixture
async def log(app: App, channel: ChannelHandle) -> Callable[[], list[str]]:
    """Its lines, the oldest first."""
    room = channel.guild.create_text_channel("sitrep-log")
    await app.servers.change(str(channel.guild.id), lambda chosen: structs.replace(chosen, log_channel=str(room.id)))
    return lambda: [message.content.replace("\u00a0", " ") for message in room.history()]


async def test_one_line_says_who_what_and_why(moderator: Corrector, log: Callable[[], list[str]]) -> None:
    preview = await moderator.preview()
    assert log() == [], "nothing before it is confirmed"
    done = await moderator.tap(preview.message, "Confirm")
    await moderator.forge(done.message, preview.seen.buttons["Confirm"])
    (line,) = log()
    for part in (f"<@{moderator.member.id}>", "civilians killed · East Aleppo", "about 310 → **at least 320**",
                 "our reading was wrong", REASON, "example.org"):  # fmt: skip
        assert part in line


async def test_for_everyone_it_is_an_editor_s(moderator: Corrector, log: Callable[[], list[str]], app: App) -> None:
    app.client.settings = replace(app.client.settings, editors=(moderator.member.id,))
    await moderator.tap((await moderator.preview()).message, "Correct for everyone")
    (line,) = log()
    assert "for everyone" in line
    assert "by an editor" in line
    assert str(moderator.member.id) not in line


async def test_a_channel_that_is_gone_is_no_obstacle(moderator: Corrector, channel: ChannelHandle, app: App) -> None:
    await app.servers.change(str(channel.guild.id), lambda chosen: structs.replace(chosen, log_channel="123456789"))
    assert (await moderator.made()).seen.title == "Corrected in this server"
