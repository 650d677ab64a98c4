"""/casualties, as a reader uses it."""

import pytest

from tests.asking import Person, first_responses


async def test_answers_with_every_figure_of_the_report(reader: Person) -> None:
    answer = await reader.use("casualties")
    seen = answer.seen
    assert not answer.private
    assert seen.title == "Casualties"
    assert seen.lines[1].startswith("-# Aleppo offensive · as of <t:")
    assert seen.lines[1].endswith("· 1 report")
    assert seen.line("**About 310**") == "**About 310** civilians killed · East Aleppo"
    assert seen.under("**About 310**") == (
        "15 Nov – 3 Dec 2016 · in the government's assault · **Syrian Observatory for Human Rights**, via AFP"
    )
    assert seen.line("**At least 69**") == "**At least 69** civilians killed · West Aleppo"
    assert seen.under("**At least 69**") == (
        "15 Nov – 3 Dec 2016 · by rebel fire · **Syrian Observatory for Human Rights**, via AFP"
    )
    assert seen.line("**More than 300,000**") == "**More than 300,000** people killed · Syria"
    assert seen.under("**More than 300,000**").startswith("since March 2011")
    assert "no source named" in seen.under("**More than 300,000**")
    assert "AFP" in seen.under("**More than 300,000**")
    assert (
        seen.under("**5**") == "3 Dec 2016 · **SOHR**, **SANA** *(state news agency, party to the conflict)*, via AFP"
    )


async def test_running_totals_stand_before_single_events(reader: Person) -> None:
    lines = (await reader.ask("casualties")).lines
    heading = lines.index("**Single events**")
    totals = [at for at, line in enumerate(lines) if line.startswith(("**About", "**At least", "**More than"))]
    events = [at for at, line in enumerate(lines) if line.startswith(("**2**", "**3**", "**5**"))]
    assert len(totals) == len(events) == 3
    assert max(totals) < heading < min(events)


async def test_nothing_is_added_up_and_it_says_why(reader: Person) -> None:
    seen = await reader.ask("casualties")
    assert "overlap in place and time" in seen.line("Not added up")
    for sum_of_some in ("379", "310,069", "389", "300,379"):
        assert sum_of_some not in seen.text


async def test_offers_what_a_reader_asks_next(reader: Person) -> None:
    seen = await reader.ask("casualties")
    assert list(seen.buttons) == ["Sources", "Displaced", "Control", "Timeline", "Statements", "Correct a figure"]


async def test_gives_one_first_response_and_mentions_nobody(reader: Person) -> None:
    await reader.ask("casualties")
    (response,) = first_responses(reader.env)
    assert response["data"]["allowed_mentions"] == {"parse": []}


@pytest.mark.parametrize("name", ["West Aleppo", "west aleppo", "west-aleppo", "غرب حلب"])
async def test_of_one_place(reader: Person, name: str) -> None:
    seen = await reader.ask("casualties", place=name)
    assert "in West Aleppo" in seen.lines[1]
    assert "**At least 69**" in seen.text
    assert "**5** people killed" in seen.text
    assert "**About 310**" not in seen.text


async def test_of_a_place_that_holds_others(reader: Person) -> None:
    seen = await reader.ask("casualties", place="East Aleppo")
    assert "**3** people killed in air strikes · Shaar" in seen.text
    assert "West Aleppo" not in seen.text.replace("Place", "")


@pytest.mark.parametrize("name", ["sohr", "SOHR", "Syrian Observatory for Human Rights", "observatory"])
async def test_of_one_source(reader: Person, name: str) -> None:
    seen = await reader.ask("casualties", source=name)
    assert "source: Syrian Observatory for Human Rights" in seen.lines[1]
    assert "**About 310**" in seen.text
    assert "300,000" not in seen.text


async def test_of_the_publisher_itself(reader: Person) -> None:
    seen = await reader.ask("casualties", source="AFP")
    assert "**More than 300,000**" in seen.text
    assert "**About 310**" not in seen.text


async def test_of_one_group_of_people(reader: Person) -> None:
    seen = await reader.ask("casualties", population="pilots")
    assert "pilots only" in seen.lines[1]
    assert "**2** pilots killed" in seen.text
    assert "civilians" not in seen.text


async def test_a_broad_group_holds_the_narrower_ones(reader: Person) -> None:
    seen = await reader.ask("casualties", population="combatants")
    assert "**2** pilots killed" in seen.text
    assert "civilians" not in seen.text
    seen = await reader.ask("casualties", population="people")
    assert "pilots" not in seen.text, "people are those of whom no more is said"


@pytest.mark.parametrize("day", ["2016-12-03", "3 Dec 2016", "December 3, 2016", "3 december 2016", " 2016-12-03 "])
async def test_from_a_day_on(reader: Person, day: str) -> None:
    seen = await reader.ask("casualties", since=day)
    assert "since 3 Dec 2016" in seen.lines[1]
    assert "**About 310**" in seen.text


async def test_up_to_a_day(reader: Person) -> None:
    seen = await reader.ask("casualties", until="2016-12-02")
    assert seen.line("No report that Sitrep has read answers this")
    assert "until 2 Dec 2016" in seen.lines[1]
    assert "**" not in seen.line("No report")
    assert next(iter(seen.buttons)) == "Casualties"


async def test_all_options_at_once(reader: Person) -> None:
    seen = await reader.ask(
        "casualties",
        place="east aleppo",
        source="sohr",
        since="2016-11-15",
        until="2016-12-03",
        population="civilians",
    )
    assert "**About 310** civilians killed · East Aleppo" in seen.text
    assert seen.text.count("civilians killed") == 1


async def test_a_narrowed_question_without_an_answer_leads_to_the_wider_one(reader: Person) -> None:
    answer = await reader.use("casualties", place="Shaar", population="children")
    assert answer.seen.line("No report that Sitrep has read answers this")
    wider = await reader.press(answer.message, "Casualties in Shaar")
    assert "**3** people killed" in wider.seen.text


async def test_a_place_without_figures_leads_to_the_whole(reader: Person) -> None:
    answer = await reader.use("casualties", place="Sukkari")
    assert answer.seen.line("No report that Sitrep has read says anything on this")
    wider = await reader.press(answer.message, "Casualties in Syria")
    assert "**About 310**" in wider.seen.text
