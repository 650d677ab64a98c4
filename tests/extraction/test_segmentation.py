"""Paragraphs, sentences, quotations: offsets into the text."""

import pytest

from bot.extraction.segmentation import LONGEST_SENTENCE, quotations, sentences


def cut(text: str) -> list[str]:
    return [text[s.start : s.end] for s in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Five died. Six fled.", ["Five died.", "Six fled."]),
        ("Gen. Ahmed Saleh spoke. It rained.", ["Gen. Ahmed Saleh spoke.", "It rained."]),
        ("The U.S. envoy left. The talks ended.", ["The U.S. envoy left.", "The talks ended."]),
        ('"They came at night." She wept.', ['"They came at night."', "She wept."]),
        ("Prices rose 2.5 percent in May.", ["Prices rose 2.5 percent in May."]),
        ("Officials agreed.Two others did not.", ["Officials agreed.", "Two others did not."]),
    ],
)
def test_sentences_end_where_people_end_them(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


def test_paragraphs_are_counted_without_the_empty_ones() -> None:
    spans = sentences("One. Two.\n\n\nThree.\n")
    assert [(s.paragraph, s.number) for s in spans] == [(1, 1), (1, 2), (2, 1)]


def test_a_sentence_without_end_is_cut() -> None:
    assert max(s.end - s.start for s in sentences("x" * 9_999)) == LONGEST_SENTENCE


def test_quotations_end_with_their_paragraph_at_the_latest() -> None:
    text = 'He said: "We left.\nNobody "stayed" there.'
    assert [text[a:b] for a, b in quotations(text)] == ['"We left.', '"stayed"']
