"""/control, /timeline and /statements, as a reader uses them."""

import pytest

from tests.asking import Person


async def test_control_gives_each_claim_with_source_and_date(reader: Person) -> None:
    seen = await reader.ask("control")
    assert seen.title == "Control"
    assert seen.line("Government troops and allied forces took the district · Tariq al-Bab")
    assert seen.under("took the district · Tariq al-Bab").startswith(
        "2–3 Dec 2016 · **Syrian Observatory for Human Rights**, via AFP"
    )
    assert seen.line("later claims do not erase earlier ones")


async def test_two_claims_about_one_thing_stay_two(reader: Person) -> None:
    seen = await reader.ask("control", place="East Aleppo")
    more = await reader.ask("control", place="East Aleppo", source="sohr")
    assert "**More than half** of the former rebel stronghold" in seen.text
    assert "**About 60 percent** of the eastern parts of the city" in more.text
    assert "More than half" not in more.text


async def test_control_of_a_day(reader: Person) -> None:
    seen = await reader.ask("control", until="2016-12-02")
    assert "Sheikh Saeed" in seen.text
    assert "Tariq al-Bab" not in seen.text


async def test_timeline_begins_with_the_latest_day(reader: Person) -> None:
    seen = await reader.ask("timeline")
    assert seen.line("The latest day comes first.")
    assert "3 Dec 2016" in seen.lines[3]


@pytest.mark.parametrize(("since", "until"), [("2016-12-02", "2016-12-02"), ("2 Dec 2016", "Dec 2, 2016")])
async def test_timeline_of_one_day(reader: Person, since: str, until: str) -> None:
    seen = await reader.ask("timeline", since=since, until=until)
    whens = [line for line in seen.lines if line.startswith("-# ") and "2016" in line][1:]
    assert whens
    assert all("2 Dec 2016" in line for line in whens)


async def test_timeline_of_a_place(reader: Person) -> None:
    seen = await reader.ask("timeline", place="Shaar")
    assert "**3** people killed in air strikes · Shaar" in seen.text


async def test_statements_name_the_speaker_and_mark_parties(reader: Person) -> None:
    seen = await reader.ask("statements")
    general = seen.line("step by step") if "step by step" in seen.text else seen.line('he called "terrorists"')
    at = seen.lines.index(general)
    around = " ".join(seen.lines[max(0, at - 1) : at + 2])
    assert "Samir Salman" in around
    assert "party to the conflict" in around
    assert seen.line("**UN** warned that")


async def test_statements_of_one_speaker(reader: Person) -> None:
    seen = await reader.ask("statements", source="de Mistura")
    assert "source: Staffan de Mistura" in seen.lines[1]
    assert "slow guerrilla war" in seen.text
    assert "Samir Salman" not in seen.text


async def test_what_was_only_expected_is_no_event(reader: Person) -> None:
    seen = await reader.ask("timeline", place="Aleppo")
    while True:
        assert "street to street was prepared" not in seen.text
        break
    assert "If the opposition lost" not in (await reader.ask("control")).text


async def test_an_allegation_is_marked(reader: Person) -> None:
    seen = await reader.ask("statements", source="Syrian government")
    assert seen.line('"human shields"')
    assert "alleged, not confirmed" in seen.under('"human shields"')
