"""What a conflict brings to the parser: its sources, actors and places, and words for the lexicons."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from bot.extraction.lexicon import Lexicon, load_lexicon


class Gazetteer(Protocol):
    """The places a conflict knows. The parser finds names by their pattern; the gazetteer says which place that is."""

    def resolve(self, words: str) -> str | None:
        """The id of the one place that `words` certainly name, else None. Never a guess."""
        ...


class NoGazetteer:
    """Knows no place: names stay words."""

    def resolve(self, words: str) -> str | None:
        """None."""
        return None


@dataclass(frozen=True, slots=True)
class Pack:
    """A conflict's pack.

    Attributes:
        sources: what a source is called, in small letters → the name to show ("observatory" → its full name).
        source_ids: the name to show → the id of the source in the seeds.
        actors: what an actor is called, in small letters → its id.
        country: what a total "since the war began" covers when the sentence names no place.
    """

    lexicon: Lexicon
    gazetteer: Gazetteer = field(default_factory=NoGazetteer)
    sources: Mapping[str, str] = field(default_factory=dict)
    source_ids: Mapping[str, str] = field(default_factory=dict)
    actors: Mapping[str, str] = field(default_factory=dict)
    country: str | None = None
    name: str = "none"


def plain_pack() -> Pack:
    """No conflict: the packaged lexicons alone."""
    return Pack(load_lexicon())
