"""The lexicons: data files beside this module, and what a conflict's pack adds to them, made ready for lookup."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from bot.extraction import tags as tg
from bot.extraction.inflection import Form, plural, verb_forms
from bot.extraction.phrases import PhraseTable, split_first
from bot.extraction.trigger_table import TriggerEntry, trigger_entries
from bot.facts.vocabulary import Population

Additions = Mapping[str, Mapping[str, Any]]
"""What a pack adds: file name ("people", "places", …) → key → words (a string of words, or a list of phrases)."""

NAMES = ("people", "things", "words", "triggers", "speech", "places", "actors", "control", "events")

_TAG_OF_WORDS = {
    "be": tg.BE,
    "have": tg.HAVE,
    "modal": tg.MODAL,
    "determiner": tg.DETERMINER,
    "possessive": tg.POSSESSIVE,
    "pronoun": tg.PRONOUN,
    "preposition": tg.PREPOSITION,
    "conjunction": tg.CONJUNCTION,
    "subordinator": tg.SUBORDINATOR,
    "relative": tg.RELATIVE,
    "adverb": tg.ADVERB,
    "negation": tg.NEGATION,
    "weekday": tg.WEEKDAY,
    "month": tg.MONTH,
    "time_word": tg.TIME,
    "include": tg.INCLUDE,
    "verbs": tg.VERB,
}
_NUMBER_WORDS = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
    "thirty",
    "forty",
    "fifty",
    "sixty",
    "seventy",
    "eighty",
    "ninety",
    "hundred",
    "thousand",
    "million",
    "dozen",
    "dozens",
    "scores",
    "tens",
    "hundreds",
    "thousands",
    "millions",
    "several",
    "both",
    "half",
    "quarter",
    "third",
    "quarters",
    "thirds",
    "couple",
    "pair",
    "few",
    "handful",
]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything the stages look up. Built once by `load_lexicon`, never changed."""

    tags: Mapping[str, int]
    veto_of: Mapping[str, str]
    population_of: Mapping[str, Population]
    triggers: PhraseTable[TriggerEntry]
    counted_nouns: frozenset[str]
    openers: PhraseTable[str]
    control: PhraseTable[tuple[str, Form | None]]
    control_areas: frozenset[str]
    events: PhraseTable[tuple[str, bool]]
    statement_verbs: frozenset[str]
    weak_speech: frozenset[str]
    organisation_anaphora: frozenset[str]
    person_anaphora: frozenset[str]
    place_level: Mapping[str, int]
    directions: frozenset[str]
    relative_places: frozenset[str]
    locatives: frozenset[str]
    particles: frozenset[str]
    countries: frozenset[str]
    nations: Mapping[str, str]
    bureaus: frozenset[str]
    capitals: Mapping[str, str]
    not_places: frozenset[str]
    actors: frozenset[str]
    deeds: frozenset[str]
    sides: frozenset[str]
    side_suffixes: tuple[str, ...]


def load_lexicon(additions: Additions | None = None) -> Lexicon:
    """The packaged lexicons with a pack's additions.

    Raises:
        ValueError: an addition names a lexicon or a population that does not exist.
    """
    extra = additions or {}
    unknown = set(extra) - set(NAMES)
    if unknown:
        raise ValueError(f"no lexicon is called {', '.join(sorted(unknown))}; there are {', '.join(NAMES)}")
    data = {name: _merged(_read(name), extra.get(name, {})) for name in NAMES}
    places, actors, speech = data["places"], data["actors"], data["speech"]
    levels = {word: int(level) for level, words in places["level"].items() for word in words.split()}
    populations: dict[str, Population] = {}
    for name, words in data["people"]["population"].items():
        populations.update(dict.fromkeys(words.split(), Population(name)))
    return Lexicon(
        tags=_tags(data, levels),
        veto_of={word: name for name, words in data["things"]["veto"].items() for word in words.split()},
        population_of=populations,
        triggers=PhraseTable(trigger_entries(data["triggers"])),
        counted_nouns=frozenset(
            word
            for section in data["triggers"].values()
            for word in section.get("counted", ())
            if isinstance(section, dict)
            if " " not in word
        ),
        openers=PhraseTable(
            [
                (first, split_first(phrase)[1], "opener")
                for phrase in speech["openers"]
                for first in split_first(phrase)[0]
            ]
        ),
        control=_control(data["control"]),
        control_areas=_set(data["control"]["area"]),
        events=_events(data["events"]),
        statement_verbs=frozenset(word for lemma in speech["statements"].split() for word, _ in verb_forms(lemma, {})),
        weak_speech=_set(speech["weak"]),
        organisation_anaphora=_set(speech["organisation_anaphora"]),
        person_anaphora=_set(speech["person_anaphora"]),
        place_level=levels,
        directions=_set(places["words"]["direction"]),
        relative_places=_set(places["words"]["relative"]),
        locatives=_set(places["words"]["locative"]),
        particles=_set(places["words"]["particle"]),
        countries=_set(places["words"]["countries"]),
        nations={
            word: country.replace("-", " ")
            for word, _, country in (pair.partition(":") for pair in places["words"]["nations"].split())
        },
        capitals={
            country.replace("-", " "): town.replace("-", " ")
            for country, _, town in (pair.partition(":") for pair in places["words"]["capitals"].split())
        },
        bureaus=_set(places["words"]["bureaus"]),
        not_places=_set(places["words"]["not_places"]),
        actors=_set(actors["actor"]),
        deeds=_set(actors["deed"]),
        sides=_set(actors["side"]),
        side_suffixes=tuple(actors["suffix"]),
    )


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((files("bot.extraction") / "lexicons" / f"{name}.toml").read_text(encoding="utf-8"))


def _merged(base: dict[str, Any], extra: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(base)
    for key, value in extra.items():
        if isinstance(value, Mapping):
            merged[key] = _merged(dict(base.get(key, {})), value)
        elif isinstance(value, str):
            merged[key] = f"{base.get(key, '')} {value}"
        else:
            merged[key] = [*base.get(key, []), *value]
    return merged


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


def _tags(data: Mapping[str, Any], levels: Mapping[str, int]) -> dict[str, int]:
    found: dict[str, int] = {}

    def mark(words: str | list[str], bits: int) -> None:
        for word in words.split() if isinstance(words, str) else words:
            found[word] = found.get(word, 0) | bits

    people = data["people"]
    for noun in people["singular"].split():
        mark([noun], tg.PERSON_SG)
        mark([plural(noun)], tg.PERSON)
    mark(people["plural"], tg.PERSON)
    mark(people["household"], tg.PERSON | tg.HOUSEHOLD)
    for words in data["things"]["veto"].values():
        mark(words, tg.THING)
    for key, bits in _TAG_OF_WORDS.items():
        mark(data["words"][key], bits)
    speech = data["speech"]
    mark(speech["verbs"], tg.SPEECH | tg.VERB)
    mark(speech["nouns"], tg.SPEAKER)
    mark(speech["adjectives"], tg.SPEAKER_ADJECTIVE)
    mark(list(levels), tg.PLACE_NOUN)
    mark(_NUMBER_WORDS, tg.QUANTITY)
    for country in data["places"]["words"]["countries"].split():
        found.setdefault(country, 0)  # Yemen is no plural of a yeman
    # Nouns for one person that are more often something else before another noun: "police", "general", "head".
    for word in ("general", "major", "local", "female", "male", "youth", "minor", "municipal", "national"):
        found[word] = found.get(word, 0) & ~tg.PERSON_SG
    return found


def _control(data: Mapping[str, Any]) -> PhraseTable[tuple[str, Form | None]]:
    entries: list[tuple[str, str, tuple[str, Form | None]]] = []
    for status in ("captured", "recaptured", "lost", "held", "entered", "contested", "passive", "in_hands"):
        for phrase in data[status]:
            firsts, rest = split_first(phrase)
            for lemma in firsts:
                entries += [(word, rest, (status, form)) for word, form in verb_forms(lemma, data["irregular"])]
    return PhraseTable(entries)


def _events(data: Mapping[str, Any]) -> PhraseTable[tuple[str, bool]]:
    entries: list[tuple[str, str, tuple[str, bool]]] = []
    for name, section in data.items():
        if name == "irregular":
            continue
        for phrase in section["nouns"]:
            firsts, rest = split_first(phrase)
            entries += [(first, rest, (name, False)) for first in firsts]
        for phrase in section["verbs"]:
            firsts, rest = split_first(phrase)
            for lemma in firsts:
                entries += [(word, rest, (name, True)) for word, _ in verb_forms(lemma, data["irregular"])]
    return PhraseTable(entries)
