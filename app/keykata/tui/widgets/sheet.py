"""A sheet: the lines of a page, laid out for a width, each with what it stands for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Literal

import msgspec
from textual.content import Content, Span

DIM = "$dim"
BOLD = "bold"
ACCENT = "$accent"
GOOD = "$success"
BAD = "$error"
MORE = "…"
INDENT = 3  # of what stands under a sign

Words = str | Content
Soft = Literal["", "if-fits", "first"]


class Zone(msgspec.Struct, frozen=True):
    """A stretch of a line (columns from 0, end excluded) that stands for something of its own."""

    start: int
    end: int
    target: str


class Row(msgspec.Struct, frozen=True):
    """One line.

    Attributes:
        target: what a click on it means.
        zones: stretches that mean something else.
        soft: a blank that goes when the page fits without it; `first`: whenever the page does not fit.
    """

    content: Content
    target: str = ""
    zones: tuple[Zone, ...] = ()
    soft: Soft = ""

    def means(self, target: str) -> bool:
        """Whether it, or a stretch of it, stands for a target."""
        return self.target == target or any(zone.target == target for zone in self.zones)

    def target_at(self, column: int) -> str:
        """What a click in a column means."""
        return next((zone.target for zone in self.zones if zone.start <= column < zone.end), self.target)


Layout = Callable[[int], list[Row]]


@lru_cache(maxsize=512)
def _broken(text: str, spans: tuple[Span, ...], room: int) -> tuple[Content, ...]:
    """The lines of a text; a page is laid out again at every key, and most of its texts are as before."""
    lines = [
        wrapped.rstrip()
        for part in Content(text, list(spans)).split("\n", allow_blank=True)
        for wrapped in (part.wrap(room) if len(part) else [Content("")])
    ]
    return tuple(lines) or (Content(""),)


def words(text: Words, style: str = "") -> Content:
    """Text as content; never read as markup."""
    content = text if isinstance(text, Content) else Content(text)
    return content.stylize(style) if style and len(content) else content


def cut(text: Words, width: int) -> Content:
    """A name in a column, with an ellipsis where it is too long; never for what has to be answered."""
    content = words(text)
    return content if content.cell_length <= width else content.truncate(max(1, width), ellipsis=True)


def spread(left: Words, right: Words, width: int) -> Content | None:
    """Both on one line, the right one at the edge; None when they do not fit with two cells between."""
    first, last = words(left), words(right)
    room = width - first.cell_length - last.cell_length
    if room < 2:
        return None
    return Content.assemble(first, " " * room, last)


class Sheet:
    """Collects the lines of a page."""

    def __init__(self, width: int) -> None:
        self.width = max(8, width)
        self.rows: list[Row] = []

    def blank(self, count: int = 1, *, soft: Soft = "") -> None:
        """Empty lines."""
        self.rows += [Row(Content(""), soft=soft)] * count

    def line(
        self, content: Words, *, target: str = "", zones: tuple[Zone, ...] = (), style: str = ""
    ) -> None:
        """One line as it is."""
        self.rows.append(Row(words(content, style), target, zones))

    def text(
        self,
        text: Words,
        *,
        lead: Words = "",
        indent: int = 0,
        right: Words = "",
        style: str = "",
        target: str = "",
    ) -> None:
        """Wrapped text after a lead; later lines hang under the first word, `right` ends the last line."""
        before = Content.assemble(" " * indent, words(lead))
        hang = before.cell_length
        whole = words(text, style)
        lines = _broken(whole.plain, tuple(whole.spans), max(8, self.width - hang))
        built = [
            Content.assemble(before if place == 0 else " " * hang, line) for place, line in enumerate(lines)
        ]
        if len(words(right)):
            joined = spread(built[-1], right, self.width)
            tail = words(right)
            edge = Content.assemble(" " * max(0, self.width - tail.cell_length), tail)
            built[-1:] = [joined] if joined is not None else [built[-1], edge]
        self.rows += [Row(content, target) for content in built]

    def first_line(self, text: str, *, indent: int = 0, style: str = "", target: str = "") -> None:
        """As much of a text as one line holds, broken between words."""
        room = max(8, self.width - indent)
        lines = _broken(text, (), room)
        if len(lines) > 1:
            first = _broken(text.rstrip(f" {MORE}"), (), room - len(MORE) - 1)[0]
            lines = (Content.assemble(first, " ", MORE),)
        self.line(Content.assemble(" " * indent, words(lines[0], style)), target=target)

    def pair(self, left: Words, right: Words, *, lead: Words = "", target: str = "") -> None:
        """A line with something at its right edge, which goes when there is no room; `lead` as in `text`."""
        joined = spread(Content.assemble(words(lead), words(left)), right, self.width)
        if joined is not None:
            self.line(joined, target=target)
        else:
            self.text(left, lead=lead, target=target)

    def heading(self, text: str) -> None:
        """A name over a part of the page."""
        self.line(Content.styled(text, BOLD))

    def keys(self, entries: Iterable[tuple[str, str, str]], *, gap: int = 5, indent: int = 0) -> None:
        """Entries `(key, words, target)` side by side, on as many lines as they need."""
        zones: list[Zone] = []
        content, column = Content(" " * indent), indent
        for key, label, target in entries:
            entry = Content.assemble((key, ACCENT), " ", label)
            if column > indent and column + entry.cell_length > self.width:
                self.line(content.rstrip(), zones=tuple(zones))
                content, zones, column = Content(" " * indent), [], indent
            zones.append(Zone(column, column + entry.cell_length, target))
            content = Content.assemble(content, entry, " " * gap)
            column += entry.cell_length + gap
        if zones:
            self.line(content.rstrip(), zones=tuple(zones))


def within(rows: list[Row], width: int) -> list[Row]:
    """The rows, with those that are wider than the screen broken into several; these lose their zones."""
    if all(row.content.cell_length <= width for row in rows):
        return rows
    return [part for row in rows for part in _parts(row, width)]


def _parts(row: Row, width: int) -> list[Row]:
    if row.content.cell_length <= width:
        return [row]
    return [Row(line.rstrip(), row.target) for line in row.content.wrap(width)]


def fitted(rows: list[Row], height: int) -> list[Row]:
    """The rows, without soft blanks where that helps."""
    if len(rows) <= height:
        return rows
    without = [row for row in rows if not row.soft]
    return without if len(without) <= height else [row for row in rows if row.soft != "first"]
