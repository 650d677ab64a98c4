"""What is asked about changes survives its way through a button, however many places a channel chose."""

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.answers.question import MAX_LENGTH, Ask, Question, UnreadableQuestionError, decode, encode
from bot.answers.span import Span, decode_span, in_order, mark
from bot.facts.topics import Topic
from bot.seeds.folder import read_folder

FOLDER = Path(__file__).parents[2] / "seeds" / "aleppo-2016"
places = st.lists(st.from_regex(r"[a-z]{1,30}", fullmatch=True), max_size=25)
sequences = st.tuples(st.integers(0, 2 * 10**9), st.integers(0, 2 * 10**9)).map(sorted)
spans = st.builds(
    lambda ends, topics, places: Span.over(*ends, topics, places),
    sequences,
    st.sets(st.sampled_from(Topic)),
    places,
)


@given(spans, st.integers(0, 36**2 - 1))
@example(Span.over(2 * 10**9, 2 * 10**9, list(Topic)[:-1], [f"place-{n}" for n in range(25)]), 36**2 - 1)
def test_there_and_back_within_the_limit(span: Span, offset: int) -> None:
    question = Question(Ask.CHANGES, span=span, offset=offset)
    text = encode(question)
    assert len(text) <= MAX_LENGTH
    assert decode(text) == question


@given(spans, spans)
def test_two_questions_never_have_one_text(a: Span, b: Span) -> None:
    assert (encode(Question(Ask.CHANGES, span=a)) == encode(Question(Ask.CHANGES, span=b))) is (a == b)


def test_the_order_in_which_topics_and_places_are_named_means_nothing() -> None:
    one = Span.over(1, 2, ["displaced", "casualties"], ["west", "east"])
    assert one == Span.over(1, 2, ["casualties", "displaced", "casualties"], ["east", "west"])
    assert one.topics == (Topic.CASUALTIES, Topic.DISPLACED)
    assert Span.over(1, 2, list(Topic)) == Span.over(1, 2)
    assert in_order(()) == tuple(Topic)
    assert in_order(["control", "casualties"]) == (Topic.CASUALTIES, Topic.CONTROL)


def test_a_topic_that_there_is_not_is_refused() -> None:
    with pytest.raises(ValueError, match="weather"):
        Span.over(1, 2, ["weather"])


def test_marks_give_back_the_places_they_were_made_from() -> None:
    ids = [place.id for place in read_folder(FOLDER).places]
    assert len({mark(place) for place in ids}) == len(ids), "no two places of the real gazetteer share a mark"
    chosen = ids[3:28]
    assert Span.over(1, 2, (), chosen).places(ids) == set(chosen)


@pytest.mark.parametrize(
    "text", ["", "1", "2.1", "1.2.w", "1.2..ab", "1.2.." + "abc" * 26, "1.2....", "-1.2", "1.2.+1", "1 .2", "١.٢"]
)
def test_what_no_span_says_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        decode_span(text)
    with pytest.raises(UnreadableQuestionError):
        decode(f"g{text}")
