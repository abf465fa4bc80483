"""Documents of every kind of file, made from the fields the reader knows, and ways to spoil one place."""

from __future__ import annotations

import json
from collections.abc import Iterator
from random import Random
from typing import Any

from keykata.bank import fields
from keykata.bank.events import read_tree
from keykata.bank.fields import Kind
from keykata.bank.kinds import RECORDS, FileKind
from keykata.bank.model import Problem
from keykata.bank.read_bank import read_header
from keykata.bank.read_comparison import read_comparison
from keykata.bank.read_exam import read_exam
from keykata.bank.read_guide import read_guide
from keykata.bank.read_question import read_questions
from keykata.bank.read_services import services_of
from keykata.bank.read_term import read_term
from keykata.bank.records import Keyed, Record, Rows
from keykata.bank.shapes import ListOf, MapOf, Told
from keykata.bank.source import open_source

Path = tuple[str | int, ...]
WORDS = (
    "A key",
    "Yes",
    "1.3",
    "Keys: all of them",
    "Ends in a stop.",
    "Zwei Schlüssel 🔑",
    "{subject} waits",
    "x",
)
IDS = ("a", "key-policy", "2024", "a-1", "x" * 64)
ODD = (
    *(
        "",
        " ",
        "\t",
        "~",
        "null",
        "-x",
        "- x",
        "#",
        "a b",
        "A",
        "Ä",
        "-",
        "a_b",
        "x" * 65,
        "a:b",
        "a/b",
        "a/b/c/d",
    ),
    *(
        "recall",
        "Recall",
        "true",
        "false",
        "yes",
        "True",
        "0",
        "-1",
        "007",
        "1e3",
        "99999",
        "1000000000",
        "1.0",
        "٣",
    ),
    *(
        "1.3",
        "1.",
        "111.1",
        "٣.٣",
        "2026-11",
        "2026-13",
        "2026-1",
        "1899-01",
        "٢٠٢٦-١١",
        "2026-11-01",
        "kms:page",
    ),
    *(
        "https://x",
        "https:///x",
        "https://",
        "ftp://x",
        "http:x",
        "https://x/{}",
        "kms://x",
        "kms:",
        "a\n",
        "front",
    ),
    *(
        "back",
        "sorter",
        "label",
        "was",
        "{subject}",
        "“x”",
        "'x'",
        "\u00a0x",
        "x\u2028y",
        "<<",
        "study-guide",
    ),
)
NAMES = ("nmae", "front", "sorter", "ask", "A b", "", "<<", "x" * 65, "1.3", "٣.٣", "why")


# --- good ones -------------------------------------------------------------------------------------------


def made(kind: FileKind, dice: Random) -> dict[str, Any]:
    """A document of a kind that is right in every field; every scalar is text."""
    found: dict[str, Any] = _value(RECORDS[kind], dice)
    if kind == "comparison":
        _fit_comparison(found, dice)
    if kind == "exam":
        _fit_exam(found)
    return found


def _value(kind: Kind, dice: Random) -> Any:
    match kind:
        case Told():
            return _value(kind.kind, dice)
        case Record():
            return _record(kind, dice)
        case Rows():
            return [_record(kind.record, dice) for _ in range(dice.randint(max(1, kind.least), 3))]
        case Keyed():
            return {name: _value(kind.record, dice) for name in dice.sample(IDS, dice.randint(1, 2))}
        case ListOf():
            values = [_value(kind.kind, dice) for _ in range(dice.randint(kind.least, 2))]
            return values[0] if kind.lone and values and dice.random() < 0.5 else values
        case MapOf():
            names = ("1.1", "2.3") if kind.names and kind.names.fullmatch("1.1") else ("a", "key-policy")
            return {name: _value(kind.kind, dice) for name in names}
    return _single(kind, dice)


def _single(kind: Kind, dice: Random) -> str:
    match kind:
        case fields.Prose() | fields.Line():
            text = dice.choice(WORDS)
            return text if "{subject}" in text else f"{text} {getattr(kind, 'holds', '')}".strip()
        case fields.Choice():
            return dice.choice(kind.words)
        case fields.Flag():
            return dice.choice(("true", "false"))
        case fields.Whole():
            return str(dice.choice((kind.low, kind.high, max(kind.low, kind.high // 2))))
        case fields.Month():
            return "2026-11"
        case fields.Task():
            return dice.choice(("1.3", "4.4", "12.10"))
        case fields.Address():
            pages = ["https://docs.aws.amazon.com/x.html"] + (["kms:concepts#x"] if kind.prefixes else [])
            return dice.choice(pages) + kind.holds
        case fields.Reference():
            return dice.choice((*IDS, "kms:grant", "grant/token", "kms:grant/token"))
        case fields.Name():
            return dice.choice(IDS)
    raise AssertionError(f"no value for {kind}")


def _record(kind: Record, dice: Random) -> Any:
    if kind.main and dice.random() < 0.5:
        return _value(kind.by_name[kind.main].kind, dice)
    one = dice.choice(kind.one_of) if kind.one_of else ""
    needed = {one, *kind.required, *kind.together.get(one, ())}
    barred = ({*kind.one_of} | {name for name, with_ in kind.together.items() if one not in with_}) - needed
    return {
        field.name: _value(field.kind, dice)
        for field in kind.fields
        if field.name in needed or (field.name not in barred and dice.random() < 0.5)
    }


def _fit_comparison(found: dict[str, Any], dice: Random) -> None:
    """Cells under the columns, and `else` on the last line of the tree alone."""
    for aspect in found["aspects"].values():
        aspect.update({column: dice.choice(WORDS) for column in found["subjects"]})
    if "decide" in found:
        lines = found["decide"]
        found["decide"] = [line for line in lines if "if" in line] + [
            line for line in lines if "else" in line
        ][:1]


def _fit_exam(found: dict[str, Any]) -> None:
    """Weights that fill the whole, a score on the scale, each task in one domain."""
    name, domain = next(iter(found["domains"].items()))
    found["domains"] = {name: {**domain, "weight": "100"}}
    found.update({"pass": "720", "scale": {"from": "100", "to": "1000"}})


# --- spoilt ones -----------------------------------------------------------------------------------------


def spoilt(document: dict[str, Any], dice: Random) -> dict[str, Any]:
    """The document with one place changed; not every change is for the worse."""
    copy: dict[str, Any] = json.loads(json.dumps(document))
    path = dice.choice(list(_paths(copy)))
    holder: Any = copy
    for step in path[:-1]:
        holder = holder[step]
    last: Any = path[-1]
    how = dice.choice(("drop", "odd", "odd", "odd", "shape", "unknown", "rename"))
    inside = holder[last]
    if how == "drop":
        del holder[last]
    elif how == "unknown" and isinstance(inside, dict):
        inside[dice.choice(NAMES)] = dice.choice(WORDS)
    elif how == "rename" and isinstance(holder, dict):
        value = holder.pop(last)
        holder[dice.choice((*NAMES, *IDS))] = value
    elif how == "shape":
        holder[last] = dice.choice(([], {}, ["x"], {"x": "y"}, "x", [["x"]], [{}], {"x": []}))
    else:
        holder[last] = dice.choice(ODD)
    return copy


def _paths(node: Any, above: Path = ()) -> Iterator[Path]:
    pairs = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for step, value in pairs:
        yield (*above, step)
        yield from _paths(value, (*above, step))


# --- read ------------------------------------------------------------------------------------------------


def errors(kind: FileKind, text: str) -> list[Problem]:
    """The errors of a file read by itself, before any reference is looked up."""
    name = "made.md" if kind == "guide" else "made.yaml"
    source = open_source(name, (f"---\n{text}\n---\n\nText.\n" if kind == "guide" else text).encode())
    sheet = source.sheet
    if kind == "guide":
        read_guide(source)
    else:
        tree = read_tree(source)
        match kind:
            case "term":
                read_term(tree, sheet)
            case "comparison":
                read_comparison(tree, sheet)
            case "questions":
                read_questions(tree, sheet)
            case "exam":
                read_exam(tree, sheet)
            case "bank":
                read_header(tree, sheet, "", "made")
            case "services":
                services_of(tree, sheet)
    return [problem for problem in sheet.all() if problem.severity == "error"]
