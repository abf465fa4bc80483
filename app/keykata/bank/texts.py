"""Text nodes that must be text: blank ones, those YAML mangled, those a comment cut, each told by name."""

from __future__ import annotations

from keykata.bank.findings import Sheet, quoted, sentence
from keykata.bank.nodes import MapNode, Node, TextNode
from keykata.bank.traps import QUOTE_ALL, TEXT_CUT, value_trap

_CURLY = "\u201c\u201d\u2018\u2019\u201e\u00ab"
_CLOSING = "\u201d\u2019\u201c\u00bb"


def _mangled(node: Node, sheet: Sheet) -> None:
    """A list or mapping where text belongs: nearly always a trap of YAML."""
    line = sheet.lines[node.line] if node.line < len(sheet.lines) else ""
    name = sentence(sheet.which())
    trap = value_trap(line[node.column :], name)
    if trap and trap[0] == "yaml-colon":
        pairs = (
            zip(node.keys.values(), node.entries.values(), strict=True) if isinstance(node, MapNode) else ()
        )
        trap = trap if [key.line == value.line for key, value in pairs] == [True] else None
    if trap:
        sheet.add(trap[0], node.line, node.column + trap[1], trap[2], trap[3])
        return
    found = "names with values" if isinstance(node, MapNode) else "a list"
    sheet.at(node, "schema-wrong-type", f"{name} must be text, but is {found}.", "Write one text there.")


def plain(node: Node, sheet: Sheet) -> TextNode | None:
    """A node that must be text and not blank."""
    if type(node) is not TextNode:
        _mangled(node, sheet)
        return None
    text = node.text
    if not text or text.isspace():
        sheet.at(
            node,
            "empty-field",
            f"{sentence(sheet.which())} is empty.",
            "Write something, or delete the line.",
        )
        return None
    if text == "~" and not node.style:
        sheet.at(node, "yaml-null", f"{sentence(sheet.which())} is `~`, YAML's word for nothing.", QUOTE_ALL)
        return None
    return node


def prose_text(node: Node, sheet: Sheet) -> str | None:
    """A text that people read: it must not be cut by a comment; curly quotes around it are told."""
    one = plain(node, sheet)
    if one is None:
        return None
    text = one.text
    if one.cut >= 0:
        sheet.add("yaml-text-cut", one.line, one.cut, *TEXT_CUT)
        return None
    if text[0] in _CURLY and text[-1] in _CLOSING and not one.style:
        what = f"{sentence(sheet.which())} stands in curly quotes, which become part of it."
        sheet.at(
            node,
            "yaml-curly-quotes",
            what,
            'Type straight quotes ("), or put `|` before it.',
            severity="warning",
        )
    return text


def bad_value(node: TextNode, sheet: Sheet, must: str, hint: str, instead: str = "") -> None:
    """A text that is not what its field takes; curly quotes around it are told by name.

    Args:
        instead: the one thing it can have meant, "" when that is not sure.
    """
    text = node.text.strip()
    if text[0] in _CURLY:
        what = f"{sentence(sheet.which())} stands in curly quotes."
        sheet.at(node, "yaml-curly-quotes", what, 'Type straight quotes ("), or none.')
        return
    what = f"{sentence(sheet.which())} is `{quoted(text)}`; it must be {must}."
    sheet.at(node, "schema-bad-value", what, hint, instead=instead)
