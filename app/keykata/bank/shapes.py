"""Kinds of values made of others of one kind: lists, and mappings of free names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from keykata.bank.fields import Json, Kind
from keykata.bank.findings import Sheet, quoted, sentence
from keykata.bank.nodes import ListNode, MapNode, Node, TextNode, name_of

_GLUED_DASH = re.compile("-[^\\s-]|-\u00a0")
_GLUED_COLON = re.compile(r"([a-z][a-z0-9_-]*):(?!//)\S")


def wrong_shape(node: Node, sheet: Sheet, must: str, hint: str) -> None:
    """Something else stands where a list or named fields belong."""
    if type(node) is TextNode and not node.style:
        if not node.text.strip():
            what = f"{sentence(sheet.which())} is empty."
            sheet.at(node, "empty-field", what, "Write something, or delete the line.")
            return
        if _GLUED_DASH.match(node.text):
            what = f"{sentence(sheet.which())}: there is no space after `-`."
            sheet.at(node, "yaml-dash", what, "Write `- ` before each entry of the list.")
            return
        glued = _GLUED_COLON.match(node.text)
        if glued:
            name = glued.group(1)
            what = f"{sentence(sheet.whom())}: there is no space after `{quoted(name)}:`."
            sheet.at(node, "yaml-colon-space", what, f"Write `{quoted(name)}: ` with a space.")
            return
    found = {TextNode: "text", ListNode: "a list", MapNode: "names with values"}[type(node)]
    sheet.at(node, "schema-wrong-type", f"{sentence(sheet.which())} must be {must}, but is {found}.", hint)


@dataclass(frozen=True, slots=True)
class Told:
    """Values of a kind, with what an editor says of each."""

    kind: Kind
    doc: str

    def read(self, node: Node, sheet: Sheet) -> Any:
        """As the kind reads it."""
        return self.kind.read(node, sheet)

    def json(self) -> Json:
        """The kind's, described."""
        return {**self.kind.json(), "description": self.doc}


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list of values of a kind; `lone` also takes one value without a list around it."""

    kind: Kind
    lone: bool = False
    least: int = 0

    def read(self, node: Node, sheet: Sheet) -> tuple[Any, ...] | None:
        """The values; None when any of them is bad."""
        if type(node) is not ListNode:
            glued = type(node) is TextNode and not node.style and _GLUED_DASH.match(node.text)
            if self.lone and type(node) is TextNode and not glued:
                value = self.kind.read(node, sheet)
                return None if value is None else (value,)
            wrong_shape(node, sheet, "a list", "Write `[one, two]`, or an entry a line, each after `- `.")
            return None
        name = sheet.field
        out = []
        for entry in node.nodes:
            sheet.field = name
            out.append(self.kind.read(entry, sheet))
        if len(out) < self.least and node.whole:
            sheet.at(
                node, "empty-field", f"{sentence(sheet.which())} is an empty list.", "Write its entries."
            )
            return None
        return None if None in out else tuple(out)

    def json(self) -> Json:
        """An array, or one value."""
        array: Json = {"type": "array", "items": self.kind.json()}
        if self.least:
            array["minItems"] = self.least
        return {"anyOf": [self.kind.json(), array]} if self.lone else array


@dataclass(frozen=True, slots=True)
class MapOf:
    """A mapping from free names to values of a kind."""

    kind: Kind
    names: re.Pattern[str] | None = None
    must: str = ""

    def read(self, node: Node, sheet: Sheet) -> dict[str, Any] | None:
        """The values by name; None when any is bad."""
        if type(node) is not MapNode:
            wrong_shape(node, sheet, "names with values", "Write `name: text`, one a line.")
            return None
        owner = sheet.field
        out: dict[str, Any] = {}
        for name, value in node.entries.items():
            sheet.field = owner
            if self.names is not None and not self.names.fullmatch(name):
                what = f"`{quoted(name)}` in {sheet.which()} must be {self.must}."
                sheet.at(name_of(value), "schema-bad-value", what, f"Write {self.must} before the colon.")
                out[name] = None
                continue
            sheet.field = name
            out[name] = self.kind.read(value, sheet)
        return None if None in out.values() else out

    def json(self) -> Json:
        """An object of any names."""
        names: Json = {"propertyNames": {"pattern": f"^{self.names.pattern}$"}} if self.names else {}
        return {"type": "object", "additionalProperties": self.kind.json(), **names}
