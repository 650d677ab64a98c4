"""What is offered while somebody types."""

import pytest

from tests.asking import Person, first_responses

PLACE_OPTIONS = [
    ("district", "name"),
    ("casualties", "place"),
    ("displaced", "place"),
    ("control", "place"),
    ("timeline", "place"),
    ("statements", "place"),
    ("compare", "place"),
]


@pytest.mark.parametrize(("command", "option"), PLACE_OPTIONS)
async def test_places_are_offered_wherever_one_is_asked_for(reader: Person, command: str, option: str) -> None:
    offered = await reader.type(command, option, "sheikh sa")
    assert next(iter(offered)) == "Sheikh Saeed"
    assert offered["Sheikh Saeed"] == "sheikh-saeed"


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Shaar", "Shaar"),
        ("sha'", "Shaar"),
        ("الشيخ سع", "Sheikh Saeed"),
        ("tarik", "Tariq al-Bab"),
        ("HANA", "Hanano"),
    ],
)
async def test_in_any_spelling(reader: Person, typed: str, name: str) -> None:
    offered = await reader.type("district", "name", typed)
    assert any(name in label for label in offered), offered


async def test_before_the_first_letter_too(reader: Person) -> None:
    offered = await reader.type("district", "name", "")
    assert 1 <= len(offered) <= 25


async def test_what_is_offered_can_be_asked(reader: Person) -> None:
    for name, value in list((await reader.type("district", "name", "al")).items())[:8]:
        assert (await reader.ask("district", name=value)).title == name


@pytest.mark.parametrize("typed", ["x" * 6000, "\u202e@everyone", "%_|'\"\\", "\n", "🙂", " "])
async def test_nothing_that_is_typed_breaks_it(reader: Person, typed: str) -> None:
    for command, option in (("district", "name"), ("casualties", "source"), ("source", "fact")):
        offered = await reader.type(command, option, typed)
        assert len(offered) <= 25
    assert len(first_responses(reader.env)) == 3, "each got its answer, be it an empty one"


async def test_sources_by_name_short_name_and_part(reader: Person) -> None:
    sohr = "Syrian Observatory for Human Rights"
    for typed in ("soh", "SOHR", "observ", "Syrian Obs"):
        assert (await reader.type("casualties", "source", typed)).get(sohr) == "sohr"


@pytest.mark.parametrize("typed", ["310", "about 310", "killed east", "civilians East Aleppo 310"])
async def test_facts_by_number_place_and_word(reader: Person, typed: str) -> None:
    offered = await reader.type("source", "fact", typed)
    assert "afp-2016-12-03/11.1" in offered.values(), offered


@pytest.mark.parametrize("typed", ["50,000", "50000", "Shaar", "pilots", "afp-2016-12-03/22"])
async def test_every_fact_offered_opens_its_record(reader: Person, typed: str) -> None:
    offered = await reader.type("source", "fact", typed)
    assert offered
    for name, value in list(offered.items())[:3]:
        seen = await reader.ask("source", fact=value)
        assert seen.title == "Record"
        assert value in seen.lines[1]
        assert name.split(" · ")[0].split("…")[0].split(",")[0] in seen.text.replace("**", "")


async def test_a_name_offered_may_be_typed_instead_of_chosen(reader: Person) -> None:
    name, value = next(iter((await reader.type("source", "fact", "pilots")).items()))
    assert value in (await reader.ask("source", fact=name)).lines[1]
