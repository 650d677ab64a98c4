"""Which reigns are looked through for an earlier day: none that could hold what stood then is left out."""

from hypothesis import given
from hypothesis import strategies as st

from bot.store.lists.list_keys import REIGNS, STANDING, earliest_standing, reign_of

days = st.integers(1, 20_000)


@given(days, st.integers(700_000, 740_000), st.data())
def test_whatever_stood_on_a_day_lies_where_its_class_is_looked_through(
    reign: int, ended: int, data: st.DataObject
) -> None:
    day = data.draw(st.integers(ended, ended + reign - 1))
    assert ended >= earliest_standing(reign_of(reign), day)


@given(days)
def test_longer_reigns_have_higher_classes_and_none_is_that_of_what_still_stands(reign: int) -> None:
    assert STANDING < reign_of(reign) <= reign_of(reign + 1) <= REIGNS


def test_a_class_is_looked_through_no_further_back_than_its_reigns_are_long() -> None:
    """A week, and eight times more for each class, so that what was replaced long ago is passed over."""
    spans = [736_000 - earliest_standing(reign, 736_000) + 1 for reign in range(1, REIGNS)]
    assert spans == [8, 64, 512, 4096]
    assert reign_of(spans[0] - 1) < reign_of(spans[0])
