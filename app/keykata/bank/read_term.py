"""A term file into a draft."""

from __future__ import annotations

from typing import Any

from keykata.bank.drafts import WHOLE_FILE, Draft, place_of
from keykata.bank.findings import Sheet
from keykata.bank.kinds import TERM
from keykata.bank.model import Concept, Faq, OnExam, Term
from keykata.bank.nodes import Node, TextNode, Tree, child
from keykata.bank.records import Raw


def file_id(tree: Tree, sheet: Sheet) -> str:
    """The id a one-item file gives itself, for messages; its own name when it gives none."""
    node = child(tree.root, "id")
    if type(node) is TextNode and node.text.strip():
        return node.text
    return sheet.file.replace("\\", "/").rsplit("/", 1)[-1].rsplit(".", 1)[0]


def root_of(tree: Tree, sheet: Sheet) -> Node | None:
    """The top of a file; None, and a problem, when the file is empty."""
    if tree.root is None and not sheet.errors:
        sheet.add("empty-field", 0, 0, "The file is empty.", "Write its fields, or delete the file.")
    return tree.root


def parts_of(raw: Raw, name: str) -> list[tuple[str, Raw]]:
    """The records under a field, by id, without those that lack a required field."""
    found: dict[str, Raw] = raw.values.get(name, {})
    return [(key, part) for key, part in found.items() if not part.bad]


def unique_parts(raw: Raw, names: tuple[str, ...], whom: str, sheet: Sheet) -> None:
    """A part's id stands once in its item, whatever the part."""
    seen: dict[str, tuple[str, int]] = {}
    for name in names:
        found: dict[str, Raw] = raw.values.get(name, {})
        for key, part in found.items():
            if key in seen:
                first, line = seen[key]
                what = (
                    f"The part `{key}` stands twice in {whom}: in `{first}` on line {line}, and in `{name}`."
                )
                sheet.at(part.key, "dup-id", what, "Give one of the two another id.")
            else:
                seen[key] = (name, part.place[0] + 1)


def only(values: dict[str, Any], *names: str) -> dict[str, Any]:
    """Those values that are there, by name."""
    return {name: values[name] for name in names if name in values}


def read_term(tree: Tree, sheet: Sheet) -> list[Draft]:
    """The term of a file: one draft, or none when there is nothing to read."""
    root = root_of(tree, sheet)
    if root is None:
        return []
    name = file_id(tree, sheet)
    sheet.item = name
    with sheet.inside("term", name):
        raw = TERM.read(root, sheet)
        if raw is not None:
            unique_parts(raw, ("concepts", "on_exam", "faqs"), f"the term `{name}`", sheet)
    sheet.item = ""
    if raw is None:
        return []
    values = raw.values
    term = Term(
        id=values.get("id", name),
        name=values.get("name", ""),
        short=values.get("short", ""),
        definition=values.get("definition", ""),
        concepts=tuple(
            Concept(
                id=key,
                line=part.place[0] + 1,
                **only(part.values, "text", "why", "loose", "refs", "was"),
            )
            for key, part in parts_of(raw, "concepts")
        ),
        on_exam=tuple(OnExam(id=key, text=part.values["text"]) for key, part in parts_of(raw, "on_exam")),
        faqs=tuple(
            Faq(id=key, line=part.place[0] + 1, **only(part.values, "q", "a", "loose", "refs", "was"))
            for key, part in parts_of(raw, "faqs")
        ),
        place=place_of(raw, sheet),
        **only(
            values, "sensei", "also", "retired", "confused_with", "related", "refs", "checked", "was", "allow"
        ),
    )
    sheet.claim(name, *WHOLE_FILE)
    spoiled = sheet.errors > 0 or not raw.node_is_whole
    return [Draft(term, raw, sheet, spoiled=spoiled)]
