"""Quantities print and parse back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.facts.grammar import VAGUE_FLOORS, QuantityError, parse_quantity, to_words
from bot.facts.quantity import UNKNOWN, Modifier, Quantity

M = Modifier


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("69", Quantity(69, 69)),
        ("at least 69", Quantity(69, None, M.AT_LEAST)),
        ("no fewer than 69", Quantity(69, None, M.AT_LEAST)),
        ("more than 50,000", Quantity(50_000, None, M.MORE_THAN)),
        ("Over 50000", Quantity(50_000, None, M.MORE_THAN)),
        ("an estimated 310", Quantity(310, 310, M.ABOUT)),
        ("nearly 20,000", Quantity(20_000, 20_000, M.NEARLY)),
        ("as many as two hundred", Quantity(None, 200, M.UP_TO)),
        ("fewer than 12", Quantity(None, 12, M.LESS_THAN)),
        ("between 20 and 30", Quantity(20, 30, M.RANGE)),
        ("20-30", Quantity(20, 30, M.RANGE)),
        ("20 to 30 percent", Quantity(2_000, 3_000, M.RANGE, share=True)),
        ("tens of thousands", Quantity(20_000, None, M.VAGUE, words="tens of thousands")),
        ("a handful", Quantity(3, None, M.VAGUE, words="a handful")),
        ("half a million", Quantity(500_000, 500_000)),
        ("more than a quarter of a million", Quantity(250_000, None, M.MORE_THAN)),
        ("1.5 million", Quantity(1_500_000, 1_500_000)),
        ("a hundred and five", Quantity(105, 105)),
        ("three hundred and sixty-nine thousand four hundred and two", Quantity(369_402, 369_402)),
        ("around 60 percent", Quantity(6_000, 6_000, M.ABOUT, share=True)),
        ("over half", Quantity(5_000, None, M.MORE_THAN, share=True, fraction=True)),
        ("three quarters", Quantity(7_500, 7_500, share=True, fraction=True)),
        ("75 percent", Quantity(7_500, 7_500, share=True)),
        ("62.5 %", Quantity(6_250, 6_250, share=True)),
        ("none", Quantity(0, 0)),
        ("١٢", Quantity(12, 12)),
        ("unknown", UNKNOWN),
    ],
)
def test_reads(words: str, expected: Quantity) -> None:
    assert parse_quantity(words) == expected


@pytest.mark.parametrize("words", ["", "  ", "many", "at least", "30-20", "120 percent", "five blue", "-3", "1,00"])
def test_refuses_and_gives_examples(words: str) -> None:
    with pytest.raises(QuantityError, match="Examples: 69"):
        parse_quantity(words)


counts = st.integers(0, 10**11)
shares = st.integers(0, 10_000)
quantities = st.one_of(
    st.builds(lambda n, m: Quantity(n, n, m), counts, st.sampled_from([M.EXACT, M.ABOUT, M.NEARLY])),
    st.builds(lambda n, m: Quantity(n, None, m), counts, st.sampled_from([M.AT_LEAST, M.MORE_THAN])),
    st.builds(lambda n, m: Quantity(None, n, m), counts, st.sampled_from([M.UP_TO, M.LESS_THAN])),
    st.builds(lambda n, d: Quantity(n, n + d, M.RANGE), counts, st.integers(1, 10**6)),
    st.builds(lambda n: Quantity(n, n, M.ABOUT, share=True), shares),
    st.builds(lambda n: Quantity(n, None, M.MORE_THAN, share=True), shares),
    st.builds(lambda w: Quantity(VAGUE_FLOORS[w], None, M.VAGUE, words=w), st.sampled_from(sorted(VAGUE_FLOORS))),
    st.just(UNKNOWN),
)


@given(quantities)
def test_prints_and_parses_back(quantity: Quantity) -> None:
    assert parse_quantity(to_words(quantity)) == quantity


@given(st.text(max_size=200))
def test_any_text_reads_or_is_refused_with_a_reason(text: str) -> None:
    try:
        read = parse_quantity(text)
    except QuantityError:
        return
    assert parse_quantity(to_words(read)) == read
