"""The rows of Anki's text format: header lines, separators, quotes, comments, each with its line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_NAMES = {"comma": ",", "semicolon": ";", "tab": "\t", "space": " ", "pipe": "|", "colon": ":"}
_GUESSES = "\t|;,"
_TAGS_OF_HTML = re.compile(r"</?(?:br|b|i|u|div|p|img|ul|ol|li|span|strong|em|code|pre)\b[^>]*>", re.I)


class Cells(NamedTuple):
    """A row: the line it starts on, its cells, and whether a quote in it was never closed."""

    line: int
    cells: tuple[str, ...]
    broken: bool = False


class Header(NamedTuple):
    """What the header says; `body` is where the rows begin, `line` their first line."""

    said: dict[str, str]
    separator: str
    html: bool
    body: int
    line: int

    def column(self, name: str) -> int:
        """The place of a column from 0; -1 if the header names none."""
        text = self.said.get(f"{name} column", "")
        return int(text) - 1 if text.isascii() and text.isdigit() and len(text) < 4 else -1


def header_of(text: str) -> Header:
    """The lines `#key:value` at the top; what is not said is guessed from the rows."""
    said: dict[str, str] = {}
    at, line = 0, 1
    while text.startswith("#", at):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end + 1
        key, colon, value = text[at + 1 : end].rstrip("\r\n").partition(":")
        if colon:
            name = key.strip().casefold()
            said[name] = value if name == "separator" else value.strip()
        at, line = end, line + 1
    wanted = said.get("separator", "")
    separator = _NAMES.get(wanted.strip().casefold(), wanted[:1])
    if separator in {"", "\n", "\r", '"'}:
        first = text[at:].partition("\n")[0]
        separator = next((sign for sign in _GUESSES if sign in first), "\t")
    html = said["html"].casefold() == "true" if "html" in said else bool(_TAGS_OF_HTML.search(text, at))
    return Header(said, separator, html, at, line)


def _quoted(text: str, at: int) -> tuple[str, int, bool]:
    """The cell of a quote that opens at `at`, where it ends, and whether it was closed."""
    out: list[str] = []
    start = at + 1
    while True:
        end = text.find('"', start)
        if end < 0:
            return "".join(out) + text[start:], len(text), False
        out.append(text[start:end])
        if not text.startswith('"', end + 1):
            return "".join(out), end + 1, True
        out.append('"')
        start = end + 2


def rows_of(text: str, header: Header) -> Iterator[Cells]:
    """The rows below the header; comment rows and empty lines are none."""
    at, line = header.body, header.line
    stop = re.compile(f"[{re.escape(header.separator)}\n]")
    while at < len(text):
        start, start_line, cells, whole = at, line, list[str](), True
        if text[at] in "#\n\r":
            end = text.find("\n", at)
            at, line = (len(text) if end < 0 else end + 1), line + 1
            continue
        while True:
            cell = ""
            if text.startswith('"', at):
                cell, at, closed = _quoted(text, at)
                whole = whole and closed
            match = stop.search(text, at)
            end = match.start() if match else len(text)
            cells.append(cell + text[at:end].removesuffix("\r"))
            at = end + 1
            if match is None or match.group() == "\n":
                break
        line += text.count("\n", start, at)
        yield Cells(start_line, tuple(cells), not whole)


def row_text(cells: tuple[str, ...]) -> str:
    """A row, tab between cells, quoted where a tab, a quote, a line end or a leading `#` would mislead."""
    return "\t".join(_cell(cell) for cell in cells) + "\n"


def _cell(cell: str) -> str:
    if cell.startswith("#") or any(sign in cell for sign in '\t"\n\r'):
        return '"' + cell.replace('"', '""') + '"'
    return cell
