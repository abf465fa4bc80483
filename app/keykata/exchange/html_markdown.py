"""HTML fragments of other programs into Markdown: paragraphs, lists, code and stress."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from keykata.core.safe import safe_text

_MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*", "code": "`"}
_BLOCKS = frozenset({"p", "div", "ul", "ol", "h1", "h2", "h3", "h4", "table"})
_SILENT = frozenset({"script", "style"})


class _Teller(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.raw = False
        self.silent = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs  # the tag alone decides
        if tag in _SILENT:
            self.silent = True
        elif tag == "pre":
            self.raw = True
            self.parts.append("\n\n```\n")
        elif tag in _BLOCKS:
            self.parts.append("\n\n")
        elif tag == "li":
            self.parts.append("\n- ")
        elif tag == "br":
            self.parts.append("\n")
        elif tag in _MARKS and not self.raw:
            self.parts.append(_MARKS[tag])

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self.silent = False
        elif tag == "pre" and self.raw:
            self.raw = False
            self.parts.append("```\n\n" if self.parts[-1].endswith("\n") else "\n```\n\n")
        elif tag in _BLOCKS:
            self.parts.append("\n\n")
        elif tag in _MARKS and not self.raw:
            self.parts.append(_MARKS[tag])

    def handle_data(self, data: str) -> None:
        if self.silent:
            return
        text = data if self.raw else re.sub(r"\s+", " ", data)
        if not self.raw and (not self.parts or self.parts[-1].endswith("\n")):
            text = text.lstrip()
        if text:
            self.parts.append(text)


def markdown_of(html: str) -> str:
    """The Markdown of an HTML fragment; scripts and styles go, unknown tags give their text."""
    teller = _Teller()
    # The parser raises on broken declarations, so they are text to it.
    html = html.replace("<!", "&lt;!")
    # A tag that never closes would cost time squared: it is text too.
    teller.feed(re.sub(r"<(?=[^<>]*(?:<|$))", "&lt;", html))
    teller.close()
    return re.sub(r"\n{3,}", "\n\n", safe_text("".join(teller.parts))).strip()
