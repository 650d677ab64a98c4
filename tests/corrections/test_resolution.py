"""Which revision a server sees, when a view is out of date, and how often a person may."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.corrections.resolution import Rate, Stale, View, before, follows, in_force, shown, stale, view, wait
from bot.facts.revision import EVERYONE, Revision
from bot.facts.vocabulary import CorrectionKind
from tests.store.small_world import figure

FACT = figure("r1/1.1")


def step(number: int, at: int, kind: CorrectionKind = CorrectionKind.READING, restores: int | None = None) -> Revision:
    return Revision(fact=FACT, scope=EVERYONE, number=number, kind=kind, recorded_at=at, restores=restores)


EVERYONES = [step(1, 10, CorrectionKind.INITIAL), step(2, 30)]
OWN = [step(1, 20), step(2, 40)]
UNDONE = [*OWN, step(3, 50, CorrectionKind.UNDO, 1), step(4, 60, CorrectionKind.UNDO, 0)]


@pytest.mark.parametrize(
    ("own", "as_of", "seen"),
    [
        ([], None, EVERYONES[1]),
        ([], 29, EVERYONES[0]),
        ([], 9, None),
        (OWN, None, OWN[1]),
        (OWN, 9, None),
        (OWN, 19, EVERYONES[0]),
        (OWN, 20, OWN[0]),
        (OWN, 39, OWN[0]),
        (UNDONE, 59, UNDONE[2]),
        (UNDONE, 60, EVERYONES[1]),
        (UNDONE, None, EVERYONES[1]),
    ],
)
def test_its_own_latest_else_the_latest_for_everyone(
    own: list[Revision], as_of: int | None, seen: Revision | None
) -> None:
    assert in_force(own, EVERYONES, as_of=as_of) == seen


def test_nothing_known_is_nothing_seen() -> None:
    assert in_force([], []) is None
    assert shown(None) is None


def test_a_retraction_answers_nothing() -> None:
    retracted = step(3, 70, CorrectionKind.RETRACTION)
    assert in_force([], [*EVERYONES, retracted]) == retracted
    assert shown(retracted) is None
    assert shown(EVERYONES[0]) == EVERYONES[0]


def test_who_follows_everyone() -> None:
    assert [follows(latest) for latest in (None, OWN[1], UNDONE[2], UNDONE[3])] == [True, False, False, True]


def test_undo_gives_back_the_one_before() -> None:
    assert [before(OWN, number) for number in (0, 1, 2, 3)] == [None, 0, 1, None]


def test_a_view_that_holds_is_not_stale() -> None:
    assert view(OWN, EVERYONES, 3) == View(2, 2, 3)
    assert view([], []) == View(0, 0, 0)
    assert stale(View(2, 2), OWN, EVERYONES) is None


@pytest.mark.parametrize(
    ("expected", "changed"),
    [
        (View(1, 2), Stale((OWN[1],), (), wiped=False)),
        (View(0, 2), Stale(tuple(OWN), (), wiped=False)),
        (View(2, 1), Stale((), (EVERYONES[1],), wiped=False)),
        (View(1, 1), Stale((OWN[1],), (EVERYONES[1],), wiped=False)),
        (View(2, 2, 1), Stale(tuple(OWN), (), wiped=True)),
        (View(5, 2, 1), Stale(tuple(OWN), (), wiped=True)),
    ],
)
def test_a_stale_view_is_shown_what_changed(expected: View, changed: Stale) -> None:
    assert stale(expected, OWN, EVERYONES) == changed


def test_the_rate_is_limited_in_any_window() -> None:
    rate = Rate(2, 60)
    assert wait([], 100, rate) == 0
    assert wait([100], 100, rate) == 0
    assert wait([100, 90], 100, rate) == 50
    assert wait([100, 90, 40, 30], 100, rate) == 50
    assert wait([90, 40], 100, rate) == 0, "a minute ago is out of the window"
    assert wait([90, 41], 100, rate) == 1
    assert wait([], 100, Rate(0, 60)) == 60


@given(st.lists(st.integers(0, 50), max_size=40), st.integers(1, 4), st.integers(1, 20))
def test_whoever_waits_as_told_keeps_to_the_rate(pauses: list[int], most: int, seconds: int) -> None:
    rate, now, times = Rate(most, seconds), 1000, list[int]()
    for pause in pauses:
        now += pause
        told = wait(times, now, rate)
        if told:
            assert wait(times, now + told - 1, rate) > 0, "no longer than needed"
            now += told
        assert wait(times, now, rate) == 0
        times.append(now)
    assert all(later - first >= seconds for first, later in zip(times, times[most:], strict=False))
