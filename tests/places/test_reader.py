"""A list of places that cannot be used says what is wrong, where, and what to do."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.places.errors import PlaceDataError
from bot.places.gazetteer import Gazetteer
from bot.places.place import CONFIDENCES, KINDS
from bot.places.reader import COLUMNS, read_places

_HEADER = ",".join(COLUMNS)
_COUNTRY = "land,Land,,,,,country,,,made up,high"
_TOWN = "town,Town,مدينة,Towne; The Town ; Towne,36.5,37.25,town,land,C1,made up,medium"


def _file(*rows: str) -> str:
    return "\n".join((_HEADER, *rows)) + "\n"


def test_every_field_is_read() -> None:
    land, town = read_places(_file(_COUNTRY, _TOWN))
    assert (land.id, land.name_ar, land.point, land.part_of, land.pcode) == ("land", None, None, None, None)
    assert town.name == "Town"
    assert town.name_ar == "مدينة"
    assert town.aliases == ("Towne", "The Town")
    assert town.point == (36.5, 37.25)
    assert (town.kind, town.part_of, town.pcode) == ("town", "land", "C1")
    assert (town.source, town.confidence) == ("made up", "medium")
    assert town.spellings == ("Town", "مدينة", "Towne", "The Town")


def test_a_byte_order_mark_blank_lines_and_windows_line_ends_are_no_matter() -> None:
    text = "\ufeff" + _file(_COUNTRY, "", _TOWN).replace("\n", "\r\n")
    assert [place.id for place in read_places(text)] == ["land", "town"]


@pytest.mark.parametrize(
    ("row", "field", "says"),
    [
        ("Town,Town,,,,,town,land,,made up,high", "id", "hyphens"),
        (f"{'a' * 31},Town,,,,,town,land,,made up,high", "id", "30"),
        ("-town,Town,,,,,town,land,,made up,high", "id", "not an id"),
        (",Town,,,,,town,land,,made up,high", "id", "nothing is given"),
        ("town,,,,,,town,land,,made up,high", "name", "Fill in the name"),
        ("town,Town,,,36.1,,town,land,,made up,high", "lon", "both or neither"),
        ("town,Town,,,,36.1,town,land,,made up,high", "lat", "both or neither"),
        ('town,Town,,,"36,1",37,town,land,,made up,high', "lat", "with a point"),
        ("town,Town,,,91,37,town,land,,made up,high", "lat", "between -90 and 90"),
        ("town,Town,,,36,181,town,land,,made up,high", "lon", "between -180 and 180"),
        ("town,Town,,,nan,37,town,land,,made up,high", "lat", "'nan' is no coordinate"),
        ("town,Town,,,,,hamlet,land,,made up,high", "kind", "village"),
        ("town,Town,,,,,,land,,made up,high", "kind", "nothing is given"),
        ("town,Town,,,,,town,land,,,high", "source", "Fill in the source"),
        ("town,Town,,,,,town,land,,made up,sure", "confidence", "high, low, medium, none"),
        ("town,Town,,,,,town,sea,,made up,high", "part_of", "no place 'sea'"),
        ("land,Town,,,,,town,,,made up,high", "id", "given before"),
        ("town,Town,,,,,town,town,,made up,high", "part_of", "inside itself"),
        ("town,Town, the,,,,,town,land,,made up,high", "the row", "double quotes"),
        ("town,Town", "the row", "2 fields instead of 11"),
        ('town,"Town,,,,,town,land,,made up,high', "the row", "quote"),
    ],
)
def test_a_bad_row_names_file_line_field_and_remedy(row: str, field: str, says: str) -> None:
    with pytest.raises(PlaceDataError) as raised:
        read_places(_file(_COUNTRY, "", row), "somewhere/places.csv")
    assert str(raised.value).startswith(f"somewhere/places.csv, line 4: {field}: ")
    assert says in str(raised.value)
    assert raised.value.field == field
    assert raised.value.remedy


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "the file is empty"),
        ("id,name\n", "missing name_ar"),
        (_HEADER + ",note\n", "unknown column 'note'"),
        (",".join(reversed(COLUMNS)) + "\n", "another order"),
    ],
)
def test_a_bad_header_shows_the_right_one(text: str, says: str) -> None:
    with pytest.raises(PlaceDataError) as raised:
        read_places(text, "places.csv")
    assert "places.csv, line 1: header" in str(raised.value)
    assert says in str(raised.value)
    assert _HEADER in str(raised.value)


def test_a_name_over_two_lines_does_not_shift_the_count() -> None:
    with pytest.raises(PlaceDataError, match="line 5: kind"):
        read_places(_file(_COUNTRY, 'two,"Two\nlines",,,,,town,land,,x,high', "three,Three,,,,,inn,land,,x,high"))


@given(st.text(max_size=80))
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    for whole in (text, _file(_COUNTRY) + text):
        with contextlib.suppress(PlaceDataError):  # and nothing else
            assert all(place.id and place.name and place.kind in KINDS for place in read_places(whole))


def test_the_shipped_list_is_whole(aleppo: Gazetteer) -> None:
    assert len(aleppo) == 150
    assert sum(place.source != "Sitrep" for place in aleppo) == 149
    assert sum((place.pcode or "").startswith("N") for place in aleppo) == 109
    assert {place.kind for place in aleppo} <= KINDS
    assert {place.confidence for place in aleppo} <= CONFIDENCES
    assert [place.id for place in aleppo if place.part_of is None] == ["syria"]
    assert all(place.point is None or aleppo.contains("syria", place.id) for place in aleppo)
    assert {place.id for place in aleppo if place.confidence == "none"} == {
        "project-1070",
        "sheikh-lutfi",
        "inzarat",
        "minyan",
    }
