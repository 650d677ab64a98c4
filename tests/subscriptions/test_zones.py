"""Zones by what people type, and the list they choose from."""

from importlib.resources import files
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.subscriptions.errors import ZoneNameError
from bot.subscriptions.zone import ZONE_DATA, zone_named
from bot.subscriptions.zone_find import find_zone
from bot.subscriptions.zone_names import zone_names
from bot.subscriptions.zone_suggest import MOST, suggest_zones
from tests.subscriptions.moments import NOW, clock, utc

FOUND = {
    "Europe/Berlin": "Europe/Berlin",
    " europe/berlin ": "Europe/Berlin",
    "berlin": "Europe/Berlin",
    "New York": "America/New_York",
    "america/new york": "America/New_York",
    "Syria": "Asia/Damascus",
    "Asia/Calcutta": "Asia/Kolkata",
    "Calcutta": "Asia/Kolkata",
    "Kiev": "Europe/Kyiv",
    "US/Eastern": "America/New_York",
    "America/Buenos_Aires": "America/Argentina/Buenos_Aires",
    "Europe/Stockholm": "Europe/Stockholm",
    "utc": "UTC",
    "Zulu": "UTC",
    "Etc/UTC": "UTC",
    "GMT": "Etc/GMT",
    "Etc/GMT-3": "Etc/GMT-3",
    "CET": "Europe/Brussels",
}

REFUSED = {
    "": "is no time zone. Write a large city",
    "Mordor": "`Mordor` is no time zone",
    "Berln": "for example: `Europe/Berlin`.",
    "Asia/Damaskus": "`Asia/Damascus`",
    "Germany": "has several time zones. Choose a place, for example: `Europe/Berlin`, `Europe/Busingen`.",
    "UTC+3": "`UTC+3` is an offset: it would be an hour off when clocks change. Choose a place, for example: `Europe/",
    "+05:45": "for example: `Asia/Kathmandu`.",
    "UTC+9:17": "is an offset",
    "EST": "`EST` is a short form that does not say how clocks change. Choose a place",
    "PST": "`America/Los_Angeles`",
    "BST": "`Europe/London`",
    "Factory": "is no time zone",
    "../../etc/passwd": "is no time zone",
}


@pytest.mark.parametrize(("typed", "name"), FOUND.items(), ids=FOUND)
def test_what_is_found(typed: str, name: str) -> None:
    zone = find_zone(typed, NOW)
    assert zone.key == name
    assert zone is zone_named(name)


@pytest.mark.parametrize(("typed", "words"), REFUSED.items(), ids=REFUSED)
def test_what_is_refused_and_what_is_proposed(typed: str, words: str) -> None:
    with pytest.raises(ZoneNameError) as caught:
        find_zone(typed, NOW)
    assert words in str(caught.value)
    assert all(zone_named(name).key == name for name in caught.value.nearest)


def test_an_offset_means_other_places_in_summer() -> None:
    winter, summer = (
        {choice.name for choice in suggest_zones("UTC+2", now, 100)} for now in (NOW, utc("2026-07-01 12:00"))
    )
    assert "Europe/Athens" in winter - summer
    assert "Europe/Berlin" in summer - winter
    assert "Africa/Johannesburg" in winter & summer


@pytest.mark.parametrize("name", ["Europe/Brelin", "europe/berlin", "EST", "../zone.tab", "", "Factory"])
def test_a_stored_name_must_be_one(name: str) -> None:
    with pytest.raises(ZoneNameError, match="have no"):
        zone_named(name)


def test_every_name_of_the_database_is_known_except_the_misleading_ones() -> None:
    names = (files("tzdata") / "zones").read_text().split()
    unknown = [name for name in names if not _known(name)]
    assert sorted(unknown) == ["EST", "Factory", "MST"]


def test_an_old_name_has_the_clock_of_the_present_one() -> None:
    moments = [utc(f"{year}-{month:02}-15 12:00") for year in (2021, 2026) for month in (1, 7)]
    for other, name in zone_names().others.items():
        with files("tzdata").joinpath("zoneinfo", *other.split("/")).open("rb") as file:
            old = ZoneInfo.from_file(file)
        assert all(clock(moment, old) == clock(moment, zone_named(name)) for moment in moments), other


def test_the_edition_of_the_data_is_known() -> None:
    assert ZONE_DATA[:4].isdigit()


FIRST_CHOICES = {
    "": "UTC",
    "ber": "Europe/Berlin",
    "Damas": "Asia/Damascus",
    "syr": "Asia/Damascus",
    "new y": "America/New_York",
    "ürü": "Asia/Urumqi",
    "sao p": "America/Sao_Paulo",
    "calcu": "Asia/Kolkata",
    "us/east": "America/New_York",
    "europe/lond": "Europe/London",
    "germany": "Europe/Berlin",
    "lord": "Australia/Lord_Howe",
    "pst": "America/Los_Angeles",
    "+5:45": "Asia/Kathmandu",
    "utc-3:30": "America/St_Johns",
    "berln": "Europe/Berlin",
}


@pytest.mark.parametrize(("typed", "name"), FIRST_CHOICES.items(), ids=FIRST_CHOICES)
def test_the_first_choice(typed: str, name: str) -> None:
    assert suggest_zones(typed, NOW)[0].name == name


def test_a_choice_says_country_and_offset_of_the_day() -> None:
    winter, summer = (suggest_zones("berlin", now)[0].label for now in (NOW, utc("2026-07-01 12:00")))
    assert (winter, summer) == ("Europe/Berlin · Germany · UTC+1", "Europe/Berlin · Germany · UTC+2")
    assert suggest_zones("kathm", NOW)[0].label == "Asia/Kathmandu · Nepal · UTC+5:45"


def test_old_names_are_never_offered() -> None:
    shown = {place.name for place in zone_names().places}
    for typed in ("", "a", "us/", "asia", "calc", "utc+2", "israel", "gb"):
        assert {choice.name for choice in suggest_zones(typed, NOW)} <= shown, typed


def test_every_zone_can_be_chosen_by_its_name() -> None:
    for place in zone_names().places:
        choice = suggest_zones(place.name, NOW, 1)[0]
        assert choice.name == place.name
        assert len(choice.label) < 100


@given(st.one_of(st.text(max_size=120), st.text(alphabet="utcgm+-0123456789:", max_size=9)))
@settings(deadline=None, max_examples=150)
def test_any_text_gives_at_most_what_fits_into_the_list(typed: str) -> None:
    choices = suggest_zones(typed, NOW)
    assert len(choices) <= MOST
    assert len({choice.name for choice in choices}) == len(choices)
    said = ""
    try:
        find_zone(typed, NOW)
    except ZoneNameError as error:
        said = str(error)
    assert len(said) < 400


def _known(name: str) -> bool:
    try:
        zone_named(name)
    except ZoneNameError:
        return False
    return True
