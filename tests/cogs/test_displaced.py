"""/displaced, as a reader uses it."""

import pytest

from tests.asking import Person


async def test_keeps_hedges_parts_and_other_wordings_together(reader: Person) -> None:
    seen = await reader.ask("displaced")
    whole = seen.line("**More than 50,000**")
    assert whole == "**More than 50,000** people displaced to government- or Kurdish-held territory · East Aleppo"
    at = seen.lines.index(whole)
    assert "no source named" in seen.lines[at + 1], "the doubt is never more than a line away"
    below = [line for line in seen.lines[at + 1 : at + 4] if line.startswith("-# └")]
    assert len(below) == 2
    assert "of them **nearly 20,000** children" in below[0]
    assert "**UN**" in below[0]
    assert "also worded **tens of thousands** of civilians displaced" in below[1]
    assert "since mid-November 2016" in below[1]
    assert seen.line("**More than half** of the country's population displaced · Syria")


async def test_is_never_made_more_precise(reader: Person) -> None:
    text = (await reader.ask("displaced")).text
    for number in ("20,000", "50,000"):
        before = text[: text.index(number)]
        assert before.endswith(("nearly ", "More than ")), f"{number} lost its hedge"
    assert "70,000" not in text


async def test_of_the_source_of_a_part(reader: Person) -> None:
    """The UN speaks of the children alone, who elsewhere stand under the whole."""
    seen = await reader.ask("displaced", source="United Nations")
    assert seen.line("**Nearly 20,000**").startswith("**Nearly 20,000** children displaced")
    assert "50,000" not in seen.text


async def test_of_the_group_of_a_part(reader: Person) -> None:
    seen = await reader.ask("displaced", population="children")
    assert seen.line("**Nearly 20,000**")
    assert "children only" in seen.lines[1]


@pytest.mark.parametrize("place", ["East Aleppo", "aleppo", "Syria"])
async def test_of_a_place(reader: Person, place: str) -> None:
    assert "**More than 50,000**" in (await reader.ask("displaced", place=place)).text


async def test_aleppo_is_not_east_aleppo(reader: Person) -> None:
    seen = await reader.ask("displaced", place="Aleppo")
    assert "· in Aleppo" in seen.lines[1]


async def test_nothing_for_a_place_that_no_figure_names(reader: Person) -> None:
    answer = await reader.use("displaced", place="West Aleppo")
    assert answer.seen.line("No report that Sitrep has read says anything on this")
    assert "Casualties" in answer.seen.buttons, "what is known of West Aleppo"
