"""An item on its way from the file to the bank: the struct, where its values stand, whether it is spoiled."""

from __future__ import annotations

from keykata.bank.findings import Sheet
from keykata.bank.model import Comparison, Guide, Item, Place, Question, Severity, Term
from keykata.bank.nodes import MapNode, Node, spot
from keykata.bank.records import Raw

WHOLE_FILE = ((0, 0), (1 << 60, 0))


class Draft:
    """An item as far as it could be read.

    Attributes:
        item: the struct; fields that could not be read hold their defaults.
        raw: values, bad fields and nodes it was read from.
        sheet: the problems of its file.
        runs: of a question that was looked at, the runs of three words of its stem, as hashes.
        spoiled: it has an error and does not enter the bank.
    """

    __slots__ = ("_filled", "item", "raw", "runs", "sheet", "spoiled")

    def __init__(
        self, item: Item, raw: Raw, sheet: Sheet, *, spoiled: bool, filled: Node | None = None
    ) -> None:
        self.item = item
        self.raw = raw
        self.sheet = sheet
        self.spoiled = spoiled
        self.runs: frozenset[int] = frozenset()
        self._filled = filled  # the `defaults:` of its file

    def copy(self, sheet: Sheet) -> Draft:
        """The same item with its problems told on another sheet."""
        other = Draft(self.item, self.raw, sheet, spoiled=self.spoiled, filled=self._filled)
        other.runs = self.runs
        return other

    @property
    def kind(self) -> str:
        """The word for the item in messages."""
        return KIND_NAMES[type(self.item)]

    def spot(self, *path: str | int) -> Node:
        """The node at a path of the item, in its defaults if it stands there, else its name."""
        node = self.raw.node
        if path and isinstance(node, MapNode) and str(path[0]) in node.entries:
            return spot(node, *path) or self.raw.key
        filled = self._filled
        if path and isinstance(filled, MapNode) and str(path[0]) in filled.entries:
            return spot(filled, *path) or self.raw.key
        return self.raw.key

    def add(
        self,
        code: str,
        path: tuple[str | int, ...],
        message: str,
        hint: str = "",
        *,
        severity: Severity = "error",
    ) -> None:
        """Note a problem at a path of the item; an error spoils it."""
        self.sheet.item = self.item.id
        self.sheet.at(self.spot(*path), code, message, hint, severity=severity)
        self.sheet.item = ""
        if severity == "error":
            self.spoiled = True


KIND_NAMES: dict[type[Item], str] = {
    Term: "term",
    Comparison: "comparison",
    Question: "question",
    Guide: "guide",
}


def place_of(raw: Raw, sheet: Sheet) -> Place:
    """Where an item begins."""
    line, column = raw.place
    return Place(file=sheet.file, line=line + 1, column=column + 1)


def extent(raw: Raw) -> tuple[tuple[int, int], tuple[int, int]]:
    """From where to where an item stands, for problems found before it was read."""
    node = raw.node
    end = (node.end_line, node.end_column) if isinstance(node, MapNode) else (raw.place[0] + 1, 0)
    return raw.place, end
