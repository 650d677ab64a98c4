"""The JSON Schemas beside the seeds are those of the program, and the files keep to them."""

import json
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from bot.seeds.schema import SHAPES, schema_text

SEEDS = Path(__file__).parents[2] / "seeds"
FOLDER = SEEDS / "aleppo-2016"
REPORTS = [*sorted((FOLDER / "reports").glob("*.toml")), *sorted((FOLDER / "later").rglob("*.toml"))]
FILES = [
    ("conflict.schema.json", FOLDER / "conflict.toml"),
    ("sources.schema.json", FOLDER / "sources.toml"),
    *(("report.schema.json", path) for path in REPORTS),
]


def plain(value: Any) -> Any:
    """TOML's dates as JSON has them."""
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value


def validator(name: str) -> Draft202012Validator:
    schema = json.loads((SEEDS / "schema" / name).read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def test_the_schemas_are_what_the_program_describes() -> None:
    written = {path.name: path.read_text(encoding="utf-8") for path in (SEEDS / "schema").glob("*.json")}
    assert written == {name: schema_text(shape) for name, shape in SHAPES.items()}, "run: make seeds-schema"


@pytest.mark.parametrize(("schema", "path"), FILES, ids=[path.name for _, path in FILES])
def test_every_file_keeps_to_its_schema(schema: str, path: Path) -> None:
    assert [error.message for error in validator(schema).iter_errors(plain(tomllib.loads(path.read_text())))] == []


@pytest.mark.parametrize(("schema", "path"), FILES, ids=[path.name for _, path in FILES])
def test_every_file_names_its_schema_for_editors(schema: str, path: Path) -> None:
    first = path.read_text(encoding="utf-8").splitlines()[0]
    named = (path.parent / first.removeprefix("#:schema ")).resolve()
    assert named == (SEEDS / "schema" / schema).resolve()


def test_a_schema_refuses_what_the_program_refuses() -> None:
    report = plain(tomllib.loads(REPORTS[0].read_text()))
    report["fact"][0]["mesure"] = "killed"
    assert any("mesure" in error.message for error in validator("report.schema.json").iter_errors(report))
