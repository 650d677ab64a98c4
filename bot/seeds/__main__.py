"""Writes the JSON Schemas of the seed files: `python -m bot.seeds`."""

from pathlib import Path

from bot.seeds.schema import SHAPES, schema_text

FOLDER = Path("seeds/schema")

if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, shape in SHAPES.items():
        (FOLDER / name).write_text(schema_text(shape), encoding="utf-8")
