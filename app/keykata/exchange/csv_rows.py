"""Rows of CSV and its relatives, each with its line; a quote that never closes costs its line only."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

SEPARATORS = ",;\t|"
MOST_BROKEN = 100  # quotes left open before the rest is given up
_QUOTED = re.compile(r'"((?:[^"]|"")*+)"')

_TOLD = re.compile(r"sep=([,;\t|])[ \t\r]*$", re.I)  # how spreadsheets are told the separator
_FORMULA = re.compile(r"'*[=+\-@\t\r]")


class Cells(NamedTuple):
    """A row: the line it starts on, its cells, and whether a quote in it was left open."""

    line: int
    cells: tuple[str, ...]
    broken: bool = False


def separator_of(text: str) -> str:
    """The sign that parts the cells, of the first line: what `sep=;` says, else the most frequent one."""
    first = next((line for line in text.split("\n") if line.strip()), "")
    if told := _TOLD.match(first):
        return told[1]
    bare = _QUOTED.sub("", first)
    return max(SEPARATORS, key=bare.count)


def rows_of(text: str, separator: str) -> Iterator[Cells]:
    """The rows that are not empty."""
    at, line, broken = 0, 1, 0
    stop = re.compile(f"[{re.escape(separator)}\n]")
    while at < len(text) and broken < MOST_BROKEN:
        cells, end = _row(text, at, stop)
        bad = cells is None
        if bad:
            broken += 1
            end = text.find("\n", at) + 1 or len(text)
            cells = (text[at:end].strip(),)
        told = line == 1 and _TOLD.match(text[at:end].strip())
        if not told and cells and any(cell.strip() for cell in cells):
            yield Cells(line, cells, bad)
        line += text.count("\n", at, end)
        at = end


def _row(text: str, at: int, stop: re.Pattern[str]) -> tuple[tuple[str, ...] | None, int]:
    """The cells of the row at `at` and where the next begins; None for an open quote."""
    cells: list[str] = []
    while True:
        head = ""
        if text.startswith('"', at):
            quoted = _QUOTED.match(text, at)
            if quoted is None:
                return None, at
            head, at = quoted.group(1).replace('""', '"'), quoted.end()
        found = stop.search(text, at)
        end = found.start() if found else len(text)
        cells.append(head + text[at:end])
        at = end + 1
        if found is None or found.group() == "\n":
            return tuple(cells), min(at, len(text))


def guarded(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe before a sign that begins one."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unguarded(cell: str) -> str:
    """What `guarded` was given; other cells as they are."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def sheet_text(rows: Iterable[Iterable[str]]) -> bytes:
    """Rows as RFC 4180 has them, in UTF-8 without a byte order mark; no cell is a formula."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows(map(guarded, row) for row in rows)
    return out.getvalue().encode()
