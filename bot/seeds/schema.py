"""The JSON Schemas of the seed files, for editors and for other programs."""

import json
from typing import Any

import msgspec

from bot.seeds.format import ConflictFile, ReportFile, SourcesFile

SHAPES: dict[str, type[msgspec.Struct]] = {
    "conflict.schema.json": ConflictFile,
    "sources.schema.json": SourcesFile,
    "report.schema.json": ReportFile,
}


def schema_text(shape: type[msgspec.Struct]) -> str:
    """The schema of one file as it stands in `seeds/schema/`."""
    schema: dict[str, Any] = {"$schema": "https://json-schema.org/draft/2020-12/schema", **msgspec.json.schema(shape)}
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
