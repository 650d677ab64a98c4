"""What holds for every text."""

from collections.abc import Callable

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.extraction.draft import Draft

Read = Callable[..., tuple[Draft, ...]]
WORDS = st.sampled_from(
    [
        "the",
        "a",
        "police",
        "said",
        "12",
        "people",
        ",",
        ".",
        "killed",
        "were",
        "at",
        "least",
        "including",
        "five",
        "children",
        "in",
        "Aleppo",
        "on",
        "Friday",
        "and",
        "wounded",
        "of",
        "them",
        "who",
        "(",
        ")",
        '"',
        "since",
        "between",
        "3",
        "2016",
        "army",
        "seized",
        "town",
        "by",
        "rebels",
        "not",
        "could",
        "thousands",
        "–",
        "families",
        "fled",
        "he",
        "it",
        "40",
        "%",
        "Larkport",
        "district",
        "some",
        "no",
        "death",
        "toll",
        "to",
        "\n",
    ]
)
TEXTS = st.one_of(st.lists(WORDS, max_size=60).map(" ".join), st.text(max_size=300))
LAX = settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None)


@given(TEXTS)
@LAX
def test_every_span_points_into_the_text_and_reading_is_deterministic(read: Read, text: str) -> None:
    drafts = read(text)
    assert drafts == read(text)
    for number, draft in enumerate(drafts):
        assert draft.index == number
        assert 0 <= draft.span[0] < draft.span[1] <= len(text)
        assert 0.0 <= draft.confidence <= 1.0
        for step in draft.trace:
            assert step.span is None or 0 <= step.span[0] < step.span[1] <= len(text)
        for words in (draft.window_words,):
            assert words is None or words in text
        for other in (draft.part_of, draft.restates):
            assert other is None or (0 <= other < len(drafts) and other != number)


PASSAGES = (
    "Nine farmers were killed in Larkport on Friday, police said.",
    "At least 30 people, including six children, died in Dunmere on Thursday, the army said.",
    "More than 4,000 people have fled Castra since May 3, according to the governor.",
)


def essence(draft: Draft) -> tuple[object, ...]:
    return draft.measure, draft.quantity, draft.place, str(draft.window), draft.source, draft.actor, draft.stance


def test_an_unrelated_sentence_changes_no_other_fact(read: Read) -> None:
    for passage in PASSAGES:
        alone = [essence(d) for d in read(passage)]
        for text in (
            f"The harvest was good. {passage}",
            f"{passage} The harvest was good.",
            f"{passage}\n\nBread is cheap.",
        ):
            assert [essence(d) for d in read(text)] == alone


@given(st.permutations(PASSAGES))
@LAX
def test_shuffled_paragraphs_keep_their_facts(read: Read, order: list[str]) -> None:
    expected = sorted(str(essence(d)) for passage in PASSAGES for d in read(passage))
    assert sorted(str(essence(d)) for d in read("\n\n".join(order))) == expected
