"""Forms of English words by rule: plurals, and the forms of a regular verb."""

from collections.abc import Mapping
from enum import StrEnum


class Form(StrEnum):
    """A form of a verb. A regular verb's past and participle look alike."""

    BASE = "base"
    THIRD = "third"
    PAST = "past"
    PARTICIPLE = "participle"
    PAST_OR_PARTICIPLE = "past_or_participle"
    ING = "ing"


_VOWELS = "aeiou"
# Verbs of more than one syllable whose last consonant is doubled, as far as the lexicons use them.
_DOUBLING = {
    "expel",
    "compel",
    "transfer",
    "kidnap",
    "rebel",
    "trap",
    "stab",
    "stop",
    "slap",
    "rob",
    "ram",
    "club",
    "gas",
    "ship",
    "trek",
    "bed",
    "spur",
}


def plural(noun: str) -> str:
    """The regular plural."""
    if noun.endswith(("s", "x", "z", "ch", "sh")):
        return noun + "es"
    if noun.endswith("y") and len(noun) > 1 and noun[-2] not in _VOWELS:
        return noun[:-1] + "ies"
    if noun.endswith("man") and noun not in ("german", "ottoman", "roman", "human", "shaman", "talisman"):
        return noun[:-3] + "men"
    return noun + "s"


def verb_forms(lemma: str, irregular: Mapping[str, list[str]]) -> list[tuple[str, Form]]:
    """Every form of the verb; `irregular` gives past, participle, -ing and third person, alternatives split by |."""
    forms = [(lemma, Form.BASE)]
    given = irregular.get(lemma)
    if given is not None:
        past, participle, ing, third = (words.split("|") for words in given)
        both = set(past) & set(participle)
        forms += [(word, Form.PAST_OR_PARTICIPLE) for word in sorted(both)]
        forms += [(word, Form.PAST) for word in past if word not in both]
        forms += [(word, Form.PARTICIPLE) for word in participle if word not in both]
        return forms + [(word, Form.ING) for word in ing] + [(word, Form.THIRD) for word in third]
    stem = lemma + lemma[-1] if lemma in _DOUBLING else lemma
    if lemma.endswith("e"):
        past_form, ing_form = lemma + "d", lemma[:-1] + "ing"
    elif lemma.endswith("y") and lemma[-2] not in _VOWELS:
        past_form, ing_form = lemma[:-1] + "ied", lemma + "ing"
    else:
        past_form, ing_form = stem + "ed", stem + "ing"
    return [*forms, (past_form, Form.PAST_OR_PARTICIPLE), (ing_form, Form.ING), (plural(lemma), Form.THIRD)]
