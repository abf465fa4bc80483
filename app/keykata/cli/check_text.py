"""The findings of a check for people, laid out for a terminal: nothing runs over its edge."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import TYPE_CHECKING

from keykata.core.safe import safe_line

if TYPE_CHECKING:
    from keykata.bank.model import Problem

INDENT = "    "
NARROWEST = 20  # cells; a narrower terminal folds lines itself
_WIDE = ("W", "F")
_NO_CELL = ("Mn", "Me", "Cf")
_MORE = "…"
_BEFORE = 3  # where a line is longer than the terminal, one part of so many stands before the caret


def cells(text: str) -> int:
    """How many cells a text takes on a terminal."""
    if text.isascii():
        return len(text)
    return sum(map(_cell, text))


def _cell(char: str) -> int:
    if unicodedata.category(char) in _NO_CELL:
        return 0
    return 2 if unicodedata.east_asian_width(char) in _WIDE else 1


def wrapped(text: str, width: int, indent: str = "") -> Iterator[str]:
    """A text in lines of at most so many cells, cut between words where it can be.

    Args:
        width: of the terminal; 0 leaves the text on one line.
        indent: stands before every line.
    """
    room = width - len(indent)
    if width < NARROWEST or cells(text) <= room:
        yield indent + text
        return
    line = ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if cells(longer) <= room:
            line = longer
            continue
        if line:
            yield indent + line
        line = word
        while cells(line) > room:
            head = _fitting(line, room)
            yield indent + head
            line = line[len(head) :]
    if line:
        yield indent + line


def _fitting(text: str, room: int) -> str:
    """As much of a text's beginning as so many cells hold, a character at least."""
    taken = 0
    for number, char in enumerate(text):
        taken += _cell(char)
        if taken > room and number:
            return text[:number]
    return text


def problem_lines(problem: Problem, width: int = 0) -> Iterator[str]:
    """A problem for people: its place, what is wrong, the line with a caret under the place, what to do.

    Args:
        width: of the terminal in cells; 0 for a file or a pipe, where every line stays whole.
    """
    place = problem.place
    where = f"{safe_line(place.file)}:{place.line}:{place.column}"
    said = f"{problem.severity} {problem.code}"
    if width >= NARROWEST and cells(where) + 1 + cells(said) > width:
        yield where  # whole, so that a terminal that knows such places can open it
        yield from wrapped(said, width, INDENT)
    else:
        yield f"{where} {said}"
    yield from wrapped(safe_line(problem.message), width, INDENT)
    if problem.excerpt.strip():
        room = width - len(INDENT) if width >= NARROWEST else 0
        line, caret = excerpt(safe_line(problem.excerpt), place.column - 1, room)
        yield f"{INDENT}{line}"
        yield f"{INDENT}{' ' * caret}^"
    if problem.hint:
        yield from wrapped(safe_line(problem.hint), width, INDENT)
    yield ""


def excerpt(line: str, column: int, room: int) -> tuple[str, int]:
    """The part of a line around a place, and in which cell of it (from 0) the place is.

    Args:
        column: the place, in characters from 0.
        room: cells there are; 0 gives the whole line.
    """
    caret = cells(line[:column])
    if not room or max(cells(line), caret + 1) <= room:
        return line, caret
    start = 0
    while cells(line[start:column]) > (room - 1) // _BEFORE and cells(line[start:]) + 1 >= room:
        start += 1
    head = _MORE if start else ""
    rest = line[start:]
    if cells(head + rest) > room:
        rest = _fitting(rest, room - len(head) - 1) + _MORE
    return head + rest, len(head) + cells(line[start:column])
