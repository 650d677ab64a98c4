"""/casualties, as a reader uses it."""

from tests.asking import Person, first_responses


async def test_answers_with_every_figure_of_the_report(reader: Person) -> None:
    answer = await reader.use("casualties")
    seen = answer.seen
    assert not answer.private
    assert seen.title == "Casualties"
    assert seen.lines[1].startswith("-# Aleppo offensive · as of <t:") and seen.lines[1].endswith("· 1 report")
    assert seen.line("**About 310**") == "**About 310** civilians killed · East Aleppo"
    assert seen.under("**About 310**") == (
        "15 Nov – 3 Dec 2016 · in the government's assault · **Syrian Observatory for Human Rights**, via AFP"
    )
    assert len(first_responses(reader.env)) == 1
