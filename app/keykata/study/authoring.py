"""Beginning a new item: a skeleton with an id of its own, put behind what the file holds."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path
from typing import Literal, NamedTuple

from keykata.bank.checking import bank_above
from keykata.bank.one_file import read_file
from keykata.core.disk import make_folder
from keykata.core.errors import UnreadableError, UnwritableError, UsageError
from keykata.core.ids import is_id
from keykata.study.checking import read_exams

NewKind = Literal["question", "term", "comparison"]
SCHEMAS = {"question": "questions", "term": "term", "comparison": "comparison"}
SCHEMA_ABOVE = 5  # folders in which a schema is looked for, from that of the file upwards
OPTIONS = "".join(
    f"""      - {"right" if number == 1 else "wrong"}: TODO option {number}, {state}
        why: TODO why it is {state}
"""
    for number, state in ((1, "right"), (2, "wrong in one way"), (3, "wrong in another"), (4, "wrong again"))
)
QUESTION = f"""  {{id}}:
    level: apply
    stem: |
      TODO the scenario of {{id}}, in two to four sentences.
    ask: TODO which solution meets these requirements?
    options:
{OPTIONS}    explanation: |
      TODO the principle behind it.
"""
TERM = """id: {id}
name: TODO official name
short: TODO what it is, in one sentence.
definition: |
  TODO what it is, in a paragraph.
concepts:
  first-fact: TODO a fact with the ==words to hide==.
"""
COMPARISON = """id: {id}
title: TODO what is compared
subjects:
  first:  {{term: todo-first-term, as: TODO a first one}}
  second: {{term: todo-second-term, as: TODO a second one}}
decide:
  - if: TODO is it so that only the first fits?
    then: first
  - else: second
aspects:
  first-row:
    label: TODO row
    ask: TODO does {{{{subject}}}} differ?
    first: TODO one way
    second: TODO the other way
sorter:
  title: TODO name of the drill
  scenarios:
    first-case:
      say: TODO a short case in which one of them fits.
      fits: first
      because: TODO why it fits, and the other does not.
"""


class Begun(NamedTuple):
    """Where a new item stands: its id and its line, from 1."""

    id: str
    line: int


def begin(kind: NewKind, path: Path, wanted: str = "") -> Begun:
    """Append the skeleton of an item; what the file holds stays byte for byte.

    Args:
        kind: what to begin.
        path: the file; it and its folder are made when they are missing.
        wanted: the id; without one it comes from the file's name.

    Raises:
        UsageError: the id is no id or is taken, or the file cannot take another item.
        UnreadableError: the file cannot be read.
        UnwritableError: the file cannot be written.
    """
    if path.suffix != ".yaml":
        raise UsageError(f"{path.name} does not end in .yaml.", hint="Banks read .yaml files only.")
    before = _bytes_of(path)
    if before.strip() and kind != "question":
        hint = f"A file holds one {kind}: name a new file with --into."
        raise UsageError(f"{path.name} exists already.", hint=hint)
    name = _free_id(path, wanted, kind)
    skeleton = _skeleton(kind, path, name, before)
    newline = "\r\n" if b"\r\n" in before else "\n"
    added = skeleton.replace("\n", newline).encode()
    try:
        make_folder(path.parent)
        with path.open("ab") as file:
            file.write(added)
    except OSError as fault:
        with suppress(OSError):  # a part of it would be no YAML
            os.truncate(path, len(before)) if before else path.unlink()
        reason, hint = fault.strerror or "it is refused", "Make room, or name another file with --into."
        raise UnwritableError(
            f"{path.name} cannot be written: {reason}.", where=str(path), hint=hint
        ) from fault
    mark = f"  {name}:" if kind == "question" else f"id: {name}"
    lines = (before + added).decode("utf-8", "replace").split("\n")
    return Begun(name, max(place for place, line in enumerate(lines, 1) if line.rstrip("\r") == mark))


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""
    except OSError as fault:
        reason = fault.strerror or "it is refused"
        raise UnreadableError(f"{path.name} cannot be read: {reason}.", where=str(path)) from fault


def _skeleton(kind: NewKind, path: Path, name: str, before: bytes) -> str:
    text = {"question": QUESTION, "term": TERM, "comparison": COMPARISON}[kind].format(id=name)
    text = text.replace("{{subject}}", "{subject}")
    if not before.strip():
        lead = "" if not before or before.endswith(b"\n") else "\n"
        return lead + _schema_line(kind, path) + ("questions:\n" if kind == "question" else "") + text
    _takes_more(path, before)
    return ("" if before.endswith(b"\n") else "\n") + "\n" + text


def _takes_more(path: Path, before: bytes) -> None:
    """Refuse a file where a question at its end would not become one of its questions.

    Raises:
        UsageError: it would not.
    """
    names = re.findall(rb"^([A-Za-z_][\w-]*):[ \t]*(.*?)[ \t\r]*$", before, re.M)
    if not names or names[-1][0] != b"questions" or (names[-1][1] and not names[-1][1].startswith(b"#")):
        what = f"{path.name} does not end with its `questions:`, one a line."
        raise UsageError(what, hint="Put `questions:` last in the file, or name another file with --into.")
    indents = set(
        re.findall(rb"^( +)[a-z0-9][a-z0-9-]*:[ \t]*\r?$", before[before.rindex(b"questions:") :], re.M)
    )
    if indents and b"  " not in indents:
        raise UsageError(f"The questions of {path.name} are not indented by two.", hint="Indent them by two.")


def _schema_line(kind: NewKind, path: Path) -> str:
    """The line by which an editor finds the schema; "" where none lies: it would only complain."""
    name = f"{SCHEMAS[kind]}.json"
    here = path.absolute().parent
    places = [
        place / name for above in (here, *here.parents)[:SCHEMA_ABOVE] for place in (above / "schema", above)
    ]
    found = next((place for place in places if place.is_file()), None)
    if found is None:
        return ""
    return f"# yaml-language-server: $schema={Path(os.path.relpath(found, here)).as_posix()}\n"


def _free_id(path: Path, wanted: str, kind: NewKind) -> str:
    taken = _taken(path)
    if wanted and not is_id(wanted):
        raise UsageError(f"{wanted} is no id.", hint="Small letters, digits and hyphens, at most 64.")
    if wanted in taken:
        raise UsageError(f"The id {wanted} is taken.", hint="Choose another one with --id.")
    stem = re.sub(r"[^a-z0-9]+", "-", path.stem.lower()).strip("-")[:50].strip("-") or kind
    choices = [stem] if kind != "question" else []
    number = 1
    while not wanted and not (choices and choices[0] not in taken):
        number += 1
        choices = [f"{stem}-{number - 1 if kind == 'question' else number}"]
    return wanted or choices[0]


def _taken(path: Path) -> set[str]:
    """The ids of the file's bank, or of the file alone."""
    bank = bank_above(path.absolute())
    files = (
        [one for one in bank.rglob("*.yaml") if one.name != "bank.yaml"]
        if bank
        else [path]
        if path.exists()
        else []
    )
    exams = read_exams()
    readings = [read_file(one, exams) for one in files]
    return {name for one in readings for name in (*(item.id for item in one.items), *one.spoiled)}
