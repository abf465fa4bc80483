"""The schemas that are committed are those of the reader, and the shipped content meets them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from keykata.bank.kinds import FileKind
from keykata.bank.schema import KINDS, schema
from support.bank_texts import FILES

CONTENT = Path(__file__).parents[2] / "content"
FOLDERS = {
    "bank": "*/bank.yaml",
    "exam": "exams/*.yaml",
    "term": "*/terms/*.yaml",
    "comparison": "*/comparisons/*.yaml",
    "questions": "*/questions/**/*.yaml",
    "guide": "*/guides/*.md",
}


def descriptions_missing(node: Any, path: str = "") -> list[str]:
    """Fields of a schema that an editor has nothing to say about."""
    out = []
    if isinstance(node, dict):
        for name, field in node.get("properties", {}).items():
            if not field.get("description"):
                out.append(f"{path}/{name}")
        for key, value in node.items():
            out += descriptions_missing(value, f"{path}/{key}")
    elif isinstance(node, list):
        for value in node:
            out += descriptions_missing(value, path)
    return out


@pytest.mark.parametrize("kind", KINDS)
def test_the_committed_schema_is_that_of_the_reader(kind: FileKind) -> None:
    committed = json.loads((CONTENT / "schema" / f"{kind}.json").read_text(encoding="utf-8"))
    assert committed == schema(kind), "run scripts/schemas"


@pytest.mark.parametrize("kind", KINDS)
def test_a_schema_is_one_and_speaks_on_hover(kind: str) -> None:
    committed = json.loads((CONTENT / "schema" / f"{kind}.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(committed)
    assert committed["additionalProperties"] is False
    assert descriptions_missing(committed) == []


@pytest.mark.parametrize("kind", KINDS)
def test_shipped_files_meet_their_schema(kind: str) -> None:
    validator = jsonschema.Draft202012Validator(
        json.loads((CONTENT / "schema" / f"{kind}.json").read_text(encoding="utf-8"))
    )
    for path in sorted(CONTENT.glob(FOLDERS[kind])):
        text = path.read_text(encoding="utf-8")
        front = text.split("---\n")[1] if kind == "guide" else text
        faults = [fault.message for fault in validator.iter_errors(yaml.safe_load(front))]
        assert faults == [], path.name


def test_a_schema_refuses_what_the_reader_refuses() -> None:
    validator = jsonschema.Draft202012Validator(schema("term"))
    good = yaml.safe_load(FILES["terms/customer-managed-key.yaml"])
    assert validator.is_valid(good)
    assert not validator.is_valid({**good, "nmae": "x"})
    assert not validator.is_valid({name: value for name, value in good.items() if name != "short"})
    assert not validator.is_valid({**good, "also": "one"})
