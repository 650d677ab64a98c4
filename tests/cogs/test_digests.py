"""/digest, as those who manage channels use it, and as nobody else can."""

from typing import Any

import discord
import pytest
from simcord.actors import MemberActor
from simcord.backend.models import Overwrite
from simcord.builders import ChannelHandle
from simcord.enums import OverwriteType
from simcord.env import Env
from simcord.results import ResponseMessage

from bot.app import App
from bot.settings import Settings
from bot.store.digests.subscriptions import State, Stored
from tests.asking import Person, answer_of
from tests.reading import Seen, read

# A refusal is an error to SimCord, and here what is asked for.
pytestmark = pytest.mark.simcord(check_errors=False)

EVERY_MORNING = {"when": "daily 08:00", "time_zone": "Asia/Damascus"}


class Manager(Person):
    """A channel manager at work."""

    async def subscribe(self, **options: Any) -> tuple[ResponseMessage, Seen, Seen]:
        """The page to confirm, what it says, and what the preview says."""
        result = await self.member.slash(self.channel, "digest subscribe", **{**EVERY_MORNING, **options})
        assert result.response is not None
        assert result.response.ephemeral
        # What is to be confirmed comes last, where the eye comes to rest.
        (page,) = result.followups
        assert page.ephemeral
        return page, read(page.components), read(result.response.components)

    async def started(self, **options: Any) -> None:
        page, _seen, _preview = await self.subscribe(**options)
        await self.press_in_place(page, "Start")

    async def press_in_place(self, message: ResponseMessage, label: str) -> Seen:
        result = await self.member.click(message, label=label)
        assert not result.followups
        return read(message.components)

    async def refused(self, command: str, **options: Any) -> str:
        answer = await self.use(command, **options)
        assert answer.private
        assert answer.seen.title == "That did not work"
        return answer.seen.text


def who(channel: ChannelHandle, name: str, env: Env, **permissions: bool) -> MemberActor:
    role = channel.guild.create_role(f"role of {name}", permissions=discord.Permissions(**permissions))
    return channel.guild.add_member(env.create_user(name), roles=[role])


@pytest.fixture
def manager(simcord_env: Env, channel: ChannelHandle) -> Manager:
    """A member with Manage Channels and nothing more."""
    return Manager(simcord_env, who(channel, "manager", simcord_env, manage_channels=True), channel)


def forbid(env: Env, channel: ChannelHandle, whom: int, **permissions: bool) -> None:
    """Take permissions from somebody in a channel."""
    denied = discord.Permissions(**permissions).value
    env.backend.set_overwrite(channel.id, Overwrite(target_id=whom, type=OverwriteType.MEMBER, allow=0, deny=denied))


async def show_to_all(app: App, channel: ChannelHandle) -> None:
    """What administrators can do: let Discord show the command to everybody."""
    (command,) = [one for one in await app.client.tree.fetch_commands() if one.name == "digest"]
    channel.guild.set_command_permissions(command, {channel.guild.default_role: True})


async def kept(app: App, channel: ChannelHandle) -> list[Stored]:
    return await app.client.digests.subscriptions.listing(channel.guild.id)


async def test_nothing_is_at_work_before_it_is_started(manager: Manager, app: App, channel: ChannelHandle) -> None:
    page, seen, preview = await manager.subscribe()
    assert "Every day at 08:00, Asia/Damascus time" in seen.text
    assert seen.text.count("<t:") == 3, "the next three times"
    assert seen.text.count(" 08:00 · for you ") == 3
    assert "About 310" in preview.text, "the standing picture"
    (waiting,) = await kept(app, channel)
    assert waiting.state is State.PAUSED
    seen = await manager.press_in_place(page, "Start")
    assert "At work" in seen.text
    (started,) = await kept(app, channel)
    assert started.state is State.ACTIVE
    assert started.next_at is not None


async def test_what_is_discarded_is_gone(manager: Manager, app: App, channel: ChannelHandle) -> None:
    page, _seen, _preview = await manager.subscribe()
    await manager.press_in_place(page, "Discard")
    assert await kept(app, channel) == []


async def test_every_choice_is_kept(manager: Manager, app: App, channel: ChannelHandle) -> None:
    await manager.started(
        when="mon,thu 6 pm", topics="Displaced, casualties", places="east aleppo, الشيخ سعيد", unchanged="one-line",
        corrections="with-next", quiet_hours="22:00-07:00", time_zone="berlin",
    )  # fmt: skip
    (one,) = await kept(app, channel)
    subscription = one.subscription
    assert str(subscription.rule) == "mon,thu 18:00"
    assert subscription.zone.key == "Europe/Berlin"
    assert subscription.topics == ("casualties", "displaced"), "in the order of an edition"
    assert subscription.places == ("east-aleppo", "sheikh-saeed")
    assert (subscription.unchanged, subscription.corrections) == ("one-line", "with-next")
    assert str(subscription.quiet) == "22:00-07:00"
    assert one.created_by == manager.member.id


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"when": "whenever"}, "no schedule"),
        ({"when": "every 5 minutes"}, "Once an hour is the most"),
        ({"time_zone": "Atlantis"}, "Atlantis"),
        ({"topics": "weather"}, "“weather” is no topic"),
        ({"places": "Narnia"}, "No place is called “Narnia”"),
        ({"quiet_hours": "at night"}, "no quiet hours"),
        ({"language": "tlh"}, "does not speak"),
    ],
)
async def test_what_cannot_be_read_is_said_and_nothing_kept(
    manager: Manager, app: App, channel: ChannelHandle, options: dict[str, str], said: str
) -> None:
    assert said in await manager.refused("digest subscribe", **{**EVERY_MORNING, **options})
    assert await kept(app, channel) == []


async def test_the_missing_permission_is_named_with_how_to_grant_it(
    manager: Manager, app: App, simcord_env: Env, channel: ChannelHandle
) -> None:
    silent = channel.guild.create_text_channel("silent")
    forbid(simcord_env, silent, simcord_env.backend.bot_user.id, send_messages=True)
    said = await manager.refused("digest subscribe", **EVERY_MORNING, channel=silent)
    assert "Send Messages" in said
    assert "Permissions" in said
    assert await kept(app, channel) == []


async def test_announcement_channels_and_threads_will_do(
    manager: Manager, app: App, simcord_env: Env, channel: ChannelHandle
) -> None:
    news = channel.guild.create_news_channel("news")
    parent = app.client.get_channel(channel.id)
    assert isinstance(parent, discord.TextChannel)
    made = await parent.create_thread(name="the front", type=discord.ChannelType.public_thread)
    (thread,) = channel.threads
    for where in (news, thread):
        _page, seen, _preview = await manager.subscribe(channel=where)
        assert f"A digest for #{where.name}" in seen.title
    assert [one.subscription.channel for one in await kept(app, channel)] == [news.id, made.id]
    forbid(simcord_env, channel, simcord_env.backend.bot_user.id, send_messages_in_threads=True)
    assert "Send Messages in Threads" in await manager.refused("digest subscribe", **EVERY_MORNING, channel=thread)


async def test_who_may_not_manage_channels_is_refused_everywhere(
    reader: Person, manager: Manager, app: App, channel: ChannelHandle
) -> None:
    await manager.started()
    await show_to_all(app, channel)
    for command, options in (
        ("digest subscribe", EVERY_MORNING),
        ("digest list", {}),
        ("digest preview", {}),
        ("digest edit", {"digest": "1", "when": "hourly"}),
        ("digest pause", {}),
        ("digest resume", {}),
        ("digest remove", {}),
    ):
        answer = await reader.use(command, **options)
        assert "Manage Channels" in answer.seen.text, command
        assert answer.private
    (one,) = await kept(app, channel)
    assert str(one.subscription.rule) == "daily 08:00"
    assert one.state is State.ACTIVE


async def test_a_button_asks_for_the_permission_again(
    manager: Manager, app: App, channel: ChannelHandle, simcord_env: Env
) -> None:
    page, _seen, _preview = await manager.subscribe()
    forbid(simcord_env, channel, manager.member.id, manage_channels=True)
    answer = answer_of(await manager.member.click(page, label="Start"))
    assert "Manage Channels" in answer.seen.text
    (one,) = await kept(app, channel)
    assert one.state is State.PAUSED


async def test_another_server_sees_and_touches_nothing(manager: Manager, app: App, simcord_env: Env) -> None:
    await manager.started()
    elsewhere = simcord_env.create_guild("Elsewhere").create_text_channel("general")
    stranger = Manager(simcord_env, who(elsewhere, "stranger", simcord_env, manage_channels=True), elsewhere)
    assert "no digest yet" in await stranger.refused("digest remove", digest="1")
    seen = (await stranger.use("digest list")).seen
    assert "None yet" in seen.text
    await stranger.subscribe()
    (mine,) = await kept(app, manager.channel)
    assert "no such digest" in await stranger.refused("digest pause", digest=str(mine.id))


async def test_who_manages_one_channel_leaves_the_others_alone(
    manager: Manager, app: App, channel: ChannelHandle, simcord_env: Env
) -> None:
    await manager.started()
    theirs = channel.guild.create_text_channel("theirs")
    local = Manager(simcord_env, who(channel, "local", simcord_env, manage_channels=True), theirs)
    forbid(simcord_env, channel, local.member.id, manage_channels=True)
    (one,) = await kept(app, channel)
    for command, options in (("pause", {}), ("edit", {"digest": str(one.id), "when": "hourly"}), ("resume", {})):
        assert "Manage Channels" in await local.refused(f"digest {command}", **options)
    answer = await local.use("digest remove")
    assert "Manage Channels" in (await local.press(answer.message, "Remove")).seen.text
    assert "Manage Channels" in await local.refused("digest subscribe", **EVERY_MORNING, channel=channel)
    assert await kept(app, channel) == [one]


async def test_pause_resume_edit_and_remove(manager: Manager, app: App, channel: ChannelHandle) -> None:
    await manager.started()
    seen = (await manager.use("digest pause")).seen
    assert "Paused" in seen.text
    assert "Somebody paused it" in seen.text
    (one,) = await kept(app, channel)
    assert one.next_at is None
    assert "At work" in (await manager.use("digest resume")).seen.text
    seen = (await manager.use("digest edit", digest=str(one.id), when="weekdays 7:30", topics="all")).seen
    assert seen.title == "Changed"
    assert "Monday to Friday at 07:30" in seen.text
    seen = (await manager.use("digest edit", digest=str(one.id), when="weekdays 7:30")).seen
    assert "Nothing to change" in seen.title
    answer = await manager.use("digest remove")
    assert "Remove this digest?" in answer.seen.title
    assert len(await kept(app, channel)) == 1, "asked first"
    await manager.press_in_place(answer.message, "Remove")
    assert await kept(app, channel) == []


async def test_the_list_shows_all_and_opens_one(manager: Manager, app: App, channel: ChannelHandle) -> None:
    for hour in range(8):
        await manager.started(when=f"daily {hour:02}:00")
    answer = await manager.use("digest list")
    assert "1 to 6 of 8" in answer.seen.text
    await manager.press_in_place(answer.message, "More ›")
    assert "7 to 8 of 8" in read(answer.message.components).text
    third = (await kept(app, channel))[2]
    await manager.member.select(answer.message, [str(third.id)], custom_id="d2:choose|0")
    seen = read(answer.message.components)
    assert f"Digest {third.id} for #general" in seen.title
    assert "nothing posted yet" in seen.text


async def test_several_are_listed_where_one_has_to_be_named(manager: Manager) -> None:
    await manager.started()
    await manager.started(when="hourly")
    assert (await manager.use("digest pause")).seen.title == "Digests of this server"


async def test_no_more_than_the_limit(manager: Manager, app: App, channel: ChannelHandle, settings: Settings) -> None:
    for _number in range(settings.subscriptions_per_server):
        await manager.subscribe()
    said = await manager.refused("digest subscribe", **EVERY_MORNING)
    assert f"{settings.subscriptions_per_server} is the most" in said


async def test_what_is_offered_while_typing(manager: Manager, reader: Person, app: App) -> None:
    assert await manager.type("digest subscribe", "when", "mon 6 pm") == {"Every Monday at 18:00": "mon 18:00"}
    assert "Every day at 08:00" in await manager.type("digest subscribe", "when", "")
    assert next(iter(await manager.type("digest subscribe", "when", "hou"))) == "Every hour at minute 15"
    # Discord shows an offer as it is: no formatting.
    assert list(await manager.type("digest subscribe", "when", "0 8 1 * *")) == ["By the cron line 0 8 1 * *"]
    assert "Asia/Damascus" in (await manager.type("digest subscribe", "time_zone", "damas")).values()
    offered = await manager.type("digest subscribe", "topics", "Casualties, d")
    assert list(offered) == ["Casualties, Displaced"]
    offered = await manager.type("digest subscribe", "places", "Shaar, sheikh s")
    assert "Shaar, Sheikh Saeed" in offered
    await manager.started()
    (label,) = await manager.type("digest pause", "digest", "general")
    assert "#general" in label
    await show_to_all(app, manager.channel)
    assert await reader.type("digest pause", "digest", "") == {}, "not for those who may not"


async def test_it_works_after_a_restart(manager: Manager, app: App, settings: Settings, channel: ChannelHandle) -> None:
    page, _seen, _preview = await manager.subscribe()
    custom_ids = [part["custom_id"] for row in page.components[0]["components"] for part in row.get("components", [])]
    (waiting,) = await kept(app, channel)
    assert f"d2:start|{waiting.id}" in custom_ids, "everything a button needs stands in its id and in the database"


@pytest.mark.parametrize("custom_id", ["d2:start|9999", "d2:start|", "d2:explode|1", "d2:list|x", "d2:", "d2:start|-1"])
async def test_a_forged_button_does_nothing(manager: Manager, app: App, channel: ChannelHandle, custom_id: str) -> None:
    page, _seen, _preview = await manager.subscribe()
    answer = await manager.forge(page, custom_id)
    assert answer.seen.title == "That did not work"
    (one,) = await kept(app, channel)
    assert one.state is State.PAUSED
