"""/corrections list and show, and the history of a figure, as people use them."""

import pytest
from simcord.env import Env

from bot.app import App
from bot.facts.vocabulary import CorrectionKind
from bot.settings import Settings
from tests.asking import Person, answer_of
from tests.chat.corrections_log.world import FACT, LINK, OTHER, REASON, correct, propose, publish, undo
from tests.chat.test_rendering import check_limits
from tests.reading import read


async def test_nothing_was_corrected_yet(reader: Person) -> None:
    answer = await reader.use("corrections list")
    assert answer.seen.title == "Corrections"
    assert answer.seen.line("Nothing was corrected yet.")
    assert not answer.private


async def test_the_list_says_before_after_kind_who_when_why_and_for_whom(reader: Person, app: App, server: str) -> None:
    await correct(app, "at least 320", server, author="7007")
    await correct(app, "4", fact=OTHER, author="8008", kind=CorrectionKind.SOURCE)
    seen = await reader.ask("corrections list")
    at = seen.lines.index("3 → **4** people killed in air strikes · Shaar")
    assert seen.lines[at + 1].startswith("-# the source corrected itself · by an editor · <t:")
    assert seen.lines[at + 1].endswith(" · for everyone")
    assert seen.lines[at + 2] == f"-# └ {REASON}"
    small = seen.under("about 310 → **at least 320** civilians killed · East Aleppo")
    assert small.startswith("our reading was wrong · by <@7007> · <t:")
    assert small.endswith(" · in this server")
    assert "8008" not in seen.text


async def test_another_servers_are_never_listed(reader: Person, stranger: Person, app: App, server: str) -> None:
    revision = await correct(app, "at least 320", server, author="7007")
    await correct(app, "4", fact=OTHER)
    seen = await stranger.ask("corrections list")
    assert "at least 320" not in seen.text
    assert "→ **4** people" in seen.text
    await publish(app, await propose(app, revision))
    seen = await stranger.ask("corrections list")
    assert seen.under("about 310 → **at least 320**").startswith("our reading was wrong · by an editor")
    assert "7007" not in seen.text


async def test_in_a_direct_message_stand_those_for_everyone(simcord_env: Env, app: App, server: str) -> None:
    await correct(app, "at least 320", server)
    await correct(app, "4", fact=OTHER)
    user = simcord_env.create_user("alone")
    seen = answer_of(await user.slash("corrections list")).seen
    assert "→ **4**" in seen.text
    assert "320" not in seen.text


async def test_pages_follow_each_other_both_ways(reader: Person, app: App, server: str) -> None:
    for number in range(12):
        await correct(app, str(400 + number), server)
    answer = await reader.use("corrections list")

    def values() -> list[int]:
        lines = read(answer.message.components).lines
        return [int(line.split("**")[1]) for line in lines if "→ **4" in line]

    pages = [values()]
    for label in ("More ›", "More ›", "‹ Back", "‹ Back"):
        await reader.turn(answer.message, label)
        pages.append(values())
    assert pages[0] == [411, 410, 409, 408, 407]
    assert pages[1] == [406, 405, 404, 403, 402]
    assert pages[2] == [401, 400]
    assert pages[3:] == [pages[1], pages[0]]
    assert "‹ Back" not in read(answer.message.components).buttons


async def test_somebody_else_turns_a_page_of_their_own(reader: Person, app: App, server: str) -> None:
    for number in range(6):
        await correct(app, str(400 + number), server)
    answer = await reader.use("corrections list")
    turned = await reader.beside("other").press(answer.message, "More ›")
    assert turned.private
    assert "→ **400**" in turned.seen.text
    assert "→ **405**" in read(answer.message.components).text


@pytest.mark.parametrize(
    ("options", "shown"),
    [
        ({"place": "Shaar"}, {"4"}),
        ({"place": "East Aleppo"}, {"4", "320", "330"}),
        ({"kind": "source"}, {"4"}),
        ({"kind": "reading"}, {"320", "330"}),
        ({"kind": "retraction"}, set()),
        ({"since": "2026-11-23"}, {"4", "320", "330"}),
        ({"since": "2026-11-25"}, {"4"}),
        ({"since": "2026-12-25"}, set()),
        ({"place": "East Aleppo", "kind": "reading", "since": "2026-11-23"}, {"320", "330"}),
    ],
)
async def test_filters(reader: Person, app: App, server: str, options: dict[str, str], shown: set[str]) -> None:
    await correct(app, "320", server, at=1_795_440_000)
    await correct(app, "330", server, at=1_795_450_000)
    await correct(app, "4", fact=OTHER, kind=CorrectionKind.SOURCE, at=1_795_650_000)
    seen = await reader.ask("corrections list", **options)
    assert {value for value in ("4", "320", "330") if f"→ **{value}**" in seen.text} == shown
    assert shown or seen.line("No correction answers this.")


async def test_those_by_one_person(reader: Person, second: Person, app: App, server: str, simcord_env: Env) -> None:
    await correct(app, "320", server, author=str(second.member.id))
    await correct(app, "330", server, author="7007")
    await correct(app, "4", fact=OTHER, author=str(second.member.id))
    seen = await reader.ask("corrections list", person=second.member)
    assert "→ **320**" in seen.text
    assert "→ **330**" not in seen.text
    assert "→ **4**" not in seen.text, "who it was that corrected for everyone is not told to servers"


@pytest.mark.simcord(check_errors=False)
@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"place": "Atlantis"}, "“Atlantis” is no place that I am sure of."),
        ({"since": "the other day"}, "“the other day” is not a day that I can read."),
    ],
)
async def test_filters_that_cannot_be_read(reader: Person, options: dict[str, str], said: str) -> None:
    answer = await reader.use("corrections list", **options)
    assert answer.private
    assert answer.seen.line(said)


async def test_one_correction_is_opened_from_the_list(reader: Person, app: App, server: str) -> None:
    await correct(app, "at least 320", server, author="7007")
    answer = await reader.use("corrections list")
    option = answer.seen.option("about 310 → at least 320 civilians killed · East Aleppo")
    opened = await reader.choose(answer.message, option.value)
    assert opened.private
    seen = opened.seen
    assert seen.title == "A correction"
    assert "**Syrian Observatory for Human Rights**, via AFP" in seen.text, "no number without its source"
    assert seen.line("about 310 → **at least 320** civilians killed · East Aleppo")
    assert seen.line("**Made** by <@7007>, <t:")
    assert seen.line(f"**Reason** {REASON}")
    assert seen.line(f"**Evidence** [example.org]({LINK})")
    assert seen.line("**Now** what this server sees")
    assert set(seen.buttons) == {"History", "Record"}, "readers are offered nothing they may not do"


async def test_it_says_what_became_of_it(reader: Person, app: App, server: str) -> None:
    await correct(app, "at least 320", server)
    await correct(app, "at least 330", server)
    await undo(app, server, author="7007")
    for_everyone = await correct(app, "4", fact=OTHER)
    first = await reader.ask("corrections show", correction=f"s1|{FACT}")
    assert first.line("**Now** followed by a later revision")
    second = await reader.ask("corrections show", correction=f"s2|{FACT}")
    assert "**Now** undone: gives back revision 1 · revision 3 · by <@7007>" in second.text
    assert "no second source" in second.text
    other = await reader.ask("corrections show", correction=f"e{for_everyone.number}|{OTHER}")
    assert other.line("**Now** the latest revision, for everyone")


async def test_show_is_found_by_typing(reader: Person, app: App, server: str) -> None:
    await correct(app, "at least 320", server)
    await correct(app, "4", fact=OTHER)
    offered = await reader.type("corrections show", "correction", "shaar")
    assert list(offered.values()) == [f"e2|{OTHER}"]
    assert len(await reader.type("corrections show", "correction", "")) == 2
    assert (await reader.ask("corrections show", correction="320 killed")).title == "A correction"


@pytest.mark.simcord(check_errors=False)
async def test_words_that_mean_none_or_several(reader: Person, app: App, server: str) -> None:
    await correct(app, "at least 320", server)
    await correct(app, "4", fact=OTHER)
    for typed, said in (("killed", "Several corrections hold these words."), ("unicorn", "No correction here")):
        assert said in (await reader.ask("corrections show", correction=typed)).text


@pytest.mark.simcord(check_errors=False)
async def test_another_servers_correction_cannot_be_named(stranger: Person, app: App, server: str) -> None:
    await correct(app, "at least 320", server)
    seen = await stranger.ask("corrections show", correction=f"s1|{FACT}")
    assert seen.line("There is no such correction here.")
    assert await stranger.type("corrections show", "correction", "320") == {}


async def test_history_shows_every_revision_a_page_at_a_time(reader: Person, app: App, server: str) -> None:
    await correct(app, "at least 311")
    for number in range(7):
        await correct(app, str(320 + number), server, author="7007")
    await undo(app, server, author="7007")
    answer = await reader.use("source", fact=FACT)
    opened = await reader.press(answer.message, "History")
    text = opened.seen.text
    assert opened.seen.title == "History"
    assert opened.seen.lines[2].startswith("**325** civilians killed"), "what is shown now stands first"
    await reader.turn(opened.message, "More ›")
    text += read(opened.message.components).text
    for number in range(6):
        assert f"{320 + number} → **{321 + number}**" in text
    assert "at least 311 → **320**" in text
    assert "about 310 → **at least 311**" in text
    assert "revision 8 · in this server · undone: gives back revision 6 · by <@7007> · <t:" in text
    assert "revision 1 · for everyone · first reading · the seed files · <t:" in text
    assert "revision 2 · for everyone · our reading was wrong · by an editor · <t:" in text
    assert f"Evidence: [example.org]({LINK})" in text


async def test_no_history_shows_another_servers(reader: Person, stranger: Person, app: App, server: str) -> None:
    await correct(app, "at least 320", server, author="7007")
    answer = await stranger.use("source", fact=FACT)
    assert "History" not in answer.seen.buttons
    assert "320" not in answer.seen.text


async def test_a_corrected_figure_leads_to_its_history(reader: Person, app: App, server: str) -> None:
    assert "History" not in (await reader.ask("casualties")).buttons
    await correct(app, "at least 320", server)
    answer = await reader.use("casualties")
    assert "**corrected**" in answer.seen.under("**At least 320**")
    opened = await reader.press(answer.message, "History")
    assert "about 310 → **at least 320**" in opened.seen.text
    await correct(app, "4", fact=OTHER)
    answer = await reader.use("district", name="East Aleppo")
    several = await reader.press(answer.message, "History")
    assert several.seen.line("**Last change** about 310 → **at least 320**")
    chosen = await reader.choose(several.message, several.seen.option("At least 320").value)
    assert "about 310 → **at least 320**" in chosen.seen.text


async def test_a_corrected_figure_is_found_by_the_number_that_is_shown(
    reader: Person, stranger: Person, app: App, server: str
) -> None:
    await correct(app, "at least 320", server)
    assert FACT in (await reader.type("source", "fact", "320")).values()
    assert (await reader.ask("source", fact="320 killed")).line("**At least 320**")
    assert FACT not in (await stranger.type("source", "fact", "320")).values()
    assert FACT in (await stranger.type("source", "fact", "310")).values()


async def test_a_retraction_and_its_undo(reader: Person, app: App, server: str) -> None:
    await correct(app, "about 310", server, kind=CorrectionKind.RETRACTION)
    seen = await reader.ask("corrections list")
    assert seen.under("about 310 → **withdrawn** · civilians killed · East Aleppo").startswith("retracted · by <@77>")
    record = await reader.use("source", fact=FACT)
    assert record.seen.line("about 310 → **withdrawn**")
    assert record.seen.line("This fact was retracted and answers no question any more.")
    history = await reader.press(record.message, "History")
    assert history.seen.line("This fact was retracted and answers no question any more.")
    await undo(app, server)
    seen = await reader.ask("corrections list")
    assert seen.line("withdrawn → **about 310** · civilians killed · East Aleppo")


async def test_a_clarification_says_its_words_once(reader: Person, app: App, server: str) -> None:
    await correct(app, "about 310", server, kind=CorrectionKind.CLARIFICATION, note=REASON)
    for seen in (
        await reader.ask("corrections list"),
        await reader.ask("corrections show", correction=f"s1|{FACT}"),
    ):
        assert seen.text.count(REASON) == 1
        assert f"note: none → **{REASON}** · About 310 civilians killed · East Aleppo" in seen.text


async def test_a_place_and_a_time_that_changed(reader: Person, app: App, server: str) -> None:
    await correct(app, "at least 320", server, place="shaar")
    seen = await reader.ask("corrections list")
    assert seen.line("about 310 → **at least 320** · place: East Aleppo → **Shaar** · At least 320 civilians killed")
    for place in ("Shaar", "East Aleppo"):
        assert "place: East Aleppo" in (await reader.ask("corrections list", place=place)).text


async def test_with_the_longest_of_everything_discord_takes_every_page(reader: Person, app: App, server: str) -> None:
    for number in range(6):
        await correct(app, str(400 + number), server, reason="w" * 500, evidence="https://example.org/" + "x" * 980)
    for name, options in (("list", {}), ("show", {"correction": f"s6|{FACT}"})):
        check_limits((await reader.use(f"corrections {name}", **options)).message.components)
    page = await reader.use("source", fact=FACT)
    check_limits((await reader.press(page.message, "History")).message.components)


async def test_pages_turn_and_open_after_a_restart(
    reader: Person, app: App, server: str, settings: Settings, simcord_env: Env
) -> None:
    for number in range(6):
        await correct(app, str(400 + number), server)
    answer = await reader.use("corrections list", kind="reading", place="East Aleppo")
    async with App(settings) as again:
        await simcord_env.restart_bot(again.client)
        seen = await reader.turn(answer.message, "More ›")
        assert "399" not in seen.text
        assert seen.line("about 310 → **400**")
        assert "in East Aleppo · our reading was wrong" in seen.lines[1]
        opened = await reader.choose(answer.message, seen.options[0].value)
        assert opened.seen.title == "A correction"
