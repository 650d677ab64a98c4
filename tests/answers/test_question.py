"""A question survives its way through a button, whatever ids the seeds hold; garbage is refused."""

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.answers.question import LATEST, MAX_LENGTH, Ask, Question, UnreadableQuestionError, decode, encode
from bot.facts.vocabulary import Population

LISTS = (Ask.CASUALTIES, Ask.DISPLACED, Ask.CONTROL, Ask.TIMELINE, Ask.STATEMENTS)
ids = st.from_regex(r"[a-z0-9]+(-[a-z0-9]+)*", fullmatch=True).filter(lambda text: len(text) <= 30) | st.just("a" * 30)
maybe_id = st.none() | ids
days = st.none() | st.dates()
what = st.one_of(
    st.sampled_from([*LISTS, Ask.DISTRICT, Ask.COMPARE, Ask.SOURCES]).map(lambda ask: (ask, None)),
    st.tuples(st.just(Ask.PROVENANCE), st.sampled_from(LISTS)),
    st.tuples(st.just(Ask.COMPARE), st.sampled_from([Ask.CASUALTIES, Ask.DISPLACED, Ask.CONTROL])),
)
lists = st.builds(
    lambda what, **rest: Question(what[0], of=what[1], **rest),
    what,
    place=maybe_id,
    source=maybe_id,
    since=days,
    until=days,
    population=st.none() | st.sampled_from(Population),
    offset=st.integers(0, 10**6),
    as_of=st.none() | st.integers(0, LATEST),
)
numbers = st.from_regex(r"[1-9][0-9]{0,3}[.][1-9][0-9]{0,3}", fullmatch=True) | st.just("12345.678")
records = st.builds(
    lambda report, number, at: Question(Ask.SOURCE, fact=f"{report}/{number}", as_of=at),
    ids, numbers, st.none() | st.integers(0, LATEST),
)  # fmt: skip
longest = Question(
    Ask.PROVENANCE, "a" * 30, "b" * 30, date(9999, 12, 31), date(9999, 12, 31), Population.JOURNALISTS,
    offset=10**6, of=Ask.STATEMENTS, as_of=LATEST,
)  # fmt: skip


@given(lists | records)
@example(longest)
@example(Question(Ask.SOURCE, fact=f"{'a' * 30}/12345.678", as_of=LATEST))
def test_there_and_back_within_the_limit(question: Question) -> None:
    text = encode(question)
    assert len(text) <= MAX_LENGTH
    assert decode(text) == question


@given(lists, lists)
def test_two_questions_never_have_one_text(a: Question, b: Question) -> None:
    assert (encode(a) == encode(b)) is (a == b)


@given(st.text(max_size=120) | st.from_regex(r"[cdpotsmrfvhyg](\|[a-z0-9/.+_ -]{0,8}){0,10}", fullmatch=True))
@example("c|||||||~|")
@example("c|||zzzzzzzzzzzzzzzzzz")
@example("c" + "|" * 9)
@example("c||||||" + "|" + "9" * 5000)
@example("c|||||||||-1")
@example("c|||||||||" + "9" * 5000)
@example("g")
@example("g1.2|")
@example("g1." + "9" * 5000)
def test_garbage_is_refused_and_nothing_else(text: str) -> None:
    try:
        question = decode(text)
    except UnreadableQuestionError:
        return
    assert 0 <= question.offset <= 10**6
    assert decode(encode(question)) == question or len(text) > MAX_LENGTH


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "C",
        "c||||||||x",
        "c|||0",
        "c|||||nobody",
        "c|a|b|c|d|e|f|g|h|i",
        "c" + "|" * 10,
        "h|||||||||1",
        "i|||||r/1.1|||1",
        "c|||||||||-1",
        "casualties",
        "r|||||||-5",
    ],
)
def test_texts_of_another_version(text: str) -> None:
    with pytest.raises(UnreadableQuestionError, match="This button belongs to another version of Sitrep"):
        decode(text)


@pytest.mark.parametrize("group", Population)
def test_a_button_of_an_old_message_has_the_whole_word(group: Population) -> None:
    assert decode(f"c|||||{group.value}") == decode(encode(Question(Ask.CASUALTIES, population=group)))
    assert len(encode(Question(Ask.CASUALTIES, population=group))) == 8


def test_an_id_longer_than_the_seeds_allow_is_a_bug_that_is_heard() -> None:
    with pytest.raises(ValueError, match="does not fit a button"):
        encode(Question(Ask.CASUALTIES, place="x" * 200))


def test_the_letters_of_buttons_that_stand_in_old_messages() -> None:
    """They may grow, and none may change its meaning."""
    assert {ask.name: ask.value for ask in Ask}.items() >= {
        "CASUALTIES": "c", "DISPLACED": "d", "DISTRICT": "p", "CONTROL": "o", "TIMELINE": "t", "STATEMENTS": "s",
        "COMPARE": "m", "SOURCES": "r", "SOURCE": "f", "PROVENANCE": "v", "HELP": "h", "PRIVACY": "y",
    }.items()  # fmt: skip
    assert len({ask.value for ask in Ask}) == len(Ask)


def test_a_negative_number_is_refused_and_not_counted_down_for_ever() -> None:
    with pytest.raises(ValueError, match="-1"):
        encode(Question(Ask.CASUALTIES, as_of=-1))
