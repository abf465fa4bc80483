"""Prose on a sheet: blocks of Markdown, already parsed, as lines of text."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from textual.content import Content

from keykata.study.prose import Block, Span, blocks, spans
from keykata.tui.widgets.sheet import DIM, Sheet, Words

STYLES = {"plain": "", "bold": "bold", "italic": "italic", "code": "", "link": "underline"}


def spans_content(found: Iterable[Span]) -> Content:
    """Spans as content; an address that is not its own words follows them."""
    parts: list[tuple[str, str]] = []
    for span in found:
        parts.append((span.text, STYLES[span.style]))
        if span.href.startswith("http") and span.href != span.text:
            parts.append((f" ({span.href})", DIM))
    return Content.assemble(*parts)


@lru_cache(maxsize=256)
def inline(text: str) -> Content:
    """A text of one paragraph: an option, a label."""
    return spans_content(spans(text))


@lru_cache(maxsize=256)
def _blocks(text: str) -> tuple[Block, ...]:
    return tuple(blocks(text))


def prose(
    sheet: Sheet,
    text: str,
    *,
    indent: int = 0,
    lead: Words = "",
    right: Words = "",
    style: str = "",
    target: str = "",
) -> None:
    """Write prose; `lead` stands before the first line, `right` after the last of a one-paragraph text."""
    found = _blocks(text)
    for place, block in enumerate(found):
        if place and not (
            block.kind in ("bullet", "number") and found[place - 1].kind in ("bullet", "number")
        ):
            sheet.blank()
        hang = indent + (len(str(lead)) if place else 0)
        before = lead if place == 0 else ""
        _block(
            sheet,
            block,
            indent=hang,
            lead=before,
            right=right if place == len(found) - 1 else "",
            style=style,
            target=target,
        )


def _block(
    sheet: Sheet, block: Block, *, indent: int, lead: Words, right: Words, style: str, target: str
) -> None:
    inner = indent + 2 * max(0, block.depth - 1)
    if block.kind == "code":
        for line in block.text.split("\n"):
            sheet.text(Content.styled(line, STYLES["code"]), indent=inner + 2, target=target)
    elif block.kind == "rule":
        sheet.line(Content(""), target=target)
    elif block.kind == "table":
        _table(sheet, block, inner)
    else:
        sign = {"bullet": "• ", "number": f"{block.number}. ", "quote": "  "}.get(block.kind, "")
        text = spans_content(block.spans)
        if block.kind == "heading":
            text = text.stylize("bold") if len(text) else text
        elif style and len(text):
            text = text.stylize_before(style)
        sheet.text(text, lead=Content.assemble(lead, sign), indent=inner, right=right, target=target)


def _table(sheet: Sheet, block: Block, indent: int) -> None:
    """A table as it fits: side by side, or each row as a block under its first cell."""
    rows = [[spans_content(cell) for cell in row] for row in block.rows]
    if not rows:
        return
    columns = max(len(row) for row in rows)
    room = sheet.width - indent
    widths = [
        max((row[c].cell_length for row in rows if c < len(row)), default=0) + 2 for c in range(columns)
    ]
    if sum(widths) <= room + 2:
        grid(sheet, rows, widths, indent=indent)
    elif columns <= 3 and room >= 60:
        grid(sheet, rows, [room // columns] * columns, indent=indent)
    else:
        head = rows[0]
        for row in rows[1:]:
            sheet.text(row[0].stylize("bold") if len(row[0]) else row[0], indent=indent)
            for name, cell in zip(head[1:], row[1:], strict=False):
                sheet.text(cell, lead=Content.assemble((f"{name.plain}: ", DIM)), indent=indent + 2)


def grid(
    sheet: Sheet, rows: list[list[Content]], widths: list[int], *, indent: int = 0, bold_head: bool = True
) -> None:
    """Cells side by side, each wrapped in its column (widths with two cells between)."""
    for place, row in enumerate(rows):
        wrapped = [
            cell.wrap(max(4, width - 2)) if len(cell) else [Content("")]
            for cell, width in zip(row, widths, strict=False)
        ]
        for at in range(max(len(lines) for lines in wrapped)):
            line = Content(" " * indent)
            for lines, width in zip(wrapped, widths, strict=False):
                cell = lines[at].rstrip() if at < len(lines) else Content("")
                if place == 0 and bold_head and len(cell):
                    cell = cell.stylize("bold")
                line = Content.assemble(line, cell, " " * max(0, width - cell.cell_length))
            sheet.line(line.rstrip())
