"""Kinds of values with named fields: records, lists of them, records under their ids."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

from keykata.bank.fields import Json, Kind
from keykata.bank.findings import Sheet, quoted, sentence
from keykata.bank.mending import as_id
from keykata.bank.nodes import ListNode, MapNode, Node, TextNode, name_of
from keykata.bank.shapes import wrong_shape
from keykata.bank.suggest import did_you_mean
from keykata.core.ids import is_id

RESERVED = frozenset({"front", "back", "sorter"})
# Fields that stand where ids do when they are indented too far.
NEVER_IDS = frozenset({"on_exam", "confused_with", "extra_minutes"})
RESERVED_COLUMNS = RESERVED | {"label", "ask", "why", "refs", "was"}
_NONE: frozenset[str] = frozenset()
_NBSP = "\u00a0\u1680\u2007\u202f\u3000\u200b"


@dataclass(frozen=True, slots=True)
class Field:
    """A named field of a record.

    `attr` is its name in the structs when it differs, `default` what it is when it is left out and an editor
    may offer.
    """

    name: str
    kind: Kind
    doc: str
    required: bool = False
    attr: str = ""
    default: str | int | bool | None = None

    def json(self) -> Json:
        """The kind's schema, described; a record of fields has words of its own."""
        told = self.kind.json()
        own = told.pop("description", "")
        offered = {} if self.default is None else {"default": self.default}
        return {"description": own if isinstance(self.kind, Record) else self.doc, **told, **offered}


class Raw(msgspec.Struct, frozen=True, gc=False):
    """A record as read: values by attribute, the names of fields with a problem, and where it stands."""

    values: dict[str, Any]
    bad: frozenset[str]
    node: Node
    key: Node

    @property
    def place(self) -> tuple[int, int]:
        """Line and column (from 0) of its name."""
        return self.key.line, self.key.column

    @property
    def node_is_whole(self) -> bool:
        """Whether the file did not break off inside it."""
        return isinstance(self.node, TextNode) or self.node.whole


@dataclass(frozen=True, slots=True)
class Record:
    """Named fields. `main`: a plain text stands for the record with that field alone.

    `extra`: fields of other names are allowed and are of that kind, gathered under the attribute `cells`.
    `one_of`: exactly one of these fields; `together`: what a field needs beside it. Whoever reads the item
    sees to both, in better words.
    """

    noun: str
    doc: str
    fields: tuple[Field, ...]
    main: str = ""
    extra: Kind | None = None
    one_of: tuple[str, ...] = ()
    together: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    by_name: Mapping[str, Field] = field(init=False, repr=False)
    required: tuple[str, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Look-up tables."""
        object.__setattr__(self, "by_name", {one.name: one for one in self.fields})
        object.__setattr__(self, "required", tuple(one.name for one in self.fields if one.required))

    def read(self, node: Node, sheet: Sheet) -> Raw | None:
        """The record; None when it is not named fields at all."""
        return self.read_at(node, node, sheet)

    def read_at(self, node: Node, key: Node, sheet: Sheet, filled: Collection[str] = ()) -> Raw | None:
        """The record under a name; `filled` are the fields that `defaults` give."""
        if type(node) is not MapNode:
            if self.main and type(node) is TextNode:
                value = self.by_name[self.main].kind.read(node, sheet)
                return None if value is None else Raw({self.main: value}, frozenset(), node, key)
            wrong_shape(
                node, sheet, "named fields", f"Write `{self.fields[0].name}: ...` and the others, one a line."
            )
            return None
        values: dict[str, Any] = {}
        cells: dict[str, Any] | None = None if self.extra is None else {}
        bad: list[str] = []
        by_name = self.by_name
        for name, value_node in node.entries.items():
            one = by_name.get(name)
            sheet.field = name
            if one is not None:
                value = one.kind.read(value_node, sheet)
                if value is None:
                    bad.append(name)
                else:
                    values[one.attr or name] = value
            elif self.extra is not None and cells is not None:
                cells[name] = self.extra.read(value_node, sheet)
            else:
                self._unknown(name, name_of(value_node), sheet)
        sheet.field = ""
        if cells is not None:
            values["cells"] = cells
        for name in self.required:
            if name not in node.entries and name not in filled:
                bad.append(name)
                if node.whole:
                    self._missing(name, key, sheet)
        return Raw(values, frozenset(bad) if bad else _NONE, node, key)

    def _unknown(self, name: str, node: TextNode, sheet: Sheet) -> None:
        if name == "<<" and not node.style:
            return  # told when the file was parsed
        if name[:1] in _NBSP and name:
            what = f"A no-break space (U+{ord(name[0]):04X}) stands before `{quoted(name.strip())}`."
            sheet.at(node, "yaml-nbsp", what, "Delete the indentation and type it again with the space bar.")
            return
        hint = did_you_mean(name, self.by_name, "It knows " + ", ".join(self.by_name) + ".")
        what = f"{sentence(sheet.whom())} has a field `{quoted(name)}`, which the format does not know."
        sheet.at(node, "schema-unknown-field", what, hint)

    def _missing(self, name: str, key: Node, sheet: Sheet) -> None:
        what = f"{sentence(sheet.whom())} has no `{name}`."
        doc = self.by_name[name].doc
        hint = f"Add `{name}:` with {doc[:1].lower() + doc[1:].split('.')[0].split(';')[0]}."
        sheet.at(key, "schema-missing-field", what, hint)

    def json(self) -> Json:
        """An object of exactly these fields."""
        out: Json = {"type": "object", "description": self.doc, "properties": {}}
        for one in self.fields:
            out["properties"][one.name] = one.json()
        if self.required:
            out["required"] = list(self.required)
        if self.one_of:
            out["oneOf"] = [{"required": [name]} for name in self.one_of]
        if self.together:
            out["dependentRequired"] = {name: list(others) for name, others in self.together.items()}
        out["additionalProperties"] = False if self.extra is None else self.extra.json()
        if self.main:
            return {"description": self.doc, "anyOf": [self.by_name[self.main].json(), out]}
        return out


@dataclass(frozen=True, slots=True)
class Rows:
    """A list of records without ids, numbered from 1 in messages."""

    record: Record
    least: int = 0

    def read(self, node: Node, sheet: Sheet) -> tuple[Raw, ...] | None:
        """The records that are named fields; None when it is no list or one is not."""
        if type(node) is not ListNode:
            wrong_shape(
                node,
                sheet,
                "a list",
                f"Write an entry a line, each after `- {self.record.fields[0].name}: `.",
            )
            return None
        name = sheet.field
        out: list[Raw | None] = []
        for number, entry in enumerate(node.nodes, 1):
            sheet.enter(self.record.noun, str(number))
            out.append(self.record.read_at(entry, entry, sheet))
            sheet.leave()
        sheet.field = name
        if len(out) < self.least and node.whole:
            sheet.at(
                node, "empty-field", f"{sentence(sheet.which())} is an empty list.", "Write its entries."
            )
            return None
        return None if None in out else tuple(one for one in out if one is not None)

    def json(self) -> Json:
        """An array of objects."""
        out: Json = {"type": "array", "items": self.record.json()}
        return {**out, "minItems": self.least} if self.least else out


@dataclass(frozen=True, slots=True)
class Keyed:
    """Records keyed by their ids."""

    record: Record
    reserved: frozenset[str] = RESERVED
    ids: re.Pattern[str] | None = None  # another shape of ids than the usual one

    def read(self, node: Node, sheet: Sheet) -> dict[str, Raw] | None:
        """The records that could be read, by id."""
        if type(node) is not MapNode:
            hint = f"Write each {self.record.noun} under an id of its own: `some-id:`."
            wrong_shape(node, sheet, "records under their ids", hint)
            return None
        out: dict[str, Raw] = {}
        for name, value in node.entries.items():
            key = name_of(value)
            self.check_id(name, key, sheet, taken=node.entries)
            sheet.enter(self.record.noun, name)
            raw = self.record.read_at(value, key, sheet)
            sheet.leave()
            if raw is not None:
                out[name] = raw
        return out

    def check_id(self, name: str, key: TextNode, sheet: Sheet, taken: Collection[str] = ()) -> bool:
        """Whether a name can be an id here; a problem if not. `taken` are the names beside it."""
        noun = self.record.noun
        if name in self.reserved:
            what = f"`{name}` is a word of the format and cannot be the id of the {noun}."
            sheet.at(key, "schema-bad-value", what, f"Give the {noun} another id.")
        elif name in NEVER_IDS:
            what = f"`{name}` is a field of its own and cannot be the id of the {noun}."
            sheet.at(key, "schema-bad-value", what, "Move it and what is below it to the left.")
        elif not (is_id(name) if self.ids is None else self.ids.fullmatch(name)):
            what = f"`{quoted(name)}` cannot be the id of the {noun}."
            must = "Use up to 64 small letters, digits and hyphens, no hyphen first."
            meant = as_id(name) if self.ids is None else ""
            free = meant not in taken and meant not in self.reserved
            sheet.at(key, "schema-bad-value", what, must, instead=meant if free else "")
        else:
            return True
        return False

    def json(self) -> Json:
        """An object with ids for names."""
        pattern = self.ids.pattern if self.ids else "[a-z0-9][a-z0-9-]{0,63}"
        names: Json = {"pattern": f"^{pattern}$"}
        if self.reserved:
            names["not"] = {"enum": sorted(self.reserved)}
        return {"type": "object", "propertyNames": names, "additionalProperties": self.record.json()}
