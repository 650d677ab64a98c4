"""The trigger lexicon as a table of phrases: which words say what happened to the people counted, and in which slot."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bot.extraction.inflection import Form, verb_forms
from bot.extraction.phrases import split_first


class Slot(StrEnum):
    """Where a trigger keeps the people it counts."""

    OBJECT = "object"
    SUBJECT = "subject"
    STATE = "state"
    NOUN_OF = "noun_of"
    COUNTED = "counted"
    TOLL = "toll"


@dataclass(frozen=True, slots=True)
class TriggerEntry:
    """What a trigger phrase means: the measure (a section of the lexicon), its slot, the form and lemma of its verb."""

    measure: str
    slot: Slot
    form: Form | None
    lemma: str


def trigger_entries(data: Mapping[str, Any]) -> list[tuple[str, str, TriggerEntry]]:
    """(first word, rest of the phrase, meaning) for every form of every trigger."""
    irregular = data["irregular"]
    entries: list[tuple[str, str, TriggerEntry]] = []
    for measure, section in data.items():
        if measure == "irregular":
            continue
        for slot in Slot:
            for phrase in section[slot.value]:
                firsts, rest = split_first(phrase)
                for lemma in firsts:
                    if slot in (Slot.OBJECT, Slot.SUBJECT):
                        entries += [
                            (word, _inflect_second(rest, irregular), TriggerEntry(measure, slot, form, phrase))
                            for word, form in verb_forms(lemma, irregular)
                        ]
                    else:
                        entries.append((lemma, rest, TriggerEntry(measure, slot, None, phrase)))
    return entries


def _inflect_second(rest: str, irregular: Mapping[str, list[str]]) -> str:
    """ "shoot and kill": the second verb may stand in any form too."""
    if not rest.startswith("and "):
        return rest
    second, _, tail = rest[4:].partition(" ")
    forms = "|".join(dict.fromkeys(word for word, _ in verb_forms(second, irregular)))
    return f"and {forms} {tail}".rstrip()
