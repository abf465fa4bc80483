"""Prose as plain data: blocks of spans that the screens and plain mode both draw.

CommonMark with tables, less what would change text that is meant as it stands: no HTML, no entities, no
reference definitions, no emphasis by underscores. A star marks emphasis only around words: `*` alone, in
`arn:aws:kms:*:123:key/*` or in `s3:Get*` is text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Literal

from keykata.bank.model import Struct

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

Style = Literal["plain", "bold", "italic", "code", "link"]
BlockKind = Literal["paragraph", "heading", "bullet", "number", "code", "quote", "rule", "table"]

_MARKED = re.compile(r"[*`\[\\\n#>|~+=!<&]|^[ \t]|^\s*(?:[-_]|\d+[.)])")
_WEB = ("https://", "http://")


class Span(Struct, frozen=True):
    """A stretch of text of one style; `href` only for links (an address, or `term:` and an id)."""

    text: str
    style: Style = "plain"
    href: str = ""


class Block(Struct, frozen=True):
    """A block of prose.

    Attributes:
        kind: `bullet` and `number` begin an entry of a list; `quote` is a paragraph of a quotation.
        spans: the text of all kinds but code, rule and table.
        level: of a heading, 1 to 6.
        depth: how many lists it stands in; an entry of an outermost list has 1.
        number: of a numbered entry, as written.
        language: of code, "" when none is named.
        text: of code, exact, lines ended by line breaks but the last.
        rows: of a table, the head first; cells of spans.
    """

    kind: BlockKind
    spans: tuple[Span, ...] = ()
    level: int = 0
    depth: int = 0
    number: str = ""
    language: str = ""
    text: str = ""
    rows: tuple[tuple[tuple[Span, ...], ...], ...] = ()


def blocks(text: str) -> tuple[Block, ...]:
    """The blocks of prose, in order."""
    if not text.strip():
        return ()
    if _MARKED.search(text) is None:  # most texts: the parser is not even imported
        return (Block("paragraph", (Span(text.strip()),)),)
    return tuple(_Walk(_parser().parse(text)).blocks())


def spans(text: str) -> tuple[Span, ...]:
    """The spans of a text of one paragraph, whatever it begins with: an option, a cell, a label."""
    if _MARKED.search(text) is None:
        return (Span(text),) if text else ()
    return tuple(_spans(child for token in _parser().parseInline(text) for child in token.children or ()))


def _parser() -> MarkdownIt:
    from keykata.bank.markdown_parser import parser

    return parser()


def plain_text(text: str) -> str:
    """What plain mode prints: a paragraph a line, no marks, code line by line, addresses after words."""
    return "\n".join(line for block in blocks(text) for line in _plain_lines(block))


def _plain_lines(block: Block) -> Iterator[str]:
    indent = "  " * max(0, block.depth - 1)
    if block.kind == "code":
        yield from block.text.split("\n")
    elif block.kind == "table":
        for row in block.rows:
            yield indent + "; ".join(_plain_spans(cell) for cell in row)
    elif block.kind == "number":
        yield f"{indent}{block.number}. {_plain_spans(block.spans)}"
    elif block.kind == "bullet":
        yield f"{indent}- {_plain_spans(block.spans)}"
    elif block.kind != "rule":
        yield indent + _plain_spans(block.spans)


def _plain_spans(found: Sequence[Span]) -> str:
    return "".join(
        f"{span.text} ({span.href})" if span.href.startswith(_WEB) and span.href != span.text else span.text
        for span in found
    )


# --- from the parser's tokens ----------------------------------------------------------------------------


class _Walk:
    """Turns the parser's flat tokens into blocks."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self._lists = 0
        self._quotes = 0
        self._entry: Block | None = None  # the list entry whose first paragraph has not come yet
        self._rows: list[tuple[tuple[Span, ...], ...]] = []
        self._cells: list[tuple[Span, ...]] = []
        self._level = 0
        self._in_table = False

    def blocks(self) -> Iterator[Block]:
        for token in self._tokens:
            match token.type:
                case "inline":
                    yield from self._inline(token)
                case "fence" | "code_block":
                    yield from self._pending()
                    text = token.content.removesuffix("\n")
                    yield Block("code", depth=self._lists, language=token.info.strip(), text=text)
                case "hr":
                    yield from self._pending()
                    yield Block("rule", depth=self._lists)
                case "table_close":
                    yield Block("table", depth=self._lists, rows=tuple(self._rows))
                    self._rows, self._in_table = [], False
                case _:
                    yield from self._structure(token)

    def _structure(self, token: Token) -> Iterator[Block]:
        match token.type:
            case "bullet_list_open" | "ordered_list_open":
                yield from self._pending()
                self._lists += 1
            case "bullet_list_close" | "ordered_list_close":
                self._lists -= 1
            case "list_item_open":
                kind: BlockKind = "number" if token.info else "bullet"
                self._entry = Block(kind, depth=self._lists, number=token.info)
            case "list_item_close":
                yield from self._pending()
            case "blockquote_open":
                yield from self._pending()
                self._quotes += 1
            case "blockquote_close":
                self._quotes -= 1
            case "heading_open":
                yield from self._pending()
                self._level = int(token.tag[1:])
            case "heading_close":
                self._level = 0
            case "table_open":
                yield from self._pending()
                self._in_table = True
            case "tr_close":
                self._rows.append(tuple(self._cells))
                self._cells = []

    def _inline(self, token: Token) -> Iterator[Block]:
        found = tuple(_spans(token.children or ()))
        if self._in_table:
            self._cells.append(found)
        elif self._level:
            yield Block("heading", found, level=self._level, depth=self._lists)
        elif self._entry is not None:
            entry, self._entry = self._entry, None
            yield Block(entry.kind, found, depth=entry.depth, number=entry.number)
        elif found:
            yield Block("quote" if self._quotes else "paragraph", found, depth=self._lists)

    def _pending(self) -> Iterator[Block]:
        """A list entry that has no words of its own still shows its sign."""
        if self._entry is not None:
            entry, self._entry = self._entry, None
            yield entry


def _spans(children: Iterable[Token]) -> Iterator[Span]:
    """The spans of inline tokens, neighbours of one style joined; links stay apart."""
    held: Span | None = None
    for span in _pieces(children):
        if held is not None and held.style == span.style and span.style not in ("code", "link"):
            held = Span(held.text + span.text, span.style)
            continue
        if held is not None:
            yield held
        held = span
    if held is not None:
        yield held


def _pieces(children: Iterable[Token]) -> Iterator[Span]:
    emphasis: list[Style] = []
    href = ""
    bare = False  # a link that has shown no words yet shows its address
    for child in children:
        match child.type:
            case "strong_open":
                emphasis.append("bold")
            case "em_open":
                emphasis.append("italic")
            case "strong_close" | "em_close":
                emphasis.pop()
            case "link_open":
                href, bare = str(child.attrs.get("href", "")), True
            case "link_close":
                if bare and href:
                    yield Span(href, "link", href)
                href = ""
            case "image":
                source = str(child.attrs.get("src", ""))
                yield Span(child.content or source, "link", source)
                bare = False
            case _:
                text = {"softbreak": " ", "hardbreak": "\n"}.get(child.type, child.content)
                if text:
                    yield Span(text, "link" if href else _style(child, emphasis), href)
                    bare = False


def _style(child: Token, emphasis: Sequence[Style]) -> Style:
    if child.type == "code_inline":
        return "code"
    return "bold" if "bold" in emphasis else emphasis[-1] if emphasis else "plain"
