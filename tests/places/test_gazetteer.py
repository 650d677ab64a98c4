"""What lies in what, what may share ground, what lies near."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.places.errors import PlaceDataError
from bot.places.gazetteer import Gazetteer, UnknownPlaceError
from bot.places.geo import distance_km
from bot.places.overlap import Overlap
from bot.places.place import DISTRICTS, KINDS, Place

_INVERSE = {Overlap.CONTAINS: Overlap.WITHIN, Overlap.WITHIN: Overlap.CONTAINS}


def _place(place_id: str, part_of: str | None = None, kind: str = "neighbourhood", **fields: object) -> Place:
    plain = Place(place_id, place_id.title(), None, (), None, None, kind, part_of, "made up", "high")
    return replace(plain, **fields)


@pytest.mark.parametrize(
    ("places", "field", "says"),
    [
        ([_place("a"), _place("a")], "id", "place 'a': id: 'a' was given before"),
        ([_place("a", "b")], "part_of", "place 'a': part_of: there is no place 'b'"),
        ([_place("a", "a")], "part_of", "a > a"),
        ([_place("x"), _place("a", "b"), _place("b", "c"), _place("c", "b")], "part_of", "b > c > b"),
    ],
)
def test_what_is_no_tree_is_refused(places: list[Place], field: str, says: str) -> None:
    with pytest.raises(PlaceDataError) as raised:
        Gazetteer(places)
    assert raised.value.field == field
    assert says in str(raised.value)


def test_an_unknown_id_is_said(aleppo: Gazetteer) -> None:
    assert aleppo.get("atlantis") is None
    assert "atlantis" not in aleppo
    for ask in (aleppo.__getitem__, aleppo.ancestors, aleppo.descendants, aleppo.neighbours):
        with pytest.raises(UnknownPlaceError, match="no place has the id 'atlantis'"):
            ask("atlantis")
    for pair in (("atlantis", "aleppo"), ("aleppo", "atlantis")):
        with pytest.raises(KeyError):
            aleppo.contains(*pair)
        with pytest.raises(KeyError):
            aleppo.overlap(*pair)


def test_containment(aleppo: Gazetteer) -> None:
    assert aleppo.ancestors("shaar") == ("shaar", "east-aleppo", "aleppo", "syria")
    assert aleppo.ancestors("syria") == ("syria",)
    assert {"shaar", "sheikh-saeed", "tariq-al-bab", "old-city"} <= set(aleppo.descendants("east-aleppo"))
    assert "east-aleppo" not in aleppo.descendants("east-aleppo")
    assert set(aleppo.descendants("syria")) == {place.id for place in aleppo} - {"syria"}
    assert aleppo.descendants("shaar") == ()
    assert aleppo.contains("aleppo", "shaar")
    assert aleppo.contains("shaar", "shaar")
    assert not aleppo.contains("shaar", "aleppo")
    assert not aleppo.contains("west-aleppo", "shaar")
    assert not aleppo.contains("aleppo", "aleppo-airport")


@pytest.mark.parametrize(
    ("a", "b", "overlap"),
    [
        ("shaar", "shaar", Overlap.SAME),
        ("aleppo", "shaar", Overlap.CONTAINS),
        ("syria", "east-aleppo", Overlap.CONTAINS),
        ("east-aleppo", "west-aleppo", Overlap.DISJOINT),
        ("shaar", "west-aleppo", Overlap.DISJOINT),
        ("shaar", "sheikh-saeed", Overlap.DISJOINT),  # both with p-codes, one parent
        ("shaar", "furqan", Overlap.DISJOINT),  # both with p-codes, the side of one unknown
        ("tariq-al-bab", "sheikh-saeed", Overlap.DISJOINT),  # one without p-code, six kilometres apart
        ("tariq-al-bab", "helwaniya", Overlap.UNKNOWN),  # 300 metres apart
        ("karm-al-bek", "shaar", Overlap.UNKNOWN),  # its point lies inside the other's outline
        ("sheikh-lutfi", "shaar", Overlap.UNKNOWN),  # without coordinates
        ("furqan", "east-aleppo", Overlap.UNKNOWN),
        ("furqan", "west-aleppo", Overlap.UNKNOWN),
        ("old-city", "jalloum", Overlap.UNKNOWN),
        ("old-city", "aqabeh", Overlap.UNKNOWN),
        ("aleppo-citadel", "souq-al-madina", Overlap.UNKNOWN),
        ("aleppo-airport", "nayrab", Overlap.UNKNOWN),
        ("aleppo-airport", "aleppo", Overlap.UNKNOWN),
        ("rashidin", "west-aleppo", Overlap.UNKNOWN),
        ("anadan", "hraytan", Overlap.DISJOINT),
        ("anadan", "shaar", Overlap.DISJOINT),  # through the city that contains it
    ],
)
def test_overlap_is_claimed_only_where_it_is_known(aleppo: Gazetteer, a: str, b: str, overlap: Overlap) -> None:
    assert aleppo.overlap(a, b) is overlap
    assert aleppo.overlap(b, a) is _INVERSE.get(overlap, overlap)


def test_a_quarter_inside_a_neighbourhood_is_not_apart_from_what_shares_it() -> None:
    quarter = _place("quarter", "hood", pcode="N2")
    gazetteer = Gazetteer([_place("hood", pcode="N1"), quarter, _place("mosque", "hood", "landmark")])
    assert gazetteer.overlap("hood", "quarter") is Overlap.CONTAINS
    assert gazetteer.overlap("mosque", "quarter") is Overlap.UNKNOWN


def test_halves_of_two_cities_are_apart_only_through_the_cities() -> None:
    halves = [_place("north", "one", "city half"), _place("south", "two", "city half")]
    cities = [_place("one", "land", "city"), _place("two", "land", "city"), _place("land", None, "country")]
    assert Gazetteer([*halves, *cities]).overlap("north", "south") is Overlap.DISJOINT
    areas = [_place("one", None, "district"), _place("two", None, "district")]
    assert Gazetteer([*halves, *areas]).overlap("north", "south") is Overlap.UNKNOWN


_TREES = st.lists(st.tuples(st.sampled_from(sorted(KINDS)), st.integers(0, 30), st.booleans()), min_size=2, max_size=12)


@given(_TREES)
def test_overlap_reads_the_same_from_both_sides_and_parts_follow_their_whole(
    rows: list[tuple[str, int, bool]],
) -> None:
    gazetteer = Gazetteer(
        _place(f"p{n}", f"p{parent % n}" if n and parent % 3 else None, kind, pcode=f"N{n}" if coded else None)
        for n, (kind, parent, coded) in enumerate(rows)
    )
    for a in gazetteer:
        for b in gazetteer:
            overlap = gazetteer.overlap(a.id, b.id)
            assert gazetteer.overlap(b.id, a.id) is _INVERSE.get(overlap, overlap)
            contains = overlap in (Overlap.SAME, Overlap.CONTAINS)
            assert gazetteer.contains(a.id, b.id) is contains
            assert (b.id in gazetteer.descendants(a.id)) is (contains and a is not b)
            if overlap is Overlap.DISJOINT:
                inside = gazetteer.descendants(b.id)
                assert all(gazetteer.overlap(a.id, part) is Overlap.DISJOINT for part in inside)


def test_neighbours_are_the_nearest_of_like_kind(aleppo: Gazetteer) -> None:
    for place in aleppo:
        near = aleppo.neighbours(place.id, limit=7)
        if place.point is None:
            assert near == ()
            continue
        distances = [km for _, km in near]
        assert distances == sorted(distances)
        assert place.id not in {other.id for other, _ in near}
        if place.kind in DISTRICTS or place.kind == "landmark":
            everyone = sorted(
                distance_km(place.point, other.point)
                for other in aleppo
                if other.kind in DISTRICTS and other.point is not None and other.id != place.id
            )
            assert distances == everyone[:7]
    assert {place.kind for place, _ in aleppo.neighbours("anadan")} <= {"town", "village", "city"}
    assert [place.id for place, _ in aleppo.neighbours("east-aleppo")] == ["west-aleppo"]
    assert aleppo.neighbours("syria") == ()
    assert aleppo.neighbours("shaar", limit=0) == ()


def test_distances_are_great_circles() -> None:
    quarter = math.pi / 2 * 6371.0088
    assert distance_km((0, 0), (0, 90)) == pytest.approx(quarter)
    assert distance_km((90, 0), (0, 17)) == pytest.approx(quarter)
    assert distance_km((36.2, 37.1), (36.2, 37.1)) == 0
    assert distance_km((33.5138, 36.2765), (36.2012, 37.1612)) == pytest.approx(309.3, abs=1)  # Damascus, Aleppo
    assert distance_km((0, 179.5), (0, -179.5)) == pytest.approx(distance_km((0, 0), (0, 1)))
