"""The preview in a real browser, used as a person would."""

import asyncio
import re

import discord
from discord import app_commands
from playwright.async_api import expect

from bot.preview.session import open_session
from tests.preview.conftest import Panel, Process, small_bot
from tests.preview.person import Person


async def test_a_district_is_asked_for_and_answered(preview: Process, person: Person) -> None:
    await person.open(await preview.address())
    await person.type("/district Sheikh Sa")
    await expect(person.suggestion("Sheikh Saeed")).to_be_visible()
    await person.press("Enter")
    await person.press("Enter")
    answer = person.message("Sheikh Saeed")
    await expect(answer).to_contain_text("الشيخ سعيد")
    await expect(answer).to_contain_text("reader used /district")
    await expect(answer).to_contain_text("2 Dec 2016")

    await answer.get_by_role("button", name="Sources").click()
    await expect(person.messages()).to_have_count(2)
    await expect(person.messages().last).to_contain_text("AFP")

    # A page that is open and asks twice a second does not hold up the end.
    assert await preview.stop() == 0


async def test_casualties_are_asked_for_and_the_numbers_stand_out(preview: Process, person: Person) -> None:
    await person.open(await preview.address())
    await person.type("/casualties")
    await person.press("Enter")
    await person.press("Enter")
    answer = person.message("Casualties")
    await expect(answer).to_contain_text("civilians killed")
    await expect(answer.locator("strong", has_text=re.compile(r"about 310", re.I))).to_be_visible()
    await expect(answer.locator("strong", has_text=re.compile(r"at least 69", re.I))).to_be_visible()


async def test_a_value_for_an_optional_place_is_suggested_and_taken(preview: Process, person: Person) -> None:
    await person.open(await preview.address())
    await person.type("/casualties west al")
    await person.suggestion("West Aleppo").click()
    await person.page.get_by_role("button", name="Send").click()
    await expect(person.message("used /casualties")).to_contain_text("West Aleppo")
    await expect(person.message("used /casualties")).not_to_contain_text("310")


async def test_another_person_can_be_chosen(preview: Process, person: Person) -> None:
    await person.open(await preview.address())
    await person.page.get_by_label("Viewing as").select_option(label="moderator")
    await person.type("/status")
    await person.press("Enter")
    await person.press("Enter")
    await expect(person.message("used /status")).to_contain_text("moderator")


async def test_the_page_can_end_it(preview: Process, person: Person) -> None:
    await person.open(await preview.address())
    await person.page.locator("summary", has_text="More").click()
    await person.page.get_by_role("button", name="End preview session").click()
    assert await preview.end() == 0
    assert "sitrep: stopped" in preview.lines


async def test_what_the_bot_posts_appears_without_a_refresh_and_disturbs_nobody(person: Person) -> None:
    bot = small_bot()
    async with open_session(bot, 0) as session:
        await person.open(session.address)
        await person.type("/say good mor")
        channel = bot.get_channel(session.world.channel.id)
        assert isinstance(channel, discord.TextChannel)
        message = await channel.send(view=Panel("the morning digest"))
        await expect(person.message("the morning digest")).to_be_visible()

        await person.page.keyboard.type("ning")
        await expect(person.suggestion("good morning…")).to_be_visible()
        await person.press("Enter")
        await person.press("Enter")
        await expect(person.message("said good morning!")).to_be_visible()

        await message.edit(view=Panel("the corrected digest"))
        await expect(person.message("the corrected digest")).to_be_visible()


async def test_a_value_typed_after_a_command_without_required_options_goes_to_its_first(person: Person) -> None:
    async with open_session(small_bot(), 0) as session:
        await person.open(session.address)
        await person.type("/count ten")
        await person.press("Enter")
        await expect(person.message("counted ten")).to_be_visible()


async def test_enter_runs_a_command_whose_suggestion_is_what_was_typed(person: Person) -> None:
    bot = small_bot()

    @bot.tree.command(description="Repeats it")
    async def repeat(interaction: discord.Interaction, what: str) -> None:
        await interaction.response.send_message(view=Panel(f"repeated {what}"))

    @repeat.autocomplete("what")
    async def what(interaction: discord.Interaction, current: str) -> list[app_commands.Choice[str]]:
        return [app_commands.Choice(name=f"the word {current}", value=current)]

    async with open_session(bot, 0) as session:
        await person.open(session.address)
        await person.type("/repeat hello")
        await expect(person.suggestion("the word hello")).to_be_visible()
        await expect(person.page.locator("#action-status")).to_have_text("Action completed")
        await person.press("Enter")
        await person.press("Enter")
        await expect(person.message("repeated hello")).to_be_visible()


async def test_enter_while_suggestions_are_on_their_way_counts_once_they_are_there(person: Person) -> None:
    bot = small_bot()
    asked, answer = asyncio.Event(), asyncio.Event()

    @bot.tree.command(description="Repeats it")
    async def repeat(interaction: discord.Interaction, what: str) -> None:
        await interaction.response.send_message(view=Panel(f"repeated {what}"))

    @repeat.autocomplete("what")
    async def what(interaction: discord.Interaction, current: str) -> list[app_commands.Choice[str]]:
        asked.set()
        await answer.wait()
        return [app_commands.Choice(name=f"the word {current}", value=f"{current}!")]

    async with open_session(bot, 0) as session:
        await person.open(session.address)
        await person.type("/repeat hello")
        await asked.wait()
        await expect(person.page.locator("#action-status")).to_have_text("Completing action…")
        await person.press("Enter")
        await person.press("Enter")
        answer.set()
        await expect(person.message("repeated hello!")).to_be_visible()


async def test_a_command_that_is_refused_leaves_the_composer(person: Person) -> None:
    bot = small_bot()

    @bot.tree.command(description="Refuses")
    async def refuse(interaction: discord.Interaction) -> None:
        raise ValueError

    @bot.tree.error
    async def told(interaction: discord.Interaction, error: app_commands.AppCommandError) -> None:
        await interaction.response.send_message(view=Panel("that did not work"), ephemeral=True)

    async with open_session(bot, 0) as session:
        await person.open(session.address)
        await person.type("/refuse")
        await person.press("Enter")
        await person.press("Enter")
        await expect(person.message("that did not work")).to_be_visible()
        await expect(person.page.locator("#action-status")).to_have_text("Action completed")
        await expect(person.page.locator("#channel-composer-input")).to_be_editable()
        await expect(person.page.locator("#channel-composer-input")).to_have_value("")


async def test_an_option_is_still_chosen_from_the_list(person: Person) -> None:
    async with open_session(small_bot(), 0) as session:
        await person.open(session.address)
        await person.type("/count")
        await person.press("Enter")
        await expect(person.suggestion("upto")).to_be_visible()
        await person.press("ArrowDown")
        await person.press("Enter")
        await person.page.keyboard.type("twenty")
        await person.press("Enter")
        await expect(person.message("counted twenty")).to_be_visible()


async def test_a_line_that_is_no_command_is_a_message(person: Person) -> None:
    async with open_session(small_bot(), 0) as session:
        await person.open(session.address)
        await person.type("/nothing of the kind")
        await person.press("Enter")
        await expect(person.message("/nothing of the kind")).to_be_visible()
        await expect(person.page.locator("#channel-composer-input")).to_have_value("")


async def test_on_a_phone_the_answer_has_the_room(preview: Process, person: Person) -> None:
    await person.page.set_viewport_size({"width": 430, "height": 900})
    await person.open(await preview.address())
    await person.type("/casualties")
    await person.press("Enter")
    await person.press("Enter")
    await expect(person.message("Casualties")).to_be_visible()
    toolbar = await person.page.locator("#toolbar").bounding_box()
    channel = await person.page.locator("#channel-layout").bounding_box()
    assert toolbar is not None
    assert channel is not None
    assert toolbar["y"] >= 0
    assert toolbar["height"] < 60
    assert channel["height"] > 840
    card = await person.message("Casualties").locator("strong").first.bounding_box()
    assert card is not None
    assert card["x"] + card["width"] <= 430


async def test_an_answer_comes_into_view_and_a_reader_of_old_messages_is_left_alone(person: Person) -> None:
    bot = small_bot()
    async with open_session(bot, 0) as session:
        channel = bot.get_channel(session.world.channel.id)
        assert isinstance(channel, discord.TextChannel)
        for number in range(20):
            await channel.send(view=Panel(f"post {number}\nwith\nsome\nlines"))
        await person.open(session.address)
        await expect(person.message("post 19")).to_be_in_viewport()

        await person.message("post 0").scroll_into_view_if_needed()
        await expect(person.message("post 19")).not_to_be_in_viewport()
        await channel.send(view=Panel("a digest"))
        await expect(person.message("a digest")).to_be_attached()
        await expect(person.message("a digest")).not_to_be_in_viewport()

        await person.type("/say hello")
        await person.press("Enter")
        await person.press("Enter")
        await expect(person.message("said hello")).to_be_in_viewport(ratio=1)
        await channel.send(view=Panel("another digest"))
        await expect(person.message("another digest")).to_be_in_viewport(ratio=1)
