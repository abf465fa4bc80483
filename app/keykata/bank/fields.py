"""Kinds of single values: how each is read from a text node, and its JSON Schema. One source for both.

Every `read` gives the value, or None after noting a problem on the sheet.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Protocol

from keykata.bank.findings import Sheet
from keykata.bank.mending import as_id, as_month, as_reference
from keykata.bank.nodes import Node, TextNode
from keykata.bank.prose import fold_prose
from keykata.bank.suggest import did_you_mean
from keykata.bank.texts import bad_value, plain, prose_text
from keykata.core.ids import is_id

Json = dict[str, Any]
_ID = "[a-z0-9][a-z0-9-]{0,63}"
_MONTH = "(19|20)[0-9]{2}-(0[1-9]|1[0-2])"
_MONTH_RE = re.compile(_MONTH + r"\Z")
_TASK = r"[0-9]{1,2}\.[0-9]{1,2}"
_TASK_RE = re.compile(_TASK + r"\Z")
_REFERENCE = f"{_ID}(:{_ID})?(/{_ID}){{0,2}}"
_REFERENCE_RE = re.compile(_REFERENCE + r"\Z")
_ADDRESS = r"https?://[^\s/]\S*"
_ADDRESS_RE = re.compile(_ADDRESS + r"\Z")
_PREFIXED = rf"{_ID}:(?!//)\S+"
_PREFIXED_RE = re.compile(_PREFIXED + r"\Z")
LOOSE_TEXT = ["string", "number", "boolean"]  # what an editor's YAML makes of texts such as `No` or `1.3`
_MOST_DIGITS = 9


class Kind(Protocol):
    """What a value can be."""

    def read(self, node: Node, sheet: Sheet) -> Any:
        """The value, or None after a problem."""

    def json(self) -> Json:
        """Its JSON Schema."""


@dataclass(frozen=True, slots=True)
class Prose:
    """Markdown, folded. `holds`: a sign that whoever reads the item looks for in it."""

    holds: str = ""

    def read(self, node: Node, sheet: Sheet) -> str | None:
        """The folded text."""
        if type(node) is TextNode and node.cut < 0 and "A" <= node.text[:1] <= "z":
            return fold_prose(node.text)  # most texts: nothing to tell
        text = prose_text(node, sheet)
        return None if text is None else fold_prose(text)

    def json(self) -> Json:
        """Text; numbers and booleans of YAML are taken as they are written."""
        return {"type": LOOSE_TEXT, "pattern": re.escape(self.holds) if self.holds else r"\S"}


@dataclass(frozen=True, slots=True)
class Line:
    """A text of one line: names, labels."""

    def read(self, node: Node, sheet: Sheet) -> str | None:
        """The text with single spaces."""
        text = prose_text(node, sheet)
        return None if text is None else fold_prose(text).replace("\n", " ")

    def json(self) -> Json:
        """As prose."""
        return {"type": LOOSE_TEXT, "pattern": r"\S"}


@dataclass(frozen=True, slots=True)
class Name:
    """An id."""

    def read(self, node: Node, sheet: Sheet) -> str | None:
        """The id."""
        one = plain(node, sheet)
        if one is None:
            return None
        text = one.text
        if is_id(text):
            return text
        hint = "Use up to 64 small letters, digits and hyphens, no hyphen first."
        bad_value(one, sheet, "an id", hint, as_id(text))
        return None

    def json(self) -> Json:
        """A pattern; an id of digits alone is a number to an editor."""
        return {"type": ["string", "integer"], "pattern": f"^{_ID}$"}


@dataclass(frozen=True, slots=True)
class Reference:
    """The id of an item or of a part: `item`, `item/part`, `bank:item`, `bank:item/part`."""

    def read(self, node: Node, sheet: Sheet) -> str | None:
        """The reference as written."""
        one = plain(node, sheet)
        if one is None:
            return None
        text = one.text
        if _REFERENCE_RE.match(text):
            return text
        hint = "Write `item`, `item/part` or `bank:item`."
        bad_value(one, sheet, "the id of an item", hint, as_reference(text))
        return None

    def json(self) -> Json:
        """A pattern."""
        return {"type": ["string", "integer"], "pattern": f"^{_REFERENCE}$"}


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few words."""

    words: tuple[str, ...]

    def read(self, node: Node, sheet: Sheet) -> str | None:
        """The word."""
        one = plain(node, sheet)
        if one is None:
            return None
        text = one.text
        if text in self.words:
            return text
        bad_value(
            one,
            sheet,
            "one of " + ", ".join(self.words),
            did_you_mean(text, self.words, "Write one of them."),
        )
        return None

    def json(self) -> Json:
        """An enumeration."""
        return {"enum": list(self.words)}


@dataclass(frozen=True, slots=True)
class Flag:
    """`true` or `false`."""

    def read(self, node: Node, sheet: Sheet) -> bool | None:
        """The truth value; the words of older YAML are refused."""
        one = plain(node, sheet)
        if one is None:
            return None
        text = one.text
        if text in {"true", "false"}:
            return text == "true"
        bad_value(one, sheet, "`true` or `false`", "Write `true` or `false`, in small letters.")
        return None

    def json(self) -> Json:
        """A boolean, or its word in quotes."""
        return {"type": ["boolean", "string"], "pattern": "^(true|false)$"}


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number within bounds."""

    low: int
    high: int

    def read(self, node: Node, sheet: Sheet) -> int | None:
        """The number."""
        one = plain(node, sheet)
        if one is None:
            return None
        text = one.text
        if (
            text.isascii()
            and text.isdigit()
            and len(text) <= _MOST_DIGITS
            and self.low <= int(text) <= self.high
        ):
            return int(text)
        bad_value(one, sheet, f"a whole number from {self.low} to {self.high}", "Write digits only.")
        return None

    def json(self) -> Json:
        """An integer within bounds, or its digits in quotes."""
        return {
            "type": ["integer", "string"],
            "minimum": self.low,
            "maximum": self.high,
            "maxLength": _MOST_DIGITS,
            "pattern": _between(self.low, self.high),
        }


@dataclass(frozen=True, slots=True)
class Month:
    """`YYYY-MM`."""

    def read(self, node: Node, sheet: Sheet) -> str | None:
        """The month as written."""
        one = plain(node, sheet)
        if one is None:
            return None
        text = one.text
        if _MONTH_RE.match(text):
            return text
        bad_value(one, sheet, "a month", "Write it as YYYY-MM, such as 2026-11.", as_month(text))
        return None

    def json(self) -> Json:
        """A pattern."""
        return {"type": "string", "pattern": f"^{_MONTH}$"}


@dataclass(frozen=True, slots=True)
class Task:
    """The number of a task statement."""

    def read(self, node: Node, sheet: Sheet) -> str | None:
        """The number as written."""
        one = plain(node, sheet)
        if one is None:
            return None
        text = one.text
        if _TASK_RE.match(text):
            return text
        bad_value(one, sheet, "the number of a task statement", "Write it as 1.3.")
        return None

    def json(self) -> Json:
        """Written without quotes it is a number to an editor."""
        return {"type": ["string", "number"], "pattern": f"^{_TASK}$"}


@dataclass(frozen=True, slots=True)
class Address:
    """A web address, or `prefix:page` where `prefixes` may be used; `holds` as for prose."""

    prefixes: bool = True
    holds: str = ""

    def read(self, node: Node, sheet: Sheet) -> str | None:
        """The address as written; prefixes are resolved with the bank's sources later."""
        one = plain(node, sheet)
        if one is None:
            return None
        text = one.text
        if _ADDRESS_RE.match(text) or (self.prefixes and _PREFIXED_RE.match(text)):
            return text
        must = "an address or `prefix:page`" if self.prefixes else "an address"
        bad_value(
            one,
            sheet,
            must,
            "Write a whole address, https://..." + (", or `kms:page`." if self.prefixes else "."),
        )
        return None

    def json(self) -> Json:
        """A pattern."""
        must = f"(?=.*{re.escape(self.holds)})" if self.holds else ""
        shapes = f"{_ADDRESS}|{_PREFIXED}" if self.prefixes else _ADDRESS
        return {"type": "string", "pattern": f"^{must}({shapes})$"}


def _between(low: int, high: int) -> str:
    """A pattern of the digits of a number from 0 or 1 to a highest one; noughts may lead."""
    digits = str(high)
    some = [f"[0-9]{{1,{len(digits) - 1}}}"] if len(digits) > 1 else []
    for place, digit in enumerate(digits):
        if digit > "0":
            rest = len(digits) - place - 1
            below = f"[0-{int(digit) - 1}]" + (f"[0-9]{{{rest}}}" if rest else "")
            some.append(digits[:place] + below)
    return f"^{'(?!0+$)' if low else ''}0*({'|'.join([*some, digits])})$"
