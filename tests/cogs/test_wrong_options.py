"""Options that cannot be understood are refused with a reason and a remedy, to the one who asked alone."""

import pytest

from tests.asking import Answer, Person, first_responses

pytestmark = pytest.mark.simcord(check_errors=False)  # SimCord counts every refusal as an error

FILTERED = ["casualties", "displaced", "control", "timeline", "statements"]


def refused(answer: Answer, what: str, remedy: str) -> None:
    """That the answer is a refusal in these words."""
    assert answer.private
    assert answer.seen.title == "That did not work"
    assert answer.seen.line(what)
    assert answer.seen.line(remedy)
    assert "number" not in answer.seen.text, "an expected error needs no id"


@pytest.mark.parametrize("command", FILTERED)
@pytest.mark.parametrize("option", ["since", "until"])
async def test_a_day_that_is_none(reader: Person, command: str, option: str) -> None:
    answer = await reader.use(command, **{option: "next Tuesday"})
    refused(answer, "“next Tuesday” is not a day", "2016-12-03 or 3 Dec 2016")
    assert len(first_responses(reader.env)) == 1


@pytest.mark.parametrize("day", ["2016-02-30", "2016-13-01", "31 Nov 2016", "03/12/2016", "2016", "0", "-", "٢٠١٦"])
async def test_days_that_the_calendar_lacks(reader: Person, day: str) -> None:
    refused(await reader.use("casualties", since=day), "is not a day", "2016-12-03")


@pytest.mark.parametrize("command", FILTERED)
async def test_a_time_that_ends_before_it_begins(reader: Person, command: str) -> None:
    answer = await reader.use(command, since="2016-12-03", until="2016-11-15")
    refused(answer, "ends before it begins", "Swap since and until")


@pytest.mark.parametrize("command", FILTERED)
async def test_a_source_that_nobody_knows(reader: Person, command: str) -> None:
    answer = await reader.use(command, source="Reuters")
    refused(answer, "No source is called “Reuters”", "Choose one of those offered")


async def test_a_source_that_may_be_several(reader: Person) -> None:
    answer = await reader.use("casualties", source="government")
    refused(answer, "Several sources are called “government”", "Choose one")
    assert "Russia" in answer.seen.text
    assert "Syrian government" in answer.seen.text


async def test_the_source_counts_even_where_the_place_is_unknown(reader: Person) -> None:
    refused(await reader.use("casualties", place="Nowhere", source="Reuters"), "No source is called", "Choose one")


@pytest.mark.parametrize("option", ["since", "until", "source"])
async def test_an_option_of_spaces_counts_as_none(reader: Person, option: str) -> None:
    assert "**About 310**" in (await reader.ask("casualties", **{option: "   "})).text


async def test_a_place_of_spaces_counts_as_none(reader: Person) -> None:
    assert "**About 310**" in (await reader.ask("casualties", place="   ")).text
