"""Sets of words, written as people write words."""


def word_set(words: str) -> frozenset[str]:
    """The words between blanks."""
    return frozenset(words.split())
