"""The schemas and the reader agree: an editor underlines what `keykata check` refuses, and nothing else."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from random import Random
from typing import Any

import jsonschema
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from keykata.bank.kinds import FileKind
from keykata.bank.schema import KINDS, schema
from support.made_documents import errors, made, spoilt

# Rules of the reader that JSON Schema has no words for: the file's kind, the message, and why.
EXCEPTIONS: tuple[tuple[str, str, str], ...] = (
    ("comparison", r"neither a subject nor a field", "the names of cells are those of `subjects`"),
    ("comparison", r"has no cell for", "the names of cells are those of `subjects`"),
    ("comparison", r"is `else`, but more lines follow it", "the place in a list decides"),
    ("exam", r"weights of the domains add up", "a sum"),
    ("exam", r"does not hold the score that passes", "one number against another"),
)
COUNTED = ("schema-", "yaml-", "empty-field")  # not counted: references, ids that stand twice, rules of items
BATCH = 25


def as_javascript(
    _: Any, pattern: str, instance: Any, __: Any
) -> Iterator[jsonschema.exceptions.ValidationError]:
    """JSON Schema's patterns are those of JavaScript, where `$` is the end and not also before a line end."""
    if isinstance(instance, str) and not re.search(pattern.replace("$", r"\Z"), instance):
        yield jsonschema.exceptions.ValidationError(f"{instance!r} does not match {pattern!r}")


Validator = jsonschema.validators.extend(jsonschema.Draft202012Validator, {"pattern": as_javascript})
VALIDATORS = {kind: Validator(schema(kind)) for kind in KINDS}


def excused(kind: FileKind, message: str) -> bool:
    return any(kind == which and re.search(words, message) for which, words, _ in EXCEPTIONS)


def refusals(kind: FileKind, text: str) -> list[str]:
    """What the reader says against the shape of a file, without what no schema can say."""
    return [
        f"{problem.code}: {problem.message}"
        for problem in errors(kind, text)
        if problem.code.startswith(COUNTED) and not excused(kind, problem.message)
    ]


def assert_agreed(kind: FileKind, text: str) -> bool:
    """Whether both accept a file; every scalar of it is text, as for the reader."""
    document = yaml.load(text, Loader=yaml.CBaseLoader)
    said = [fault.message for fault in VALIDATORS[kind].iter_errors(document)]
    refused = refusals(kind, text)
    assert bool(said) == bool(refused), (kind, said, refused, text)
    return not said


@settings(max_examples=20, deadline=None)
@given(st.sampled_from(KINDS), st.integers(0, 2**32))
def test_good_documents_are_good_for_both(kind: FileKind, seed: int) -> None:
    dice = Random(seed)
    for _ in range(BATCH):
        assert assert_agreed(kind, json.dumps(made(kind, dice), ensure_ascii=False))


@settings(max_examples=120, deadline=None)
@given(st.sampled_from(KINDS), st.integers(0, 2**32))
def test_what_one_refuses_the_other_refuses(kind: FileKind, seed: int) -> None:
    dice = Random(seed)
    for _ in range(BATCH):
        assert_agreed(kind, json.dumps(spoilt(made(kind, dice), dice), ensure_ascii=False))


def with_value(kind: FileKind, path: tuple[str | int, ...], value: Any) -> str:
    """The text of a document with every field, one value of it put in place."""
    document = made(kind, Random(1))
    holder: Any = document
    for step in path[:-1]:
        holder = holder.setdefault(step, {}) if isinstance(holder, dict) else holder[step]
    holder[path[-1]] = value
    return json.dumps(document, ensure_ascii=False)


@pytest.mark.parametrize(
    ("kind", "path", "value", "good"),
    [
        ("questions", ("defaults", "fixed"), "true", True),
        ("questions", ("defaults", "fixed"), "yes", False),
        ("questions", ("defaults", "task"), "٣.٣", False),
        ("questions", ("defaults", "refs"), ["https:///x"], False),
        ("questions", ("defaults", "refs"), ["ftp://x"], False),
        ("questions", ("defaults", "refs"), ["kms:page\n"], False),
        ("term", ("was",), "-old", False),
        ("term", ("checked",), "٢٠٢٦-١١", False),
        ("term", ("name",), " ", False),
        ("exam", ("minutes",), "1440", True),
        ("exam", ("minutes",), "1441", False),
        ("exam", ("minutes",), "000", False),
        ("exam", ("minutes",), "0130", True),
        ("bank", ("sources",), {"kms": "https://docs.aws.amazon.com/kms"}, False),
        ("comparison", ("decide",), [{"if": "Is it?"}], False),
        ("comparison", ("decide",), [{"else": "a", "then": "a"}], False),
        ("comparison", ("decide",), [{"else": "a"}], True),
    ],
)
def test_where_a_rule_needs_more_than_a_type(
    kind: FileKind, path: tuple[str | int, ...], value: Any, good: bool
) -> None:
    assert assert_agreed(kind, with_value(kind, path, value)) is good


def test_a_quoted_text_may_begin_with_a_dash() -> None:
    question = {"stem": "x", "ask": "x", "options": [{"right": "x"}], "alt": "-40 degrees, as a curve"}
    assert assert_agreed("questions", json.dumps({"questions": {"q": question}}))
