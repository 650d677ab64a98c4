"""/sources and /source, as a reader uses them."""

import pytest

from tests.asking import Person


async def test_sources_name_parties_and_what_is_counted(reader: Person) -> None:
    answer = await reader.use("sources")
    text, seen = answer.seen.text, answer.seen
    while "More ›" in seen.buttons:
        seen = await reader.turn(answer.message, "More ›")
        text += "\n" + seen.text
    lines = text.split("\n")
    sana = lines.index("**Syrian Arab News Agency** (SANA)")
    assert "state news agency" in lines[sana + 1]
    assert "party to the conflict" in lines[sana + 1]
    assert "Counts:" in lines[sana + 2]
    assert lines.count("**United Nations** (UN)") == 1


async def test_a_record_says_where_and_how_a_figure_was_read(reader: Person) -> None:
    seen = await reader.ask("source", fact="afp-2016-12-03/21.1")
    assert seen.title == "Record"
    assert seen.line("**More than 50,000**")
    assert seen.line("**Report** Agence France-Presse, <t:")
    assert seen.line("**Stands in** paragraph 21, sentence 1")
    assert "entered by hand · characters 2932 to 2955 · hash" in seen.text
    assert seen.line("“eastern Aleppo”")
    assert "read as East Aleppo" in seen.text
    assert seen.line("revision 1 · for everyone · first reading · the seed files")


async def test_a_record_says_where_a_person_overruled_the_parser(reader: Person) -> None:
    seen = await reader.ask("source", fact="afp-2016-12-03/18.3")
    assert "a person overruled the parser's place: the sentence names only the whole city" in seen.text


async def test_a_record_leads_to_the_parts_and_back(reader: Person) -> None:
    answer = await reader.use("source", fact="afp-2016-12-03/21.1")
    part = answer.seen.option("Nearly 20,000 children")
    assert part.description == "a part of this"
    chosen = await reader.choose(answer.message, part.value)
    assert chosen.seen.line("**Nearly 20,000**")
    whole = chosen.seen.option("More than 50,000")
    assert whole.description == "the whole that this is a part of"
    assert (await reader.choose(chosen.message, whole.value)).seen.lines == answer.seen.lines


async def test_a_record_leads_to_its_place(reader: Person) -> None:
    answer = await reader.use("source", fact="afp-2016-12-03/23.1")
    assert (await reader.press(answer.message, "Shaar")).seen.title == "Shaar"


@pytest.mark.parametrize("typed", ["310", "pilots", "nearly 20,000", "50000 people"])
async def test_words_that_only_one_fact_has_open_it(reader: Person, typed: str) -> None:
    seen = await reader.ask("source", fact=typed)
    assert seen.title == "Record"


@pytest.mark.simcord(check_errors=False)
@pytest.mark.parametrize("typed", ["nothing like this", "99.9", "afp-2016-12-03/99.9", ""])
async def test_words_of_no_fact_say_what_to_do(reader: Person, typed: str) -> None:
    answer = await reader.use("source", fact=typed or " ")
    assert answer.private
    assert answer.seen.title == "That did not work"
    assert answer.seen.line("choose one of the facts offered")


async def test_words_of_several_facts_are_asked_back(reader: Person) -> None:
    answer = await reader.use("source", fact="civilians killed")
    assert answer.seen.line("Several facts hold the words “civilians killed”. Which one?")
    chosen = await reader.choose(answer.message, answer.seen.option("About 310").value)
    assert chosen.seen.title == "Record"
    assert chosen.seen.line("**About 310**")
