"""Checks request bodies against Discord's official OpenAPI document (about half of the wrong payloads show there)."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from .codec import Json, loads
from .errors import Flaw
from .world import Validator


def validator(document: Path) -> Validator:
    """A function (method, path, body) → flaws, at most five of them."""
    spec = loads(document.read_bytes())
    registry = Registry().with_resource("urn:spec", DRAFT202012.create_resource(spec))
    table: list[tuple[int, str, re.Pattern[str], Any]] = []
    for path, operations in spec["paths"].items():
        pattern = re.compile(re.sub(r"\\\{[^}]*\\\}", "[^/]+", re.escape(path)))
        for method, operation in operations.items():
            content = operation.get("requestBody", {}).get("content", {}) if isinstance(operation, dict) else {}
            schema = content.get("application/json", {}).get("schema")
            if schema:
                checked = Draft202012Validator(_absolute(schema), registry=registry)
                table.append((path.count("{"), method.upper(), pattern, checked))
    table.sort(key=lambda row: row[0])  # literal segments (@original) win over parameters

    def check(method: str, path: str, body: Json) -> list[Flaw]:
        for _, wanted, pattern, schema in table:
            if wanted == method and pattern.fullmatch(path):
                errors = list(schema.iter_errors(body))[:5]
                return [(f"{method} {path} {'/'.join(map(str, e.absolute_path))}", e.message[:200]) for e in errors]
        return []

    return check


def _absolute(schema: Any) -> Any:
    if isinstance(schema, dict):
        return {k: f"urn:spec{v}" if k == "$ref" else _absolute(v) for k, v in schema.items()}
    return [_absolute(item) for item in schema] if isinstance(schema, list) else schema
