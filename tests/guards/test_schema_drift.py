"""The schemas that are committed are those of the reader, and the shipped content meets them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pytest
import yaml

from keykata.bank.kinds import FileKind
from keykata.bank.model import BankHeader, Exam, Question
from keykata.bank.registry import Service
from keykata.bank.schema import KINDS, schema
from support.bank_texts import FILES

CONTENT = Path(__file__).resolve().parents[2] / "content"
MODELINE = "# yaml-language-server: $schema="
FOLDERS = {
    "bank": "*/bank.yaml",
    "exam": "exams/*.yaml",
    "term": "*/terms/*.yaml",
    "comparison": "*/comparisons/*.yaml",
    "questions": "*/questions/**/*.yaml",
    "guide": "*/guides/*.md",
    "services": "services.yaml",
}


def silent(node: Any, path: str = "") -> list[str]:
    """What an editor has nothing to say about: fields, entries of lists, values under ids."""
    if isinstance(node, list):
        return [found for place, value in enumerate(node) for found in silent(value, f"{path}/{place}")]
    if not isinstance(node, dict):
        return []
    values = dict(node.get("properties", {}))
    values |= {
        name: node[name] for name in ("items", "additionalProperties") if isinstance(node.get(name), dict)
    }
    own = [f"{path}/{name}" for name, value in values.items() if not value.get("description")]
    return own + [found for key, value in node.items() for found in silent(value, f"{path}/{key}")]


@pytest.mark.parametrize("kind", KINDS)
def test_the_committed_schema_is_that_of_the_reader(kind: FileKind) -> None:
    committed = json.loads((CONTENT / "schema" / f"{kind}.json").read_text(encoding="utf-8"))
    assert committed == schema(kind), "run scripts/schemas"


@pytest.mark.parametrize("kind", KINDS)
def test_a_schema_is_one_and_speaks_on_hover(kind: str) -> None:
    committed = json.loads((CONTENT / "schema" / f"{kind}.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(committed)
    assert committed["additionalProperties"] is False
    assert silent(committed) == []


@pytest.mark.parametrize("kind", KINDS)
def test_shipped_files_meet_their_schema(kind: str) -> None:
    validator = jsonschema.Draft202012Validator(
        json.loads((CONTENT / "schema" / f"{kind}.json").read_text(encoding="utf-8"))
    )
    for path in sorted(CONTENT.glob(FOLDERS[kind])):
        text = path.read_text(encoding="utf-8")
        front = text.split("---\n")[1] if kind == "guide" else text
        faults = [fault.message for fault in validator.iter_errors(yaml.load(front, Loader=yaml.CSafeLoader))]
        assert faults == [], path.name


def defaults_of(node: Any) -> Iterator[tuple[str, Any]]:
    """Every field that has a default, with it."""
    if isinstance(node, dict):
        for name, value in node.get("properties", {}).items():
            if "default" in value:
                yield name, value["default"]
        for value in node.values():
            yield from defaults_of(value)


def test_the_defaults_an_editor_offers_are_those_of_the_items() -> None:
    real = {
        "blueprint": BankHeader(id="x", name="x").blueprint,
        "extra_minutes": model_default(Exam, "extra_minutes"),
        "pass": model_default(Exam, "pass_score"),
        "level": model_default(Question, "level"),
        "fixed": model_default(Question, "fixed"),
        "scope": model_default(Service, "scope"),
    }
    offered = [pair for kind in KINDS for pair in defaults_of(schema(kind))]
    assert {name for name, _ in offered} == set(real)
    assert all(real[name] == default for name, default in offered)


def model_default(struct: type[msgspec.Struct], name: str) -> Any:
    """What a field of a struct is when it is left out."""
    return {field.name: field.default for field in msgspec.structs.fields(struct)}[name]


@pytest.mark.parametrize("path", sorted(CONTENT.glob("**/*.yaml")), ids=lambda path: path.name)
def test_every_shipped_file_leads_its_editor_to_the_schema(path: Path) -> None:
    first = path.read_text(encoding="utf-8").split("\n", 1)[0]
    assert first.startswith(MODELINE), path
    kind = next(kind for kind, pattern in FOLDERS.items() if path in CONTENT.glob(pattern))
    assert (path.parent / first.removeprefix(MODELINE)).resolve() == CONTENT / "schema" / f"{kind}.json"


def test_a_schema_refuses_what_the_reader_refuses() -> None:
    validator = jsonschema.Draft202012Validator(schema("term"))
    good = yaml.safe_load(FILES["terms/customer-managed-key.yaml"])
    assert validator.is_valid(good)
    assert not validator.is_valid({**good, "nmae": "x"})
    assert not validator.is_valid({name: value for name, value in good.items() if name != "short"})
    assert not validator.is_valid({**good, "also": "one"})
