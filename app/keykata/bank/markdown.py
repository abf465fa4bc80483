"""Prose as plain data: blocks of spans that the screens and plain mode both draw.

CommonMark with tables, less what would change text that is meant as it stands: no HTML, no entities, no
reference definitions, no emphasis by underscores. A star marks emphasis only around words: `*` alone, in
`arn:aws:kms:*:123:key/*` or in `s3:Get*` is text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Literal

from keykata.bank.model import Struct

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

Style = Literal["plain", "bold", "italic", "code", "link"]
BlockKind = Literal["paragraph", "heading", "bullet", "number", "code", "quote", "rule", "table"]

_MARKED = re.compile(r"[*`\[\\\n#>|~+=!<&]|^[ \t]|^\s*(?:[-_]|\d+[.)])")
_OPENS_AFTER = " \n([{\"'“‘«—–-/"
_CLOSES_BEFORE = " \n)]}\"'”’»—–-/.,;:!?…"
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


def _spans(children: Sequence[Token] | Iterator[Token]) -> Iterator[Span]:
    """The spans of inline tokens, neighbours of one look joined."""
    styles: list[Style] = []
    href = ""
    held: Span | None = None
    for child in children:
        match child.type:
            case "strong_open" | "em_open":
                styles.append("bold" if child.type == "strong_open" else "italic")
                continue
            case "link_open":
                href = str(child.attrs.get("href", ""))
                continue
            case "link_close":
                href = ""
                continue
            case "strong_close" | "em_close":
                styles.pop()
                continue
        own: Style = styles[-1] if styles else "plain"
        if "bold" in styles:
            own = "bold"
        source = str(child.attrs.get("src", "")) if child.type == "image" else href
        style: Style = "link" if source else "code" if child.type == "code_inline" else own
        text = {"softbreak": " ", "hardbreak": "\n"}.get(child.type, child.content)
        if held is not None and (held.style, held.href) == (style, source) and style != "code":
            held = Span(held.text + text, style, source)
            continue
        if held is not None and held.text:
            yield held
        held = Span(text, style, source)
    if held is not None and held.text:
        yield held


# --- the parser ------------------------------------------------------------------------------------------


@cache
def _parser() -> MarkdownIt:
    """The parser, made once; it keeps nothing between texts."""
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import blockquote, list_block

    def quote(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        """A quotation, unless the sign is a comparison: `> 30 days` is text."""
        at = state.bMarks[start] + state.tShift[start]
        after = state.src[at + 1 : state.eMarks[start]].lstrip()[:1]
        return not (after.isdigit() or after in {"=", ""}) and blockquote(state, start, end, silent)

    def listing(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        """A list, unless it begins with a plus: `+ 5 minutes` is text."""
        at = state.bMarks[start] + state.tShift[start]
        return state.src[at : at + 1] != "+" and list_block(state, start, end, silent)

    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    parser.disable(["emphasis", "entity", "autolink", "reference", "lheading", "code"])
    parser.block.ruler.at("blockquote", quote, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    parser.block.ruler.at("list", listing, {"alt": ["paragraph", "reference", "blockquote"]})
    parser.inline.ruler.before("link", "stars", _stars)
    vars(parser)["validateLink"] = _is_link
    return parser


def _is_link(address: str) -> bool:
    return address.startswith((*_WEB, "term:", "mailto:"))


def _stars(state: StateInline, silent: bool) -> bool:
    """Emphasis by one or two stars around words; anything else with stars is text, as it stands."""
    start, source = state.pos, state.src
    if source[start] != "*":
        return False
    width = 1
    while start + width < state.posMax and source[start + width] == "*":
        width += 1
    close = _closing(source, start, width, state.posMax) if width <= 2 else -1
    if silent or close < 0:
        if not silent:
            state.pending += source[start : start + width]
        state.pos = start + width
        return True
    end, tag = state.posMax, "strong" if width == 2 else "em"
    state.push(f"{tag}_open", tag, 1)
    state.pos, state.posMax = start + width, close
    state.md.inline.tokenize(state)
    state.push(f"{tag}_close", tag, -1)
    state.pos, state.posMax = close + width, end
    return True


def _closing(source: str, start: int, width: int, end: int) -> int:
    """Where the stars that close those at `start` begin; -1 when they open nothing."""
    before, after = source[start - 1 : start], source[start + width : start + width + 1]
    if (before and before not in _OPENS_AFTER) or not (after.isalnum() or after in {"`", "*", '"', "“", "("}):
        return -1
    at = start + width
    while at < end:
        sign = source[at]
        if sign == "\\":
            at += 2
        elif sign == "`":
            at = _past_code(source, at, end)
        elif sign == "*":
            run = at
            while run < end and source[run] == "*":
                run += 1
            if run - at == width and _closes(source, at, run):
                return at
            at = run
        else:
            at += 1
    return -1


def _closes(source: str, at: int, run: int) -> bool:
    before, after = source[at - 1], source[run : run + 1]
    return (before.isalnum() or before in "`)\"”.!?%'’") and (not after or after in _CLOSES_BEFORE)


def _past_code(source: str, at: int, end: int) -> int:
    """Past a code span, or past its ticks when nothing closes them."""
    run = at
    while run < end and source[run] == "`":
        run += 1
    close = re.compile(rf"(?<!`){'`' * (run - at)}(?!`)").search(source, run, end)
    return close.end() if close else run
