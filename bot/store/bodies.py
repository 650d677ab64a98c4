"""Values as they lie in a column: JSON, written once and read with the type it was written with."""

import msgspec

from bot.facts.fact import Actor, Conflict, Fact, Report, Source
from bot.places.place import Place

_encoder = msgspec.json.Encoder()
decode_fact = msgspec.json.Decoder(Fact).decode
decode_facts = msgspec.json.Decoder(tuple[Fact, ...]).decode
decode_ids = msgspec.json.Decoder(frozenset[str]).decode
decode_report = msgspec.json.Decoder(Report).decode
decode_source = msgspec.json.Decoder(Source).decode
decode_actor = msgspec.json.Decoder(Actor).decode
decode_place = msgspec.json.Decoder(Place).decode
decode_conflict = msgspec.json.Decoder(Conflict).decode


def encode(value: object) -> str:
    """The JSON of a value, the same text for the same value."""
    return _encoder.encode(value).decode()
