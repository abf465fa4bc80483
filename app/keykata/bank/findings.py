"""Collecting the problems of one file, each with its place, in the words of the format."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property

import msgspec

from keykata.bank.model import Fix, Place, Problem, Severity
from keykata.bank.nodes import ListNode, MapNode, TextNode
from keykata.core.safe import safe_line

MAX_PROBLEMS = 500  # of one file: more help nobody
_SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")
LINE_END = re.compile(r"\r\n|\n|\r")
_EXCERPT = 400  # characters of a line that a caret can still be drawn under


def quoted(name: str) -> str:
    """A name as it stands in a message: one harmless line of bounded length."""
    text = safe_line(name)
    return text if len(text) <= 60 else text[:57] + "..."


class Sheet:
    """The problems of one file.

    Attributes:
        file: the file as it was opened.
        text: its text, for the lines that problems show.
        errors: how many errors were found so far (also those past the limit of what is kept).
        field: the name of the field being read, for messages.
    """

    def __init__(self, file: str, text: str = "") -> None:
        self.file = file
        self.text = text
        self.errors = 0
        self.field = ""
        self.item = ""
        self.problems: list[Problem] = []
        self._names: list[tuple[str, str]] = []
        self._seen: set[tuple[int, int, str]] = set()
        self._more = 0
        self._worst: Severity = "note"

    def copy(self) -> Sheet:
        """The same problems on a sheet of its own; the parts being read are done with."""
        other = Sheet(self.file, self.text)
        other.errors = self.errors
        other.problems = [*self.problems]
        other._seen = {*self._seen}
        other._more, other._worst = self._more, self._worst
        if "lines" in self.__dict__:
            other.lines = self.lines
        return other

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the text, without line ends; cut only when a problem or a trap needs them."""
        return LINE_END.split(self.text)

    def add(
        self,
        code: str,
        line: int,
        column: int,
        message: str,
        hint: str = "",
        *,
        severity: Severity = "error",
        fix: Fix | None = None,
    ) -> None:
        """Note a problem at a line and column counted from 0; one problem of a code at one place."""
        if severity == "error":
            self.errors += 1
        line = max(0, min(line, len(self.lines) - 1))
        key = (line, column, code)
        if key in self._seen:
            return
        if len(self.problems) >= MAX_PROBLEMS:
            self._not_listed(1, severity)
            return
        self._seen.add(key)
        excerpt = safe_line(self.lines[line][:_EXCERPT])
        place = Place(file=self.file, line=line + 1, column=column + 1)
        self.problems.append(
            Problem(
                place=place,
                code=code,
                severity=severity,
                message=message,
                hint=hint,
                excerpt=excerpt,
                item=self.item,
                fix=fix,
            )
        )

    def add_more(self, count: int, severity: Severity) -> None:
        """Note so many problems by their number alone, where as many as are kept stand listed."""
        if severity == "error":
            self.errors += count
        self._not_listed(count, severity)

    def _not_listed(self, count: int, severity: Severity) -> None:
        self._more += count
        self._worst = min(self._worst, severity, key=_SEVERITIES.index)

    def at(
        self,
        node: TextNode | ListNode | MapNode,
        code: str,
        message: str,
        hint: str = "",
        *,
        severity: Severity = "error",
        instead: str = "",
    ) -> None:
        """Note a problem at a node; `instead` is the text a program may put in place of the node's own."""
        fix = self.fix(node, instead) if instead and type(node) is TextNode else None
        self.add(code, node.line, node.column, message, hint, severity=severity, fix=fix)

    def fix(self, node: TextNode, new: str) -> Fix | None:
        """The change that puts another plain text in place of a node's; None where it spans lines."""
        line = self.lines[node.line] if node.line < len(self.lines) else ""
        for old in (node.text, f'"{node.text}"', f"'{node.text}'"):
            if line.startswith(old, node.column):
                return Fix(node.line + 1, node.column + 1, old, new)
        return None

    def drop(self, code: str, line: int) -> None:
        """Forget a problem at the end of the list that a later, better one on that line (from 0) explains."""
        if self.problems and (self.problems[-1].code, self.problems[-1].place.line) == (code, line + 1):
            self.problems.pop()

    def enter(self, noun: str, name: str) -> None:
        """Until `leave`, messages are about this part (`FAQ`, `creator-gone`; a number without an id)."""
        self._names.append((noun, name))
        self.field = ""

    def leave(self) -> None:
        """Messages are about the part around it again."""
        self._names.pop()
        self.field = ""

    @contextmanager
    def inside(self, noun: str, name: str) -> Iterator[None]:
        """While open, messages are about this part."""
        self.enter(noun, name)
        try:
            yield
        finally:
            self.leave()

    def whom(self) -> str:
        """The part being read, as it stands in the middle of a sentence: "the FAQ `creator-gone`"."""
        if not self._names:
            return "the file"
        noun, name = self._names[-1]
        if not name.isdigit():
            return f"the {noun} `{quoted(name)}`" if name else f"the {noun}"
        owner = next((pair for pair in reversed(self._names[:-1]) if pair[1]), None)
        return f"{noun} {name}" + (f" of the {owner[0]} `{quoted(owner[1])}`" if owner else "")

    def which(self) -> str:
        """The field being read: "`a` of the FAQ `creator-gone`"."""
        return f"`{quoted(self.field)}` of {self.whom()}" if self.field else self.whom()

    def claim(self, item: str, start: tuple[int, int], end: tuple[int, int]) -> bool:
        """Name the item in what was found in its range before it was read; True if an error is there."""
        spoiled = False
        for index, found in enumerate(self.problems):
            if start <= (found.place.line - 1, found.place.column - 1) < end:
                spoiled = spoiled or found.severity == "error"
                if not found.item:
                    self.problems[index] = msgspec.structs.replace(found, item=item)
        return spoiled

    def all(self) -> list[Problem]:
        """Everything found; a last line says how many more there are."""
        if not self._more:
            return self.problems
        more = Problem(
            place=Place(file=self.file),
            code="yaml-limit",
            severity=self._worst,
            message=f"{self._more} more problems of this file are not listed.",
            hint="Mend the ones listed, then check again.",
        )
        return [*self.problems, more]


def sentence(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]
