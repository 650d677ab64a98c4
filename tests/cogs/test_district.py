"""/district, with names as people type them."""

import pytest

from tests.asking import Person

SPELLINGS = [
    ("Sheikh Saeed", "Sheikh Saeed"),
    ("sheikh-saeed", "Sheikh Saeed"),
    ("sheik saied", "Sheikh Saeed"),
    ("shaykh said", "Sheikh Saeed"),
    ("Shaykh Sa'id", "Sheikh Saeed"),
    ("SHEIKH SAEED", "Sheikh Saeed"),
    ("Sheikh Saeed district", "Sheikh Saeed"),
    ("الشيخ سعيد", "Sheikh Saeed"),
    ("شيخ سعيد", "Sheikh Saeed"),
    ("Shiekh Saeed", "Sheikh Saeed"),
    ("al shaar", "Shaar"),
    ("Sha'ar", "Shaar"),
    ("Shaar", "Shaar"),
    ("tarik al bab", "Tariq al-Bab"),
    ("Tareeq al-Bab", "Tariq al-Bab"),
    ("طريق الباب", "Tariq al-Bab"),
    ("Aleppo", "Aleppo"),
    ("East Aleppo", "East Aleppo"),
    ("eastern aleppo", "East Aleppo"),
]


@pytest.mark.parametrize(("typed", "title"), SPELLINGS)
async def test_finds_the_place_in_every_spelling(reader: Person, typed: str, title: str) -> None:
    assert (await reader.ask("district", name=typed)).title == title


async def test_tells_what_is_known_of_the_place(reader: Person) -> None:
    answer = await reader.use("district", name="sheik saied")
    seen = answer.seen
    assert not answer.private
    assert seen.lines[1] == "الشيخ سعيد", "the other script has a line of its own"
    assert seen.lines[2].startswith("-# neighbourhood in East Aleppo · as of")
    control = seen.line("Rebels won back some of the ground")
    assert "whether they could keep it was unclear" in control
    assert seen.under("Rebels won back") == "2 Dec 2016 · contested · AFP, no source named"
    assert seen.line("thousands had taken refuge")


async def test_neighbours_are_a_choice_away(reader: Person) -> None:
    answer = await reader.use("district", name="Sheikh Saeed")
    nearest = answer.seen.options[0]
    assert nearest.description.startswith("0.8 km away")
    chosen = await reader.choose(answer.message, nearest.value)
    assert chosen.private, "the answer in the channel stays as it is"
    assert chosen.seen.title == nearest.label


async def test_every_neighbour_and_every_button_leads_somewhere(reader: Person) -> None:
    answer = await reader.use("district", name="East Aleppo")
    for option in answer.seen.options:
        assert (await reader.choose(answer.message, option.value)).seen.title == option.label
    for label in answer.seen.buttons:
        pressed = (await reader.press(answer.message, label)).seen
        if label == "Correct a figure":
            assert "Only moderators correct figures in this server." in pressed.text
            continue
        assert pressed.title.startswith(label)
        assert "No report" not in pressed.text


async def test_a_place_that_no_report_mentions_says_so(reader: Person) -> None:
    seen = await reader.ask("district", name="Sukkari")
    assert seen.title == "Sukkari"
    assert seen.line("No report that Sitrep has read mentions Sukkari.")
    assert seen.options, "its neighbours are offered"
    assert not seen.buttons, "no button leads to nothing"


@pytest.mark.parametrize("typed", ["al-Bab", "al bab", "الباب", "bab"])
async def test_al_bab_is_not_tariq_al_bab(reader: Person, typed: str) -> None:
    answer = await reader.use("district", name=typed)
    assert answer.seen.title != "Tariq al-Bab"
    assert "Government troops" not in answer.seen.text


async def test_an_unknown_name_gets_the_nearest_as_buttons_that_work(reader: Person) -> None:
    answer = await reader.use("district", name="Sheikh Saqqar Town")
    assert "no place called “Sheikh Saqqar Town”" in answer.seen.text
    assert answer.seen.title == "Which place?"
    assert not answer.private, "the answer takes its place, for everyone"
    assert 1 <= len(answer.seen.buttons) <= 5
    for label in answer.seen.buttons:
        asked = await reader.use("district", name="Sheikh Saqqar Town")
        assert (await reader.turn(asked.message, label)).title == label, "the answer takes the question's place"


async def test_an_ambiguous_name_is_asked_back(reader: Person) -> None:
    answer = await reader.use("district", name="Ansari")
    assert "may mean several places" in answer.seen.text or answer.seen.title == "Ansari"
    for label in answer.seen.buttons:
        assert (await reader.press(answer.message, label)).seen.text


async def test_a_name_like_no_other_says_what_to_do(reader: Person) -> None:
    answer = await reader.use("district", name="qqqqqqqq")
    assert answer.private, "as every error is"
    seen = answer.seen
    assert seen.title == "No such place"
    assert seen.line("nor one that sounds like it")
    assert seen.line("Try another spelling")
    assert not seen.options


async def test_the_options_survive_being_asked_back(reader: Person) -> None:
    answer = await reader.use("casualties", place="Shaaarr Town", source="sohr", since="2016-12-01")
    if answer.seen.buttons and "no place called" in answer.seen.text:
        label = next(label for label in answer.seen.buttons if label == "Shaar")
        pressed = await reader.press(answer.message, label)
        assert "in Shaar · source: Syrian Observatory for Human Rights · since 1 Dec 2016" in pressed.seen.lines[1]
    else:
        raise AssertionError(answer.seen.text)
