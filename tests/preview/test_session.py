"""A session with a small bot: the server, the people, the clock, and the posts that show by themselves."""

import asyncio
import socket
from datetime import UTC, datetime, timedelta
from typing import Any

import discord
import pytest
from simcord.preview import _markdown

from bot.errors import SitrepError
from bot.preview.session import Session, open_session
from tests.preview.conftest import Panel, small_bot, text_of


def channel(bot: discord.Client, session: Session) -> discord.TextChannel:
    found = bot.get_channel(session.world.channel.id)
    assert isinstance(found, discord.TextChannel)
    return found


async def until(true: Any) -> None:
    """Until `true()`; for what another task does at once."""
    async with asyncio.timeout(10):
        while not true():  # noqa: ASYNC110 -- what is waited for knows of nobody to tell
            await asyncio.sleep(0.01)


async def test_each_viewer_has_the_rights_of_their_name_and_no_more() -> None:
    async with open_session(small_bot(), 0) as session:
        guild = session.env.guild
        extra = {}
        for name, viewer in zip(session.viewers, session.world.viewers, strict=True):
            bits = session.env.backend.compute_permissions(guild.id, viewer.id, session.world.channel.id)
            extra[name] = discord.Permissions(bits)
        assert extra["channel manager"].value == extra["reader"].value | discord.Permissions(manage_channels=True).value
        assert extra["moderator"].value == extra["reader"].value | discord.Permissions(manage_messages=True).value
        assert extra["server manager"].value == extra["reader"].value | discord.Permissions(manage_guild=True).value
        assert extra["editor"].value == extra["reader"].value
        assert session.world.editor.id == session.world.viewers[session.viewers.index("editor")].id
        assert not extra["reader"].manage_messages
        assert not extra["reader"].manage_channels
        assert not extra["reader"].manage_guild


async def test_the_commands_are_there_and_answer_everyone() -> None:
    async with open_session(small_bot(), 0) as session:
        assert session.commands == 2
        for viewer in session.world.viewers:
            result = await viewer.slash(session.world.channel, "say", what="hello")
            assert "said hello" in str(result.response.components)


async def test_a_restart_meets_the_same_server_channel_and_people() -> None:
    seen = []
    for _ in range(2):
        async with open_session(small_bot(), 0) as session:
            seen.append([session.env.guild.id, session.world.channel.id, *(v.id for v in session.world.viewers)])
    assert seen[0] == seen[1]


async def test_messages_carry_the_present() -> None:
    bot = small_bot()
    async with open_session(bot, 0) as session:
        message = await channel(bot, session).send("now")
        assert abs(datetime.now(UTC) - message.created_at) < timedelta(minutes=1)


async def test_the_bot_does_not_own_the_server_it_is_in() -> None:
    bot = small_bot()
    async with open_session(bot, 0) as session:
        guild = channel(bot, session).guild
        assert guild.owner_id not in {bot.user and bot.user.id, *(viewer.id for viewer in session.world.viewers)}


async def test_direct_messages() -> None:
    async with open_session(small_bot(), 0, direct=True) as session:
        assert session.viewers == ("reader",)
        result = await session.world.reader.slash("say", what="hello")
        assert "said hello" in str(result.response.components)


async def test_a_taken_port_is_named_with_the_way_out() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(SitrepError, match=f"port {port} .*in use.*PREVIEW_PORT"):
            async with open_session(small_bot(), port):
                pass


async def test_the_page_is_on_loopback_only() -> None:
    async with open_session(small_bot(), 0) as session:
        assert session.address.startswith("http://127.0.0.1:")
        sockets = session.preview._server.site._server.sockets
        assert [one.getsockname()[0] for one in sockets] == ["127.0.0.1"]


async def test_what_the_bot_posts_edits_and_deletes_is_on_an_open_page_by_itself() -> None:
    """Leans on SimCord's private names, as bot/preview/live.py does; SimCord is pinned."""
    bot = small_bot()
    async with open_session(bot, 0) as session:
        page = session.preview._open_page()
        message = await channel(bot, session).send(view=Panel("a digest"))
        await until(lambda: "a digest" in text_of(page.snapshot))
        await message.edit(view=Panel("a corrected digest"))
        await until(lambda: "a corrected digest" in text_of(page.snapshot))
        await message.delete()
        await until(lambda: not page.snapshot["messages"])


async def test_what_the_person_does_is_put_on_the_page_once() -> None:
    """A copy of a full channel takes a moment to make, and the person waits for it."""
    async with open_session(small_bot(), 0) as session:
        page = session.preview._open_page()
        reader = session.world.viewers[0]
        made: list[int] = []
        publish = session.preview._publish

        def counted(one: Any, **given: Any) -> None:
            made.append(one.id)
            publish(one, **given)

        session.preview._publish = counted  # type: ignore[method-assign]
        await reader.slash(session.world.channel, "say", what="hello")
        publish(page)  # as SimCord does after each action of the page
        await asyncio.sleep(0.2)  # a second copy would be made within PAUSE
        assert made == []
        assert "said hello" in text_of(page.snapshot)


async def test_a_page_that_is_not_looked_at_waits_until_it_is() -> None:
    bot = small_bot()
    async with open_session(bot, 0) as session:
        away, here = session.preview._open_page(), session.preview._open_page()
        away.last_activity -= 60
        await channel(bot, session).send(view=Panel("a digest"))
        await until(lambda: "a digest" in text_of(here.snapshot))
        assert "a digest" not in text_of(away.snapshot)
        session.preview._get_page(away.id)
        await until(lambda: "a digest" in text_of(away.snapshot))


async def test_nobody_waits_for_a_copy_that_nobody_reads() -> None:
    async with open_session(small_bot(), 0) as session:
        page, unread = session.preview._open_page(), session.preview._python
        assert unread is not None
        before = page.revision, unread.revision
        session.preview._publish_message_pages()  # as SimCord does after each action
        assert (page.revision, unread.revision) == (before[0] + 1, before[1])


async def test_a_text_is_read_once_and_each_time_the_same() -> None:
    text = "**About 310** civilians killed\n-# 3 Dec · <t:1480766400:D> · [a page](https://example.org)\n~~70~~ → 75"
    profiles = ("text_display", "message", "label")
    plain = [_markdown.markdown_tokens(text, profile) for profile in profiles]
    async with open_session(small_bot(), 0):
        for _ in range(2):
            assert [_markdown.markdown_tokens(text, profile) for profile in profiles] == plain
        policy = _markdown._FIELD_POLICIES["text_display"]
        [first, *_], [second, *_] = (_markdown._markdown_parser(policy, {}).parse(text, {}) for _ in range(2))
        assert first is second


async def test_one_parser_reads_all_texts_of_a_kind() -> None:
    bot = small_bot()
    async with open_session(bot, 0) as session:
        page = session.preview._open_page()
        await channel(bot, session).send(view=Panel("a **first** digest"))
        await until(lambda: "first" in text_of(page.snapshot))
        parser = _markdown._markdown_parser
        policy = _markdown._FIELD_POLICIES["text_display"]
        assert parser(policy, {}) is parser(policy, {})
        assert parser(policy, {}) is not parser(policy, {"users": {"1": "somebody"}})
    assert _markdown._markdown_parser is not parser


async def test_a_post_does_not_make_an_action_stale_that_the_page_had_begun() -> None:
    bot = small_bot()
    async with open_session(bot, 0) as session:
        page = session.preview._open_page()
        before = page.revision
        await channel(bot, session).send(view=Panel("a digest"))
        await until(lambda: "a digest" in text_of(page.snapshot))
        assert page.revision == page.snapshot["publishedRevision"] == before


async def test_a_post_in_another_channel_leaves_the_page_alone() -> None:
    bot = small_bot()
    async with open_session(bot, 0) as session:
        page = session.preview._open_page()
        shown = page.published_at
        others = [one for one in channel(bot, session).guild.text_channels if one.id != session.world.channel.id]
        await others[0].send("elsewhere")
        await channel(bot, session).send("here")
        await until(lambda: page.published_at != shown)
        assert [message["content"] for message in page.snapshot["messages"].values()] == ["here"]


async def test_nothing_is_left_running() -> None:
    before = asyncio.all_tasks()
    async with open_session(small_bot(), 0):
        pass
    assert asyncio.all_tasks() == before
