"""The ways to the form: the command, the button under an answer, the menu of a message."""

import pytest
from simcord.env import Env

from bot.app import App
from bot.store.database import Writer
from cogs.correct import MENU
from tests.asking import Answer, Person, answer_of
from tests.chat.correcting.forms import FACT, GOOD, Corrector, opened

BUTTON = "Correct a figure"


async def menu(who: Corrector, answer: Answer) -> Answer:
    return answer_of(await who.member.context_menu(who.channel, MENU, answer.message))


@pytest.mark.parametrize("typed", ["310", "about 310", FACT, "civilians East Aleppo 310"])
async def test_words_that_only_one_fact_has_open_its_form(moderator: Corrector, typed: str) -> None:
    assert (await moderator.correct(typed)).filled["value"] == "about 310"


async def test_words_of_several_facts_are_asked_back(moderator: Corrector) -> None:
    asked = await moderator.use("correct", fact="civilians killed")
    assert asked.private
    assert len(asked.seen.options) > 1
    option = asked.seen.option("About 310")
    assert "via AFP" in option.description
    form = opened(await moderator.member.select(asked.message, [option.value]))
    preview = await moderator.fill(form, **GOOD)
    assert preview.message.id == asked.message.id, "one message is enough"
    assert preview.seen.line("about 310 → **at least 320**")


@pytest.mark.simcord(check_errors=False)
@pytest.mark.parametrize("typed", ["nothing like this", "99.9", " ", "x" * 5000, "\u202e@everyone"])
async def test_words_of_no_fact_say_what_to_do(moderator: Corrector, typed: str) -> None:
    answer = await moderator.use("correct", fact=typed)
    assert answer.private
    assert answer.seen.title == "That did not work"
    assert "Sitrep has no fact" in answer.seen.text


@pytest.mark.parametrize(("command", "options"), [("casualties", {}), ("timeline", {}), ("control", {}),
                         ("displaced", {"population": "children"}), ("district", {"name": "Shaar"}), ("statements", {}),
                         ("compare", {})])  # fmt: skip
async def test_the_button_offers_the_figures_of_the_page(
    moderator: Corrector, reader: Person, command: str, options: dict[str, str]
) -> None:
    answer = await reader.use(command, **options)
    assert list(answer.seen.buttons)[-1] == BUTTON, "the last one everywhere"
    result = await moderator.member.click(answer.message, label=BUTTON)
    if result.modal is not None:
        return
    offered = answer_of(result)
    assert offered.private
    assert offered.message.id != answer.message.id, "the answer stays as it is"
    for option in offered.seen.options:
        words = option.label.split(" · ")[0].split("…")[0]
        assert words.split()[0].casefold() in answer.seen.text.casefold()


async def test_the_button_offers_the_figures_of_its_own_page(moderator: Corrector) -> None:
    answer = await moderator.use("timeline")
    first = await moderator.press(answer.message, BUTTON)
    await moderator.turn(answer.message, "More ›")
    second = await moderator.press(answer.message, BUTTON)
    assert not {one.value for one in first.seen.options} & {one.value for one in second.seen.options}


async def test_the_button_of_a_record_opens_the_form_at_once(moderator: Corrector, reader: Person) -> None:
    answer = await reader.use("source", fact=FACT)
    form = await moderator.opens(answer.message, BUTTON)
    assert form.filled["value"] == "about 310"
    preview = await moderator.fill(form, **GOOD)
    assert preview.private
    assert preview.message.id != answer.message.id


@pytest.mark.parametrize("command", ["help", "sources", "privacy", "status"])
async def test_where_nothing_can_be_corrected_there_is_no_button(reader: Person, command: str) -> None:
    assert BUTTON not in (await reader.use(command)).seen.buttons


async def test_the_menu_of_an_answer(moderator: Corrector, reader: Person) -> None:
    answer = await reader.use("casualties")
    by_button = await moderator.press(answer.message, BUTTON)
    by_menu = await menu(moderator, answer)
    assert by_menu.private
    assert by_menu.seen.options == by_button.seen.options


async def test_the_menu_of_a_message_that_was_kept_as_shown(moderator: Corrector, reader: Person, app: App) -> None:
    """What it showed then, whatever its question would be answered with now."""
    answer = await reader.use("sources")
    server = str(reader.channel.guild.id)

    async def keep(tx: Writer) -> None:
        await tx.execute(
            "INSERT INTO shown (message, channel, server, scope, language, question, upto, shown_at) "
            "VALUES (?1, 'c', ?2, '', 'en', 'h', 1, 1)",
            (str(answer.message.id), server),
        )
        for fact in (FACT, "afp-2016-12-03/21.1"):
            await tx.execute("INSERT INTO shown_fact (message, fact) VALUES (?1, ?2)", (str(answer.message.id), fact))

    await app.database.write(keep)
    offered = await menu(moderator, answer)
    assert [option.value for option in offered.seen.options] == [FACT, "afp-2016-12-03/21.1"]


@pytest.mark.simcord(check_errors=False)
async def test_the_menu_of_a_message_that_shows_no_figures(moderator: Corrector, reader: Person) -> None:
    refused = await menu(moderator, await reader.use("sources"))
    assert refused.seen.line("Sitrep knows of no figures that this message shows now.")


@pytest.mark.simcord(check_errors=False)
async def test_the_menu_of_somebody_else_s_message(moderator: Corrector, simcord_env: Env) -> None:
    message = await moderator.member.send(moderator.channel, "About 310 people, they say")
    result = await moderator.member.context_menu(moderator.channel, MENU, message)
    assert answer_of(result).seen.line("This message is not one of Sitrep's.")


async def test_a_fact_without_a_number_has_no_field_for_one(moderator: Corrector) -> None:
    offered = await moderator.type("correct", "fact", "Sheikh Saeed")
    form = await moderator.correct(next(iter(offered.values())))
    assert [row["component"]["custom_id"] for row in form.rows] == ["kind", "reason", "evidence", "elsewhere"]


async def test_the_form_keeps_to_discord_s_limits(moderator: Corrector, app: App) -> None:
    for fact_id, _label in app.library.known.catalogue.suggest("", 200):
        form = await moderator.correct(fact_id)
        assert len(form.title) <= 45
        assert 4 <= len(form.rows) <= 5
        for row in form.rows:
            assert len(row["label"]) <= 45
            assert len(row["description"]) <= 100
            assert len(row["component"].get("placeholder", "")) <= 100
            assert (
                len(row["component"].get("value") or "") <= row["component"].get("max_length", 0)
                or row["component"]["type"] == 3
            )
