"""What makes figures steps of one series, and what keeps them apart."""

import pytest
from msgspec.structs import replace

from bot.facts.fact import Fact, Locator
from bot.facts.quantity import exact
from bot.facts.series import series_key
from bot.facts.vocabulary import Accounting, Kind, Measure, Population, Stance, Unit
from bot.facts.window import parse_window


def step(report: str = "r1", when: str = "2016-11-15/2016-12-03", **fields: object) -> Fact:
    plain = Fact(
        id=f"{report}/1.1",
        kind=Kind.FIGURE,
        window=parse_window(when),
        locator=Locator(report, 1, 1),
        measure=Measure.KILLED,
        population=Population.CIVILIANS,
        unit=Unit.PERSON,
        accounting=Accounting.FLOW,
        cumulative=True,
        place="east",
        actor="army",
        quantity=exact(310),
        sources=("watch",),
    )
    return replace(plain, **fields)


@pytest.mark.parametrize(
    "other",
    [
        step("r2", "2016-11-15/2016-12-07", quantity=exact(369)),
        step("r2", "2016-11-15~/2016-12-08"),
        step("r2", "2016-11-15/.."),
        step("r2", summary="told otherwise", note="and annotated"),
    ],
)
def test_steps_of_one_series(other: Fact) -> None:
    assert series_key(step()) == series_key(other) is not None


@pytest.mark.parametrize(
    "fields",
    [
        {"measure": Measure.INJURED},
        {"population": Population.PEOPLE},
        {"unit": Unit.HOUSEHOLD},
        {"place": "west"},
        {"actor": None},
        {"sources": ("watch", "state")},
        {"sources": ()},
        {"window": parse_window("2016-11-16/2016-12-03")},
        {"window": parse_window("2016-11/2016-12-03")},
    ],
    ids=lambda fields: next(iter(fields)),
)
def test_steps_of_another_series(fields: dict[str, object]) -> None:
    other = series_key(step("r2", **fields))
    assert other is not None
    assert other != series_key(step())


@pytest.mark.parametrize(
    "fields",
    [
        {"cumulative": False},
        {"kind": Kind.EVENT},
        {"window": parse_window("../2016-12-03")},
        {"window": parse_window("unknown")},
        *({"stance": stance} for stance in Stance if stance is not Stance.ASSERTED),
    ],
)
def test_no_step_at_all(fields: dict[str, object]) -> None:
    assert series_key(step(**fields)) is None


def test_the_order_of_the_sources_does_not_matter() -> None:
    assert series_key(step(sources=("a", "b"))) == series_key(step(sources=("b", "a")))


def test_an_account_of_its_own_is_a_series_only_within_its_report() -> None:
    assert series_key(step(sources=())) == series_key(step(id="r1/2.1", sources=()))
    assert series_key(step(sources=())) != series_key(step("r2", sources=()))


def test_a_part_of_the_same_name_is_no_step_and_a_part_of_another_name_is() -> None:
    children = step(population=Population.CHILDREN)
    assert series_key(step(id="r1/1.2"), [step()]) is None
    assert series_key(children, [step()]) == series_key(children) is not None
