"""Text for ears: content and our own words without any sign that a screen reader stumbles on."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from keykata.core.safe import safe_text
from keykata.study.prose import Block, blocks, plain_text

BLANK = "(blank)"

_WORDS = {
    " · ": ", ",
    "·": ", ",
    "…": "...",
    "–": "-",
    "—": " - ",
    "‐": "-",
    "‑": "-",
    "−": "-",
    "“": '"',
    "”": '"',
    "„": '"',
    "«": '"',
    "»": '"',
    "‘": "'",
    "’": "'",
    "→": " to ",
    "←": " from ",
    "×": " x ",
    "≥": " at least ",
    "≤": " at most ",
    "≠": " is not ",
    "≈": " about ",
    "•": "-",
    "›": ">",
    "✓": "right",
    "✗": "wrong",
}
_GAP = re.compile("▁+")
_SIGNS = re.compile("|".join(sorted((re.escape(sign) for sign in _WORDS), key=len, reverse=True)))
_SILENT = ("Cc", "Cf", "Co", "Cs", "Cn", "So")
_LOOKS = "\ufe0e\ufe0f"  # of the sign before, which is silent
_SPACES = re.compile(r"[^\S\n]+")
_LAST_SPACE = re.compile(r" +([.,;:!?])(?=\s|$|[\"')])")  # not the point of a name: `.env`, `::/0`
_ENDS = (".", "?", "!", ":", ";")


def spoken(text: str) -> str:
    """A text in words and plain punctuation; letters of any language stay, line ends too."""
    named = _SIGNS.sub(lambda match: _WORDS[match.group()], _GAP.sub(BLANK, safe_text(text)))
    return "".join(char if char == "\n" or char.isascii() else _plain(char) for char in named)


def _plain(char: str) -> str:
    if "\u2400" <= char <= "\u2421":  # the picture of a control character: its name says what stands there
        return f"({unicodedata.name(char).removeprefix('SYMBOL FOR ').lower()})"
    kind = unicodedata.category(char)
    if kind == "Zs":
        return " "
    if kind in _SILENT or char in _LOOKS or "\u2500" <= char <= "\u259f":
        return ""
    return char


def one_line(text: str) -> str:
    """A text as one spoken line with single spaces."""
    return _LAST_SPACE.sub(r"\1", " ".join(spoken(text).split()))


def sentence(text: str) -> str:
    """A line that ends like a sentence; "" stays ""."""
    line = one_line(text)
    bare = line.rstrip("\"')")
    return line if not line or bare.endswith(_ENDS) else line + "."


def prose(text: str, alt: Iterable[str] = ()) -> tuple[str, ...]:
    """Markdown as spoken lines: a paragraph a line, code line by line after its `alt`."""
    shown = iter(alt)
    return tuple(line for block in blocks(text) for line in _block(block, shown) if line.strip())


def short(text: str) -> str:
    """Markdown of a paragraph or more as one sentence after another, on one line."""
    return sentence(plain_text(text))


def _block(block: Block, alt: Iterator[str]) -> Iterator[str]:
    if block.kind == "code":
        yield sentence(f"Code. {next(alt, '')}".strip())
        yield from (_code(line) for line in block.text.split("\n"))
        yield "End of code."
    elif block.kind == "table":
        for row in block.rows:
            yield sentence("; ".join("".join(span.text for span in cell) for cell in row))
    elif block.kind != "rule":
        words = "".join(
            f"{span.text} ({span.href})"
            if span.href.startswith("http") and span.href != span.text
            else span.text
            for span in block.spans
        )
        yield sentence(f"{block.number}. {words}" if block.kind == "number" else words)


def _code(line: str) -> str:
    """A line of code: its indent stays, its end is not made a sentence."""
    return _SPACES.sub(lambda match: match.group().replace("\t", "  "), spoken(line)).rstrip()
