"""The Markdown parser of `keykata.bank.markdown`: CommonMark with tables, bent so that no text is lost.

Imported when a text first needs it, because most do not.
"""

from __future__ import annotations

import re
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, blockquote, list_block, table
from markdown_it.rules_inline import StateInline

WEB = ("https://", "http://")
_OPENS_AFTER = " \n([{\"'“‘«—–-/"
_CLOSES_BEFORE = " \n)]}\"'”’»—–-/.,;:!?…"


@cache
def parser() -> MarkdownIt:
    """The parser, made once; it keeps nothing between texts."""
    made = MarkdownIt("commonmark", {"html": False}).enable("table")
    made.disable(["emphasis", "entity", "autolink", "reference", "lheading", "code"])
    made.block.ruler.at("blockquote", _quote, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    made.block.ruler.at("list", _listing, {"alt": ["paragraph", "reference", "blockquote"]})
    made.block.ruler.at("table", _whole_table, {"alt": ["paragraph", "reference"]})
    made.inline.ruler.before("link", "stars", _stars)
    vars(made).update(validateLink=_is_link, normalizeLink=str)  # addresses stay as written
    return made


def _quote(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A quotation, unless the sign is a comparison: `> 30 days` is text."""
    at = state.bMarks[start] + state.tShift[start]
    after = state.src[at + 1 : state.eMarks[start]].lstrip()[:1]
    return not (after.isdigit() or after in {"=", ""}) and blockquote(state, start, end, silent)


def _listing(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A list, unless it begins with a plus: `+ 5 minutes` is text."""
    at = state.bMarks[start] + state.tShift[start]
    return state.src[at : at + 1] != "+" and list_block(state, start, end, silent)


def _whole_table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A table, unless it would drop cells for which the head has no column."""
    known = len(state.tokens)
    if not table(state, start, end, silent):
        return False
    cells = "".join(token.content for token in state.tokens[known:])
    if silent or _letters(cells) == _letters(state.src[state.bMarks[start] : state.eMarks[state.line - 1]]):
        return True
    del state.tokens[known:]
    state.line = start
    return False


def _letters(text: str) -> int:
    return sum(sign.isalnum() for sign in text)


def _is_link(address: str) -> bool:
    return address.startswith((*WEB, "term:", "mailto:"))


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
